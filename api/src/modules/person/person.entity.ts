export type PersonRole = 'owner' | 'member';

/** Somebody who acts for an affiliate, each with own tokens. */
export interface Person {
  readonly id: string;
  readonly organizationId: string;
  readonly affiliateId: string;
  /** Null with the address: removed, and erased. */
  readonly name: string | null;
  readonly email: string | null;
  readonly role: PersonRole;
  readonly createdAt: Date;
  /** Null: invited, and the address is not proven yet. */
  readonly confirmedAt: Date | null;
  readonly removedAt: Date | null;
}

/** Columns of {@link Person}, of the table named `p`. */
export const PERSON_COLUMNS = `p.id, p.organization_id as "organizationId", p.affiliate_id as "affiliateId", p.name, p.email, p.role,
  p.created_at as "createdAt", p.confirmed_at as "confirmedAt", p.removed_at as "removedAt"`;

/** What a sign-up tells, until the address is confirmed. */
export interface ToldSignUp {
  readonly name: string;
  readonly email: string;
  readonly country: string | null;
  readonly application: string | null;
  /** Left out by sign-ups from before it could be said. */
  readonly acceptedTerms?: number | null;
}
