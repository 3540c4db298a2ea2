import { type UserError, userError } from '../../platform/graphql/user-error.ts';

/** "There is no such program" and "nobody may sign up to it" read the same. */
export const closed = (): UserError => userError('NOT_FOUND', 'There is no program of that key that takes sign-ups.', ['program']);

/** Unknown, used and over read the same. */
export const noCode = (): UserError => userError('NOT_FOUND', 'The code opens nothing: it is wrong, was used, or is too old.', ['code']);

/** "Not yours" and "not there" read the same. */
export const noPerson = (): UserError => userError('NOT_FOUND', 'There is no such person.', ['id']);

export const ownersOnly = (): UserError => userError('INVALID', 'Only owners invite and remove people.');

export const lastOwner = (): UserError => userError('CONFLICT', 'The last owner stays: invite another one first.', ['id']);

export const tooMany = (seconds: number): UserError =>
  userError('TOO_MANY', `Too many tries from your address: try again in ${seconds} seconds.`);

export const addressNeeded = (): UserError => userError('INVALID', 'An e-mail address is needed.', ['email']);

export const nameNeeded = (): UserError => userError('INVALID', 'A name is needed.', ['name']);
