import { randomInt } from 'node:crypto';
import { isCode } from '@tributary/shared/tracking';
import { row, rows } from '../../platform/database/sql.ts';
import type { Transaction } from '../../platform/database/transaction.ts';
import { done, type Outcome, refused, userError } from '../../platform/graphql/user-error.ts';
import { sliceOf } from '../../platform/ids.ts';
import type { Link } from './link.entity.ts';

/** Without letters and digits that are taken for each other when read aloud or from a poster. */
const LETTERS = 'abcdefghjkmnpqrstuvwxyz23456789';
const LENGTH = 10;

export function newCode(): string {
  return Array.from({ length: LENGTH }, () => LETTERS[randomInt(LETTERS.length)]).join('');
}

type Linked = Pick<Link, 'affiliateId' | 'programId' | 'id'>;

/** Claims a code for a link, for ever. False: another link has it. */
export async function claimCode(tx: Transaction, code: string, link: Linked, at: Date, by: string): Promise<boolean> {
  const claimed = await rows(
    tx,
    `insert into link_code (slice, code, program_id, affiliate_id, link_id, made_at, made_by) values ($1, $2, $3, $4, $5, $6, $7)
     on conflict do nothing returning 1`,
    [sliceOf(code), code, link.programId, link.affiliateId, link.id, at, by],
  );
  return claimed.length > 0;
}

/** The code that the affiliate chose. One chosen before leads to the link still, but is not shown any more. */
export async function chooseCode(tx: Transaction, link: Link, text: string, now: number, by: string): Promise<Outcome<Link>> {
  const code = text.trim().toLowerCase();
  if (!isCode(code))
    return refused(userError('INVALID', 'A code has 3 to 40 letters from a to z, digits, and single dashes between them.', ['code']));
  if (!(await claimCode(tx, code, link, new Date(now), by))) {
    const owner = await row<{ link_id: string }>(tx, 'select link_id from link_code where slice = $1 and code = $2', [sliceOf(code), code]);
    if (owner?.link_id !== link.id) return refused(userError('CONFLICT', `The code "${code}" is taken.`, ['code']));
  }
  await rows(tx, 'update link set vanity = $4 where affiliate_id = $1 and program_id = $2 and id = $3', [
    link.affiliateId,
    link.programId,
    link.id,
    code,
  ]);
  return done({ ...link, vanity: code });
}
