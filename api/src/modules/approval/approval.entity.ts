export const APPROVAL_STATUSES = ['requested', 'approved', 'refused', 'withdrawn', 'lapsed'] as const;
export type ApprovalStatus = (typeof APPROVAL_STATUSES)[number];

/** An act that waits, or waited, for a second member of staff. */
export interface Approval {
  readonly id: string;
  /** Null: it is of the organization as a whole. */
  readonly programId: string | null;
  readonly kind: string;
  readonly subject: string;
  readonly input: Readonly<Record<string, unknown>>;
  readonly requestedAt: Date;
  readonly requestedBy: string;
  readonly requestedActor: string;
  readonly status: ApprovalStatus;
  readonly decidedAt: Date | null;
  readonly decidedBy: string | null;
  readonly reason: string | null;
}

export const APPROVAL_COLUMNS = `p.id, p.program_id as "programId", p.kind, p.subject, p.input, p.requested_at as "requestedAt", p.requested_by as "requestedBy",
  p.requested_actor as "requestedActor", p.status, p.decided_at as "decidedAt", p.decided_by as "decidedBy", p.reason`;
