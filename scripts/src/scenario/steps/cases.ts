import type { StepContents } from '../model.ts';
import { type Act, REASON, type ToAct } from './act.ts';

type Cases =
  | 'confirmCase'
  | 'dismissCase'
  | 'assignCase'
  | 'setCaseDeadline'
  | 'noteCase'
  | 'askAboutCase'
  | 'answerCase'
  | 'addCaseEvidence'
  | 'setCaseDays';

const byStaff = (mutation: string, input: object): Act => ({ caller: 'staff', mutation, input: { ...input } });

/** Suspected breaches: how staff work on them, what they ask, and what they make of them. */
export const cases: { [K in Cases]: ToAct<StepContents[K]> } = {
  confirmCase: (input) => byStaff('confirmCase', input),
  dismissCase: (input) => byStaff('dismissCase', input),
  assignCase: (input) => byStaff('assignCase', input),
  setCaseDeadline: (input) => byStaff('setCaseDeadline', { reason: REASON, ...input }),
  noteCase: (input) => byStaff('noteCase', { text: REASON, ...input }),
  askAboutCase: (input) => byStaff('askAboutCase', { text: REASON, ...input }),
  answerCase: async ({ affiliate, rule, text = REASON }, telling) => ({
    caller: { affiliate },
    mutation: 'replyToRequest',
    input: { request: await telling.questionAbout(affiliate, rule), text },
  }),
  addCaseEvidence: (input) => byStaff('addCaseEvidence', input),
  setCaseDays: (input) => byStaff('setCaseDays', input),
};
