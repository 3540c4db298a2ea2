import { type RequestAct, type RequestState, requestStateAfter } from '@tributary/shared/people';
import { row, rows } from '../../platform/database/sql.ts';
import type { Transaction } from '../../platform/database/transaction.ts';
import { newId, sliceOf } from '../../platform/ids.ts';
import type { Act } from '../affiliate/index.ts';
import { noteChange } from '../audit/index.ts';
import { type MessageKind, REQUEST_COLUMNS, type Request, type RequestMessage } from './request.entity.ts';

export type NewRequest = Pick<Request, 'kind' | 'subject' | 'refId' | 'details'>;

/** `hash`: of the content, where a caller named the request; null: it was made of another act. Of staff: it waits for the affiliate. */
export async function insertRequest(
  act: Act,
  { kind, subject, refId, details }: NewRequest,
  named: { id: string; externalId: string; hash: Buffer | null; text: string | null; side?: RequestMessage['side'] },
): Promise<Request> {
  const { tx, enrollment, now, by } = act;
  const { affiliateId, programId } = enrollment;
  const at = new Date(now);
  const { side = 'affiliate' } = named;
  await rows(
    tx,
    `insert into fact_key (slice, scope_id, kind, external_id, fact_id, content_hash) values ($1, $2, 'request', $3, $4, $5)`,
    [sliceOf(named.externalId), programId, named.externalId, named.id, named.hash],
  );
  const made = await row<Request>(
    tx,
    `insert into affiliate_request as q (affiliate_id, program_id, id, external_id, kind, state, subject, ref_id, details, opened_at, opened_by, changed_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $10) returning ${REQUEST_COLUMNS}`,
    [
      ...[affiliateId, programId, named.id, named.externalId, kind, side === 'staff' ? 'waiting' : 'open', subject, refId],
      ...[details === null ? null : JSON.stringify(details), at, by],
    ],
  );
  await insertMessage(act, made as Request, { kind: 'opened', side, text: named.text });
  return made as Request;
}

export type NewMessage = Pick<RequestMessage, 'kind' | 'side' | 'text'>;

async function insertMessage({ tx, now, by }: Act, request: Request, { kind, side, text }: NewMessage): Promise<void> {
  await rows(
    tx,
    `insert into request_message (affiliate_id, program_id, request_id, id, kind, side, text, said_at, said_by) values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    [request.affiliateId, request.programId, request.id, newId(), kind, side, text, new Date(now), by],
  );
}

/** Adds to the thread; nothing else of the request changes but when it changed last. */
export async function say(act: Act, request: Request, message: NewMessage): Promise<Request> {
  await insertMessage(act, request, message);
  return write(act, { ...request, changedAt: new Date(act.now) });
}

const CLOSING: Partial<Record<RequestState, MessageKind>> = {
  granted: 'granted',
  refused: 'refused',
  answered: 'answered',
  withdrawn: 'withdrawn',
};

/** Moves a request on; null: it is closed. */
export async function move(act: Act, request: Request, by: RequestAct, text: string | null): Promise<Request | null> {
  const state = requestStateAfter(request.state, by);
  if (state === null) return null;
  const side = by === 'reply' || by === 'withdraw' ? 'affiliate' : 'staff';
  await insertMessage(act, request, { kind: CLOSING[state] ?? (by === 'ask' ? 'asked' : 'message'), side, text });
  const at = new Date(act.now);
  const isClosed = CLOSING[state] !== undefined;
  noteChange(act.tx, { before: { request: request.state }, after: { request: state } });
  return write(act, { ...request, state, changedAt: at, closedAt: isClosed ? at : null, closedBy: isClosed ? act.by : null });
}

/** Hands it to somebody, or (null) to nobody. */
export async function assign(act: Act, request: Request, to: { id: string; name: string } | null): Promise<Request> {
  await insertMessage(act, request, { kind: 'assigned', side: 'staff', text: to?.name ?? null });
  noteChange(act.tx, { before: { assignee: request.assigneeId }, after: { assignee: to?.id ?? null } });
  return write(act, { ...request, changedAt: new Date(act.now), assigneeId: to?.id ?? null, assignee: to?.name ?? null });
}

async function write({ tx }: Act, next: Request): Promise<Request> {
  await rows(
    tx,
    `update affiliate_request set state = $4, changed_at = $5, assignee_id = $6, assignee = $7, closed_at = $8, closed_by = $9
     where affiliate_id = $1 and program_id = $2 and id = $3`,
    [
      ...[next.affiliateId, next.programId, next.id, next.state, next.changedAt],
      ...[next.assigneeId, next.assignee, next.closedAt, next.closedBy],
    ],
  );
  return next;
}

export function requestById(tx: Transaction, { affiliateId, programId }: Pick<Request, 'affiliateId' | 'programId'>, id: string) {
  const text = `select ${REQUEST_COLUMNS} from affiliate_request q where q.affiliate_id = $1 and q.program_id = $2 and q.id = $3`;
  return row<Request>(tx, text, [affiliateId, programId, id]);
}

/** The request that stands for something, such as an exchange of points. */
export function requestByRef({ tx, enrollment }: Act, refId: string): Promise<Request | undefined> {
  const text = `select ${REQUEST_COLUMNS} from affiliate_request q where q.affiliate_id = $1 and q.program_id = $2 and q.ref_id = $3`;
  return row<Request>(tx, text, [enrollment.affiliateId, enrollment.programId, refId]);
}
