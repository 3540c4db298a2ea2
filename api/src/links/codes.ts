import { randomInt } from 'node:crypto';
import { nameShape } from '@tributary/shared/tracking';
import { row, rows } from '../platform/database/sql.ts';
import type { Transaction } from '../platform/database/transaction.ts';
import { sliceOf } from '../platform/ids.ts';

/** Without letters and digits that are taken for each other when read aloud or from a poster. */
const LETTERS = 'abcdefghjkmnpqrstuvwxyz23456789';
const LENGTH = 10;

export function newCode(): string {
  return Array.from({ length: LENGTH }, () => LETTERS[randomInt(LETTERS.length)]).join('');
}

/** Told like a serialization failure, so that the transaction runs again on what is there now. */
export class NameTaken extends Error {
  readonly code = '40001';
}

/** What a code leads to. */
export interface Linked {
  readonly id: string;
  readonly affiliateId: string;
  readonly programId: string;
}

/** Claims a code for a link, for ever. Null: it is the link's; otherwise the code of another link, the same or one that looks alike. */
export async function claimCode(tx: Transaction, code: string, link: Linked, at: Date, by: string): Promise<string | null> {
  const owner = await ownerOf(tx, code);
  if (owner !== undefined) return owner === link.id ? null : code;
  const shape = nameShape(code);
  const alike = await row<{ code: string }>(tx, 'select code from code_shape where slice = $1 and shape = $2', [sliceOf(shape), shape]);
  if (alike !== undefined && (await ownerOf(tx, alike.code)) !== link.id) return alike.code;
  const claimed = await rows(
    tx,
    `insert into link_code (slice, code, program_id, affiliate_id, link_id, made_at, made_by) values ($1, $2, $3, $4, $5, $6, $7)
     on conflict do nothing returning 1`,
    [sliceOf(code), code, link.programId, link.affiliateId, link.id, at, by],
  );
  if (claimed.length === 0) throw new NameTaken();
  if (alike === undefined) await claimShape(tx, shape, code);
  return null;
}

async function claimShape(tx: Transaction, shape: string, code: string): Promise<void> {
  const text = 'insert into code_shape (slice, shape, code) values ($1, $2, $3) on conflict do nothing returning 1';
  if ((await rows(tx, text, [sliceOf(shape), shape, code])).length === 0) throw new NameTaken();
}

async function ownerOf(tx: Transaction, code: string): Promise<string | undefined> {
  const text = 'select link_id from link_code where slice = $1 and code = $2';
  return (await row<{ link_id: string }>(tx, text, [sliceOf(code), code]))?.link_id;
}
