import type { AuditEntry } from './audit.entity.ts';
import type { AuditEntryType } from './audit.type.ts';

const json = (value: object | undefined) => (value === undefined || Object.keys(value).length === 0 ? null : JSON.stringify(value));

/** An entry as the API and the export show it. */
export function showEntry({ details, ...entry }: AuditEntry): AuditEntryType {
  const { codes = [], reason, asked, before, after, address, userAgent, requestId } = details;
  return {
    id: entry.id,
    number: String(entry.number),
    at: entry.at,
    businessAt: entry.businessAt,
    actorId: entry.actorId,
    actor: entry.actor,
    act: entry.act,
    program: entry.program,
    subject: JSON.stringify(entry.subject),
    outcome: entry.outcome,
    codes: [...codes],
    reason: reason ?? null,
    asked: json(asked),
    before: json(before),
    after: json(after),
    address: address ?? null,
    userAgent: userAgent ?? null,
    requestId: requestId ?? null,
    hash: entry.hash.toString('hex'),
  };
}
