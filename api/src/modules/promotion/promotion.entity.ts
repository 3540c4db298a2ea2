export type CreativeKind = 'banner' | 'offer';

/** A banner, or an offer with a public code. */
export interface Creative {
  readonly programId: string;
  readonly externalId: string;
  readonly id: string;
  readonly kind: CreativeKind;
  readonly title: string;
  readonly url: string;
  readonly image: string | null;
  readonly width: number | null;
  readonly height: number | null;
  readonly code: string | null;
  readonly details: string | null;
  readonly validFrom: Date | null;
  readonly validUntil: Date | null;
  /** Whose alone it is; null: everybody's. */
  readonly affiliateId: string | null;
  readonly withdrawnAt: Date | null;
}

export interface NewsItem {
  readonly programId: string;
  readonly id: string;
  readonly title: string;
  readonly body: string;
  readonly publishedAt: Date;
  readonly byMail: boolean;
}

/** Whether a person gets news by mail. */
export interface Subscription {
  readonly programId: string;
  readonly personId: string;
  readonly id: string;
  readonly state: 'subscribed' | 'left';
  readonly changedAt: Date;
}

/** Whom an affiliate turns to. */
export interface AccountManager {
  readonly affiliateId: string;
  readonly programId: string;
  readonly name: string;
  readonly email: string | null;
}

export const CREATIVE_COLUMNS = `c.program_id as "programId", c.external_id as "externalId", c.id, c.kind, c.title, c.url, c.image, c.width, c.height, c.code, c.details,
  c.valid_from as "validFrom", c.valid_until as "validUntil", c.affiliate_id as "affiliateId", c.withdrawn_at as "withdrawnAt"`;

export const NEWS_COLUMNS = 'n.program_id as "programId", n.id, n.title, n.body, n.published_at as "publishedAt", n.by_mail as "byMail"';

export const SUBSCRIPTION_COLUMNS = 's.program_id as "programId", s.person_id as "personId", s.id, s.state, s.changed_at as "changedAt"';
