/** What pairs say together. */
export interface Summary {
  readonly pairs: number;
  readonly median: number;
  readonly least: number;
  readonly most: number;
  /** Interval for the true median by the sign test, at 95 % or more; with fewer than six pairs there is none. */
  readonly interval: readonly [low: number, high: number] | undefined;
}

const CONFIDENCE = 0.95;

export function summarise(values: readonly number[]): Summary {
  if (values.length === 0) throw new Error('There is nothing to sum up.');
  const sorted = [...values].sort((a, b) => a - b);
  const cut = signCut(sorted.length);
  return {
    pairs: sorted.length,
    median: medianOf(sorted),
    least: sorted[0]!,
    most: sorted.at(-1)!,
    interval: cut === undefined ? undefined : [sorted[cut]!, sorted[sorted.length - 1 - cut]!],
  };
}

export function medianOf(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

/** How many values may be left out at each end: that so few lie beyond the true median has at most 5 % of chance. */
function signCut(count: number): number | undefined {
  let beyond = 0;
  let cut: number | undefined;
  for (let k = 0; k < count / 2; k++) {
    beyond += 2 * binomial(count, k) * 0.5 ** count;
    if (beyond > 1 - CONFIDENCE) break;
    cut = k;
  }
  return cut;
}

function binomial(n: number, k: number): number {
  let value = 1;
  for (let i = 1; i <= k; i++) value = (value * (n - k + i)) / i;
  return value;
}
