import { permissionsFor } from '../../access/index.ts';
import { type UserError, userError } from '../../platform/graphql/user-error.ts';
import type { CreateTokenInput, RotateTokenInput } from './identity.input.ts';

const LONGEST_OVERLAP_DAYS = 30;

/** "Not yours" and "not there" read the same. */
export const noToken = (id: string | null | undefined): UserError => userError('NOT_FOUND', `There is no token ${id ?? ''}`, ['id']);

export function checkRotation({ overlapSeconds, expiresAt }: RotateTokenInput, manages: boolean, wallClock: number): UserError[] {
  const errors: UserError[] = [];
  if (overlapSeconds < 0 || overlapSeconds > LONGEST_OVERLAP_DAYS * 86_400) {
    errors.push(userError('INVALID', `An overlap is 0 seconds to ${LONGEST_OVERLAP_DAYS} days`, ['overlapSeconds']));
  }
  if (expiresAt != null && !manages) errors.push(userError('INVALID', 'Only staff who manage tokens say when one expires', ['expiresAt']));
  if (expiresAt != null && expiresAt <= wallClock) errors.push(userError('INVALID', 'It would have expired already', ['expiresAt']));
  return errors;
}

const MOST_PROGRAMS = 100;

/** Everything that is wrong with it at once. */
export function checkNewToken(
  { kind, affiliate, name, role, scopes, programs, expiresAt }: CreateTokenInput,
  wallClock: number,
): UserError[] {
  const errors: UserError[] = [];
  if (name.trim() === '' || name.length > 200) errors.push(userError('INVALID', 'A name has 1 to 200 characters', ['name']));
  if (kind === 'affiliate' && affiliate == null)
    errors.push(userError('INVALID', "An affiliate's token names its affiliate", ['affiliate']));
  if (kind !== 'affiliate' && affiliate != null) {
    errors.push(userError('INVALID', "Only an affiliate's token names an affiliate", ['affiliate']));
  }
  if (kind === 'staff' && role == null) errors.push(userError('INVALID', 'A token of staff says its role', ['role']));
  if (kind !== 'staff' && role != null) errors.push(userError('INVALID', 'Only a token of staff has a role', ['role']));
  if (programs != null && (programs.length === 0 || programs.length > MOST_PROGRAMS)) {
    errors.push(userError('INVALID', `It is for 1 to ${MOST_PROGRAMS} programs, or for all`, ['programs']));
  }
  if (scopes != null) errors.push(...checkScopes(kind, scopes));
  if (expiresAt != null && expiresAt <= wallClock) errors.push(userError('INVALID', 'It would have expired already', ['expiresAt']));
  return errors;
}

function checkScopes(kind: CreateTokenInput['kind'], scopes: readonly string[]): UserError[] {
  if (kind === 'staff') return [userError('INVALID', 'A token of staff has a role, and no scopes', ['scopes'])];
  const allowed: readonly string[] = permissionsFor(kind);
  if (scopes.length === 0) return [userError('INVALID', 'A token without any scope could do nothing', ['scopes'])];
  return scopes.flatMap((scope, index) =>
    allowed.includes(scope)
      ? []
      : [userError('INVALID', `There is no such scope for it; there are ${allowed.join(', ')}`, ['scopes', String(index)])],
  );
}
