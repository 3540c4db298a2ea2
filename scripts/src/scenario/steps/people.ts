import type { StepContents } from '../model.ts';
import { REASON, type ToAct } from './act.ts';

type People =
  | 'enroll'
  | 'apply'
  | 'approve'
  | 'reject'
  | 'sendContract'
  | 'signContract'
  | 'suspend'
  | 'reinstate'
  | 'terminate'
  | 'trafficSource'
  | 'markSource'
  | 'acceptDocument'
  | 'publishDocument'
  | 'permission'
  | 'link'
  | 'chooseCode'
  | 'requestClass'
  | 'approveClass'
  | 'refuseClass'
  | 'qualityFactor';

/** Affiliates: how they join, rise, are checked and leave. */
export const people: { [K in People]: ToAct<StepContents[K]> } = {
  enroll: (input) => ({ caller: 'staff', mutation: 'enrollAffiliate', input: { ...input } }),
  apply: (input) => ({ caller: 'integrator', mutation: 'applyToProgram', input: { ...input } }),
  approve: ({ affiliate }) => ({ caller: 'staff', mutation: 'approveApplication', input: { affiliate } }),
  reject: ({ affiliate, reason = REASON }) => ({ caller: 'staff', mutation: 'rejectApplication', input: { affiliate, reason } }),
  sendContract: ({ affiliate }) => ({ caller: 'staff', mutation: 'sendContract', input: { affiliate } }),
  signContract: ({ affiliate }) => ({ caller: { affiliate }, mutation: 'signContract', input: { affiliate } }),
  suspend: ({ affiliate, reason = REASON }) => ({ caller: 'staff', mutation: 'suspendEnrollment', input: { affiliate, reason } }),
  reinstate: ({ affiliate }) => ({ caller: 'staff', mutation: 'reinstateEnrollment', input: { affiliate } }),
  terminate: ({ affiliate, reason = REASON }) => ({ caller: 'staff', mutation: 'terminateEnrollment', input: { affiliate, reason } }),
  trafficSource: (input) => ({ caller: { affiliate: input.affiliate }, mutation: 'declareTrafficSource', input: { ...input } }),
  markSource: async ({ affiliate, name, evidence = REASON }, telling) => {
    const trafficSource = await telling.sourceNamed(affiliate, name);
    return { caller: 'staff', mutation: 'markTrafficSource', input: { affiliate, trafficSource, evidence } };
  },
  acceptDocument: (input) => ({ caller: { affiliate: input.affiliate }, mutation: 'acceptDocument', input: { ...input } }),
  publishDocument: ({ kind = 'other', title, text = REASON, blocks, ...input }) => ({
    caller: 'staff',
    mutation: 'publishDocument',
    input: {
      ...input,
      kind: kind.toUpperCase(),
      title: title ?? input.name,
      text,
      ...(blocks === undefined ? {} : { blocks: blocks.map((block) => block.toUpperCase()) }),
    },
  }),
  permission: ({ affiliate, channel, granted = true }) => ({
    caller: 'staff',
    mutation: granted ? 'grantPermission' : 'revokePermission',
    input: { affiliate, channel },
  }),
  link: (input) => ({ caller: { affiliate: input.affiliate }, mutation: 'createLink', input: { ...input } }),
  chooseCode: (input) => ({ caller: { affiliate: input.affiliate }, mutation: 'chooseLinkCode', input: { ...input } }),
  requestClass: (input) => ({ caller: { affiliate: input.affiliate }, mutation: 'requestClass', input: { ...input } }),
  approveClass: ({ affiliate }) => ({ caller: 'staff', mutation: 'approveClass', input: { affiliate } }),
  refuseClass: ({ affiliate, reason = REASON }) => ({ caller: 'staff', mutation: 'refuseClass', input: { affiliate, reason } }),
  qualityFactor: ({ affiliate, factor, reason = REASON }) => ({
    caller: 'staff',
    mutation: 'setQualityFactor',
    input: { affiliate, factor, reason },
  }),
};
