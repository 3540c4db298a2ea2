import type { Ask, TestSandbox } from './api.ts';

export interface Refusal {
  code: string;
  message: string;
  path: string[];
  rule: string | null;
}

/** What a mutation answers: the thing under its own name, and why not. */
export type Acted = { userErrors: Refusal[] } & Record<string, unknown>;

/** Sends one act; `select` is what to ask of its payload. */
export async function act(ask: Ask, mutation: string, input: object, select = ''): Promise<Acted> {
  const type = `${mutation[0]!.toUpperCase()}${mutation.slice(1)}Input`;
  const query = `mutation ($input: ${type}!) { ${mutation}(input: $input) { ${select} userErrors { code message path rule } } }`;
  return (await ask<Record<string, Acted>>(query, { input }))[mutation]!;
}

/** The codes of what was turned away; empty: it was done. */
export async function refusalOf(ask: Ask, mutation: string, input: object): Promise<string> {
  return (await act(ask, mutation, input)).userErrors.map(({ code }) => code).join();
}

/** Sends an act that has to be done. */
export async function must(ask: Ask, mutation: string, input: object, select = ''): Promise<Acted> {
  const acted = await act(ask, mutation, input, select);
  if (acted.userErrors.length > 0) throw new Error(`${mutation}: ${acted.userErrors[0]!.code} ${acted.userErrors[0]!.message}`);
  return acted;
}

/** A new token of an affiliate. */
export async function affiliateToken(sandbox: TestSandbox, affiliate: string): Promise<string> {
  return String((await must(sandbox.staff, 'createToken', { kind: 'AFFILIATE', affiliate, name: affiliate }, 'secret'))['secret']);
}

/** Texts that somebody might try in place of an id or a name. */
export const HOSTILE = [
  `'; drop table affiliate; --`,
  `<script>alert(1)</script>`,
  `\${7*7}{{7*7}}`,
  '../../etc/passwd',
  '%00',
  'a\u0007b',
];
