import { decide } from '@tributary/shared/decide';
import { assembleOrder, normaliseOrder } from '@tributary/shared/facts';
import { interleave, rateOfAll, type Sample } from '../pairs.ts';
import { figure } from '../table.ts';
import type { Bench, Measure, Settings } from '../types.ts';
import { type ByHand, byHand } from './byHand.ts';
import { type Case, CaseInput, readCases } from './cases.ts';
import { profileOf, profileText } from './profile.ts';

const GOAL = { atLeast: 0.2 };
const PRODUCTS = { feed: () => undefined, isForbidden: () => false };

/** Keeps what was computed, so that no computing can be left out. */
let kept: unknown;

/** From the caller's text to the explained number. */
function decideOne(one: Case, index: number) {
  const normal = normaliseOrder(one.orders[index % one.orders.length]!, one.form, one.now);
  if (!normal.ok) throw new Error(`${one.program}: ${normal.refusal.message}`);
  const { compiled, known } = one;
  const order = assembleOrder(normal.content, normal.at, known.first, PRODUCTS, compiled.currencyExponent);
  return decide(compiled, new CaseInput(one, order));
}

function byHandOne(one: Case, hand: ByHand, index: number) {
  return hand(one.orders[index % one.orders.length]!, one.known);
}

/** Both sides say the same of every order, or the measure means nothing. */
function compare(one: Case, hand: ByHand): void {
  for (const index of one.orders.keys()) {
    const ours = decideOne(one, index);
    const other = byHandOne(one, hand, index);
    if (ours.amount === 0n || ours.amount !== other.amount || ours.affiliateId !== other.affiliate)
      throw new Error(`${one.program}, order ${index}: ${ours.affiliateId} ${ours.amount}, by hand ${other.affiliate} ${other.amount}`);
  }
}

/** One core's time: what else the machine does is not counted. */
function sample(count: number, one: (index: number) => unknown): Sample {
  const start = process.cpuUsage();
  for (let index = 0; index < count; index++) kept = one(index);
  const { user, system } = process.cpuUsage(start);
  return { work: count, seconds: (user + system) / 1e6 };
}

/** How many fill the time. */
function countFor(seconds: number, one: (index: number) => unknown): number {
  sample(5_000, one);
  return Math.ceil((5_000 / sample(5_000, one).seconds) * seconds);
}

async function measure(one: Case, { pairs, quick }: Settings): Promise<Measure> {
  const hand = byHand[one.byHand];
  if (!hand) throw new Error(`There is no function ${one.byHand} for ${one.program}.`);
  compare(one, hand);
  const seconds = quick ? 0.1 : 0.4;
  const ours = (index: number) => decideOne(one, index);
  const other = (index: number) => byHandOne(one, hand, index);
  const counts = [countFor(seconds, ours), countFor(seconds, other)] as const;
  const result = await interleave(
    pairs,
    () => sample(counts[0], ours),
    () => sample(counts[1], other),
  );
  const [a, b] = [rateOfAll(result.ours), rateOfAll(result.other)];
  return {
    name: `decide: ${one.program}`,
    ours: `${figure(1e6 / a)} us (${figure(a)}/s)`,
    against: `by hand ${figure(1e6 / b)} us`,
    ratio: result.ratio,
    goal: GOAL,
  };
}

async function showProfile(one: Case, say: (line: string) => void): Promise<void> {
  const times = await profileOf(() => void sample(200_000, (index) => decideOne(one, index)));
  say(`\nWhere ${one.program} spends its time:\n${profileText(times)}`);
}

export const bench: Bench['run'] = async (settings) => {
  const { programs } = settings;
  const cases = readCases();
  // As in life: all programs in one process, so that no function knows one of them only.
  for (const one of cases) sample(3_000, (index) => decideOne(one, index));
  const measures: Measure[] = [];
  for (const one of cases.filter(({ program }) => programs.length === 0 || programs.includes(program))) {
    measures.push(await measure(one, settings));
    if (settings.profile) await showProfile(one, settings.say);
  }
  if (kept === undefined) throw new Error('Nothing was decided.');
  return measures;
};
