import type { StepContents } from '../model.ts';
import { type Act, REASON, type Telling, type ToAct } from './act.ts';

type Money =
  | 'payoutMethod'
  | 'withdraw'
  | 'approveWithdrawal'
  | 'rejectWithdrawal'
  | 'paid'
  | 'failed'
  | 'returned'
  | 'holdWithdrawal'
  | 'releaseWithdrawal'
  | 'redeem'
  | 'holdCoupon'
  | 'releaseCoupon'
  | 'useCoupon'
  | 'capture'
  | 'release'
  | 'fulfilRedemption'
  | 'refuseRedemption';

/** A shopper brings the code to the checkout. */
async function coupon(mutation: string, { redemption, cart }: StepContents['useCoupon'], telling: Telling): Promise<Act> {
  return { caller: 'integrator', mutation, input: { code: await telling.couponOf(redemption), cart } };
}

/** Money and points on their way out. */
export const money: { [K in Money]: ToAct<StepContents[K]> } = {
  payoutMethod: ({ by = 'affiliate', ...input }) => ({
    caller: by === 'staff' ? 'staff' : { affiliate: input.affiliate },
    mutation: 'setPayoutMethod',
    input,
  }),
  withdraw: (input) => ({ caller: { affiliate: input.affiliate }, mutation: 'requestWithdrawal', input: { ...input } }),
  approveWithdrawal: (input) => ({ caller: 'staff', mutation: 'approveWithdrawal', input: { ...input } }),
  rejectWithdrawal: (input) => ({ caller: 'staff', mutation: 'rejectWithdrawal', input: { ...input } }),
  paid: (input) => ({ caller: 'staff', mutation: 'markWithdrawalPaid', input: { ...input } }),
  failed: (input) => ({ caller: 'staff', mutation: 'markWithdrawalFailed', input: { ...input } }),
  returned: (input) => ({ caller: 'staff', mutation: 'markWithdrawalReturned', input: { ...input } }),
  holdWithdrawal: ({ withdrawal, reason = REASON }) => ({ caller: 'staff', mutation: 'holdWithdrawal', input: { withdrawal, reason } }),
  releaseWithdrawal: (input) => ({ caller: 'staff', mutation: 'releaseWithdrawal', input: { ...input } }),
  redeem: (input) => ({ caller: 'integrator', mutation: 'redeemPoints', input: { ...input } }),
  holdCoupon: (content, telling) => coupon('holdCoupon', content, telling),
  releaseCoupon: (content, telling) => coupon('releaseCoupon', content, telling),
  useCoupon: (content, telling) => coupon('useCoupon', content, telling),
  capture: (input) => ({ caller: 'integrator', mutation: 'captureRedemption', input: { ...input } }),
  release: (input) => ({ caller: 'integrator', mutation: 'releaseRedemption', input: { ...input } }),
  fulfilRedemption: (input) => ({ caller: 'staff', mutation: 'fulfilRedemption', input: { ...input } }),
  refuseRedemption: (input) => ({ caller: 'staff', mutation: 'refuseRedemption', input: { ...input } }),
};
