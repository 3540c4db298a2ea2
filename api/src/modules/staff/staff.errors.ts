import { type Grants, mayGive } from '../../access/index.ts';
import { type UserError, userError } from '../../platform/graphql/user-error.ts';
import type { InviteStaffInput } from './staff.input.ts';

const EMAIL = /^[^\s@<>",;:\\]{1,64}@[^\s@<>",;:\\]{1,189}$/;
const LONGEST_NAME = 200;
const LONGEST_REASON = 500;

/** Everything that is wrong with it at once. */
export function checkInvitation({ name, email, roles }: InviteStaffInput, grants: Grants): UserError[] {
  const errors: UserError[] = [];
  const length = name.trim().length;
  if (length < 1 || length > LONGEST_NAME) errors.push(userError('INVALID', `A name has 1 to ${LONGEST_NAME} characters`, ['name']));
  if (!EMAIL.test(email.trim())) errors.push(userError('INVALID', 'This is no e-mail address', ['email']));
  const beyond = roles.findIndex((role) => !mayGive(grants, { role, program: null }));
  if (beyond >= 0) errors.push(userError('INVALID', 'Nobody gives a role that they do not have', ['roles', String(beyond)]));
  return errors;
}

export function checkReason(reason: string): UserError[] {
  const length = reason.trim().length;
  return length >= 1 && length <= LONGEST_REASON
    ? []
    : [userError('INVALID', `A reason has 1 to ${LONGEST_REASON} characters`, ['reason'])];
}
