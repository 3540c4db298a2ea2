/** What an affiliate's own address may have put into it. */
export const MACROS = [
  'event',
  'order',
  'status',
  'amount',
  'unit',
  'click',
  'link',
  'sub',
  'country',
  'customer',
  'withdrawal',
  'affiliate',
  'at',
] as const;

const MACRO = /\{([^{}]*)\}/g;

/** Names in braces that stand for nothing. */
export function unknownMacros(url: string): string[] {
  return [...url.matchAll(MACRO)].map(([, name]) => name as string).filter((name) => !(MACROS as readonly string[]).includes(name));
}

/** The address with its macros filled; what is not known is left empty. Nothing that is put in can change where the address leads. */
export function fillMacros(url: string, values: Readonly<Record<string, unknown>>): string {
  return url.replaceAll(MACRO, (_, name: string) => {
    const value = values[name];
    return value === undefined || value === null ? '' : encodeURIComponent(String(value));
  });
}
