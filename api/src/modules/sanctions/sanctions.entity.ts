/** A version of a list that was taken in. */
export interface SanctionsList {
  readonly id: string;
  readonly list: string;
  readonly format: string;
  readonly hash: Buffer;
  readonly entries: number;
  /** Names of countries in it that are not known, the first fifty. */
  readonly unknownCountries: readonly string[];
  /** How many entries name such a one: no country speaks against these. */
  readonly unplaced: number;
  readonly importedAt: Date;
  readonly importedBy: string;
}

/** An affiliate who may be an entry of a list. */
export interface SanctionsMatch {
  readonly id: string;
  readonly affiliateId: string;
  readonly list: string;
  readonly entry: string;
  readonly listedName: string;
  readonly kind: 'exact' | 'near';
  readonly status: 'held' | 'cleared' | 'confirmed';
  readonly foundAt: Date;
  readonly decidedAt: Date | null;
  readonly decidedBy: string | null;
  readonly reason: string | null;
}

export const LIST_COLUMNS = `l.id, l.list, l.format, l.hash, l.entries, l.unknown_countries as "unknownCountries", l.unplaced, l.imported_at as "importedAt",
  l.imported_by as "importedBy"`;
export const MATCH_COLUMNS = `m.id, m.affiliate_id as "affiliateId", m.list, m.entry, m.listed_name as "listedName", m.kind, m.status, m.found_at as "foundAt",
  m.decided_at as "decidedAt", m.decided_by as "decidedBy", m.reason`;
