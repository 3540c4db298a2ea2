import { type Permission, permissionsFor } from './permissions.ts';

const READER: readonly Permission[] = [
  ...([
    'program.read',
    'affiliate.read',
    'enrollment.read',
    'person.read',
    'actor.read',
    'click.read',
    'customer.read',
    'order.read',
  ] as const),
  ...(['commission.read', 'ledger.read', 'withdrawal.read', 'case.read', 'request.read'] as const),
];

/** What members of staff are for: sets of permissions. Whoever has several roles has all that is in any of them. */
export const ROLES = {
  reader: { description: 'Sees everything of the programs and changes nothing.', permissions: READER },
  reviewer: {
    description: 'Decides applications, classes and suspected breaches, and acts for affiliates.',
    permissions: [
      ...READER,
      ...([
        'application.review',
        'affiliate.apply',
        'person.manage',
        'affiliate.represent',
        'affiliate.manage',
        'class.decide',
        'case.settle',
        'request.answer',
      ] as const),
    ],
  },
  finance: {
    description: 'Decides what is paid, corrects what is owed, and proves the books.',
    permissions: [
      ...READER,
      ...([
        'order.correct',
        'adjustment.post',
        'withdrawal.decide',
        'redemption.decide',
        'batch.manage',
        'ledger.prove',
        'request.answer',
      ] as const),
    ],
  },
  'terms-editor': {
    description: 'Writes the terms, and sees what comes of them, but not who anybody is.',
    permissions: [
      ...(['program.read', 'affiliate.read', 'click.read', 'customer.read', 'order.read', 'commission.read'] as const),
      ...(['terms.publish', 'document.publish', 'promotion.manage', 'product.manage', 'program.create'] as const),
    ],
  },
  admin: { description: 'May do all that staff may.', permissions: permissionsFor('staff') },
} as const satisfies Record<string, { description: string; permissions: readonly Permission[] }>;

export type Role = keyof typeof ROLES;

export const ALL_ROLES = Object.keys(ROLES) as Role[];
