import type { VariablesOf } from '../api/graphql.ts';
import type { useAct } from '../provider/useAsk.ts';
import * as acts from './acts.ts';
import type { WithdrawalRecord } from './source.ts';

/** What became of one of many. */
export interface Decided {
  readonly withdrawal: WithdrawalRecord;
  /** For a second person. */
  readonly waits: boolean;
  readonly problem?: string;
}

type Run = ReturnType<typeof useAct>;
export type Verdict = 'approve' | 'reject' | 'hold';

/** What became of all of them. */
export interface Report {
  readonly verdict: Verdict;
  readonly decided: readonly Decided[];
}

/** Why, and what whose they are read of a hold. */
interface Said {
  readonly reason?: string;
  readonly message?: string;
}

/** So many go in one request. */
const MOST_AT_ONCE = 500;

/** Each for itself: what is turned away holds up none of the others. */
export async function decide(
  run: Run,
  verdict: Verdict,
  chosen: readonly WithdrawalRecord[],
  { reason = '', message }: Said,
): Promise<readonly Decided[]> {
  const decided: Decided[] = [];
  for (const [program, found] of Map.groupBy(chosen, (withdrawal) => withdrawal.program.key)) {
    for (let start = 0; start < found.length; start += MOST_AT_ONCE) {
      const part = found.slice(start, start + MOST_AT_ONCE);
      decided.push(
        ...(verdict === 'hold' ? await holdAll(run, part, reason, message) : await decideAll(run, verdict, program, part, reason)),
      );
    }
  }
  return decided;
}

async function decideAll(
  run: Run,
  verdict: 'approve' | 'reject',
  program: string,
  part: readonly WithdrawalRecord[],
  reason: string,
): Promise<readonly Decided[]> {
  const input: VariablesOf<typeof acts.approve>['input'] = {
    program,
    withdrawals: part.map(({ externalId }) => externalId),
    reason: reason || null,
  };
  const { results } = verdict === 'approve' ? await run(acts.approve, input) : await run(acts.reject, input);
  return results.flatMap(({ index, waits, userErrors }) => {
    const withdrawal = part[index];
    const problem = userErrors.map(({ message }) => message).join(' ');
    return withdrawal ? [{ withdrawal, waits, ...(problem ? { problem } : {}) }] : [];
  });
}

async function holdAll(
  run: Run,
  part: readonly WithdrawalRecord[],
  reason: string,
  message: string | undefined,
): Promise<readonly Decided[]> {
  const decided: Decided[] = [];
  for (const withdrawal of part) {
    const input = { program: withdrawal.program.key, withdrawal: withdrawal.externalId, reason, message: message || null };
    const problem = await run(acts.hold, input).then(
      () => undefined,
      (error: Error) => error.message,
    );
    decided.push({ withdrawal, waits: false, ...(problem === undefined ? {} : { problem }) });
  }
  return decided;
}
