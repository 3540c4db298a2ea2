/** Whether a program goes on, and for whom it ends. A closed one stays closed. */
export const PROGRAM_STATUSES = ['open', 'paused', 'closed'] as const;
export type ProgramStatus = (typeof PROGRAM_STATUSES)[number];

/** What staff decided about a program, from an instant on. */
export interface ProgramTurn {
  readonly status: ProgramStatus;
  readonly holdsFrom: number;
  /** Of a closing: until when affiliates may ask for what they have; null: always. */
  readonly requestsUntil: number | null;
  /** What was decided before, for later than this, stands. Otherwise this takes its place. */
  readonly keepsPlanned: boolean;
}

/** Turns that no later decision has taken back, in the order of deciding. `turns` in the order of deciding, too. */
export function standingTurns<T extends ProgramTurn>(turns: readonly T[]): T[] {
  return turns.reduce<T[]>((standing, turn) => {
    const kept = turn.keepsPlanned ? standing : standing.filter(({ holdsFrom }) => holdsFrom < turn.holdsFrom);
    return [...kept, turn];
  }, []);
}

/** What holds at an instant: of the standing turns the last to begin by then, and of two from one instant the later decided. Undefined: nothing does, the program is open. */
export function turnAt<T extends ProgramTurn>(turns: readonly T[], at: number): T | undefined {
  let found: T | undefined;
  for (const turn of standingTurns(turns)) if (turn.holdsFrom <= at && (!found || turn.holdsFrom >= found.holdsFrom)) found = turn;
  return found;
}

export function programStatusAt(turns: readonly ProgramTurn[], at: number): ProgramStatus {
  return turnAt(turns, at)?.status ?? 'open';
}

/** The closing that holds or is planned; undefined: none. */
export function closingOf<T extends ProgramTurn>(turns: readonly T[]): T | undefined {
  const closings = standingTurns(turns).filter(({ status }) => status === 'closed');
  return closings.reduce<T | undefined>((first, one) => (first && first.holdsFrom <= one.holdsFrom ? first : one), undefined);
}

/** Whether affiliates may still ask for what they have: a closed program takes requests until its last day, which is included. */
export function takesRequestsAt(turns: readonly ProgramTurn[], at: number): boolean {
  const turn = turnAt(turns, at);
  return turn?.status !== 'closed' || turn.requestsUntil === null || at <= turn.requestsUntil;
}

/** Why a turn cannot follow what was decided; null: it can. Nothing follows a closing that holds by then. */
export function refuseTurn(turns: readonly ProgramTurn[], next: ProgramTurn, now: number): string | null {
  if (next.holdsFrom < now) return 'It would change what is past.';
  if (programStatusAt(turns, next.holdsFrom) === 'closed' && next.status !== 'closed') return 'The program is closed then, and stays so.';
  if (programStatusAt(turns, now) === 'closed') return 'The program is closed already.';
  if (next.requestsUntil !== null && next.requestsUntil < next.holdsFrom) return 'The last day lies before the closing.';
  return null;
}
