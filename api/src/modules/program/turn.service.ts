import { FieldReader } from '@tributary/shared/facts';
import {
  type ProgramStatus,
  type ProgramTurn,
  programStatusAt,
  refuseTurn,
  standingTurns,
  takesRequestsAt,
  turnAt,
} from '@tributary/shared/people';
import { formatInstant } from '@tributary/shared/time';
import type { Context } from '../../context.ts';
import { PROGRAM_STATUS, queueOrdersPlaced } from '../../intake/index.ts';
import type { EntityManager } from '../../platform/database/orm.ts';
import { rows } from '../../platform/database/sql.ts';
import { inTransaction, type Transaction } from '../../platform/database/transaction.ts';
import { done, type Outcome, refused, type UserError, userError } from '../../platform/graphql/user-error.ts';
import { newId } from '../../platform/ids.ts';
import type { ApprovalKind } from '../approval/index.ts';
import { noteChange } from '../audit/index.ts';
import { lockTurns, noteClosing, turnsOf } from './closing.ts';
import type { Program } from './program.entity.ts';
import { noProgram } from './program.errors.ts';
import type { CloseProgramInput, TurnProgramInput } from './program.input.ts';
import { turnsByProgram } from './program.loader.ts';
import type { Turn } from './turn.entity.ts';

const LONGEST_REASON = 1000;

/** Why the program takes nobody in; null: it does. */
export function whyNotOpen(em: EntityManager, programId: string, at: number): Promise<UserError | null> {
  return whyNot(em, programId, at, ['open']);
}

/** Why nothing new is made in the program any more; null: it is. */
export function whyClosed(em: EntityManager, programId: string, at: number): Promise<UserError | null> {
  return whyNot(em, programId, at, ['open', 'paused']);
}

async function whyNot(em: EntityManager, programId: string, at: number, taken: readonly ProgramStatus[]): Promise<UserError | null> {
  const status = programStatusAt(await turnsOf(em, programId), at);
  return taken.includes(status) ? null : userError('NOT_OPEN', `The program is ${status}.`, ['program']);
}

/** Why what is there can no longer be asked for: the program is closed, and its last day is over. Null: it can. */
export async function whyNoRequests(em: EntityManager, programId: string, at: number): Promise<UserError | null> {
  return refuseRequests(await turnsOf(em, programId), at);
}

/** The same by what was decided. */
export function refuseRequests(turns: readonly Turn[], at: number): UserError | null {
  if (takesRequestsAt(turns, at)) return null;
  const until = formatInstant(turnAt(turns, at)?.requestsUntil as number);
  return userError('NOT_OPEN', `The program is closed and took requests until ${until}. What is there stays owed; ask its staff.`, [
    'program',
  ]);
}

/** How programs pause, go on, and close. */
export class TurnService {
  pause(context: Context, input: TurnProgramInput): Promise<Outcome<Program>> {
    return this.turn(context, input, 'paused', null);
  }

  reopen(context: Context, input: TurnProgramInput): Promise<Outcome<Program>> {
    return this.turn(context, input, 'open', null);
  }

  /** Closing cannot be taken back once it holds, so that it may take a second person. */
  readonly closing: ApprovalKind<CloseProgramInput, Program> = {
    needs: 'program.manage',
    rule: 'closing',
    check: async (context, input) => {
      const program = await context.services.programs.find(context, input.program);
      if (program === undefined) return refused(noProgram(input.program));
      const reason = readReason(input.reason);
      if (typeof reason !== 'string') return refused(reason);
      const now = await context.now();
      const turns = await turnsOf(context.em, program.id);
      const next = nextTurn(turns, input, 'closed', input.requestsUntil ?? null, now);
      if (isRepeat(turns, next)) return done(null);
      const refusal = refuseTurn(turns, next, now);
      if (refusal !== null) return refused(userError('INVALID', refusal, ['from']));
      return done({ programId: program.id, subject: 'closing of the program' });
    },
    run: (context, input) => this.turn(context, input, 'closed', input.requestsUntil ?? null),
  };

  private async turn(
    context: Context,
    input: TurnProgramInput,
    status: ProgramStatus,
    requestsUntil: number | null,
  ): Promise<Outcome<Program>> {
    const { services } = context;
    const program = await services.programs.find(context, input.program);
    if (program === undefined) return refused(noProgram(input.program));
    const reason = readReason(input.reason);
    if (typeof reason !== 'string') return refused(reason);
    const now = await context.now();
    let revisits = 0;
    const outcome = await inTransaction<Outcome<Program>>(context.em, async (tx) => {
      await lockTurns(tx, program.id);
      const turns = await turnsOf(tx, program.id);
      const next = nextTurn(turns, input, status, requestsUntil, now);
      if (isRepeat(turns, next)) return done(program);
      const refusal = refuseTurn(turns, next, now);
      if (refusal !== null) return refused(userError('INVALID', refusal, ['from']));
      noteChange(tx, { before: { status: programStatusAt(turns, now) }, after: { status, from: formatInstant(next.holdsFrom) } });
      const turn = { ...next, reason, decidedAt: now, decidedBy: context.viewer.name };
      await insertTurn(tx, program.id, turn);
      await noteClosing(tx, program.id, [...turns, turn], await services.terms.load(tx, program.id));
      // Of an order of this very instant, told before, it is decided anew whether it counts.
      revisits = await queueOrdersPlaced(tx, program.id, [{ from: next.holdsFrom }], 'program-status', now);
      return done(program);
    });
    // A further act of the same request asks anew.
    context.load(turnsByProgram).clear(program.id);
    if (revisits > 0) await services.intake.drain(program.id, program.organizationId);
    return outcome;
  }
}

/** A pause leaves standing what is planned for later, and so does what ends one; whatever else is decided takes its place. */
function nextTurn(
  turns: readonly Turn[],
  { from }: TurnProgramInput,
  status: ProgramStatus,
  requestsUntil: number | null,
  now: number,
): ProgramTurn {
  const holdsFrom = from ?? now;
  const keepsPlanned = status === 'paused' || (status === 'open' && programStatusAt(turns, holdsFrom) === 'paused');
  return { status, holdsFrom, requestsUntil, keepsPlanned };
}

/** It holds so from then on already, and nothing that it would take back is planned. */
function isRepeat(turns: readonly Turn[], { status, holdsFrom, requestsUntil, keepsPlanned }: ProgramTurn): boolean {
  const held = turnAt(turns, holdsFrom);
  const isSame = (held?.status ?? 'open') === status && (held?.requestsUntil ?? null) === requestsUntil;
  return isSame && (keepsPlanned || !standingTurns(turns).some((turn) => turn.holdsFrom > holdsFrom));
}

function readReason(text: string): string | UserError {
  const read = new FieldReader();
  const reason = read.text(text, ['reason'], LONGEST_REASON)?.trim() ?? '';
  if (reason === '') read.refuse(['reason'], 'It may not be empty.');
  return read.refusal === null ? reason : userError('INVALID', read.refusal.message, read.refusal.path);
}

async function insertTurn(tx: Transaction, programId: string, turn: Omit<Turn, 'id'>): Promise<void> {
  const { status, holdsFrom, requestsUntil, keepsPlanned, reason, decidedAt, decidedBy } = turn;
  await rows(
    tx,
    `insert into program_switch (program_id, id, name, value, holds_from, set_by, reason, set_at, requests_until, keeps_planned) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
    [
      ...[programId, newId(), PROGRAM_STATUS, status, new Date(holdsFrom), decidedBy, reason, new Date(decidedAt)],
      requestsUntil === null ? null : new Date(requestsUntil),
      keepsPlanned,
    ],
  );
}
