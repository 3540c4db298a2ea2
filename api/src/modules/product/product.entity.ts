import type { ProductContent } from '@tributary/shared/facts';

/** What the feed said of a product at an instant. */
export interface Product {
  readonly programId: string;
  /** The caller's own id. */
  readonly externalId: string;
  readonly seenAt: Date;
  readonly content: ProductContent;
}

export interface ForbiddenProduct {
  readonly product: string;
  readonly holdsFrom: Date;
  readonly setBy: string;
}

/** Whether affiliates may earn on their own orders, from an instant on. */
export interface SelfPurchase {
  readonly allowed: boolean;
  readonly holdsFrom: Date;
  readonly setBy: string;
}

export const PRODUCT_COLUMNS = 'p.program_id as "programId", p.external_id as "externalId", p.seen_at as "seenAt", p.content';
