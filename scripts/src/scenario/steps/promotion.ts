import type { StepContents } from '../model.ts';
import type { ToAct } from './act.ts';

type Promotion = 'creative' | 'withdrawCreative' | 'news' | 'accountManager';

/** What staff give affiliates to promote with, and tell them. */
export const promotion: { [K in Promotion]: ToAct<StepContents[K]> } = {
  creative: ({ kind, ...input }) => ({ caller: 'staff', mutation: 'publishCreative', input: { ...input, kind: kind.toUpperCase() } }),
  withdrawCreative: ({ creative }) => ({ caller: 'staff', mutation: 'withdrawCreative', input: { id: creative } }),
  news: ({ title, body = title }) => ({ caller: 'staff', mutation: 'publishNews', input: { title, body } }),
  accountManager: (input) => ({ caller: 'staff', mutation: 'setAccountManager', input: { ...input } }),
};
