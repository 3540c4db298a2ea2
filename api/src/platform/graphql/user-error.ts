import { Field, ObjectType } from 'type-graphql';
import { Part } from './access.ts';

/** Codes beside the ids of rules. */
export type UserErrorCode = 'INVALID' | 'CONFLICT' | 'NOT_FOUND' | 'NOT_OPEN' | 'TOO_MANY' | 'UNDER_REVIEW';

@Part()
@ObjectType({ description: 'Why a business act was turned away. Nothing was written.' })
export class UserError {
  @Field(() => String, {
    description: 'The id of the rule that turned it away, or `INVALID`, `CONFLICT`, `NOT_FOUND`, `NOT_OPEN`, `TOO_MANY` or `UNDER_REVIEW`.',
  })
  code!: string;

  @Field(() => String, { description: 'For people.' })
  message!: string;

  @Field(() => [String], { description: 'Where in the input, outermost first; empty: the whole of it.' })
  path!: string[];

  @Field(() => String, { nullable: true, description: 'The id of the rule, where a rule of the program turned it away.' })
  rule!: string | null;
}

/** What a service answers: the thing, or why not. Refusals are values; exceptions are faults. */
export type Outcome<T> = { readonly value: T; readonly errors?: undefined } | { readonly value?: undefined; readonly errors: UserError[] };

export const done = <T>(value: T): Outcome<T> => ({ value });

/** Was the work of a transaction done, neither refused nor without a result? */
export function isDone(value: unknown): boolean {
  return value !== undefined && (value as { errors?: unknown } | null)?.errors === undefined;
}

export const refused = (...errors: UserError[]): Outcome<never> => ({ errors });

const LONGEST_MESSAGE = 500;
const LONGEST_STEP = 100;

/** Whatever was sent may stand in a message, but not all of it. */
function cut(text: string, longest: number): string {
  return text.length <= longest ? text : `${text.slice(0, longest - 4)} ...`;
}

function errorOf(code: string, message: string, path: readonly string[], rule: string | null): UserError {
  return { code, message: cut(message, LONGEST_MESSAGE), path: path.map((step) => cut(step, LONGEST_STEP)), rule };
}

export function userError(code: UserErrorCode, message: string, path: readonly string[] = []): UserError {
  return errorOf(code, message, path, null);
}

/** A rule of the program turns it away. */
export function ruleError(rule: string, message: string, path: readonly string[] = []): UserError {
  return errorOf(rule, message, path, rule);
}

export type Payload<K extends string, T> = { [P in K]: T | null } & { userErrors: UserError[] };

/** The payload of an act that may wait for a second person. */
export type Approvable<K extends string, T> = Payload<K, T> & { approval: unknown };

export function approvable<K extends string, T>(
  name: K,
  { value, approval, userErrors }: { readonly value: T | null; readonly approval: unknown; readonly userErrors: UserError[] },
): Approvable<K, T> {
  return { [name]: value, approval, userErrors } as Approvable<K, T>;
}

/** The payload of a mutation: `payload('link', outcome)` is `{ link, userErrors }`. */
export function payload<K extends string, T>(name: K, outcome: Outcome<T>): Payload<K, T> {
  return { [name]: outcome.value ?? null, userErrors: outcome.errors ?? [] } as Payload<K, T>;
}
