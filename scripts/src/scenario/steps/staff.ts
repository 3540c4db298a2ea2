import type { StepContents } from '../model.ts';
import { REASON, type ToAct } from './act.ts';
import { EVENT_KINDS, orderInput } from './facts.ts';

type Staff =
  | 'forbidProduct'
  | 'selfReferral'
  | 'pauseProgram'
  | 'reopenProgram'
  | 'closeProgram'
  | 'publishTerms'
  | 'correctOrder'
  | 'voidOrder'
  | 'undoEvent'
  | 'attributeOrder'
  | 'adjustment';

/** Decisions of staff about the program, and their corrections of what was told wrongly. */
export const staff: { [K in Staff]: ToAct<StepContents[K]> } = {
  forbidProduct: ({ product }) => ({ caller: 'staff', mutation: 'forbidProduct', input: { product } }),
  selfReferral: ({ allowed }) => ({ caller: 'staff', mutation: 'setSelfPurchase', input: { allowed } }),
  pauseProgram: (input) => ({ caller: 'staff', mutation: 'pauseProgram', input: { reason: REASON, ...input } }),
  reopenProgram: (input) => ({ caller: 'staff', mutation: 'reopenProgram', input: { reason: REASON, ...input } }),
  closeProgram: (input) => ({ caller: 'staff', mutation: 'closeProgram', input: { reason: REASON, ...input } }),
  publishTerms: ({ terms, from }, telling) => ({
    caller: 'staff',
    mutation: 'publishTerms',
    input: { document: telling.read(terms), holdsFrom: from },
  }),
  correctOrder: async ({ reason, ...order }, telling) => {
    const content = await orderInput(order, telling);
    return { caller: 'staff', mutation: 'correctOrder', input: { order: order.id, reason, ...content } };
  },
  voidOrder: ({ order, reason }) => ({ caller: 'staff', mutation: 'voidOrder', input: { order, reason } }),
  undoEvent: ({ order, event, id, reason }) => ({
    caller: 'staff',
    mutation: 'undoOrderEvent',
    input: { order, kind: EVENT_KINDS[event as keyof typeof EVENT_KINDS], reason, ...(id === undefined ? {} : { event: id }) },
  }),
  attributeOrder: ({ order, affiliate, reason }) => ({ caller: 'staff', mutation: 'attributeOrder', input: { order, affiliate, reason } }),
  adjustment: ({ kind, ...input }) => ({ caller: 'staff', mutation: 'postAdjustment', input: { ...input, kind: kind.toUpperCase() } }),
};
