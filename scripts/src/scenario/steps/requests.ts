import type { StepContents } from '../model.ts';
import { REASON, type ToAct } from './act.ts';

type Requests =
  | 'openRequest'
  | 'replyToRequest'
  | 'askAboutRequest'
  | 'grantRequest'
  | 'refuseRequest'
  | 'answerRequest'
  | 'withdrawRequest';

/** What affiliates ask of staff, and what becomes of it. */
export const requests: { [K in Requests]: ToAct<StepContents[K]> } = {
  openRequest: async ({ kind, text = REASON, trafficSource, ...input }, telling) => ({
    caller: { affiliate: input.affiliate },
    mutation: 'openRequest',
    input: {
      ...input,
      kind: kind.toUpperCase().replaceAll('-', '_'),
      text,
      ...(trafficSource === undefined ? {} : { trafficSource: await telling.sourceNamed(input.affiliate, trafficSource) }),
    },
  }),
  replyToRequest: ({ request, affiliate, text = REASON }) => ({
    caller: affiliate === undefined ? 'staff' : { affiliate },
    mutation: 'replyToRequest',
    input: { request, text },
  }),
  askAboutRequest: ({ request, text = REASON }) => ({ caller: 'staff', mutation: 'askAboutRequest', input: { request, text } }),
  grantRequest: (input) => ({ caller: 'staff', mutation: 'grantRequest', input: { ...input } }),
  refuseRequest: ({ request, reason = REASON }) => ({ caller: 'staff', mutation: 'refuseRequest', input: { request, reason } }),
  answerRequest: ({ request, text = REASON }) => ({ caller: 'staff', mutation: 'answerRequest', input: { request, text } }),
  withdrawRequest: ({ request, affiliate }) => ({ caller: { affiliate }, mutation: 'withdrawRequest', input: { request } }),
};
