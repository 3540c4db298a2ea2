import { formatDecimal } from '@tributary/shared/money';
import { XMLBuilder } from 'fast-xml-parser';
import { electronicFormatIBAN, isValidIBAN } from 'ibantools';
import { inBankLetters } from '../../../../payees/index.ts';
import type { DebtorAccount } from '../../settings.ts';
import type { PaymentLine, PaymentPart } from '../method.ts';

export const NAMESPACE = 'urn:iso:std:iso:20022:tech:xsd:pain.001.001.09';
const CHARACTERS_AT_ONCE = 64 * 1024;
const ATTRIBUTE = '@';
const TEXT = '#';

/** Our ids as ISO 20022 takes them, in 35 characters. */
export const referenceOf = (id: string) => id.replaceAll('-', '');

const builder = new XMLBuilder({ ignoreAttributes: false, attributeNamePrefix: ATTRIBUTE, textNodeName: TEXT, suppressEmptyNode: false });

/**
 * A customer credit transfer initiation: one group, one payment information for the account that is paid from, one
 * transfer a line. It is written as its lines are read: no more than a few are ever in memory.
 */
export async function* writePain001(part: PaymentPart, from: DebtorAccount, lines: AsyncIterable<PaymentLine>): AsyncGenerator<string> {
  const sum = formatDecimal(part.amount, part.exponent);
  const payer = { Nm: inBankLetters(from.name, 140) };
  const totals = { NbOfTxs: String(part.lines), CtrlSum: sum };
  const group = { MsgId: referenceOf(part.id), CreDtTm: part.sentAt.toISOString(), ...totals, InitgPty: payer };
  const payment = {
    PmtInfId: referenceOf(part.id),
    PmtMtd: 'TRF',
    ...totals,
    ReqdExctnDt: { Dt: part.day },
    Dbtr: payer,
    DbtrAcct: { Id: accountId(from.account), Ccy: from.currency },
    DbtrAgt: { FinInstnId: { BICFI: from.bank } },
    ChrgBr: 'SHAR',
  };
  let ready = '<?xml version="1.0" encoding="UTF-8"?>\n';
  ready += `<Document xmlns="${NAMESPACE}"><CstmrCdtTrfInitn>${builder.build({ GrpHdr: group })}<PmtInf>${builder.build(payment)}`;
  for await (const line of lines) {
    ready += builder.build({ CdtTrfTxInf: transferOf(part, line) });
    if (ready.length < CHARACTERS_AT_ONCE) continue;
    yield ready;
    ready = '';
  }
  yield `${ready}</PmtInf></CstmrCdtTrfInitn></Document>\n`;
}

function transferOf(part: PaymentPart, line: PaymentLine): object {
  const amount = { [`${ATTRIBUTE}Ccy`]: part.currency, [TEXT]: formatDecimal(line.amount, part.exponent) };
  const reference = referenceOf(line.id);
  const purpose = inBankLetters(line.purpose, 140);
  return {
    PmtId: { InstrId: reference, EndToEndId: reference },
    // Where the payee's account is in another currency, the bank exchanges what we pay in ours.
    Amt: part.payeeCurrency === part.currency ? { InstdAmt: amount } : { EqvtAmt: { Amt: amount, CcyOfTrf: part.payeeCurrency } },
    ...(line.bank === null ? {} : { CdtrAgt: { FinInstnId: { BICFI: line.bank } } }),
    Cdtr: { Nm: inBankLetters(line.holder ?? '', 140) },
    CdtrAcct: { Id: accountId(line.account) },
    // The schema takes no empty one.
    ...(purpose === '' ? {} : { RmtInf: { Ustrd: purpose } }),
  };
}

/** An IBAN, or a number as the payee's bank knows it. */
function accountId(account: string): object {
  const iban = electronicFormatIBAN(account) ?? '';
  return isValidIBAN(iban) ? { IBAN: iban } : { Othr: { Id: inBankLetters(account, 34) } };
}
