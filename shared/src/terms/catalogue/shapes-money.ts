import { PAYOUT_METHODS } from '../../payout/methods.ts';
import type { ClosingRules, RedemptionRules, WithdrawalRules } from '../document.ts';
import { choice, decimal, integer, may, must, object, some, text } from './kinds.ts';
import { clauseShape } from './shape.ts';
import type { Shape } from './types.ts';

type Inner<T, K extends keyof T> = Extract<NonNullable<T[K]>, object>;
type Checkout = Inner<RedemptionRules, 'checkout'>;

const withdrawal = clauseShape<WithdrawalRules>('WithdrawalRules', 'How affiliates take out what is available.', {
  methods: must(some(choice(...PAYOUT_METHODS), PAYOUT_METHODS.length), 'Ways in which it is paid.'),
  overdraw: must(object('Clause'), 'Nobody takes more than is available.'),
  whole: may(object('Clause'), 'Only the whole available balance, as it is at the cut-off where there is one.'),
  minimum: may(object('MinimumAvailable'), 'What must be available.'),
  first: may(object('FirstWithdrawal'), 'What the first withdrawal needs.'),
  oneAtATime: may(object('Clause'), 'No other while one is open.'),
  cutOff: may(object('CutOff'), 'When balances are taken.'),
  claim: may(object('Clause'), 'While a request is open, what it covers does not lapse.'),
  currencies: may(object('PayoutCurrencies'), 'Currencies in which it is not paid.'),
  details: may(object('Clause'), 'Payment details, once given, are changed by staff only.'),
  payable: may(object('Clause'), 'A request needs payment details by which it can be paid; left out: they may follow.'),
});

const minimumAvailable = clauseShape<Inner<WithdrawalRules, 'minimum'>>('MinimumAvailable', 'What must be available.', {
  available: must(decimal, 'That much or more, in the unit of commissions.'),
});

const first = clauseShape<Inner<WithdrawalRules, 'first'>>('FirstWithdrawal', 'What is needed until a withdrawal was paid.', {
  payingCustomers: must(integer(1, 1_000_000), 'So many referred customers whose payment stands.'),
});

const cutOff = clauseShape<Inner<WithdrawalRules, 'cutOff'>>('CutOff', 'When balances are taken, each month.', {
  dayOfMonth: must(integer(1, 28), 'At 00:00 of that day in the program’s zone.'),
});

const currencies = clauseShape<Inner<WithdrawalRules, 'currencies'>>('PayoutCurrencies', 'Currencies in which it is not paid.', {
  except: must(some(text), 'ISO 4217 codes.'),
});

const redemption = clauseShape<RedemptionRules>('RedemptionRules', 'How points are exchanged for something else than money.', {
  overdraw: must(object('Clause'), 'Nobody takes more than is available.'),
  coupon: may(object('CouponRedemption'), 'Coupons, redeemed at checkout.'),
  checkout: may(object('CheckoutRedemption'), 'A hold against a cart, which is captured or lapses.'),
  product: may(object('ProductRedemption'), 'Products for points equal to their price, with no discount besides.'),
});

const coupon = clauseShape<Inner<RedemptionRules, 'coupon'>>('CouponRedemption', 'Coupons for points.', {
  minimumAvailable: must(decimal, 'So many points must be available.'),
  validFor: may(object('Span'), 'For how long from the exchange on it can be used; left out: for ever.'),
  activity: may(object('ActivityCoupon'), 'Points for activity buy coupons, too.'),
});

const activityCoupon = clauseShape<NonNullable<Inner<RedemptionRules, 'coupon'>['activity']>>(
  'ActivityCoupon',
  'Coupons for points of activity.',
  {
    minimumAvailable: must(decimal, 'So many of these points must be available.'),
    perCurrencyUnit: must(decimal, 'So many of these points are worth one unit of the program’s currency.'),
  },
);

const checkout = clauseShape<Checkout>('CheckoutRedemption', 'A hold of points against a cart.', {
  hold: must(object('Span'), 'For how long; at its end it lapses.'),
  minimum: must(object('MinimumAvailable'), 'What must be available.'),
});

const product = clauseShape<Inner<RedemptionRules, 'product'>>('ProductRedemption', 'Products for points.', {
  minimumPrice: must(decimal, 'The price must be that much or more, in the program’s currency.'),
});

const closing = clauseShape<ClosingRules>('ClosingRules', 'What becomes of balances when staff close the program.', {
  afterDays: must(
    integer(0, 3_650),
    'So many days after the closing, or after they became usable where that is later, earnings are gone; 0: at once.',
  ),
  pending: must(
    choice('runs-on', 'forfeited'),
    'What is not usable at the closing: it becomes so as before (`runs-on`), or it is gone at the closing (`forfeited`).',
  ),
});

/** Shapes of what leaves: withdrawals and redemptions, and what a closing ends. */
export const moneyShapes: readonly Shape[] = [
  withdrawal,
  minimumAvailable,
  first,
  cutOff,
  currencies,
  redemption,
  coupon,
  activityCoupon,
  checkout,
  product,
  closing,
];
