/** A destination that an affiliate sends visitors to, under the caller's id. */
export interface Link {
  readonly id: string;
  readonly affiliateId: string;
  readonly programId: string;
  readonly externalId: string;
  readonly url: string;
  readonly subId: string | null;
  readonly createdAt: Date;
  /** By which visitors reach it. */
  readonly code: string;
  /** The same, as its affiliate chose it. */
  readonly vanity: string | null;
  /** The name by which it is published: the code that was chosen, in a sandbox with its mark, or the code that it has. */
  readonly name: string;
  /** The one that the terms give to every affiliate. */
  readonly personal: boolean;
}

/** What the feed and the terms say of the product on a page. */
export interface PageRate {
  readonly kind: string | null;
  /** In percent, the shortest way to write it. */
  readonly rate: string | null;
}

export const LINK_COLUMNS = `l.id, l.affiliate_id as "affiliateId", l.program_id as "programId", l.external_id as "externalId", l.url, l.sub_id as "subId",
  l.created_at as "createdAt", l.code, split_part(l.vanity, '.', 1) as vanity, coalesce(l.vanity, l.code) as name, l.personal`;
