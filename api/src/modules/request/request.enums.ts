import { REQUEST_KINDS, type RequestKind } from '@tributary/shared/people';
import { registerEnumType } from 'type-graphql';

const nameOf = (kind: string) => kind.toUpperCase().replaceAll('-', '_');

export const RequestKindEnum = Object.fromEntries(Object.keys(REQUEST_KINDS).map((kind) => [nameOf(kind), kind as RequestKind]));
registerEnumType(RequestKindEnum, {
  name: 'RequestKind',
  description: 'What affiliates ask of staff.',
  valuesConfig: Object.fromEntries(Object.entries(REQUEST_KINDS).map(([kind, description]) => [nameOf(kind), { description }])),
});

export const RequestStateEnum = {
  OPEN: 'open',
  WAITING: 'waiting',
  GRANTED: 'granted',
  REFUSED: 'refused',
  ANSWERED: 'answered',
  WITHDRAWN: 'withdrawn',
} as const;
registerEnumType(RequestStateEnum, {
  name: 'RequestState',
  description: 'How far a request is.',
  valuesConfig: {
    OPEN: { description: 'Waits for staff.' },
    WAITING: { description: 'Waits for the affiliate, whom staff asked something.' },
    GRANTED: { description: 'Staff said yes, and what follows from it is done.' },
    REFUSED: { description: 'Staff said no, with the reason.' },
    ANSWERED: { description: 'Staff settled it in words.' },
    WITHDRAWN: { description: 'The affiliate asks no longer.' },
  },
});

export const RequestMessageKindEnum = {
  OPENED: 'opened',
  MESSAGE: 'message',
  NOTE: 'note',
  ASKED: 'asked',
  ASSIGNED: 'assigned',
  GRANTED: 'granted',
  REFUSED: 'refused',
  ANSWERED: 'answered',
  WITHDRAWN: 'withdrawn',
} as const;
registerEnumType(RequestMessageKindEnum, {
  name: 'RequestMessageKind',
  description: 'What was said or done about a request.',
  valuesConfig: {
    OPENED: { description: 'What was asked for.' },
    MESSAGE: { description: 'A reply.' },
    NOTE: { description: 'A note among staff.' },
    ASKED: { description: 'Staff asked the affiliate something.' },
    ASSIGNED: { description: 'It was handed to somebody, who is named, or to nobody.' },
    GRANTED: { description: 'Staff said yes.' },
    REFUSED: { description: 'Staff said no.' },
    ANSWERED: { description: 'Staff settled it in words.' },
    WITHDRAWN: { description: 'The affiliate asks no longer.' },
  },
});

export const RequestSideEnum = { AFFILIATE: 'affiliate', STAFF: 'staff' } as const;
registerEnumType(RequestSideEnum, {
  name: 'RequestSide',
  description: 'Who speaks.',
  valuesConfig: { AFFILIATE: { description: 'The affiliate, or staff in its place.' }, STAFF: { description: 'Staff.' } },
});

export const RequestSortEnum = { OLDEST: 'oldest', NEWEST: 'newest', CHANGED: 'changed' } as const;
export type RequestSort = (typeof RequestSortEnum)[keyof typeof RequestSortEnum];
registerEnumType(RequestSortEnum, {
  name: 'RequestSort',
  description: 'The order of a list of requests.',
  valuesConfig: {
    OLDEST: { description: 'Who waits longest is first.' },
    NEWEST: { description: 'What was opened last is first.' },
    CHANGED: { description: 'What anything happened of last is first.' },
  },
});
