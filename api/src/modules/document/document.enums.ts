import { registerEnumType } from 'type-graphql';

export const DocumentKindEnum = {
  CONDITIONS: 'conditions',
  POLICY: 'policy',
  GUIDE: 'guide',
  CONTRACT: 'contract',
  OTHER: 'other',
} as const;
registerEnumType(DocumentKindEnum, {
  name: 'DocumentKind',
  description: 'What a document of a program is.',
  valuesConfig: {
    CONDITIONS: { description: 'Conditions of taking part.' },
    POLICY: { description: 'What is allowed in advertising.' },
    GUIDE: { description: 'How names, marks and looks are used.' },
    CONTRACT: { description: 'Words that stand in contracts, before the terms.' },
    OTHER: { description: 'Anything else.' },
  },
});

export const DocumentBlockEnum = { LINKS: 'links', WITHDRAWALS: 'withdrawals' } as const;
registerEnumType(DocumentBlockEnum, {
  name: 'DocumentBlock',
  description: 'What an affiliate cannot do before it accepted a document.',
  valuesConfig: { LINKS: { description: 'Make links.' }, WITHDRAWALS: { description: 'Ask for a payment.' } },
});
