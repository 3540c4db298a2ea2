import type { EntityManager } from '../../platform/database/orm.ts';
import { row, rows } from '../../platform/database/sql.ts';
import type { Transaction } from '../../platform/database/transaction.ts';
import { newId } from '../../platform/ids.ts';
import { hashSecret, newSecret, readCode } from '../identity/index.ts';
import type { ToldSignUp } from './person.entity.ts';

export type Purpose = 'sign-up' | 'invitation' | 'access';

const HOUR_MS = 3_600_000;
/** Whoever asked waits for the mail; whoever was invited did not. */
export const LIFE_MS: Record<Purpose, number> = { 'sign-up': 24 * HOUR_MS, access: HOUR_MS, invitation: 7 * 24 * HOUR_MS };

interface NewCode {
  readonly organizationId: string;
  readonly purpose: Purpose;
  readonly personId?: string;
  readonly programId?: string;
  readonly told?: ToldSignUp;
}

export interface Code {
  readonly id: string;
  readonly organizationId: string;
  readonly purpose: Purpose;
  readonly personId: string | null;
  readonly programId: string | null;
  readonly told: ToldSignUp | null;
}

/** A code to send by mail. The database knows its hash only. */
export async function makeCode(
  tx: Transaction,
  { organizationId, purpose, personId, programId, told }: NewCode,
): Promise<{ text: string; expiresAt: Date }> {
  const { text, hash } = newSecret('code');
  const expiresAt = new Date(Date.now() + LIFE_MS[purpose]);
  await rows(
    tx,
    'insert into mail_code (id, organization_id, purpose, code_hash, person_id, program_id, told, expires_at) values ($1, $2, $3, $4, $5, $6, $7, $8)',
    [newId(), organizationId, purpose, hash, personId ?? null, programId ?? null, told ? JSON.stringify(told) : null, expiresAt],
  );
  return { text, expiresAt };
}

/** What a code opens, locked until it is used up; undefined: nothing, or nothing any more. One that has no right checksum is not looked for. */
export async function findCode(tx: Transaction, text: string): Promise<Code | undefined> {
  const code = readCode(text);
  if (code === undefined) return undefined;
  return row<Code>(
    tx,
    `select id, organization_id as "organizationId", purpose, person_id as "personId", program_id as "programId", told
     from mail_code where code_hash = $1 and expires_at > $2 for update`,
    [hashSecret(code), new Date()],
  );
}

export async function useUp(tx: Transaction, { id }: Code): Promise<void> {
  await rows(tx, 'delete from mail_code where id = $1', [id]);
}

/** What nobody confirmed in time goes, with all that it told. */
export async function sweepCodes(em: EntityManager): Promise<void> {
  await rows(em, 'delete from mail_code where expires_at <= $1', [new Date()]);
}
