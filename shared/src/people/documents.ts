import type { HistoryEvent } from './history.ts';

/** From an instant on, an acceptance of a version before this one no longer counts. */
export interface Renewal {
  readonly document: string;
  readonly version: number;
  readonly from: number;
}

/** What accepting is missing for: the affiliate makes no links, or asks for no payment. */
export const DOCUMENT_BLOCKS = ['links', 'withdrawals'] as const;
export type DocumentBlock = (typeof DOCUMENT_BLOCKS)[number];

/** A version of a program's document, as far as it matters for who must accept it. */
export interface DocumentTraits {
  readonly name: string;
  /** Counts from 1. */
  readonly number: number;
  /** Countries of the affiliates whom it concerns; none: all. */
  readonly regions: readonly string[];
  /** From when on it is the one to read. */
  readonly holdsFrom: number;
  /** From when on this version or a later one has to be accepted; null: it asks for nothing. */
  readonly acceptFrom: number | null;
  readonly blocks: readonly DocumentBlock[];
}

/** The versions by number that were accepted by an instant; an acceptance from before there were versions is of none, 0. */
function acceptedAt(history: readonly HistoryEvent[], at: number): Map<string, number> {
  const accepted = new Map<string, number>();
  for (const { kind, value, subject, holdsFrom } of history) {
    if (kind !== 'document' || holdsFrom > at) continue;
    accepted.set(value, Math.max(accepted.get(value) ?? 0, Number(subject ?? 0)));
  }
  return accepted;
}

/** Documents whose acceptance counts at an instant. */
export function documentsAt(history: readonly HistoryEvent[], at: number, renewals: readonly Renewal[]): string[] {
  const isStale = ([document, version]: [string, number]) =>
    renewals.some((renewal) => renewal.document === document && renewal.from <= at && renewal.version > version);
  return [...acceptedAt(history, at)].filter((one) => !isStale(one)).map(([document]) => document);
}

/** The version of each document to read at an instant: of those that hold by then the last one. */
export function documentsInForce<T extends DocumentTraits>(versions: readonly T[], at: number): T[] {
  const newest = new Map<string, T>();
  for (const version of versions) {
    const found = newest.get(version.name);
    if (version.holdsFrom <= at && (found === undefined || version.number > found.number)) newest.set(version.name, version);
  }
  return [...newest.values()];
}

export const renewalsOf = (versions: readonly DocumentTraits[]): Renewal[] =>
  versions.flatMap(({ name, number, acceptFrom }) => (acceptFrom === null ? [] : [{ document: name, version: number, from: acceptFrom }]));

/** What waits for a document at an instant: as the last version says that has asked for acceptance by then. */
export function blocksAt(versions: readonly DocumentTraits[], document: string, at: number): readonly DocumentBlock[] {
  const asking = versions.filter(({ name, acceptFrom }) => name === document && acceptFrom !== null && acceptFrom <= at);
  return asking.reduce<DocumentTraits | undefined>((last, one) => (last && last.number > one.number ? last : one), undefined)?.blocks ?? [];
}

/** What an affiliate from somewhere has to accept and did not: of each document the version in force. */
export function missingDocuments<T extends DocumentTraits>(
  versions: readonly T[],
  affiliate: { readonly history: readonly HistoryEvent[]; readonly country: string | null },
  at: number,
): T[] {
  const { history, country } = affiliate;
  const renewals = renewalsOf(versions);
  const accepted = new Set(documentsAt(history, at, renewals));
  return documentsInForce(versions, at).filter(({ name, regions }) => {
    const concerns = regions.length === 0 || (country !== null && regions.includes(country));
    return concerns && !accepted.has(name) && renewals.some(({ document, from }) => document === name && from <= at);
  });
}
