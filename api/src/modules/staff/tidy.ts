import type { EntityManager } from '../../platform/database/orm.ts';
import { rows } from '../../platform/database/sql.ts';

const DAY_MS = 86_400_000;

/** Removes what has ended: sessions, links, used codes, counts of tries, and the texts of mails that are of no use any more. */
export async function tidyStaff(em: EntityManager): Promise<void> {
  const now = new Date();
  const yesterday = new Date(now.getTime() - DAY_MS);
  await rows(em, 'delete from staff_session where expires_at < $1', [now]);
  await rows(em, 'delete from staff_verification where expires_at < $1', [now]);
  await rows(em, 'delete from staff_used_code where used_at < $1', [yesterday]);
  await rows(em, 'delete from sign_in_attempt where began_at < $1', [yesterday]);
  await rows(em, `update mail set body_text = '', body_html = '' where sent_at is null and useless_at < $1 and body_text <> ''`, [now]);
}
