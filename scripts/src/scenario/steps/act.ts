import type { FactLevel } from '../session.ts';

/** Who does such a thing in life. */
export type Caller = 'staff' | 'integrator' | { readonly affiliate: string } | { readonly member: string };

/** One call of a mutation. */
export interface Act {
  readonly caller: Caller;
  readonly mutation: string;
  readonly input: Readonly<Record<string, unknown>>;
  /** False: it is about the whole organization, and names no program. */
  readonly isOfProgram?: boolean;
}

/** A file brought to a route beside GraphQL. */
export interface Upload {
  readonly caller: Caller;
  readonly path: string;
  readonly contentType: string;
  readonly body: string;
}

/** A payout batch as it is: what whoever approves it signs, and the line of each withdrawal. */
export interface BatchSeen {
  readonly hash: string;
  readonly lines: ReadonlyMap<string, string>;
}

export interface Telling {
  /** The key of the program that the scenario is about. */
  readonly program: string;
  batchNamed(batch: string): Promise<BatchSeen>;
  /** When it happened, if earlier than it became known. */
  readonly occurredAt: string | undefined;
  /** A file beside the scenario. */
  read(path: string): string;
  /** The id of a traffic source that the affiliate declared; of several of that name the last. */
  sourceNamed(affiliate: string, name: string): Promise<string>;
  /** The request in which staff asked the affiliate about the open case of a rule; where there is none, no request's id. */
  questionAbout(affiliate: string, rule: string): Promise<string>;
  /** The match of an affiliate with a sanctions list, the last found first; where there is none, no match's id. */
  matchOf(affiliate: string): Promise<string>;
  /** The code of the coupon that an exchange bought; where there is none, a code that is none's. */
  couponOf(redemption: string): Promise<string>;
  /** Do the terms declare such a fact of their own? */
  declares(level: FactLevel, name: string): Promise<boolean>;
}

/** What stands in the scenario turned into a call; the player adds the program. */
export type ToAct<Content> = (content: Content, telling: Telling) => Act | Upload | Promise<Act | Upload>;

/** Staff always say why; a scenario need not. */
export const REASON = 'as the scenario tells';

/**
 * Facts that only some programs have, as the API takes them. The named ones are left out where the terms don't declare them: they would
 * tell them nothing. What a scenario gives as attributes is sent as it is.
 */
export async function attributesOf(
  telling: Telling,
  level: FactLevel,
  named: Readonly<Record<string, string | boolean | undefined>>,
  given: Readonly<Record<string, string | boolean | number>> = {},
): Promise<{ attributes?: { name: string; value: string }[] }> {
  const attributes = Object.entries(given).map(([name, value]) => ({ name, value: String(value) }));
  for (const [name, value] of Object.entries(named)) {
    if (value !== undefined && (await telling.declares(level, name))) attributes.push({ name, value: String(value) });
  }
  return attributes.length > 0 ? { attributes } : {};
}

/** A table as a file of comma-separated values. */
export function tableOf(lines: readonly (readonly string[])[]): string {
  const cellOf = (text: string) => `"${text.replaceAll('"', '""')}"`;
  return `${lines.map((cells) => cells.map(cellOf).join(',')).join('\r\n')}\r\n`;
}

/** A fact may have happened earlier than it became known. */
export function when({ occurredAt }: Telling): { occurredAt?: string } {
  return occurredAt === undefined ? {} : { occurredAt };
}
