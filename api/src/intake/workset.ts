import type { AffiliateFacts, ClickFacts, OrderContent, ProductContent, StoredEvent } from '@tributary/shared/facts';
import type { Lot } from '@tributary/shared/ledger';
import { type HistoryEvent, type ProgramStatus, type ProgramTurn, programStatusAt, type Renewal } from '@tributary/shared/people';
import type { EventName } from '../messages/index.ts';

/** What the books hold of one order for one affiliate. */
export interface CommissionState {
  affiliateId: string;
  amount: bigint;
  held: bigint;
  lots: Lot[];
  stands: boolean;
}

export interface EventState extends StoredEvent {
  id: string;
  toldAt: number;
  by: string;
}

export interface OrderState {
  id: string;
  externalId: string;
  content: OrderContent;
  placedAt: number;
  toldAt: number;
  customerId: string | null;
  visitor: string | null;
  clickRef: string | null;
  /** Zero for one that this batch brings. */
  revision: number;
  affiliateId: string | null;
  /** As last decided: has it a refund that does not fit? */
  misfit: boolean;
  events: EventState[];
  commissions: Map<string, CommissionState>;
  /** Why it is decided in this batch, and when that happened; null: nothing touched it. */
  touched: { cause: string; at: number; now: number } | null;
}

export interface CustomerState {
  id: string;
  externalId: string;
  /** Not in the database yet. */
  isNew: boolean;
  changed: boolean;
  registeredAt: number | null;
  toldAt: number | null;
  visitor: string | null;
  clickRef: string | null;
  referralCode: string | null;
  attributes: ClickFacts['attributes'];
  tiedTo: string | null;
  tiedAt: number | null;
  tiedBy: string | null;
  /** The click that tied it, by the caller's id. */
  tiedClick: string | null;
  phone?: string;
  /** Of the phone that is known; null: none is. */
  phoneHash: Buffer | null;
  /** Who the customer is was erased, and is not taken again. */
  isErased: boolean;
  /** The earliest known order by the instant of placing. */
  first: { placedAt: number; externalId: string; orderId: string } | null;
}

export interface AffiliateState {
  id: string;
  externalId: string;
  country: string | null;
  customer: string | null;
  enrolled: boolean;
  history: HistoryEvent[];
  sources: { kind: string; declaredAt: number }[];
}

export interface Place {
  place: number;
  standing: number;
  givenAt: number;
  changed: boolean;
  /** Given for a decision that is about to be made. */
  provisional: boolean;
}

export interface FactKey {
  factId: string;
  /** Null: the name of an order that is awaited. */
  hash: Buffer | null;
}

/** All that a batch reads, in memory, and changes there before it is written in one go. */
export class Workset {
  readonly keys = new Map<string, FactKey>();
  readonly orders = new Map<string, OrderState>();
  readonly customers = new Map<string, CustomerState>();
  readonly customersById = new Map<string, CustomerState>();
  /** By the caller's id. */
  readonly clicks = new Map<string, ClickFacts>();
  readonly clicksByVisitor = new Map<string, ClickFacts[]>();
  /** Visitor of a click that a registration names. */
  readonly visitorOfClick = new Map<string, string>();
  /** Destination of the links that clicks name. */
  readonly linkUrls = new Map<string, string>();
  readonly affiliates = new Map<string, AffiliateState>();
  readonly affiliatesByExternal = new Map<string, AffiliateState>();
  readonly waiting = new Map<string, EventState[]>();
  readonly products = new Map<string, { seenAt: number; content: ProductContent }[]>();
  readonly forbidden = new Map<string, number>();
  readonly switches: { name: string; value: string; holdsFrom: number }[] = [];
  /** Which acceptances of documents no longer count, and from when on. */
  readonly renewals: Renewal[] = [];
  /** What staff decided about the program, in the order of deciding. */
  readonly turns: ProgramTurn[] = [];
  /** What other systems want to be told of. */
  readonly heard = new Set<EventName>();
  readonly places = new Map<string, Place>();
  /** Customers who hold a place, by affiliate. */
  readonly placeHolders = new Map<string, number>();

  programStatusAt(at: number): ProgramStatus {
    return programStatusAt(this.turns, at);
  }

  addClick(click: ClickFacts, visitor: string | undefined): void {
    if (this.clicks.has(click.id)) return;
    this.clicks.set(click.id, click);
    if (visitor === undefined) return;
    this.visitorOfClick.set(click.id, visitor);
    const of = this.clicksByVisitor.get(visitor);
    if (of === undefined) this.clicksByVisitor.set(visitor, [click]);
    else of.push(click);
  }

  addCustomer(customer: CustomerState): CustomerState {
    this.customers.set(customer.externalId, customer);
    this.customersById.set(customer.id, customer);
    return customer;
  }

  affiliate(id: string): AffiliateState {
    const affiliate = this.affiliates.get(id);
    if (affiliate === undefined) throw new Error(`affiliate ${id} was not loaded`);
    return affiliate;
  }

  place(affiliateId: string, customerId: string): Place | undefined {
    return this.places.get(`${affiliateId}\n${customerId}`);
  }
}

export function keyOf(kind: string, externalId: string): string {
  return `${kind}\n${externalId}`;
}

/** An enrollment's facts as of an instant. */
export type AffiliateAt = (id: string, at: number) => AffiliateFacts;
