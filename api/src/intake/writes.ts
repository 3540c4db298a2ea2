import type { Decision } from '@tributary/shared/decide';
import type { ActivityContent, ClickContent, OrderContent } from '@tributary/shared/facts';
import type { Entry } from '../books/index.ts';
import type { Evidence } from '../cases/index.ts';
import type { EventState, OrderState } from './workset.ts';

export interface ClickWrite {
  id: string;
  content: ClickContent & { shownProduct?: string; shownPage?: string };
  /** The same as JSON. */
  text: string;
  affiliateId: string;
  at: number;
  toldAt: number;
  active: boolean;
  permitted: boolean;
  attributable: boolean;
  rules: string[];
  destination: string | null;
}

export interface DecisionWrite {
  order: OrderState;
  revision: number;
  termsVersionId: string;
  unit: string;
  decision: Decision;
  cause: string;
  at: number;
}

export interface CommissionWrite {
  affiliateId: string;
  order: OrderState;
  revision: number;
  status: Decision['status'] | 'moved';
  /** The order was not this affiliate's before. */
  isNew: boolean;
  unit: string;
  amount: bigint;
  held: bigint;
  stands: boolean;
  availableAt: number | null;
  expiresAt: number | null;
  at: number;
}

/** All that a batch writes, gathered while its facts are applied, written in one go at the end. */
export class Writes {
  readonly keys: { kind: string; externalId: string; factId: string; hash: Buffer | null }[] = [];
  /** Names of awaited orders and clicks that have come. */
  readonly filled: { kind: 'order' | 'click'; externalId: string; factId: string; hash: Buffer }[] = [];
  readonly clicks: ClickWrite[] = [];
  readonly activities: { id: string; affiliateId: string; content: ActivityContent; at: number; toldAt: number; by: string }[] = [];
  readonly cases: { affiliateId: string; rule: string; at: number; evidence: Evidence }[] = [];
  readonly warnings: { affiliateId: string; rule: string; at: number }[] = [];
  readonly orders: { order: OrderState; told: OrderContent }[] = [];
  readonly events: { orderId: string; event: EventState }[] = [];
  readonly waiting: { orderExternalId: string; event: EventState }[] = [];
  /** Names whose waiting events have found their order. */
  readonly arrived: string[] = [];
  readonly decisions: DecisionWrite[] = [];
  readonly commissions = new Map<string, CommissionWrite>();
  readonly entries: Entry[] = [];
  readonly revisits: { kind: 'order' | 'customer'; id: string; cause: string; at: number; now: number }[] = [];
}
