import { parseDecimal } from '@tributary/shared/money';
import { nextCutOff, refuseWithdrawal } from '@tributary/shared/payout';
import type { HistoryEvent } from '@tributary/shared/people';
import type { CompiledTerms, WithdrawalRules } from '@tributary/shared/terms';
import {
  type Available,
  accountKey,
  availableAt,
  availableOf,
  dueAmong,
  type Entry,
  outEntry,
  postEntries,
  settleAccount,
} from '../../books/index.ts';
import { hashOf, type ProgramTerms, versionAt } from '../../intake/index.ts';
import { tellWithdrawals, type WithdrawalStep } from '../../messages/index.ts';
import { hotRows as rows, together } from '../../platform/database/sql.ts';
import type { Transaction } from '../../platform/database/transaction.ts';
import { done, type Outcome, refused, ruleError, type UserError, userError } from '../../platform/graphql/user-error.ts';
import { newId, sliceOf } from '../../platform/ids.ts';
import { heldAmong, underReview } from '../../sanctions/index.ts';
import { lockEnrollments, readHistories, refuseAfterBreach } from '../affiliate/index.ts';
import { documentsOf, mayBlock, refuseWithout } from '../document/index.ts';
import { type Program, refuseRequests, turnsOf } from '../program/index.ts';
import { missingOf, newestMethods } from './method.service.ts';
import { OPEN_STATUSES, type PayoutMethod, WITHDRAWAL_COLUMNS, type Withdrawal } from './withdrawal.entity.ts';

/** Somebody asks for what is available. */
export interface Ask {
  readonly affiliateId: string;
  /** The caller's id of the withdrawal. */
  readonly id: string;
  /** As it was told; null: all that is available. */
  readonly amount: string | null;
  /** Staff may ask in an affiliate's place after the last day. */
  readonly isAffiliate: boolean;
  readonly isStaff: boolean;
  readonly by: string;
  /** Business time. */
  readonly now: number;
}

/** Asks by different affiliates under different ids: what can be done in one transaction. In the order given. */
export function roundsOf<T extends Pick<Ask, 'affiliateId' | 'id'>>(asks: readonly T[]): T[][] {
  const rounds: { asks: T[]; names: Set<string> }[] = [];
  for (const ask of asks) {
    const names = [`affiliate ${ask.affiliateId}`, `id ${ask.id}`];
    // After the last round that has one of its names, so that who asked first is first.
    const last = rounds.findLastIndex((round) => names.some((name) => round.names.has(name)));
    rounds[last + 1] ??= { asks: [], names: new Set() };
    const round = rounds[last + 1]!;
    round.asks.push(ask);
    for (const name of names) round.names.add(name);
  }
  return rounds.map((round) => round.asks);
}

/** What requests are weighed by, by our id of the affiliate. */
interface Standing {
  readonly enrolled: ReadonlySet<string>;
  readonly histories: ReadonlyMap<string, readonly HistoryEvent[]>;
  /** By the callers' ids. */
  readonly known: ReadonlyMap<string, { readonly fact_id: string; readonly content_hash: Buffer }>;
  readonly held: ReadonlySet<string>;
  /** Something fell due on their accounts: that is done first, and what is available changes by it. */
  readonly due: ReadonlySet<string>;
  readonly available: ReadonlyMap<string, Available>;
  readonly counts: ReadonlyMap<string, { readonly open: number; readonly paid: number; readonly paying: number }>;
  /** Payment details as last given; read where the terms ask for them. */
  readonly methods: ReadonlyMap<string, PayoutMethod>;
  refuseRequest(ask: Ask, at: number): UserError | null;
  refuseDocuments(affiliateId: string, compiled: CompiledTerms, at: number): UserError | null;
}

/** Locks the enrollments and reads all in one packet: nothing of it needs an answer of the others. */
async function readStanding(tx: Transaction, program: Program, terms: ProgramTerms, asks: readonly Ask[], now: number): Promise<Standing> {
  const affiliateIds = asks.map((ask) => ask.affiliateId);
  const [enrolled, histories, known, turns, documents, held, due, available, counts] = await together(tx, [
    () => lockEnrollments(tx, program.id, affiliateIds),
    () => readHistories(tx, program.id, affiliateIds),
    () =>
      rows<{ external_id: string; fact_id: string; content_hash: Buffer }>(
        tx,
        `select f.external_id, f.fact_id, f.content_hash from unnest($1::smallint[], $2::text[]) as k (slice, external_id)
         join fact_key f on f.slice = k.slice and f.scope_id = $3 and f.kind = 'withdrawal' and f.external_id = k.external_id`,
        [asks.map(({ id }) => sliceOf(id)), asks.map(({ id }) => id), program.id],
      ),
    () => turnsOf(tx, program.id),
    () => documentsOf(tx, program.id),
    () => heldAmong(tx, affiliateIds),
    () => dueAmong(tx, program.id, affiliateIds, now),
    () => availableOf(tx, program.id, affiliateIds, now),
    () =>
      rows<{ id: string; open: number; paid: number; paying: number }>(
        tx,
        `select a.id, coalesce(w.open, 0) as open, coalesce(w.paid, 0) as paid,
           (select count(*)::int from customer_place p where p.affiliate_id = a.id and p.program_id = $2 and p.standing > 0) as paying
         from unnest($1::uuid[]) as a (id) left join lateral (
           select count(*) filter (where status = any($3::text[]))::int as open, count(*) filter (where status = 'paid')::int as paid
           from withdrawal where affiliate_id = a.id and program_id = $2
         ) w on true`,
        [affiliateIds, program.id, OPEN_STATUSES],
      ),
  ]);
  const methods = terms.versions.some(({ compiled }) => compiled.terms.withdrawal?.payable !== undefined)
    ? await newestMethods(
        tx,
        affiliateIds.map((affiliateId) => ({ affiliateId, programId: program.id })),
      )
    : [];
  const countries = mayBlock(documents, 'withdrawals') ? await countriesOf(tx, affiliateIds) : undefined;
  return {
    enrolled,
    histories,
    held,
    due,
    available,
    methods: new Map(methods.map((method) => [method.affiliateId, method])),
    known: new Map(known.map((row) => [row.external_id, row])),
    counts: new Map(counts.map((row) => [row.id, row])),
    refuseRequest: ({ isAffiliate }, at) => (isAffiliate ? refuseRequests(turns, at) : null),
    refuseDocuments(affiliateId, compiled, at) {
      if (countries === undefined) return null;
      const country = countries.get(affiliateId) ?? null;
      return refuseWithout(documents, 'withdrawals', { compiled, history: histories.get(affiliateId) ?? [], now: at, country });
    },
  };
}

async function countriesOf(tx: Transaction, affiliateIds: readonly string[]): Promise<Map<string, string | null>> {
  const text = 'select id, country from affiliate where id = any($1::uuid[])';
  return new Map((await rows<{ id: string; country: string | null }>(tx, text, [affiliateIds])).map(({ id, country }) => [id, country]));
}

/** A request that is taken, and what is written of it. */
interface Taken {
  readonly ask: Ask;
  readonly at: number;
  readonly id: string;
  readonly hash: Buffer;
  readonly unit: string;
  /** Minor units; null: the cut-off fixes it. */
  readonly amount: bigint | null;
  readonly cutOff: { readonly at: number; readonly batch: string } | null;
  readonly available: Available;
  /** What a cut-off would find lapsed, and an open request keeps. */
  readonly claimed: readonly string[];
}

/**
 * Requests of affiliates in a program, all in one transaction; see {@link roundsOf} for which. Answers one by one; null: the affiliate is
 * not in the program. The statements are as many for one as for many.
 */
export async function requestAll(
  tx: Transaction,
  program: Program,
  terms: ProgramTerms,
  asks: readonly Ask[],
): Promise<(Outcome<Withdrawal> | null)[]> {
  const now = asks.reduce((latest, ask) => Math.max(latest, ask.now), 0);
  const standing = await readStanding(tx, program, terms, asks, now);
  const weighed: (Outcome<Withdrawal> | Taken | Known | null)[] = [];
  for (const ask of asks) weighed.push(await weigh(tx, program, terms, standing, ask, now));
  const taken = weighed.filter((one): one is Taken => one !== null && 'ask' in one);
  const known = weighed.filter((one): one is Known => one !== null && 'knownId' in one);
  const made = new Map<string, Withdrawal>();
  if (taken.length > 0) for (const withdrawal of await writeAll(tx, program, taken)) made.set(withdrawal.id, withdrawal);
  if (known.length > 0) for (const withdrawal of await readKnown(tx, known)) made.set(withdrawal.id, withdrawal);
  return weighed.map((one) => {
    if (one === null) return null;
    if ('ask' in one) return done(made.get(one.id) as Withdrawal);
    return 'knownId' in one ? done(made.get(one.knownId) as Withdrawal) : one;
  });
}

/** A request that was made before. */
interface Known {
  readonly affiliateId: string;
  readonly knownId: string;
}

async function weigh(
  tx: Transaction,
  program: Program,
  terms: ProgramTerms,
  standing: Standing,
  ask: Ask,
  now: number,
): Promise<Outcome<Withdrawal> | Taken | Known | null> {
  const { affiliateId } = ask;
  if (!standing.enrolled.has(affiliateId)) return null;
  // Never before what was decided about the enrollment last.
  const history = standing.histories.get(affiliateId) ?? [];
  const at = history.reduce((latest, event) => Math.max(latest, event.holdsFrom), now);
  const { compiled } = versionAt(terms, at);
  const rules = compiled.terms.withdrawal;
  if (rules === undefined) return refused(userError('INVALID', 'The program pays nothing out.', ['program']));
  const amount = ask.amount === null ? null : parseDecimal(ask.amount, compiled.rewardExponent);
  if (ask.amount !== null && (amount === null || amount <= 0n))
    return refused(userError('INVALID', `"${ask.amount}" is no amount that can be withdrawn.`, ['amount']));
  const hash = hashOf({ affiliateId, amount: amount === null ? null : String(amount) });
  const known = standing.known.get(ask.id);
  if (known !== undefined) {
    if (known.content_hash.equals(hash)) return { affiliateId, knownId: known.fact_id };
    return refused(userError('CONFLICT', `The withdrawal "${ask.id}" is known with other content.`, ['id']));
  }
  const refusal =
    (ask.isStaff ? null : refuseAfterBreach(history)) ??
    standing.refuseRequest(ask, at) ??
    standing.refuseDocuments(affiliateId, compiled, at) ??
    (standing.held.has(affiliateId) ? underReview() : null);
  if (refusal !== null) return refused(refusal);
  const { unit } = compiled.terms.reward;
  let available = standing.available.get(accountKey(affiliateId, unit)) ?? { lots: [], amount: 0n };
  if (standing.due.has(affiliateId) || at !== now) {
    await settleAccount(tx, program.id, affiliateId, at);
    available = await availableAt(tx, program.id, affiliateId, unit, at);
  }
  const missing = rules.payable === undefined ? [] : missingOf(standing.methods.get(affiliateId) ?? null).map(({ message }) => message);
  return take(rules, compiled, { ask, at, hash, amount, available, unit }, { ...standing.counts.get(affiliateId)!, missing });
}

function take(
  rules: WithdrawalRules,
  compiled: CompiledTerms,
  wish: Pick<Taken, 'ask' | 'at' | 'hash' | 'amount' | 'available' | 'unit'>,
  { open, paid, paying, missing }: { open: number; paid: number; paying: number; missing: readonly string[] },
): Outcome<never> | Taken {
  const { amount, available, at } = wish;
  const facts = { amount, available: available.amount, exponent: compiled.rewardExponent, open, paid, payingCustomers: paying, missing };
  const refusal = refuseWithdrawal(rules, facts);
  if (refusal !== null) return refused(ruleError(refusal.rule, refusal.message, refusal.path ?? ['amount']));
  const cutOff = rules.cutOff === undefined ? null : nextCutOff(compiled.calendar, rules.cutOff.dayOfMonth, at);
  const lapsing = (until: number) => available.lots.filter((lot) => lot.endsAt !== null && lot.endsAt <= until).map((lot) => lot.id);
  return {
    ...wish,
    id: newId(),
    amount: cutOff === null ? (amount ?? available.amount) : null,
    cutOff,
    claimed: cutOff !== null && rules.claim !== undefined ? lapsing(cutOff.at) : [],
  };
}

/** Who took one of the names meanwhile is seen when the work is done anew. */
class NameTaken extends Error {
  readonly code = '40001';
}

async function writeAll(tx: Transaction, { id: programId }: Program, taken: readonly Taken[]): Promise<Withdrawal[]> {
  const [claimed, made] = await together(tx, [
    () => claimNames(tx, programId, taken),
    () => insertAll(tx, programId, taken),
    () => postEntries(tx, programId, taken.flatMap(entryOf)),
    async () => {
      for (const [at, some] of Map.groupBy(taken, (one) => one.at)) await tellWithdrawals(tx, programId, at, some.map(stepOf));
    },
  ]);
  if (claimed < taken.length) throw new NameTaken('An id of a withdrawal was taken meanwhile');
  for (const { ask, cutOff, claimed: lots } of taken) {
    if (lots.length > 0)
      await rows(tx, 'select ledger_claim($1, $2::uuid[], $3)', [ask.affiliateId, lots, new Date((cutOff?.at as number) + 1)]);
  }
  return made;
}

function entryOf({ ask: { affiliateId }, id: causeId, unit, amount, available, at }: Taken): Entry[] {
  if (amount === null) return [];
  return [outEntry({ affiliateId, unit, kind: 'withdrawal-reserved', causeId, sequence: 0, at }, available.lots, amount, 'reserved')];
}

function stepOf({ ask, unit, amount }: Taken): WithdrawalStep {
  return { affiliateId: ask.affiliateId, id: ask.id, state: 'requested', unit, amount };
}

/** Answers how many of the names were free. Everybody takes names in one order. */
async function claimNames(tx: Transaction, programId: string, taken: readonly Taken[]): Promise<number> {
  const claimed = await rows(
    tx,
    `insert into fact_key (slice, scope_id, kind, external_id, fact_id, content_hash)
     select slice, $1, 'withdrawal', external_id, id, hash from unnest($2::smallint[], $3::text[], $4::uuid[], $5::bytea[]) as u (slice, external_id, id, hash)
     order by slice, external_id on conflict do nothing returning fact_id`,
    [
      programId,
      taken.map(({ ask }) => sliceOf(ask.id)),
      taken.map(({ ask }) => ask.id),
      taken.map(({ id }) => id),
      taken.map(({ hash }) => hash),
    ],
  );
  return claimed.length;
}

function insertAll(tx: Transaction, programId: string, taken: readonly Taken[]): Promise<Withdrawal[]> {
  return rows<Withdrawal>(
    tx,
    `insert into withdrawal as w (affiliate_id, id, program_id, external_id, status, unit, amount, cut_off_at, batch, requested_at, requested_by)
     select affiliate_id, id, $1, external_id, 'requested', unit, amount, cut_off_at, batch, requested_at, requested_by
     from unnest($2::uuid[], $3::uuid[], $4::text[], $5::text[], $6::bigint[], $7::timestamptz[], $8::text[], $9::timestamptz[], $10::text[])
       as u (affiliate_id, id, external_id, unit, amount, cut_off_at, batch, requested_at, requested_by)
     returning ${WITHDRAWAL_COLUMNS}`,
    [
      programId,
      taken.map(({ ask }) => ask.affiliateId),
      taken.map(({ id }) => id),
      taken.map(({ ask }) => ask.id),
      taken.map(({ unit }) => unit),
      taken.map(({ amount }) => amount),
      taken.map(({ cutOff }) => (cutOff === null ? null : new Date(cutOff.at))),
      taken.map(({ cutOff }) => cutOff?.batch ?? null),
      taken.map(({ at }) => new Date(at)),
      taken.map(({ ask }) => ask.by),
    ],
  );
}

function readKnown(tx: Transaction, known: readonly Known[]): Promise<Withdrawal[]> {
  return rows<Withdrawal>(
    tx,
    `select ${WITHDRAWAL_COLUMNS} from unnest($1::uuid[], $2::uuid[]) as k (affiliate_id, id) join withdrawal w on w.affiliate_id = k.affiliate_id and w.id = k.id`,
    [known.map(({ affiliateId }) => affiliateId), known.map(({ knownId }) => knownId)],
  );
}
