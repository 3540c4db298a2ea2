import { show } from '../failure.ts';

/** How a list is compared: in its order, as a set, or as a part of what is found. */
export type ListKind = 'order' | 'set' | 'part';

/** What differs, in words; undefined: nothing does. Decimals are compared by what they are worth: "30" is "30.00" (reading 26). */
export function difference(path: string, expected: unknown, found: unknown, list?: ListKind): string | undefined {
  if (list) return differenceOfLists(path, expected as unknown[], found as unknown[] | undefined, list);
  if (isObject(expected)) {
    const inner = Object.entries(expected).flatMap(
      ([key, value]) => difference(`${path}.${key}`, value, isObject(found) ? found[key] : undefined) ?? [],
    );
    return inner.length > 0 ? inner.join('\n') : undefined;
  }
  return Object.is(worth(expected), worth(found)) ? undefined : `${path}: expected ${show(expected)}, found ${show(found)}`;
}

/** A decimal without what may be left out of it; anything else as it is. */
function worth(value: unknown): unknown {
  if (typeof value !== 'string' || !/^-?\d+(\.\d+)?$/.test(value)) return value;
  const [whole = '', part = ''] = value.split('.');
  const rest = part.replace(/0+$/, '');
  return rest === '' ? whole : `${whole}.${rest}`;
}

function differenceOfLists(
  path: string,
  expected: readonly unknown[],
  found: readonly unknown[] | undefined,
  kind: ListKind,
): string | undefined {
  const missing = expected.filter((item) => !found?.includes(item));
  const surplus = kind !== 'part' ? (found ?? []).filter((item) => !expected.includes(item)) : [];
  const isElsewhere = kind === 'order' && expected.some((item, index) => item !== found?.[index]);
  if (found && missing.length === 0 && surplus.length === 0 && !isElsewhere) return undefined;
  return `${path}: expected ${kind === 'part' ? 'among others ' : ''}${show(expected)}, found ${show(found)}`;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
