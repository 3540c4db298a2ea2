import type { Terms } from '../terms/document.ts';

/** What affiliates ask of staff, as a catalogue: each kind with what it is for. */
export const REQUEST_KINDS = {
  'payout-method': 'Other payment details.',
  creative: 'A banner or another creative that is missing.',
  channel: 'Permission to promote through a channel.',
  'source-review': 'A look at a declared traffic source, with written advice.',
  'product-exchange': 'A product for points.',
  class: 'A higher class.',
  sample: 'A free sample of a product.',
  'order-fact': 'A fact of an order that the affiliate disputes.',
  other: 'Anything else.',
  case: 'What staff ask about a suspected breach. It is they who open it.',
} as const;

export type RequestKind = keyof typeof REQUEST_KINDS;
export type RequestState = 'open' | 'waiting' | 'granted' | 'refused' | 'answered' | 'withdrawn';
/** What moves a request. A note of staff and handing it over move nothing. */
export type RequestAct = 'write' | 'reply' | 'ask' | 'grant' | 'refuse' | 'answer' | 'withdraw';

const AFTER: Readonly<Record<RequestAct, RequestState | 'same'>> = {
  // Of staff: it stays whose turn it was.
  write: 'same',
  // Of the affiliate: it is the turn of staff again.
  reply: 'open',
  ask: 'waiting',
  grant: 'granted',
  refuse: 'refused',
  answer: 'answered',
  withdraw: 'withdrawn',
};

/** Waiting for somebody: staff (`open`) or the affiliate (`waiting`). */
export function isPending(state: RequestState): boolean {
  return state === 'open' || state === 'waiting';
}

/** The state after an act; null: the request is closed, and closed for good. */
export function requestStateAfter(state: RequestState, act: RequestAct): RequestState | null {
  if (!isPending(state)) return null;
  const after = AFTER[act];
  return after === 'same' ? state : after;
}

/** Something else follows from the end of one of these: to answer it with words alone would leave it undone. */
export function isDecided(kind: RequestKind): boolean {
  return (
    kind === 'case' ||
    kind === 'payout-method' ||
    kind === 'channel' ||
    kind === 'source-review' ||
    kind === 'product-exchange' ||
    kind === 'class'
  );
}

/** The kinds that a program takes: those chosen for it (null: all), as far as there is anything to ask for by its terms. */
export function requestKindsOf(terms: Terms, chosen: readonly string[] | null): RequestKind[] {
  // What staff open nobody asks for.
  const meaningless = new Set<RequestKind>(['case']);
  if (terms.withdrawal === undefined) meaningless.add('payout-method');
  if (terms.classes === undefined) meaningless.add('class');
  if (terms.redemption?.product === undefined) meaningless.add('product-exchange');
  if (!terms.traffic.some(({ unlessPermitted }) => unlessPermitted)) meaningless.add('channel');
  const kinds = Object.keys(REQUEST_KINDS) as RequestKind[];
  return kinds.filter((kind) => !meaningless.has(kind) && (chosen === null || chosen.includes(kind)));
}
