import { type UserError, userError } from '../../platform/graphql/user-error.ts';
import type { CreateTokenInput } from './identity.input.ts';

/** Everything that is wrong with it at once. */
export function checkNewToken({ kind, affiliate, name, expiresAt }: CreateTokenInput, wallClock: number): UserError[] {
  const errors: UserError[] = [];
  if (name.trim() === '' || name.length > 200) errors.push(userError('INVALID', 'A name has 1 to 200 characters', ['name']));
  if (kind === 'affiliate' && affiliate == null)
    errors.push(userError('INVALID', "An affiliate's token names its affiliate", ['affiliate']));
  if (kind !== 'affiliate' && affiliate != null) {
    errors.push(userError('INVALID', "Only an affiliate's token names an affiliate", ['affiliate']));
  }
  if (expiresAt != null && expiresAt <= wallClock) errors.push(userError('INVALID', 'It would have expired already', ['expiresAt']));
  return errors;
}
