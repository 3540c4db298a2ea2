import { formatDecimal, parseDecimal } from '@tributary/shared/money';
import { currencyExponent } from '@tributary/shared/terms';
import type { EntityManager } from '../../platform/database/orm.ts';
import { rows } from '../../platform/database/sql.ts';
import { inTransaction, type Transaction } from '../../platform/database/transaction.ts';
import { lockEnrollments } from '../affiliate/index.ts';
import {
  type Contradiction,
  changeWithdrawals,
  mayBecome,
  noteContradictions,
  WITHDRAWAL_COLUMNS,
  type Withdrawal,
  type WithdrawalChange,
} from '../withdrawal/index.ts';
import type { LineResult, SaidAmount } from './methods/index.ts';
import { LINE_COLUMNS, type PayoutLine } from './payout.entity.ts';

const MOST_PROBLEMS = 100;

/** What came of what somebody said of many lines. */
export interface Applied {
  /** How many lines became what. */
  readonly changed: Record<string, number>;
  /** Lines of which nothing new was said. */
  unchanged: number;
  /** What can't be so, the first hundred in words. */
  readonly problems: { line: string; message: string }[];
}

export const nothingApplied = (): Applied => ({ changed: {}, unchanged: 0, problems: [] });

export interface Applying {
  readonly batchId: string;
  readonly programId: string;
  readonly now: number;
  /** Who or what says so. */
  readonly by: string;
  /** The provider that has the part says so itself. Whoever else does may be wrong about a payment that a provider may still be given. */
  readonly isProvider: boolean;
  /** In one transaction. */
  readonly linesAtOnce: number;
  /** Staff say so by hand; undefined: somebody else does. */
  readonly byHand?: { readonly lookedUp: boolean };
}

/** Applies what is said of lines of one batch, and answers how many it does not have. Said twice, late or in another order, it has one effect. */
export async function applyResults(em: EntityManager, on: Applying, results: readonly LineResult[], applied: Applied): Promise<number> {
  let strangers = 0;
  for (let start = 0; start < results.length; start += on.linesAtOnce) {
    const some = results.slice(start, start + on.linesAtOnce);
    const outcome = await inTransaction(em, (tx) => applySome(tx, on, some));
    for (const to of outcome.changed) applied.changed[to] = (applied.changed[to] ?? 0) + 1;
    applied.unchanged += outcome.unchanged;
    for (const { line, message } of outcome.problems) addProblem(applied, line, message);
    strangers += outcome.strangers;
  }
  return strangers;
}

export function addProblem({ problems }: Applied, line: string, message: string): void {
  if (problems.length < MOST_PROBLEMS) problems.push({ line: line.slice(0, 80), message });
}

interface Some {
  strangers: number;
  changed: string[];
  unchanged: number;
  problems: { line: string; message: string }[];
}

async function applySome(tx: Transaction, on: Applying, results: readonly LineResult[]): Promise<Some> {
  const some: Some = { strangers: 0, changed: [], unchanged: 0, problems: [] };
  // Of several of one line in an answer the last one counts.
  const said = new Map(results.map((result) => [result.line, result]));
  const found = await rows<{ id: string; affiliate_id: string; withdrawal_id: string }>(
    tx,
    'select id, affiliate_id, withdrawal_id from payout_line where batch_id = $1 and id = any($2::uuid[]) order by affiliate_id',
    [on.batchId, [...said.keys()]],
  );
  const ours = new Set(found.map((line) => line.id));
  for (const id of said.keys()) if (!ours.has(id)) some.problems.push({ line: id, message: 'The batch has no such line.' });
  some.strangers = some.problems.length;
  const affiliateIds = found.map((line) => line.affiliate_id);
  await lockEnrollments(tx, on.programId, affiliateIds);
  const lines = await rows<PayoutLine>(
    tx,
    `select ${LINE_COLUMNS} from unnest($1::uuid[], $2::uuid[]) as k (affiliate_id, id) join payout_line l on l.affiliate_id = k.affiliate_id and l.id = k.id`,
    [affiliateIds, found.map((line) => line.id)],
  );
  const withdrawals = await rows<Withdrawal>(
    tx,
    `select ${WITHDRAWAL_COLUMNS} from unnest($1::uuid[], $2::uuid[]) as k (affiliate_id, id) join withdrawal w on w.affiliate_id = k.affiliate_id and w.id = k.id`,
    [affiliateIds, found.map((line) => line.withdrawal_id)],
  );
  const standing = on.isProvider ? new Map<string, PartStanding>() : await standingOfParts(tx, lines);
  const byId = new Map(withdrawals.map((withdrawal) => [withdrawal.id, withdrawal]));
  const changes: WithdrawalChange[] = [];
  const contradictions: Contradiction[] = [];
  const doubts = new Map<PayoutLine, boolean>();
  for (const line of lines) {
    const withdrawal = byId.get(line.withdrawalId) as Withdrawal;
    const result = said.get(line.id) as LineResult;
    const place = standing.get(line.partId ?? '');
    const isWith = isWithProvider(line, place);
    const isGuess = on.byHand !== undefined && givesBack(result) && (isWith || isDoubtful(line, place));
    const verdict =
      (isWith ? whyNotYet(result, place, on.byHand) : null) ??
      (isGuess && !on.byHand?.lookedUp ? NOT_LOOKED_UP : judge(line, withdrawal, result));
    if (verdict.kind === 'change') {
      changes.push({ withdrawal, to: verdict.to, reason: verdict.reason });
      some.changed.push(verdict.to);
      if (isGuess) doubts.set(line, true);
      // The last word of its provider is that it pays it: until somebody has settled that, nothing more is paid to its affiliate.
      if (isGuess && isWith) contradictions.push({ withdrawal: { ...withdrawal, status: verdict.to }, message: STILL_WITH_PROVIDER });
    } else if (verdict.kind === 'nothing') {
      some.unchanged += 1;
      // Whoever pays it says so, too.
      if (line.inDoubt && on.byHand === undefined && givesBack(result)) doubts.set(line, false);
      if (on.byHand === undefined) contradictions.push(...sequelOf(withdrawal, result));
    } else {
      some.problems.push({ line: line.id, message: verdict.message });
      if (verdict.isContradiction) contradictions.push({ withdrawal, message: verdict.message });
    }
  }
  await changeWithdrawals({ tx, ...on }, changes);
  await noteContradictions({ tx, ...on }, contradictions);
  await noteDoubts(tx, doubts);
  await noteWords(tx, lines, said);
  return some;
}

type Verdict =
  | { kind: 'change'; to: WithdrawalChange['to']; reason: string | null }
  | { kind: 'nothing' }
  | { kind: 'problem'; message: string; isContradiction: boolean };

/**
 * `waits`: the provider has not accepted it and may be given it at any time; `accepted`: it works on it, and will say what became of it;
 * `silent`: it has accepted it and is asked no more.
 */
type PartStanding = 'waits' | 'accepted' | 'silent';

/** Providers are asked for so long; who has said nothing by then has to be looked up by hand. */
const ANSWERS_FOR = '29 days';

/**
 * Parts on which a provider has the next word. They stay as they are until the end of the transaction: whoever gives one to its provider takes
 * hold of it first, and reads then what of it is left.
 */
async function standingOfParts(tx: Transaction, lines: readonly PayoutLine[]): Promise<ReadonlyMap<string, PartStanding>> {
  const ids = [...new Set(lines.flatMap(({ partId }) => partId ?? []))].sort();
  const parts = await rows<{ id: string; standing: PartStanding | null }>(
    tx,
    `select id, case when provider_id is null and ask_at is not null then 'waits'
       when status = 'accepted' then case when first_tried_at > now() - interval '${ANSWERS_FOR}' then 'accepted' else 'silent' end end as standing
     from payout_part where id = any($1::uuid[]) order by id for share`,
    [ids],
  );
  return new Map(parts.flatMap(({ id, standing }) => (standing === null ? [] : [[id, standing]])));
}

/** Has its provider still a word to say of it? Paid by somebody else, or given back, it would be paid by the provider all the same. */
function isWithProvider(line: PayoutLine, standing: PartStanding | undefined): boolean {
  if (standing === undefined || standing === 'silent') return false;
  // What it has said of a line that is not clear even so, such as another amount, is for people to settle.
  return !(standing === 'accepted' && line.status !== 'sent' && line.providerStatus !== null);
}

/** Why what somebody else says of it does not count yet; null: it does, since they have looked it up where it is paid. */
function whyNotYet({ outcome }: LineResult, standing: PartStanding | undefined, byHand: Applying['byHand']): Verdict | null {
  if (outcome === null || outcome === 'sent' || outcome === 'unknown') return { kind: 'nothing' };
  if (standing === 'accepted' && byHand?.lookedUp) return null;
  const message =
    standing === 'waits'
      ? 'Its provider has not accepted it and may still be given it: stop the batch first, or wait for the answer.'
      : 'Its provider has accepted it and is still to say what became of it: ask it, wait for the answer, or look it up there and say that you did.';
  return { kind: 'problem', message, isContradiction: false };
}

const STILL_WITH_PROVIDER =
  'Staff say that it was not paid, and its provider has accepted it and has not said so. The amount is available to the affiliate already.';

const givesBack = ({ outcome }: LineResult) => outcome === 'failed' || outcome === 'returned';

/** Nobody knows whether it was paid, and nobody is asked any more. */
function isDoubtful({ status }: PayoutLine, standing: PartStanding | undefined): boolean {
  return status === 'unknown' || (status === 'sent' && standing === 'silent');
}

const NOT_LOOKED_UP: Verdict = {
  kind: 'problem',
  message:
    'Nobody knows whether it was paid. Look it up where it was to be paid, and say that you did: its affiliate has the amount back then, and if it is paid all the same it is paid twice.',
  isContradiction: false,
};

/** What a line becomes by what is said of it. */
function judge(line: PayoutLine, { status }: Withdrawal, { outcome, amount, reason }: LineResult): Verdict {
  const problem = (message: string) => ({ kind: 'problem', message, isContradiction: true }) as const;
  // That it failed, or that nothing is known of it, is no word that it was paid.
  if (line.partId === null || ['deferred', 'collected', 'dropped'].includes(line.status))
    return {
      ...problem(`It was never sent: it is ${line.status}.`),
      isContradiction: ['sent', 'paid', 'returned'].includes(outcome ?? ''),
    };
  if (outcome === null) return { kind: 'nothing' };
  const isOther = (outcome === 'paid' || outcome === 'returned') && amount !== undefined && !isAmountOf(line, amount);
  const to = isOther ? 'unknown' : outcome;
  const why = isOther
    ? `${amount.text.slice(0, 40)} ${(amount.currency ?? line.currency)?.slice(0, 10)} are said to ${outcome === 'paid' ? 'be paid' : 'have come back'}; ${sentOf(line)} ${line.currency} were sent.`
    : reason;
  if (status === to) return isOther ? problem(why as string) : { kind: 'nothing' };
  // What is said to be on its way is no news of what has arrived or failed, but of what only staff said failed: it may arrive yet.
  if (to === 'sent' && status !== 'unknown' && !line.inDoubt) return { kind: 'nothing' };
  if (to === 'unknown' && status !== 'sent') return isOther ? problem(why as string) : { kind: 'nothing' };
  // Once paid it can come back, but it has not failed.
  const reached = to === 'failed' && status === 'paid' ? 'returned' : to;
  if (mayBecome(status, reached)) return { kind: 'change', to: reached, reason: why };
  if ((status === 'failed' && to === 'returned') || (status === 'returned' && to === 'failed')) return { kind: 'nothing' };
  const told = reason === null ? to : `${to}: ${reason}`;
  return problem(`It is ${status} and said to be ${told}. The amount is available to the affiliate already.`);
}

/**
 * What was said to be paid after its amount was given back, and has come back or failed by now: staff who took the amount back, or are about to,
 * have to know.
 */
function sequelOf(withdrawal: Withdrawal, { outcome, reason }: LineResult): Contradiction[] {
  const isOpen = withdrawal.contradictedAt !== null;
  if (!['failed', 'returned'].includes(withdrawal.status) || !(outcome === 'returned' || (isOpen && outcome === 'failed'))) return [];
  const end = outcome === 'failed' ? 'have failed' : 'have come back';
  const told = reason === null ? end : `${end}: ${reason}`;
  const message = `What contradicted it holds no longer: it is said to ${told}. What was taken back for it is to be given again.`;
  return [{ withdrawal, message, isSequel: true }];
}

function isAmountOf(line: PayoutLine, { text, currency }: SaidAmount): boolean {
  if (currency !== undefined && currency !== line.currency) return false;
  return parseDecimal(text, currencyExponent(line.currency as string)) === line.amount;
}

const sentOf = ({ amount, currency }: PayoutLine) => formatDecimal(amount as bigint, currencyExponent(currency as string));

/** Whether it is certain that what was given back was not paid. */
async function noteDoubts(tx: Transaction, doubts: ReadonlyMap<PayoutLine, boolean>): Promise<void> {
  if (doubts.size === 0) return;
  const lines = [...doubts.keys()];
  await rows(
    tx,
    `update payout_line l set in_doubt = d.in_doubt from unnest($1::uuid[], $2::uuid[], $3::boolean[]) as d (affiliate_id, id, in_doubt)
     where l.affiliate_id = d.affiliate_id and l.id = d.id`,
    [lines.map(({ affiliateId }) => affiliateId), lines.map(({ id }) => id), [...doubts.values()]],
  );
}

/** The provider's own names and words, beside what they mean to us. */
async function noteWords(tx: Transaction, lines: readonly PayoutLine[], said: ReadonlyMap<string, LineResult>): Promise<void> {
  const noted = lines.flatMap((line) => {
    const { providerId, said: words } = said.get(line.id) as LineResult;
    const isNew = (providerId !== undefined && providerId !== line.providerId) || (words !== undefined && words !== line.providerStatus);
    return isNew ? [{ line, providerId, words }] : [];
  });
  if (noted.length === 0) return;
  await rows(
    tx,
    `update payout_line l set provider_id = coalesce(n.provider_id, l.provider_id), provider_status = coalesce(n.words, l.provider_status)
     from unnest($1::uuid[], $2::uuid[], $3::text[], $4::text[]) as n (affiliate_id, id, provider_id, words) where l.affiliate_id = n.affiliate_id and l.id = n.id`,
    [
      noted.map(({ line }) => line.affiliateId),
      noted.map(({ line }) => line.id),
      noted.map(({ providerId }) => providerId ?? null),
      noted.map(({ words }) => words ?? null),
    ],
  );
}
