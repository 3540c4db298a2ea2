import type { PayeeDetails } from '@tributary/shared/payout';
import { electronicFormatIBAN, isValidBIC, isValidIBAN } from 'ibantools';
import type { BankTransferSettings } from '../../settings.ts';
import type { PaymentMethod } from '../method.ts';
import { isReadable } from './characters.ts';
import { writePain001 } from './pain001.ts';
import { readPain002 } from './pain002.ts';

const KIND = 'bank-transfer';
const MOST_LINES = 100_000;

/** By a file of ISO 20022 that the bank takes, and the bank's report on it. */
export function bankTransfer({ accounts }: BankTransferSettings): PaymentMethod {
  const accountFor = ({ currency, program }: { currency: string; program: string }) => {
    const fitting = accounts.filter((account) => account.currency === currency);
    return fitting.find(({ programs }) => programs?.includes(program)) ?? fitting.find(({ programs }) => programs === undefined);
  };
  return {
    kind: KIND,
    mostLines: MOST_LINES,
    unready: (part) => (accountFor(part) ? null : `No account is set up that ${part.program} pays ${part.currency} from.`),
    check: checkAccount,
    way: {
      file: {
        contentType: 'application/xml',
        extension: 'xml',
        write(part, lines) {
          const account = accountFor(part);
          if (account === undefined) throw new Error(`No account is set up that ${part.program} pays ${part.currency} from`);
          return writePain001(part, account, lines);
        },
        read: readPain002,
      },
    },
  };
}

function checkAccount({ account, holder, bank }: PayeeDetails): string | null {
  if (holder === null || !isReadable(holder)) return 'Whose account it is is not known.';
  if (bank !== null && !isValidBIC(bank)) return `${bank} is no BIC.`;
  if (account === null || account.trim() === '') return 'There is no account.';
  const plain = electronicFormatIBAN(account) ?? '';
  if (isValidIBAN(plain)) return null;
  if (/^[A-Z]{2}\d{2}[A-Z0-9]{11,30}$/.test(plain)) return 'The IBAN is wrong: its check digits do not fit.';
  if (!/^[A-Za-z0-9 -]{1,34}$/.test(account)) return 'That is neither an IBAN nor an account number.';
  return bank === null ? 'An account number without an IBAN needs the BIC of its bank.' : null;
}
