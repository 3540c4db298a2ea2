import type { RequestKind, RequestState } from '@tributary/shared/people';
import type { PaymentDetails } from '../withdrawal/index.ts';

/** Something that an affiliate asks of staff. */
export interface Request {
  readonly id: string;
  readonly affiliateId: string;
  readonly programId: string;
  /** The caller's own id. */
  readonly externalId: string;
  readonly kind: RequestKind;
  readonly state: RequestState;
  /** What it is about: a channel, a class, an order, a product, our id of a traffic source. */
  readonly subject: string | null;
  /** Our id of what stands for it elsewhere, such as an exchange of points. */
  readonly refId: string | null;
  /** Payment details that were asked for; null too when they were erased. */
  readonly details: PaymentDetails | null;
  readonly openedAt: Date;
  readonly openedBy: string;
  /** When anything of it happened last. */
  readonly changedAt: Date;
  readonly assigneeId: string | null;
  readonly assignee: string | null;
  readonly closedAt: Date | null;
  readonly closedBy: string | null;
}

export type MessageKind = 'opened' | 'message' | 'note' | 'asked' | 'assigned' | 'granted' | 'refused' | 'answered' | 'withdrawn';

/** Something said or done about a request. */
export interface RequestMessage {
  readonly id: string;
  readonly affiliateId: string;
  readonly programId: string;
  readonly requestId: string;
  readonly kind: MessageKind;
  readonly side: 'affiliate' | 'staff';
  /** Null: nothing was said, or it was erased. */
  readonly text: string | null;
  readonly at: Date;
  readonly by: string;
}

/** Not for the affiliate to see. */
export const INTERNAL: readonly MessageKind[] = ['note', 'assigned'];

export const REQUEST_COLUMNS = `q.id, q.affiliate_id as "affiliateId", q.program_id as "programId", q.external_id as "externalId", q.kind, q.state, q.subject,
  q.ref_id as "refId", q.details, q.opened_at as "openedAt", q.opened_by as "openedBy", q.changed_at as "changedAt", q.assignee_id as "assigneeId", q.assignee,
  q.closed_at as "closedAt", q.closed_by as "closedBy"`;

export const MESSAGE_COLUMNS = `m.id, m.affiliate_id as "affiliateId", m.program_id as "programId", m.request_id as "requestId", m.kind, m.side, m.text,
  m.said_at as at, m.said_by as by`;
