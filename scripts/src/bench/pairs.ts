import { type Summary, summarise } from './stats.ts';

/** Work done, and how long it took: seconds of the clock, or of CPU where a bench says so. */
export interface Sample {
  readonly work: number;
  readonly seconds: number;
}

export interface Pairs {
  readonly ours: readonly Sample[];
  readonly other: readonly Sample[];
  /** Our rate as a part of the other's. */
  readonly ratio: Summary;
}

type Side = (pair: number) => Sample | Promise<Sample>;

/** A B A B ...: what else the machine does weighs on both sides alike. */
export async function interleave(count: number, ours: Side, other: Side): Promise<Pairs> {
  const a: Sample[] = [];
  const b: Sample[] = [];
  for (let pair = 0; pair < count; pair++) {
    a.push(await ours(pair));
    b.push(await other(pair));
  }
  return { ours: a, other: b, ratio: summarise(a.map((sample, pair) => rateOf(sample) / rateOf(b[pair]!))) };
}

export function rateOf({ work, seconds }: Sample): number {
  return work / seconds;
}

export function rateOfAll(samples: readonly Sample[]): number {
  return rateOf({ work: sum(samples.map(({ work }) => work)), seconds: sum(samples.map(({ seconds }) => seconds)) });
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

/** Seconds of the clock that the work took. */
export async function timed(work: () => Promise<void>): Promise<number> {
  const start = performance.now();
  await work();
  return (performance.now() - start) / 1000;
}
