import { type Outcome, refused, userError } from '../../../platform/graphql/user-error.ts';
import type { KindOfRequest } from './kind.ts';

const turnAway = async (): Promise<Outcome<never>> =>
  refused(userError('INVALID', 'It is about a case: once that is confirmed or dismissed, it is settled too.', ['request']));

/** A question of staff about a case. It ends with the case, and in no other way. */
export const aboutCase: KindOfRequest = {
  needed: [],
  taken: [],
  needs: ['case.settle'],
  forActive: false,
  isSingle: false,
  grant: turnAway,
  refuse: turnAway,
  withdraw: turnAway,
};
