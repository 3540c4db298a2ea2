/**
 * Scales amounts so that they sum to `total`, which is at most their sum: each in proportion and rounded down,
 * the minor units left over to the largest remainders, the earlier first between equal ones.
 */
export function scaleToTotal(amounts: readonly bigint[], total: bigint): bigint[] {
  let sum = 0n;
  for (const amount of amounts) sum += amount;
  if (sum <= total) return [...amounts];
  const shares = amounts.map((amount) => (amount * total) / sum);
  const remainders = amounts.map((amount) => (amount * total) % sum);
  let left = total;
  for (const share of shares) left -= share;
  const order = remainders.map((_, index) => index).sort((a, b) => compare(remainders[b] as bigint, remainders[a] as bigint) || a - b);
  for (let i = 0; left > 0n; i++, left--) shares[order[i] as number] = (shares[order[i] as number] as bigint) + 1n;
  return shares;
}

function compare(a: bigint, b: bigint): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
