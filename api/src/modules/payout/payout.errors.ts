import { type UserError, userError } from '../../platform/graphql/user-error.ts';

export function noBatch(name: string): UserError {
  return userError('NOT_FOUND', `There is no payout batch ${JSON.stringify(name.slice(0, 80))}.`, ['batch']);
}

export function notNow(name: string, status: string, act: string): UserError {
  return userError('INVALID', `The payout batch ${name} is ${status}: it can't be ${act}.`, ['batch']);
}
