/** An act of staff, or something that was tried. It is written once and never changed. */
export interface AuditEntry {
  readonly id: string;
  readonly number: bigint;
  readonly at: Date;
  readonly businessAt: Date;
  readonly actorId: string | null;
  readonly actor: string;
  readonly act: string;
  readonly program: string | null;
  readonly subject: Readonly<Record<string, unknown>>;
  readonly outcome: 'done' | 'refused';
  readonly details: AuditDetails;
  readonly hash: Buffer;
}

export interface AuditDetails {
  readonly requestId?: string | undefined;
  readonly address?: string | undefined;
  readonly userAgent?: string | undefined;
  readonly tokenId?: string | undefined;
  readonly sessionId?: string | undefined;
  readonly reason?: string | undefined;
  /** Why it was refused. */
  readonly codes?: readonly string[] | undefined;
  readonly asked?: Readonly<Record<string, unknown>> | undefined;
  readonly before?: Readonly<Record<string, unknown>> | undefined;
  readonly after?: Readonly<Record<string, unknown>> | undefined;
}

export const AUDIT_COLUMNS =
  'a.id, a.number, a.at, a.business_at as "businessAt", a.actor_id as "actorId", a.actor, a.act, a.program, a.subject, a.outcome, a.details, a.hash';
