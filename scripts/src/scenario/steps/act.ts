import type { FactLevel } from '../session.ts';

/** Who does such a thing in life. */
export type Caller = 'staff' | 'integrator' | { readonly affiliate: string };

/** One call of a mutation. */
export interface Act {
  readonly caller: Caller;
  readonly mutation: string;
  readonly input: Readonly<Record<string, unknown>>;
}

export interface Telling {
  /** When it happened, if earlier than it became known. */
  readonly occurredAt: string | undefined;
  /** A file beside the scenario. */
  read(path: string): string;
  /** Do the terms declare such a fact of their own? */
  declares(level: FactLevel, name: string): Promise<boolean>;
}

/** What stands in the scenario turned into a call; the player adds the program. */
export type ToAct<Content> = (content: Content, telling: Telling) => Act | Promise<Act>;

/** Staff always say why; a scenario need not. */
export const REASON = 'as the scenario tells';

/** Those of the facts that the terms declare, as the API takes them. What they don't declare would tell them nothing. */
export async function attributesOf(
  telling: Telling,
  level: FactLevel,
  facts: Readonly<Record<string, string | boolean | undefined>>,
): Promise<{ attributes?: { name: string; value: string }[] }> {
  const attributes: { name: string; value: string }[] = [];
  for (const [name, value] of Object.entries(facts)) {
    if (value !== undefined && (await telling.declares(level, name))) attributes.push({ name, value: String(value) });
  }
  return attributes.length > 0 ? { attributes } : {};
}

/** A fact may have happened earlier than it became known. */
export function when({ occurredAt }: Telling): { occurredAt?: string } {
  return occurredAt === undefined ? {} : { occurredAt };
}
