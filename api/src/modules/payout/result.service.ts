import { formatDecimal, parseDecimal } from '@tributary/shared/money';
import type { Context } from '../../context.ts';
import type { EntityManager } from '../../platform/database/orm.ts';
import { row, rows } from '../../platform/database/sql.ts';
import { done, type Outcome, refused, userError } from '../../platform/graphql/user-error.ts';
import { isId } from '../../platform/ids.ts';
import { heldOn, UNDER_REVIEW } from '../../sanctions/index.ts';
import type { OrganizationService } from '../sandbox/index.ts';
import { contradictedOn } from '../withdrawal/index.ts';
import { findBatch } from './batch.service.ts';
import { type FileWay, type LineResult, type PartResult, type PaymentMethods, type Result, UnreadableResult } from './methods/index.ts';
import { type PartTotals, totalsOfPart } from './parts.ts';
import type { PayoutBatch, PayoutPart } from './payout.entity.ts';
import { noBatch } from './payout.errors.ts';
import type { MarkPayoutLinesInput } from './payout.input.ts';
import { type Applied, type Applying, addProblem, applyResults, nothingApplied } from './results.ts';

const MOST_MARKED = 1_000;
const LINES_READ = 500;
const NO_ID = '00000000-0000-0000-0000-000000000000';
/** Its affiliate reads it. */
const NOT_GIVEN = 'It was not sent: an earlier payment has to be settled first.';
const STAYS_UNKNOWN = 'It is unknown. Only what names it can settle that, not what is said of all.';
/** Nothing is marked by hand as sent: that is what sending does. */
export const MARKS = ['paid', 'failed', 'returned', 'unknown'] as const;

/** What came of marks, and what may come of them yet. */
export interface Marked {
  readonly batch: PayoutBatch;
  readonly applied: Applied;
  readonly warnings: readonly { readonly line: string; readonly message: string }[];
}

/** What banks, providers and staff say of lines. */
export class PayoutResultService {
  private readonly methods: PaymentMethods;
  private readonly organizations: OrganizationService;

  constructor(methods: PaymentMethods, organizations: OrganizationService) {
    this.methods = methods;
    this.organizations = organizations;
  }

  /** By hand. */
  async mark(context: Context, input: MarkPayoutLinesInput): Promise<Outcome<Marked>> {
    const batch = await context.services.payoutBatches.find(context, input.program, input.batch);
    if (batch === null) return refused(noBatch(input.batch));
    if (input.lines.length === 0 || input.lines.length > MOST_MARKED)
      return refused(userError('INVALID', `Name 1 to ${MOST_MARKED} lines; these are ${input.lines.length}.`, ['lines']));
    const wrong = input.lines.findIndex((id) => !isId(id));
    if (wrong >= 0) return refused(userError('NOT_FOUND', 'The batch has no such line.', ['lines', String(wrong)]));
    const reason = input.reason.trim();
    if (reason === '' || reason.length > 1000) return refused(userError('INVALID', 'Say why, in up to 1,000 characters.', ['reason']));
    const results = input.lines.map((line): LineResult => ({ line, outcome: input.outcome as (typeof MARKS)[number], reason }));
    const applied = nothingApplied();
    const on = { ...(await this.toldBy(context, batch)), byHand: { lookedUp: input.lookedUp === true } };
    await applyResults(context.em, on, results, applied);
    return done({ batch, applied, warnings: await warningsOf(context.em, batch.id, input.lines) });
  }

  /** How answers to files of a method are read; undefined: they are none. */
  fileWay(method: string): FileWay | undefined {
    const way = this.methods.find(method)?.way;
    return way !== undefined && 'file' in way ? way.file : undefined;
  }

  /** An answer to the files of a batch, looked through as a whole first: one that can't be read does nothing. */
  async importAnswer(
    context: Context,
    batch: PayoutBatch,
    method: string,
    read: () => AsyncIterable<Uint8Array>,
  ): Promise<Outcome<Applied>> {
    const way = this.fileWay(method);
    if (way === undefined) return refused(userError('INVALID', `Answers to ${method} do not come as files.`, ['method']));
    try {
      for await (const _ of way.read(read())) {
        // Only whether it can be read.
      }
    } catch (error) {
      if (error instanceof UnreadableResult) return refused(userError('INVALID', error.message, ['file']));
      throw error;
    }
    return done(await this.applyAll(context.em, await this.toldBy(context, batch), way.read(read())));
  }

  /** What a provider says of a part. */
  async apply(em: EntityManager, part: PayoutPart, results: AsyncIterable<Result>, by: string): Promise<Applied> {
    return this.applyAll(em, await this.applying(em, part, by), results);
  }

  /** Nobody knows whether the lines of a part were paid: they are asked for, never sent anew. */
  async unclear(em: EntityManager, part: PayoutPart, reason: string): Promise<void> {
    const on = await this.applying(em, part, part.method);
    for await (const lines of openLines(em, { part: part.id }, ['sent'])) {
      const results = lines.map((line): LineResult => ({ line, outcome: 'unknown', reason }));
      await applyResults(em, on, results, nothingApplied());
    }
  }

  /**
   * Before a part is given to its provider: what certainly was not given yet and is for somebody who is under review by now, or who has an
   * amount back that is said to be paid, fails and is not given. Answers why nothing of the part may be given: of what may have been paid already nobody can be left out. Null: it may.
   */
  async keepHeldBack(em: EntityManager, part: PayoutPart): Promise<string | null> {
    const held = await rows<{ id: string; status: string; reviewed: boolean }>(
      em,
      `select l.id, l.status, ${heldOn('l')} as reviewed from payout_line l
       where l.part_id = $1 and (l.status in ('sent', 'unknown') and ${heldOn('l')} or l.status = 'sent' and ${contradictedOn('l')})`,
      [part.id],
    );
    if (held.some(({ status }) => status === 'unknown')) return 'Somebody in it is under review: nothing is given until that is settled.';
    const on = await this.applying(em, part, part.method);
    const results = held.map(
      ({ id, reviewed }): LineResult => ({ line: id, outcome: 'failed', reason: reviewed ? UNDER_REVIEW : NOT_GIVEN }),
    );
    await applyResults(em, on, results, nothingApplied());
    return null;
  }

  private async applying(em: EntityManager, part: PayoutPart, by: string): Promise<Applying> {
    const program = await row<{ organization_id: string }>(em, 'select organization_id from program where id = $1', [part.programId]);
    const now = await this.organizations.now({ em }, program!.organization_id);
    return { batchId: part.batchId, programId: part.programId, now, by, isProvider: true, linesAtOnce: this.methods.linesAtOnce };
  }

  private async toldBy(context: Context, { id: batchId, programId }: PayoutBatch): Promise<Applying> {
    const now = await context.now();
    return { batchId, programId, now, by: context.viewer.name, isProvider: false, linesAtOnce: this.methods.linesAtOnce };
  }

  private async applyAll(em: EntityManager, on: Applying, results: AsyncIterable<Result>): Promise<Applied> {
    const applied = nothingApplied();
    const groups: PartResult[] = [];
    /** What is said of the whole does not hold for them. */
    const named = new Set<string>();
    /** Payments that nobody can tell: any line may be meant. */
    let strangers = 0;
    let waiting: LineResult[] = [];
    for await (const result of results) {
      if ('part' in result) {
        groups.push(result);
        continue;
      }
      if (!isId(result.line)) {
        strangers += 1;
        addProblem(applied, result.line, 'That is no line of ours.');
        continue;
      }
      waiting.push(result);
      named.add(result.line);
      if (waiting.length < on.linesAtOnce) continue;
      strangers += await applyResults(em, on, waiting, applied);
      waiting = [];
    }
    strangers += await applyResults(em, on, waiting, applied);
    for (const group of groups) await this.applyGroup(em, on, strangers === 0 ? group : doubted(group), named, applied);
    return applied;
  }

  /**
   * For every line of a part that was not named itself. In an answer by file, a line that is unknown is so since somebody said something of it by
   * itself; what is said of the whole does not settle that.
   */
  private async applyGroup(
    em: EntityManager,
    on: Applying,
    { part, outcome, reason, ...said }: SaidOfPart,
    named: ReadonlySet<string>,
    applied: Applied,
  ): Promise<void> {
    if (!isId(part)) return addProblem(applied, part, 'That is no file of ours.');
    const totals = await totalsOfPart(em, { part, batch: on.batchId });
    const other = totals === undefined ? 'That is no file of this batch.' : whatDiffers(totals, said);
    if (other !== undefined) return addProblem(applied, part, other);
    const of = { part, batch: on.batchId };
    for await (const lines of openLines(em, of, on.isProvider ? ['sent', 'unknown'] : ['sent'])) {
      const results = lines.filter((line) => !named.has(line)).map((line): LineResult => ({ line, outcome, reason }));
      await applyResults(em, on, results, applied);
    }
    if (on.isProvider || outcome === 'sent' || outcome === 'unknown') return;
    for await (const lines of openLines(em, of, ['unknown'])) {
      for (const line of lines) if (!named.has(line)) addProblem(applied, line, STAYS_UNKNOWN);
    }
  }
}

const CONTRADICTED_NOW =
  'It may be paid all the same, and its affiliate has the amount back: it stands among the contradicted withdrawals, and nothing more is paid to them until that is settled.';
const MAY_BE_PAID =
  'It may be paid all the same, and its affiliate has the amount back. If whoever pays says so, it stands among the contradicted withdrawals, and nothing more is paid to them until that is settled.';

/** Of lines that were given back in doubt. */
async function warningsOf(em: EntityManager, batchId: string, lines: readonly string[]): Promise<Marked['warnings']> {
  const found = await rows<{ id: string; contradicted: boolean }>(
    em,
    `select l.id, w.contradicted_at is not null as contradicted from payout_line l join withdrawal w on w.affiliate_id = l.affiliate_id and w.id = l.withdrawal_id
     where l.batch_id = $1 and l.id = any($2::uuid[]) and l.in_doubt order by l.id`,
    [batchId, lines],
  );
  return found.map(({ id, contradicted }) => ({ line: id, message: contradicted ? CONTRADICTED_NOW : MAY_BE_PAID }));
}

type SaidOfPart = Omit<PartResult, 'outcome'> & { readonly outcome: NonNullable<LineResult['outcome']> };

/** What is said of all may not be so of the payment that cannot be told: all stay open until they are named. */
function doubted(group: PartResult): SaidOfPart {
  const reason = 'The answer names a payment that is no line of ours, so that what it says of all others is not certain.';
  return { ...group, outcome: group.outcome === 'sent' ? 'sent' : 'unknown', reason };
}

/** An answer to as many payments of the same sum as were sent, as far as it says so, is an answer to them. */
function whatDiffers(
  { lines, amount, currency, exponent }: PartTotals,
  { count, sum }: Pick<PartResult, 'count' | 'sum'>,
): string | undefined {
  const isCount = count === undefined || Number(count) === lines;
  const isSum = sum === undefined || parseDecimal(sum.replace(/(\.\d*?)0+$/, '$1').replace(/\.$/, ''), exponent) === amount;
  if (isCount && isSum) return undefined;
  const said = [count?.slice(0, 20), sum && `a sum of ${sum.slice(0, 30)}`].filter(Boolean).join(' payments and ');
  return `It speaks of ${said}; the file has ${lines} payments of ${formatDecimal(amount, exponent)} ${currency}. Nothing was settled by it.`;
}

/** Lines of a part in some states, some hundred at a time. */
async function* openLines(em: EntityManager, of: { part: string; batch?: string }, statuses: readonly string[]): AsyncGenerator<string[]> {
  for (let after = NO_ID; ; ) {
    const found = await rows<{ id: string }>(
      em,
      `select id from payout_line where part_id = $1 and ($2::uuid is null or batch_id = $2) and status = any($3::text[]) and id > $4 order by id limit ${LINES_READ}`,
      [of.part, of.batch ?? null, statuses, after],
    );
    const last = found.at(-1);
    if (last === undefined) return;
    yield found.map((line) => line.id);
    after = last.id;
  }
}

/** The batch that an answer is for, by the names in its address. */
export async function batchNamed(context: Context, program: string, name: string): Promise<PayoutBatch | null> {
  const found = await context.services.programs.find(context, program);
  return found === undefined ? null : findBatch(context.em, found.id, name);
}
