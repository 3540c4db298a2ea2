import type { BankTransferSettings } from '../../settings.ts';
import type { PaymentMethod } from '../method.ts';
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
    way: {
      file: {
        contentType: 'application/xml',
        extension: 'xml',
        answer: 'The bank’s report on the payments: a file of ISO 20022, pain.002.',
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
