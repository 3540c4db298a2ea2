import { FieldReader } from '@tributary/shared/facts';
import { done, type Outcome, refused, type UserError, userError } from '../../platform/graphql/user-error.ts';

const LONGEST_REASON = 1000;

export function noWithdrawal(name: string): UserError {
  return userError('NOT_FOUND', `There is no withdrawal ${JSON.stringify(name.slice(0, 80))}.`, ['withdrawal']);
}

/** What an affiliate is to read; null: nothing. */
export function readWords(text: string | null | undefined): Outcome<string | null> {
  const read = new FieldReader();
  const words = read.text(text, ['message'], LONGEST_REASON)?.trim() || null;
  return read.refusal === null ? done(words) : refused(userError('INVALID', read.refusal.message, read.refusal.path));
}

/** Why something is done; where it has to be said, it may not be empty. */
export function readReason(text: string | null | undefined, isNeeded = false): Outcome<string | null> {
  const read = new FieldReader();
  const reason = read.text(text, ['reason'], LONGEST_REASON)?.trim() || null;
  if (reason === null && isNeeded) read.refuse(['reason'], 'Say why.');
  return read.refusal === null ? done(reason) : refused(userError('INVALID', read.refusal.message, read.refusal.path));
}
