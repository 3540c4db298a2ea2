import type { AnsweredLine, StepContents } from '../model.ts';
import { type Caller, REASON, type ToAct, tableOf } from './act.ts';

type Batches = 'secondPerson' | 'collectBatch' | 'freezeBatch' | 'approveBatch' | 'sendBatch' | 'discardBatch' | 'markLine' | 'answer';

const HEAD = ['Reference', 'Status', 'Amount', 'Currency', 'Reason'];

/** What is paid together: from being collected to what providers answer. */
export const batches: { [K in Batches]: ToAct<StepContents[K]> } = {
  secondPerson: ({ kind, on }) => ({ caller: 'staff', mutation: 'setSecondPerson', input: { kind: kind.toUpperCase(), on } }),
  collectBatch: ({ batch, by }) => ({ caller: memberOf(by), mutation: 'collectPayoutBatch', input: { batch } }),
  freezeBatch: ({ batch, by }) => ({ caller: memberOf(by), mutation: 'freezePayoutBatch', input: { batch } }),
  approveBatch: async ({ batch, by, hash }, telling) => {
    const seen = hash ?? (await telling.batchNamed(batch)).hash;
    return { caller: memberOf(by), mutation: 'approvePayoutBatch', input: { batch, hash: seen } };
  },
  sendBatch: ({ batch, by }) => ({ caller: memberOf(by), mutation: 'sendPayoutBatch', input: { batch } }),
  discardBatch: ({ batch, reason = REASON }) => ({ caller: 'staff', mutation: 'discardPayoutBatch', input: { batch, reason } }),
  markLine: async ({ batch, withdrawal, outcome, lookedUp = false, reason = REASON }, telling) => {
    const { lines } = await telling.batchNamed(batch);
    const input = { batch, lines: [lines.get(withdrawal) ?? withdrawal], outcome: outcome.toUpperCase(), lookedUp, reason };
    return { caller: 'staff', mutation: 'markPayoutLines', input };
  },
  answer: async ({ batch, method = 'western-union', lines: answered }, telling) => {
    const { lines } = await telling.batchNamed(batch);
    const table = answered.map((line) => rowOf(line, lines.get(line.withdrawal) ?? line.withdrawal));
    return {
      caller: 'staff',
      path: `/payouts/${encodeURIComponent(telling.program)}/${encodeURIComponent(batch)}/answers/${method}`,
      contentType: 'text/csv',
      body: tableOf([HEAD, ...table]),
    };
  },
};

function memberOf(name: string | undefined): Caller {
  return name === undefined ? 'staff' : { member: name };
}

/** A table says amount and currency together, or neither. */
function rowOf({ status, amount = '', currency, reason = '' }: AnsweredLine, id: string): string[] {
  return [id, status, amount, amount === '' ? '' : (currency ?? 'USD'), reason];
}
