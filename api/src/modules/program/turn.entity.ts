import type { ProgramStatus, ProgramTurn } from '@tributary/shared/people';

/** Something that staff decided about a program as a whole: that it pauses, goes on, or closes. */
export interface Turn extends ProgramTurn {
  readonly id: string;
  readonly reason: string;
  /** Business time. */
  readonly decidedAt: number;
  readonly decidedBy: string;
}

export interface TurnRow {
  id: string;
  program_id: string;
  value: ProgramStatus;
  holds_from: Date;
  requests_until: Date | null;
  keeps_planned: boolean;
  reason: string;
  set_at: Date;
  set_by: string;
}

export const TURN_COLUMNS = 's.id, s.program_id, s.value, s.holds_from, s.requests_until, s.keeps_planned, s.reason, s.set_at, s.set_by';

export const turnOf = (row: TurnRow): Turn => ({
  id: row.id,
  status: row.value,
  holdsFrom: row.holds_from.getTime(),
  requestsUntil: row.requests_until?.getTime() ?? null,
  keepsPlanned: row.keeps_planned,
  reason: row.reason,
  decidedAt: row.set_at.getTime(),
  decidedBy: row.set_by,
});
