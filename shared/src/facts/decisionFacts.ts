/**
 * What a decision may know: plain values, gathered before deciding. Instants are milliseconds, money is minor units of
 * the program's currency. Nothing here is computed from terms, save what terms declare (attributes).
 */

export type AttributeValue = string | boolean | number;
export type Attributes = Readonly<Record<string, AttributeValue>>;
/** Of all that have none. */
export const NO_ATTRIBUTES: Attributes = Object.freeze({});

export interface LineFacts {
  sku: string;
  /** The SKU where the order named no product. */
  product: string;
  store?: string;
  category?: string;
  kind?: string;
  /** Of one unit. */
  price: bigint;
  quantity: number;
  /** Of all units, as placed. */
  value: bigint;
  /** Percent as told by the shop or the product feed, on the scale of `parsePercent`. */
  rate?: bigint;
  /** On the staff's list of forbidden products when the order was placed. */
  forbidden: boolean;
  attributes: Attributes;
}

export interface OrderFacts {
  placedAt: number;
  country?: string;
  /** Goods and shipping together, as placed. */
  price: bigint;
  goods: bigint;
  shipping: bigint;
  platform?: string;
  discounts: readonly string[];
  attributes: Attributes;
  lines: readonly LineFacts[];
  /** The earliest known order of its customer. False without a customer. */
  isFirstOfCustomer: boolean;
}

export type DisputeState = 'none' | 'open' | 'seller' | 'buyer';

/** What became of the order: all its events folded, in whatever order they were told. */
export interface OrderOutcome {
  paidAt?: number;
  shippedAt?: number;
  completedAt?: number;
  confirmedAt?: number;
  cancelledAt?: number;
  rejectedAt?: number;
  /** By staff: the order should not have been recorded. */
  voidedAt?: number;
  dispute: DisputeState;
  /** The last spam mark by instant. */
  spam?: string;
  /** Instant of the last mark when it is N. */
  spamClearedAt?: number;
  /** Per line, in the order's order. */
  refunds: readonly LineRefund[];
  refunded: boolean;
  /** Refunds that do not fit, told before the order was known or corrected; undefined: all fit. */
  misfits?: readonly RefundMisfit[];
}

/** `no-line`: of an item that is not on the order, which counts for nothing; `too-much`: of more than the line has, which counts for all of it. */
export interface RefundMisfit {
  sku: string;
  kind: 'no-line' | 'too-much';
}

export interface LineRefund {
  quantity: number;
  /** Minor units of the currency. */
  amount: bigint;
}

export interface CustomerFacts {
  externalId: string;
  registeredAt?: number;
  attributes: Attributes;
  /** The affiliate that the customer was tied to at registration. */
  tiedTo?: string;
}

export interface ClickFacts {
  /** The caller's id. */
  id: string;
  affiliateId: string;
  at: number;
  country?: string;
  page?: string;
  product?: string;
  store?: string;
  channel?: string;
  keyword?: string;
  referrer?: string;
  method?: string;
  fetchDest?: string;
  /** The affiliate's own mark, and its link by the caller's id. Decisions do not look at them. */
  subId?: string;
  link?: string;
  attributes: Attributes;
  /** The affiliate was active in the program at the instant of the click. */
  active: boolean;
  /** The program was open then: clicks on a paused or closed one lead on, and count for nothing. Undefined: it was. */
  open?: boolean;
  /** A permission for the click's channel stood at its instant. */
  permitted: boolean;
  /** Documents that the affiliate had accepted by then. */
  documents: readonly string[];
  /** Addresses of the affiliate's traffic sources that staff had marked as breaches by then. */
  markedSources?: readonly string[];
}

/** An affiliate as of the instant at which the order was placed. */
export interface AffiliateFacts {
  id: string;
  externalId: string;
  country?: string;
  class?: string;
  /** Scale of `parseFactor`. */
  qualityFactor?: bigint;
  documents: readonly string[];
  sourceKinds: readonly string[];
  /** The affiliate's own customer account. */
  customer?: string;
  /** Rule of a proven breach: nothing is earned any more. */
  breachRule?: string;
}
