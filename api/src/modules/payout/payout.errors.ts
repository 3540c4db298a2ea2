import type { Viewer } from '../../context.ts';
import { type UserError, userError } from '../../platform/graphql/user-error.ts';

export function noBatch(name: string): UserError {
  return userError('NOT_FOUND', `There is no payout batch ${JSON.stringify(name.slice(0, 80))}.`, ['batch']);
}

export function notNow(name: string, status: string, act: string): UserError {
  return userError('INVALID', `The payout batch ${name} is ${status}: it can't be ${act}.`, ['batch']);
}

/** Whom "a second person" is compared with: the person who acts, or the token of a machine. */
export function actorOf({ memberId, tokenId, sessionId }: Viewer): string {
  return (memberId ?? tokenId ?? sessionId) as string;
}
