import { SaxesParser } from 'saxes';
import { type LineResult, type Result, UnreadableResult } from '../method.ts';

/** What the bank's codes mean to a payment. All others say that it is on its way. */
const PAID = new Set(['ACSC', 'ACCC']);
const FAILED = new Set(['RJCT', 'CANC', 'BLCK']);
/** Some of a group are so and some are not: its transactions say it. */
const MIXED = new Set(['PART', 'PATC']);
const REPORT = 'CstmrPmtStsRpt';
const MOST_DEPTH = 30;

type Outcome = 'sent' | 'paid' | 'failed';

interface Status {
  reference: string;
  code: string;
  reasons: string[];
  amount: { currency: string; text: string } | undefined;
  /** Of a group: what it says of itself. */
  totals: { count?: string; sum?: string };
}

const newStatus = (): Status => ({ reference: '', code: '', reasons: [], amount: undefined, totals: {} });

const OUR_REFERENCE = /^[0-9a-f]{32}$/i;

/** Our id, from the reference that it was sent as. */
function idOf(reference: string): string {
  const hex = reference.trim().toLowerCase();
  return OUR_REFERENCE.test(hex) ? hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-') : reference;
}

/**
 * A payment goes out with one reference in two places, and banks name either of them or both; for one that they do not have they write words.
 * Two that are both ours and not the same name none.
 */
function eitherOf(one: string, other: string): string {
  if (!OUR_REFERENCE.test(other)) return one || other;
  if (!OUR_REFERENCE.test(one) || one.toLowerCase() === other.toLowerCase()) return other;
  return `${one}, ${other}`;
}

function outcomeOf(code: string): Outcome {
  return PAID.has(code) ? 'paid' : FAILED.has(code) ? 'failed' : 'sent';
}

/** A customer payment status report, read as it comes: accepted, rejected with the reason, or in parts. */
export async function* readPain002(answer: AsyncIterable<Uint8Array>): AsyncGenerator<Result> {
  const report = new Report();
  const decoder = new TextDecoder('utf-8', { fatal: true });
  try {
    for await (const chunk of answer) {
      report.write(decoder.decode(chunk, { stream: true }));
      yield* report.take();
    }
    report.write(decoder.decode());
    report.close();
  } catch (error) {
    throw error instanceof UnreadableResult ? error : new UnreadableResult(`It can't be read as XML: ${(error as Error).message}`);
  }
  yield* report.take();
  // What holds for all that is not named comes last.
  yield* report.groups;
}

class Report {
  readonly groups: Result[] = [];
  private found: LineResult[] = [];
  private readonly parser = new SaxesParser({ fragment: false });
  private readonly path: string[] = [];
  private text = '';
  private currency = '';
  private isReport = false;
  private group = newStatus();
  private payment = newStatus();
  private transfer = newStatus();

  constructor() {
    this.parser.on('error', (error) => {
      throw new UnreadableResult(`It can't be read as XML: ${error.message}`);
    });
    // Entities of its own would let a file grow without end.
    this.parser.on('doctype', () => {
      throw new UnreadableResult('A payment status report has no document type.');
    });
    this.parser.on('opentag', ({ name, attributes }) => this.open(name.split(':').at(-1) as string, attributes as Record<string, string>));
    this.parser.on('text', (text) => (this.text += text));
    this.parser.on('cdata', (text) => (this.text += text));
    this.parser.on('closetag', () => this.shut());
  }

  write(text: string): void {
    this.parser.write(text);
  }

  close(): void {
    this.parser.close();
    if (!this.isReport) throw new UnreadableResult('It is no payment status report (pain.002).');
  }

  take(): LineResult[] {
    const found = this.found;
    this.found = [];
    return found;
  }

  private open(name: string, attributes: Record<string, string>): void {
    this.path.push(name);
    if (this.path.length > MOST_DEPTH) throw new UnreadableResult('It is nested too deep.');
    this.text = '';
    if (name === REPORT) this.isReport = true;
    if (name === 'OrgnlPmtInfAndSts') this.payment = newStatus();
    if (name === 'TxInfAndSts') this.transfer = newStatus();
    if (name === 'InstdAmt' || name === 'Amt') this.currency = attributes['Ccy'] ?? '';
  }

  private shut(): void {
    const name = this.path.pop() as string;
    const text = this.text.trim();
    const status = this.path.includes('TxInfAndSts') ? this.transfer : this.path.includes('OrgnlPmtInfAndSts') ? this.payment : this.group;
    if (name === 'OrgnlMsgId' || name === 'OrgnlPmtInfId') status.reference = text;
    else if (name === 'OrgnlInstrId' || name === 'OrgnlEndToEndId') status.reference = eitherOf(status.reference, text);
    else if (name === 'GrpSts' || name === 'PmtInfSts' || name === 'TxSts') status.code = text;
    else if (name === 'OrgnlNbOfTxs') status.totals.count = text;
    else if (name === 'OrgnlCtrlSum') status.totals.sum = text;
    else if ((name === 'Cd' || name === 'Prtry') && this.path.at(-1) === 'Rsn') status.reasons.push(text);
    else if (name === 'AddtlInf') status.reasons.push(text);
    else if ((name === 'InstdAmt' || (name === 'Amt' && this.path.at(-1) === 'EqvtAmt')) && text !== '')
      status.amount = { currency: this.currency, text };
    else if (name === 'TxInfAndSts') this.found.push(this.lineOf(this.transfer));
    else if (name === 'OrgnlPmtInfAndSts') this.endGroup(this.payment);
    else if (name === 'OrgnlGrpInfAndSts') this.endGroup(this.group);
    this.text = '';
  }

  private lineOf({ reference, code, reasons, amount }: Status): LineResult {
    // A transaction without a status of its own has that of its group.
    const own = code || this.payment.code || this.group.code;
    return {
      line: idOf(reference),
      outcome: outcomeOf(own),
      amount,
      reason: reasons.length > 0 ? reasons.join(': ').slice(0, 500) : null,
      said: own,
    };
  }

  private endGroup({ reference, code, reasons, totals }: Status): void {
    if (code === '' || MIXED.has(code)) return;
    const reason = reasons.length > 0 ? reasons.join(': ').slice(0, 500) : null;
    this.groups.push({ part: idOf(reference), outcome: outcomeOf(code), reason, ...totals });
  }
}
