import type { DocumentTraits } from '@tributary/shared/people';

export const DOCUMENT_KINDS = ['conditions', 'policy', 'guide', 'contract', 'other'] as const;
export type DocumentKind = (typeof DOCUMENT_KINDS)[number];

/** A published version of a document of a program. It never changes. Instants in milliseconds. */
export interface DocumentVersion extends DocumentTraits {
  readonly programId: string;
  readonly kind: DocumentKind;
  readonly title: string;
  /** SHA-256 of the text, in hexadecimal digits. */
  readonly hash: string;
  readonly publishedAt: number;
  readonly publishedBy: string;
}

/** That somebody accepted a document. */
export interface Acceptance {
  readonly id: string;
  readonly affiliateId: string;
  readonly programId: string;
  readonly document: string;
  /** Null: there were no versions then. */
  readonly version: number | null;
  readonly at: Date;
  readonly by: string;
}

const millis = (column: string) => `(extract(epoch from ${column}) * 1000)::float8`;

/** All but the text, which may be long. */
export const DOCUMENT_COLUMNS = `d.program_id as "programId", d.name, d.number, d.kind, d.title, d.regions, encode(d.hash, 'hex') as hash,
  ${millis('d.holds_from')} as "holdsFrom", ${millis('d.accept_from')} as "acceptFrom", d.blocks, ${millis('d.published_at')} as "publishedAt", d.published_by as "publishedBy"`;

export const ACCEPTANCE_COLUMNS = `h.id, h.affiliate_id as "affiliateId", h.program_id as "programId", h.value as document, h.subject::int as version, h.holds_from as at, h.done_by as by`;
