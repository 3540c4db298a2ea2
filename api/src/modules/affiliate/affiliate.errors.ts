import type { Refusal } from '@tributary/shared/facts';
import { firstValue, type HistoryEvent } from '@tributary/shared/people';
import type { Terms } from '@tributary/shared/terms';
import { refused, ruleError, type UserError, userError } from '../../platform/graphql/user-error.ts';

const shown = (text: string) => JSON.stringify(text.slice(0, 80));

/** "Not yours" and "not there" read the same. */
export const noAffiliate = (affiliate: string): UserError =>
  userError('NOT_FOUND', `The program has no affiliate ${shown(affiliate)}.`, ['affiliate']);

export const affiliateNeeded = (): UserError => userError('INVALID', 'Name the affiliate.', ['affiliate']);

export const invalid = ({ message, path }: Refusal): UserError => userError('INVALID', message, path);

/** A step that the terms do not have next. */
export const outOfOrder = ({ onboarding }: Terms, status: string, act: string): UserError =>
  ruleError(onboarding.id, `The affiliate is ${status}: ${act} is not its turn. The steps are ${onboarding.steps.join(', ')}.`);

export const notActive = ({ onboarding }: Terms, status: string): UserError =>
  ruleError(onboarding.id, `The affiliate is ${status}; that is for active ones.`);

export const unknownClass = (wanted: string, names: readonly string[]): UserError =>
  userError(
    'INVALID',
    names.length === 0 ? 'The program has no classes.' : `${shown(wanted)} is no class of the program; there are ${names.join(', ')}.`,
    ['class'],
  );

/** Why an account asks for nothing any more: a breach was proven, which closed it. Null: none was. Staff may still act for it. */
export function refuseAfterBreach(history: readonly HistoryEvent[]): UserError | null {
  const rule = firstValue(history, 'breach');
  return rule === undefined
    ? null
    : ruleError(rule, 'The account was closed for a proven breach: nothing is asked for any more.', ['affiliate']);
}

/** Nobody accepts terms but those in force: they are what is meant. */
export const otherTerms = (inForce: number): UserError =>
  userError('CONFLICT', `Version ${inForce} of the terms is in force: read and accept that one.`, ['acceptedTerms']);

export const otherContent = (what: string, path: readonly string[] = []) => refused(userError('CONFLICT', what, path));
