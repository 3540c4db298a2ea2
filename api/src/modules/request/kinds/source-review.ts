import { done, refused, userError } from '../../../platform/graphql/user-error.ts';
import { sourceOf } from '../../compliance/index.ts';
import type { KindOfRequest } from './kind.ts';

/** A look at a declared source. Granted: it suits. Refused: it does not. Either way the words are the advice. */
export const sourceReview: KindOfRequest = {
  needed: ['trafficSource'],
  taken: [],
  needs: ['affiliate.manage'],
  forActive: false,
  isSingle: true,
  read: (input, read) => ({ subject: read.text(input.trafficSource, ['trafficSource'], 100) ?? null, details: null }),
  async begin(act, { subject }) {
    const source = await sourceOf(act, subject!);
    return source ? done(null) : refused(userError('NOT_FOUND', 'The affiliate declared no such source.', ['trafficSource']));
  },
  async grant(_, __, text) {
    return text === null ? refused(userError('INVALID', 'A review comes with advice in words.', ['text'])) : done(text);
  },
};
