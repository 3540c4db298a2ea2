import type { AttributeValue } from './decisionFacts.ts';

/**
 * Facts as callers tell them, in normal form: what is left out is filled, decimals are written in one way, sets are
 * sorted. Two calls with the same normal form are the same call. This is also what is stored.
 */

export interface ClickContent {
  id: string;
  affiliate: string;
  link?: string;
  visitor?: string;
  country?: string;
  page?: string;
  product?: string;
  store?: string;
  url?: string;
  channel?: string;
  keyword?: string;
  referrer?: string;
  method?: string;
  fetchDest?: string;
  /** The affiliate's own mark. */
  subId?: string;
  /** Nobody saw the page: what kind of program followed the link. */
  automated?: string;
  attributes?: Record<string, AttributeValue>;
  occurredAt?: string;
}

export interface RegistrationContent {
  customer: string;
  visitor?: string;
  click?: string;
  referralCode?: string;
  attributes?: Record<string, AttributeValue>;
  occurredAt?: string;
}

export interface LineContent {
  sku: string;
  product?: string;
  store?: string;
  category?: string;
  kind?: string;
  price: string;
  quantity: number;
  rate?: string;
  attributes?: Record<string, AttributeValue>;
}

export interface OrderContent {
  id: string;
  aliases?: string[];
  customer?: string;
  visitor?: string;
  click?: string;
  affiliateCoupon?: string;
  country?: string;
  shipping?: string;
  platform?: string;
  discounts?: string[];
  spam?: string;
  attributes?: Record<string, AttributeValue>;
  lines: LineContent[];
  occurredAt?: string;
}

export const ORDER_EVENT_KINDS = [
  'paid',
  'shipped',
  'completed',
  'confirmed',
  'cancelled',
  'rejected',
  'refunded',
  'dispute-opened',
  'dispute-closed',
  'spam-marked',
] as const;
/** What integrators tell. */
export type ToldEventKind = (typeof ORDER_EVENT_KINDS)[number];
/** Corrections by staff. */
export type CorrectionKind = 'corrected' | 'voided' | 'undone' | 'attributed';
export type OrderEventKind = ToldEventKind | CorrectionKind;

export interface RefundLine {
  sku: string;
  quantity?: number;
  amount?: string;
}

/** Content of an event of an order; which fields there are depends on its kind. */
export interface OrderEventContent {
  kind: OrderEventKind;
  /** The caller's id of a refund, or of any event that has one. */
  id?: string;
  order: string;
  reason?: string;
  inFavorOf?: 'seller' | 'buyer';
  spam?: string;
  lines?: RefundLine[];
  /** Of a correction: the order's new content. */
  content?: OrderContent;
  /** Of an undoing: the kind of event, or one event by the caller's id. */
  undoes?: { kind: ToldEventKind; id?: string };
  /** Of an attribution by staff: our id of the affiliate, null for nobody. */
  affiliateId?: string | null;
  occurredAt?: string;
}

/** A stored event of an order, in the order of telling. */
export interface StoredEvent {
  kind: OrderEventKind;
  externalId: string | null;
  at: number;
  content: OrderEventContent;
}

export interface ActivityContent {
  id: string;
  affiliate: string;
  kind: string;
  amount?: string;
  occurredAt?: string;
}

export interface ProductContent {
  id: string;
  /** What it is called, for people and for whoever looks for it. */
  title?: string;
  store?: string;
  category?: string;
  kind?: string;
  price?: string;
  rate?: string;
  available: boolean;
  participates: boolean;
  url?: string;
  attributes?: Record<string, AttributeValue>;
  occurredAt?: string;
}

/** A call that is turned away: the rule's id or a stable code, what was wrong, and where. */
export interface Refusal {
  code: string;
  message: string;
  path: string[];
}
