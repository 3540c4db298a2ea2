/** What texts for promotion have put in. */
export const PLACEHOLDERS = ['link', 'code'] as const;

const PLACEHOLDER = /\{([^{}]*)\}/g;

/** Names in braces that stand for nothing. */
export function unknownPlaceholders(text: string): string[] {
  return [...text.matchAll(PLACEHOLDER)]
    .map(([, name]) => name as string)
    .filter((name) => !(PLACEHOLDERS as readonly string[]).includes(name));
}

/** The text as it is posted: with the affiliate's address and referral code. */
export function promote(text: string, values: Readonly<Record<(typeof PLACEHOLDERS)[number], string>>): string {
  return text.replaceAll(PLACEHOLDER, (whole, name: string) => values[name as keyof typeof values] ?? whole);
}
