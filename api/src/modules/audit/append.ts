import type { EntityManager } from '../../platform/database/orm.ts';
import { row } from '../../platform/database/sql.ts';
import { newId } from '../../platform/ids.ts';
import type { AuditDetails } from './audit.entity.ts';

/** Who acts, from where, and when in business time. */
export interface Acting {
  readonly organizationId: string;
  /** The member of staff, or the token that acts for itself. */
  readonly actorId: string | null;
  readonly actor: string;
  readonly businessAt: number;
}

export interface NewEntry {
  readonly act: string;
  readonly program?: string | null;
  /** What it is about, by callers' ids. Nothing that tells who a person is. */
  readonly subject?: Readonly<Record<string, unknown>>;
  readonly outcome?: 'done' | 'refused';
  readonly details?: AuditDetails;
}

/**
 * Adds to the audit log, in the transaction of `em` where it has one: last of all, for the end of the chain stays locked until the
 * commit. Acts of the API are added by themselves; this is for what comes another way, such as a sign-in.
 */
export async function appendAudit(em: EntityManager, acting: Acting, entry: NewEntry): Promise<void> {
  const { act, program = null, subject = {}, outcome = 'done', details = {} } = entry;
  await row(em, 'select audit_append($1, $2, now(), $3, $4, $5, $6, $7, $8, $9, $10)', [
    acting.organizationId,
    newId(),
    new Date(acting.businessAt),
    acting.actorId,
    acting.actor,
    act,
    program,
    JSON.stringify(subject),
    outcome,
    JSON.stringify(details),
  ]);
}
