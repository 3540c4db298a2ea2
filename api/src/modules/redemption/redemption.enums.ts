import { registerEnumType } from 'type-graphql';

export const RedemptionKindEnum = { COUPON: 'coupon', PRODUCT: 'product', CHECKOUT: 'checkout' } as const;
registerEnumType(RedemptionKindEnum, {
  name: 'RedemptionKind',
  description: 'What points are exchanged for.',
  valuesConfig: {
    COUPON: { description: 'A coupon, at once.' },
    PRODUCT: { description: 'A product, which staff send.' },
    CHECKOUT: { description: 'A part of an order, held against the cart.' },
  },
});

export const RedemptionStatusEnum = {
  HELD: 'held',
  CAPTURED: 'captured',
  RELEASED: 'released',
  REDEEMED: 'redeemed',
  FULFILLED: 'fulfilled',
  REFUSED: 'refused',
} as const;
registerEnumType(RedemptionStatusEnum, {
  name: 'RedemptionStatus',
  description: 'How far an exchange of points is.',
  valuesConfig: {
    HELD: { description: 'Held against a cart.' },
    CAPTURED: { description: 'Taken with the order.' },
    RELEASED: { description: 'Given back, or lapsed.' },
    REDEEMED: { description: 'The points have left.' },
    FULFILLED: { description: 'The product was sent.' },
    REFUSED: { description: 'Staff refused it; the points came back.' },
  },
});
