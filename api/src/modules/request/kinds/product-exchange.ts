import { endWithin, redeemWithin } from '../../redemption/index.ts';
import type { KindOfRequest } from './kind.ts';

/** A product for points: they leave at once, and come back if it is refused or withdrawn. */
export const productExchange: KindOfRequest = {
  needed: ['product', 'productPrice', 'points'],
  taken: ['discounts'],
  needs: ['redemption.decide'],
  forActive: false,
  isSingle: false,
  read: (input, read) => ({ subject: read.text(input.product, ['product'], 200) ?? null, details: null }),
  begin: (act, _, { id, points, productPrice, discounts }) =>
    redeemWithin(act, { id, kind: 'product', points: points!, productPrice: productPrice!, discounts: discounts ?? null }),
  grant: (act, { refId }) => endWithin(act, refId!, 'fulfilled'),
  refuse: (act, { refId }) => endWithin(act, refId!, 'refused'),
  withdraw: (act, { refId }) => endWithin(act, refId!, 'refused'),
};
