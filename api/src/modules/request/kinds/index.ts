import type { RequestKind } from '@tributary/shared/people';
import { aboutCase } from './case.ts';
import { channel } from './channel.ts';
import { classOf } from './class.ts';
import type { KindOfRequest, Told } from './kind.ts';
import { payoutMethod } from './payout-method.ts';
import { productExchange } from './product-exchange.ts';
import { sourceReview } from './source-review.ts';
import { creative, orderFact, other, sample } from './words.ts';

export type { Asked, KindOfRequest, Told } from './kind.ts';

export const KINDS: Readonly<Record<RequestKind, KindOfRequest>> = {
  'payout-method': payoutMethod,
  creative,
  channel,
  'source-review': sourceReview,
  'product-exchange': productExchange,
  class: classOf,
  sample,
  'order-fact': orderFact,
  other,
  case: aboutCase,
};

/** All that some kind takes beside words. */
export const ALL_TOLD = [...new Set(Object.values(KINDS).flatMap(({ needed, taken }) => [...needed, ...taken]))] as readonly Told[];
