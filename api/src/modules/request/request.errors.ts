import { type Outcome, refused, userError } from '../../platform/graphql/user-error.ts';

/** "Not yours" and "not there" read the same. */
export const noRequest = (id: string): Outcome<never> =>
  refused(userError('NOT_FOUND', `There is no request ${JSON.stringify(id.slice(0, 80))}.`, ['request']));

export const closed = (state: string): Outcome<never> =>
  refused(userError('INVALID', `The request is ${state} and stays so. Open another one.`, ['request']));
