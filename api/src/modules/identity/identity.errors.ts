import { type UserError, userError } from '../../platform/graphql/user-error.ts';
import type { CreateTokenInput } from './identity.input.ts';

const MOST_PROGRAMS = 100;

/** Everything that is wrong with it at once. */
export function checkNewToken({ kind, affiliate, name, role, programs, expiresAt }: CreateTokenInput, wallClock: number): UserError[] {
  const errors: UserError[] = [];
  if (name.trim() === '' || name.length > 200) errors.push(userError('INVALID', 'A name has 1 to 200 characters', ['name']));
  if (kind === 'affiliate' && affiliate == null)
    errors.push(userError('INVALID', "An affiliate's token names its affiliate", ['affiliate']));
  if (kind !== 'affiliate' && affiliate != null) {
    errors.push(userError('INVALID', "Only an affiliate's token names an affiliate", ['affiliate']));
  }
  if (kind === 'staff' && role == null) errors.push(userError('INVALID', 'A token of staff says its role', ['role']));
  if (kind !== 'staff' && role != null) errors.push(userError('INVALID', 'Only a token of staff has a role', ['role']));
  if (programs != null && (role == null || programs.length === 0 || programs.length > MOST_PROGRAMS)) {
    errors.push(userError('INVALID', `A role is given in 1 to ${MOST_PROGRAMS} programs, or in all`, ['programs']));
  }
  if (expiresAt != null && expiresAt <= wallClock) errors.push(userError('INVALID', 'It would have expired already', ['expiresAt']));
  return errors;
}
