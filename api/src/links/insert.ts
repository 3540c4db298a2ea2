import { rows } from '../platform/database/sql.ts';
import type { Transaction } from '../platform/database/transaction.ts';
import { newId, sliceOf } from '../platform/ids.ts';
import { claimCode, NameTaken, newCode } from './codes.ts';

export interface NewLink {
  readonly programId: string;
  readonly affiliateId: string;
  /** The caller's id; left out: one that nobody else would choose. */
  readonly externalId?: string;
  readonly url: string;
  readonly subId: string | null;
  /** Of what was asked for, by which a repeat is known. */
  readonly hash: Buffer;
  readonly personal: boolean;
  readonly at: Date;
  readonly by: string;
}

export interface InsertedLink extends Omit<NewLink, 'hash' | 'at' | 'by'> {
  readonly id: string;
  readonly externalId: string;
  readonly code: string;
  readonly createdAt: Date;
}

/** Writes a link with a code. The directory names it, and whose it is: a link lies with its affiliate and cannot be found without. */
export async function insertLink(tx: Transaction, { hash, at, by, ...asked }: NewLink): Promise<InsertedLink> {
  const code = newCode();
  const link = { ...asked, externalId: asked.externalId ?? `personal-${code}`, id: newId(), code, createdAt: at };
  const claimed = await rows(
    tx,
    `insert into fact_key (slice, scope_id, kind, external_id, fact_id, content_hash)
     values ($1, $2, 'link', $3, $4, $6), ($1, $2, 'link.owner', $3, $5, $6) on conflict do nothing returning 1`,
    [sliceOf(link.externalId), link.programId, link.externalId, link.id, link.affiliateId, hash],
  );
  if (claimed.length < 2 || (await claimCode(tx, code, link, at, by)) !== null) throw new NameTaken();
  await rows(
    tx,
    `insert into link (affiliate_id, program_id, id, external_id, url, sub_id, created_at, code, personal)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    [link.affiliateId, link.programId, link.id, link.externalId, link.url, link.subId, at, code, link.personal],
  );
  return link;
}
