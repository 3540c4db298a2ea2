/** A coupon that points bought. Its code is kept nowhere. */
export interface Coupon {
  readonly id: string;
  readonly affiliateId: string;
  readonly programId: string;
  readonly redemptionId: string;
  readonly keyVersion: number;
  /** Minor units of the currency. */
  readonly worth: bigint;
  readonly currency: string;
  readonly issuedAt: Date;
  readonly expiresAt: Date | null;
  /** The cart that holds it, until when. */
  readonly heldFor: string | null;
  readonly heldUntil: Date | null;
  readonly usedFor: string | null;
  readonly usedAt: Date | null;
  readonly voidAt: Date | null;
}

export const COUPON_COLUMNS = `c.id, c.affiliate_id as "affiliateId", c.program_id as "programId", c.redemption_id as "redemptionId", c.key_version as "keyVersion", c.worth, c.currency,
  c.issued_at as "issuedAt", c.expires_at as "expiresAt", c.held_for as "heldFor", c.held_until as "heldUntil", c.used_for as "usedFor", c.used_at as "usedAt", c.void_at as "voidAt"`;
