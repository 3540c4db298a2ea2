import { createHash } from 'node:crypto';
import type { Terms } from '@tributary/shared/terms';
import { formatInstant } from '@tributary/shared/time';
import { queueMessages } from '../../messages/index.ts';
import type { EntityManager } from '../../platform/database/orm.ts';
import { rows } from '../../platform/database/sql.ts';
import { newId } from '../../platform/ids.ts';

/** For so long a version that another process published may stay unseen here. */
const FRESH_MS = 1_000;
const MAX_PROGRAMS = 20_000;
const MAX_DOCUMENTS = 500;

/** A published document and the instant from which it prices orders. It never changes. */
export interface TermsVersion {
  readonly id: string;
  readonly number: number;
  /** Milliseconds since 1970. */
  readonly holdsFrom: number;
  /** The same object for the same document, whichever program or version it belongs to. */
  readonly document: Terms;
  readonly publishedAt: number;
  readonly publishedBy: string;
}

/** All versions of a program's terms, oldest first. */
export interface TermsOfProgram {
  readonly versions: readonly TermsVersion[];
}

/** The version in force at an instant: of those that hold from then or earlier the last one, of two from one instant the later published. */
export function versionAt({ versions }: TermsOfProgram, instant: number): TermsVersion | undefined {
  let best: TermsVersion | undefined;
  for (const version of versions) {
    if (version.holdsFrom <= instant && (!best || version.holdsFrom >= best.holdsFrom)) best = version;
  }
  return best;
}

export interface NewVersion {
  readonly programId: string;
  readonly document: Terms;
  readonly holdsFrom: number;
  readonly publishedAt: number;
  readonly publishedBy: string;
}

interface VersionRow {
  id: string;
  number: number;
  holds_from: Date;
  hash: string;
  published_at: Date;
  published_by: string;
}

/** Published terms, kept in memory: they are read for every order and change a few times a year. */
export class TermsStore {
  private readonly programs = new Map<string, { terms: TermsOfProgram; checkedAt: number }>();
  private readonly documents = new Map<string, Terms>();

  /** Memory answers; whether there is a newer version is asked at most once a second, and at once after a publication in this process. */
  async of(em: EntityManager, programId: string): Promise<TermsOfProgram> {
    const known = this.programs.get(programId);
    const now = performance.now();
    if (known && now - known.checkedAt < FRESH_MS) return known.terms;
    if (known && (await this.newest(em, programId)) === known.terms.versions.length) {
      known.checkedAt = now;
      return known.terms;
    }
    const terms = await this.load(em, programId);
    if (this.programs.size >= MAX_PROGRAMS) this.programs.clear();
    this.programs.set(programId, { terms, checkedAt: now });
    return terms;
  }

  /** After the commit of a publication. */
  forget(programId: string): void {
    this.programs.delete(programId);
  }

  /** Within a transaction of the caller. Undefined: another publication took the number first. */
  async publish(em: EntityManager, { programId, document, holdsFrom, publishedAt, publishedBy }: NewVersion): Promise<string | undefined> {
    const id = newId();
    const text = JSON.stringify(document);
    const hash = createHash('sha256').update(text).digest();
    const inserted = await rows<{ id: string }>(
      em,
      `insert into terms_version (id, program_id, number, holds_from, document, document_hash, published_at, published_by)
       select $1, $2::uuid, coalesce(max(number), 0) + 1, $3, $4, $5, $6, $7 from terms_version where program_id = $2::uuid
       on conflict (program_id, number) do nothing returning id`,
      [id, programId, new Date(holdsFrom), text, hash, new Date(publishedAt), publishedBy],
    );
    if (inserted[0] === undefined) return undefined;
    const data = { holdsFrom: formatInstant(holdsFrom), publishedAt: formatInstant(publishedAt) };
    await queueMessages(em, programId, ['terms.published'], () => [{ event: 'terms.published', affiliateId: null, at: publishedAt, data }]);
    return inserted[0].id;
  }

  /** Numbers have no gaps, so the newest is how many there are. */
  private async newest(em: EntityManager, programId: string): Promise<number> {
    const text = 'select coalesce(max(number), 0) as number from terms_version where program_id = $1';
    return (await rows<{ number: number }>(em, text, [programId]))[0]!.number;
  }

  /** From the database, the newest included. */
  async load(em: EntityManager, programId: string): Promise<TermsOfProgram> {
    const found = await rows<VersionRow>(
      em,
      `select id, number, holds_from, encode(document_hash, 'hex') as hash, published_at, published_by
       from terms_version where program_id = $1 order by number`,
      [programId],
    );
    const documents = await this.documentsOf(em, programId, found);
    const versions = found.map((version) => ({
      id: version.id,
      number: version.number,
      holdsFrom: version.holds_from.getTime(),
      document: documents.get(version.hash)!,
      publishedAt: version.published_at.getTime(),
      publishedBy: version.published_by,
    }));
    return { versions };
  }

  /** By their hashes. Of two that are loaded at once for one hash the first one stays. */
  private async documentsOf(em: EntityManager, programId: string, versions: readonly VersionRow[]): Promise<Map<string, Terms>> {
    const documents = new Map<string, Terms>();
    for (const { hash } of versions) {
      const known = this.documents.get(hash);
      if (known) documents.set(hash, known);
    }
    const missing = versions.filter(({ hash }) => !documents.has(hash)).map(({ id }) => id);
    if (missing.length === 0) return documents;
    const loaded = await rows<{ hash: string; document: Terms }>(
      em,
      `select encode(document_hash, 'hex') as hash, document from terms_version where program_id = $1 and id = any($2::uuid[])`,
      [programId, missing],
    );
    if (this.documents.size > MAX_DOCUMENTS) this.documents.clear();
    for (const { hash, document } of loaded) {
      const kept = this.documents.get(hash) ?? document;
      this.documents.set(hash, kept);
      documents.set(hash, kept);
    }
    return documents;
  }
}
