import { randomBytes } from 'node:crypto';
import type { EntityManager } from '../../platform/database/orm.ts';
import { rows } from '../../platform/database/sql.ts';
import { newId } from '../../platform/ids.ts';
import { hashIdentifier } from './identifier.ts';

/** A secret by which a member sets a password, once. Within a transaction of the caller; the same as what the library makes for a reset. */
export async function makePasswordLink(em: EntityManager, memberId: string, expiresAt: Date): Promise<string> {
  const token = randomBytes(24).toString('base64url');
  await rows(em, 'insert into staff_verification (id, identifier, value, expires_at) values ($1, $2, $3, $4)', [
    newId(),
    hashIdentifier(`reset-password:${token}`),
    memberId,
    expiresAt,
  ]);
  return token;
}
