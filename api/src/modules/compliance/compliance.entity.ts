/** A suspected breach of a rule by an affiliate, for staff to confirm or dismiss. */
export interface Case {
  readonly id: string;
  readonly affiliateId: string;
  readonly programId: string;
  readonly rule: string;
  readonly status: 'open' | 'confirmed' | 'dismissed';
  readonly openedAt: Date;
  /** Our ids of clicks, or words. */
  readonly evidence: readonly unknown[];
  readonly closedAt: Date | null;
  readonly closedBy: string | null;
}

/** Where an affiliate promotes, as declared. */
export interface TrafficSource {
  readonly id: string;
  readonly affiliateId: string;
  readonly programId: string;
  readonly kind: string;
  readonly name: string;
  readonly url: string | null;
  readonly optIn: boolean | null;
  readonly optOut: boolean | null;
  /** What an ad account declares of its ads. */
  readonly texts: readonly string[];
  readonly titles: readonly string[];
  readonly negativeKeywords: readonly string[];
  /** Rules under which it is to be reviewed. */
  readonly flags: readonly string[];
  readonly declaredAt: Date;
}

export const CASE_COLUMNS = `c.id, c.affiliate_id as "affiliateId", c.program_id as "programId", c.rule, c.status, c.opened_at as "openedAt", c.evidence,
   c.closed_at as "closedAt", c.closed_by as "closedBy"`;

export const SOURCE_COLUMNS = `s.id, s.affiliate_id as "affiliateId", s.program_id as "programId", s.kind, s.name, s.url, s.opt_in as "optIn", s.opt_out as "optOut", s.texts, s.titles,
   s.negative_keywords as "negativeKeywords", s.flags,
   s.declared_at as "declaredAt"`;
