import { useState } from 'react';
import { useSay } from '../words/words.ts';

/** One thing at a time: whether it runs, and what went wrong. */
export function useStep() {
  const say = useSay();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string>();

  async function run(work: () => Promise<unknown>): Promise<void> {
    setBusy(true);
    setProblem(undefined);
    try {
      await work();
    } catch (error) {
      setProblem(say.said((error as Error).message));
    } finally {
      setBusy(false);
    }
  }
  return { busy, problem, setProblem, run };
}
