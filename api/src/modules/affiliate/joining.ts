import { FieldReader, type Refusal } from '@tributary/shared/facts';
import type { HistoryEvent } from '@tributary/shared/people';
import { type CompiledTerms, listOf } from '@tributary/shared/terms';
import { ruleError, type UserError, userError } from '../../platform/graphql/user-error.ts';
import { unknownClass } from './affiliate.errors.ts';
import type { ApplyToProgramInput, EnrollAffiliateInput } from './affiliate.input.ts';

/** Who joins, in normal form. */
export interface Joining {
  readonly affiliate: string;
  readonly country: string | null;
  readonly class: string | null;
  readonly customer: string | null;
  /** What an application tells of the affiliate's work, as one text; null: nothing. */
  readonly application: string | null;
  readonly name: string | null;
  readonly email: string | null;
  /** When it was, if not now; no part of what an application says. */
  readonly since?: number;
  /** The version of the terms that was accepted with it; null: it says nothing of that. */
  readonly acceptedTerms: number | null;
}

const EMAIL = /^[^\s@<>"]+@[^\s@<>"]+$/;
const MOST_CHANNELS = 30;

export function readJoining(input: EnrollAffiliateInput & ApplyToProgramInput): Joining | Refusal {
  const read = new FieldReader();
  const joining = {
    affiliate: read.pseudonym(input.affiliate, ['affiliate']),
    country: read.country(input.country, ['country']) ?? null,
    class: read.text(input.class, ['class'], 100) ?? null,
    customer: read.optionalPseudonym(input.customer, ['customer']) ?? null,
    application: readApplication(input, read),
    acceptedTerms: input.acceptedTerms ?? null,
    ...readWho(input, read),
  };
  return read.refusal ?? joining;
}

/** Of one whom the program had before. */
export function readEnrollment(input: EnrollAffiliateInput & ApplyToProgramInput, now: number): Joining | Refusal {
  const joining = readJoining(input);
  if ('code' in joining || input.since == null) return joining;
  const read = new FieldReader();
  const since = read.instant(input.since, now, ['since']).at;
  return read.refusal ?? { ...joining, since };
}

type Who = Pick<Joining, 'name' | 'email'>;

function readWho({ name, email }: Pick<EnrollAffiliateInput, 'name' | 'email'>, read: FieldReader): Who {
  const address = read.text(email, ['email'], 254) ?? null;
  if (address !== null && !EMAIL.test(address)) read.refuse(['email'], 'That is no e-mail address.');
  return { name: read.text(name, ['name'], 200) ?? null, email: address };
}

/** Name and e-mail address of a person alone. */
export function readAddress(input: Pick<EnrollAffiliateInput, 'name' | 'email'>): Who | Refusal {
  const read = new FieldReader();
  const who = readWho(input, read);
  return read.refusal ?? who;
}

function readApplication({ kind, channels }: ApplyToProgramInput, read: FieldReader): string | null {
  const words = read.text(kind, ['kind'], 100);
  if (channels != null && channels.length > MOST_CHANNELS) read.refuse(['channels'], `At most ${MOST_CHANNELS} channels are taken.`);
  const named = (channels ?? [])
    .slice(0, MOST_CHANNELS)
    .map((channel, index) => read.text(channel, ['channels', String(index)], 100) ?? '');
  if (words === undefined && named.length === 0) return null;
  return JSON.stringify({ kind: words ?? null, channels: [...new Set(named)].sort() });
}

/** What an application told of the affiliate's work; of several the last one. */
export function applicationOf(history: readonly HistoryEvent[]): { kind: string | null; channels: string[] } | null {
  const applied = history.findLast(({ kind, value }) => kind === 'status' && value === 'applied');
  return applied?.subject ? (JSON.parse(applied.subject) as { kind: string | null; channels: string[] }) : null;
}

/** Why somebody from there may not join by the terms; an enrolling is refused like an application. */
export function checkEligibility(compiled: CompiledTerms, country: string | null, at: number): UserError[] {
  const clause = compiled.terms.onboarding.countries;
  if (clause === undefined) return [];
  if (country === null) return [userError('INVALID', 'The terms ask where the affiliate is from: the country must be given.', ['country'])];
  const allowed = listOf(compiled, clause.in, at);
  return allowed.includes(country)
    ? []
    : [ruleError(clause.id, `Affiliates come from ${allowed.join(', ')} only; ${country} is none of them.`, ['country'])];
}

/** The class to start with: the one given, or the lowest of the terms. */
export function startingClass({ terms }: CompiledTerms, wanted: string | null): { class: string | null; errors: UserError[] } {
  const names = terms.classes?.names ?? [];
  if (wanted !== null && !names.includes(wanted)) return { class: null, errors: [unknownClass(wanted, names)] };
  return { class: wanted ?? names[0] ?? null, errors: [] };
}

/** The rule under which an affiliate from there is warned. */
export function warningFor(compiled: CompiledTerms, country: string | null, at: number): string | null {
  const clause = compiled.terms.onboarding.warnCountries;
  return clause !== undefined && country !== null && listOf(compiled, clause.in, at).includes(country) ? clause.id : null;
}
