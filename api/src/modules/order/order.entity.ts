/** An order without its content: what it is found by, and where its newest decision is. */
export interface Order {
  readonly id: string;
  readonly programId: string;
  readonly externalId: string;
  readonly placedAt: Date;
  readonly toldAt: Date;
  readonly customerId: string | null;
  readonly visitor: string | null;
  readonly clickRef: string | null;
  /** The number of its newest decision. */
  readonly revision: number;
  readonly affiliateId: string | null;
  /** Has it a refund that does not fit? */
  readonly misfit: boolean;
}

/** Columns of {@link Order}, of the table named `o`. */
export const ORDER_COLUMNS = `o.id, o.program_id as "programId", o.external_id as "externalId", o.placed_at as "placedAt", o.told_at as "toldAt",
  o.customer_id as "customerId", o.visitor, o.click_ref as "clickRef", o.revision, o.affiliate_id as "affiliateId", o.misfit`;
