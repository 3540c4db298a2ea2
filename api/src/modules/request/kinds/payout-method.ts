import { done, refused, userError } from '../../../platform/graphql/user-error.ts';
import { readPaymentDetails, refusePayment, setPaymentDetails } from '../../withdrawal/index.ts';
import type { KindOfRequest } from './kind.ts';

/** Other payment details: for programs in which staff alone change them. */
export const payoutMethod: KindOfRequest = {
  needed: ['payoutMethod'],
  taken: [],
  needs: ['affiliate.represent'],
  // Also whoever is out may have money to come.
  forActive: false,
  isSingle: true,
  read: (input, read) => ({ subject: null, details: readPaymentDetails(input.payoutMethod!, read, ['payoutMethod']) }),
  async begin(act, { details }) {
    const refusal = refusePayment(act, details!, ['payoutMethod']);
    return refusal === null ? done(null) : refused(refusal);
  },
  async grant(act, { details }, text) {
    if (details === null) return refused(userError('INVALID', 'The details that were asked for were erased.', ['request']));
    return setPaymentDetails(act, details, { reason: text ?? 'The affiliate asked for it.', byStaff: true });
  },
};
