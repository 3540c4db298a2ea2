import { formatDecimal } from '@tributary/shared/money';
import { electronicFormatIBAN, isValidIBAN } from 'ibantools';
import { createCB } from 'xmlbuilder2';
import type { DebtorAccount } from '../../settings.ts';
import type { PaymentLine, PaymentPart } from '../method.ts';
import { inBankLetters } from './characters.ts';

export const NAMESPACE = 'urn:iso:std:iso:20022:tech:xsd:pain.001.001.09';
const CHARACTERS_AT_ONCE = 64 * 1024;

/** Our ids as ISO 20022 takes them, in 35 characters. */
export const referenceOf = (id: string) => id.replaceAll('-', '');

type Tree = { readonly [element: string]: string | Tree | undefined };
type Writer = ReturnType<typeof createCB>;

/**
 * A customer credit transfer initiation: one group, one payment information for the account that is paid from, one
 * transfer a line. It is written as it is read: no more than a few lines are ever in memory.
 */
export async function* writePain001(part: PaymentPart, from: DebtorAccount, lines: AsyncIterable<PaymentLine>): AsyncGenerator<string> {
  let ready = '';
  const xml = createCB({ data: (chunk: string) => (ready += chunk), error: fail });
  const sum = formatDecimal(part.amount, part.exponent);
  xml.dec({ encoding: 'UTF-8' });
  xml.ele(NAMESPACE, 'Document').ele('CstmrCdtTrfInitn');
  xml.ele('GrpHdr');
  put(xml, {
    MsgId: referenceOf(part.id),
    CreDtTm: part.sentAt.toISOString(),
    NbOfTxs: String(part.lines),
    CtrlSum: sum,
    InitgPty: { Nm: inBankLetters(from.name, 140) },
  });
  xml.up().ele('PmtInf');
  put(xml, {
    PmtInfId: referenceOf(part.id),
    PmtMtd: 'TRF',
    NbOfTxs: String(part.lines),
    CtrlSum: sum,
    ReqdExctnDt: { Dt: part.day },
    Dbtr: { Nm: inBankLetters(from.name, 140) },
    DbtrAcct: { Id: accountId(from.account), Ccy: from.currency },
    DbtrAgt: { FinInstnId: { BICFI: from.bank } },
    ChrgBr: 'SHAR',
  });
  for await (const line of lines) {
    writeTransfer(xml, part, line);
    if (ready.length > CHARACTERS_AT_ONCE) {
      yield ready;
      ready = '';
    }
  }
  xml.up().up().up().end();
  yield ready;
}

function writeTransfer(xml: Writer, part: PaymentPart, line: PaymentLine): void {
  const amount = formatDecimal(line.amount, part.exponent);
  xml.ele('CdtTrfTxInf');
  put(xml, { PmtId: { InstrId: referenceOf(line.id), EndToEndId: referenceOf(line.id) } });
  xml.ele('Amt');
  // Where the payee's account is in another currency, the bank exchanges what we pay in ours.
  if (part.payeeCurrency === part.currency) xml.ele('InstdAmt').att('Ccy', part.currency).txt(amount).up();
  else {
    xml.ele('EqvtAmt').ele('Amt').att('Ccy', part.currency).txt(amount).up();
    put(xml, { CcyOfTrf: part.payeeCurrency });
    xml.up();
  }
  xml.up();
  put(xml, {
    CdtrAgt: line.bank === null ? undefined : { FinInstnId: { BICFI: line.bank } },
    Cdtr: { Nm: inBankLetters(line.holder ?? '', 140) },
    CdtrAcct: { Id: accountId(line.account) },
    RmtInf: { Ustrd: inBankLetters(line.purpose, 140) },
  });
  xml.up();
}

/** An IBAN, or a number as the payee's bank knows it. */
function accountId(account: string): Tree {
  const iban = electronicFormatIBAN(account) ?? '';
  return isValidIBAN(iban) ? { IBAN: iban } : { Othr: { Id: inBankLetters(account, 34) } };
}

function put(xml: Writer, tree: Tree): void {
  for (const [name, value] of Object.entries(tree)) {
    if (value === undefined) continue;
    xml.ele(name);
    if (typeof value === 'string') xml.txt(value);
    else put(xml, value);
    xml.up();
  }
}

function fail(error: Error): never {
  throw error;
}
