export interface Sum {
  readonly value: string;
  readonly unit: string;
}

/** Sums of exact decimals, unit by unit, in the order in which units come: units never add. */
export function sumsOf(amounts: readonly Sum[]): readonly Sum[] {
  const byUnit = Map.groupBy(amounts, ({ unit }) => unit);
  return [...byUnit].map(([unit, found]) => ({ unit, value: addAll(found.map(({ value }) => value)) }));
}

function addAll(values: readonly string[]): string {
  const digits = Math.max(...values.map((value) => value.split('.')[1]?.length ?? 0));
  const minor = values.reduce((sum, value) => sum + toMinor(value, digits), 0n);
  const text = (minor < 0n ? -minor : minor).toString().padStart(digits + 1, '0');
  const whole = text.slice(0, text.length - digits);
  return `${minor < 0n ? '-' : ''}${whole}${digits > 0 ? `.${text.slice(-digits)}` : ''}`;
}

function toMinor(value: string, digits: number): bigint {
  const [whole = '0', fraction = ''] = value.split('.');
  return BigInt(whole + fraction.padEnd(digits, '0'));
}
