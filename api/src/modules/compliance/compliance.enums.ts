import { registerEnumType } from 'type-graphql';

export const CaseStatusEnum = { OPEN: 'open', CONFIRMED: 'confirmed', DISMISSED: 'dismissed' } as const;
registerEnumType(CaseStatusEnum, {
  name: 'CaseStatus',
  description: 'What became of a case.',
  valuesConfig: {
    OPEN: { description: 'Waits for staff.' },
    CONFIRMED: { description: 'The breach is proven.' },
    DISMISSED: { description: 'There was none, or none that counts. Its clicks stay as they are.' },
  },
});

export const CaseSortEnum = { DEADLINE: 'deadline', NEWEST: 'newest' } as const;
export type CaseSort = (typeof CaseSortEnum)[keyof typeof CaseSortEnum];
registerEnumType(CaseSortEnum, {
  name: 'CaseSort',
  description: 'The order of a list of cases.',
  valuesConfig: {
    DEADLINE: { description: 'Open ones first: those that are overdue, then what is due next.' },
    NEWEST: { description: 'What was opened last is first.' },
  },
});

export const CaseEvidenceKindEnum = { CLICK: 'click', CUSTOMER: 'customer', ORDER: 'order', SOURCE: 'source', WORDS: 'words' } as const;
registerEnumType(CaseEvidenceKindEnum, {
  name: 'CaseEvidenceKind',
  description: 'What speaks for a case.',
  valuesConfig: {
    CLICK: { description: 'A click.' },
    CUSTOMER: { description: 'A customer: the registration, and what others share with it.' },
    ORDER: { description: 'An order.' },
    SOURCE: { description: 'A declared traffic source, with what was found there.' },
    WORDS: { description: 'What staff found.' },
  },
});

export const CaseEntryKindEnum = {
  NOTE: 'note',
  ASSIGNED: 'assigned',
  DEADLINE: 'deadline',
  OVERDUE: 'overdue',
  ASKED: 'asked',
  CONFIRMED: 'confirmed',
  DISMISSED: 'dismissed',
} as const;
registerEnumType(CaseEntryKindEnum, {
  name: 'CaseEntryKind',
  description: 'What was said or done about a case.',
  valuesConfig: {
    NOTE: { description: 'A note among staff.' },
    ASSIGNED: { description: 'It was handed to somebody, who is named, or to nobody.' },
    DEADLINE: { description: 'It has another deadline.' },
    OVERDUE: { description: 'The deadline passed, and it was still open.' },
    ASKED: { description: 'The affiliate was asked; what was said stands in the request.' },
    CONFIRMED: { description: 'The breach is proven.' },
    DISMISSED: { description: 'There was none, or none that counts.' },
  },
});
