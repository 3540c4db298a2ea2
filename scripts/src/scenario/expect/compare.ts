import { show } from '../failure.ts';

/** What differs, in words; undefined: nothing does. Decimals are compared as the texts they are. */
export function difference(path: string, expected: unknown, found: unknown, list?: 'set' | 'part'): string | undefined {
  if (list) return differenceOfLists(path, expected as unknown[], found as unknown[] | undefined, list);
  if (isObject(expected)) {
    const inner = Object.entries(expected).flatMap(
      ([key, value]) => difference(`${path}.${key}`, value, isObject(found) ? found[key] : undefined) ?? [],
    );
    return inner.length > 0 ? inner.join('\n') : undefined;
  }
  return Object.is(expected, found) ? undefined : `${path}: expected ${show(expected)}, found ${show(found)}`;
}

function differenceOfLists(
  path: string,
  expected: readonly unknown[],
  found: readonly unknown[] | undefined,
  kind: 'set' | 'part',
): string | undefined {
  const missing = expected.filter((item) => !found?.includes(item));
  const surplus = kind === 'set' ? (found ?? []).filter((item) => !expected.includes(item)) : [];
  if (found && missing.length === 0 && surplus.length === 0) return undefined;
  return `${path}: expected ${kind === 'part' ? 'among others ' : ''}${show(expected)}, found ${show(found)}`;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
