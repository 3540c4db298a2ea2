/** Who sends a request. */
export type ViewerKind = 'staff' | 'integrator' | 'affiliate';

interface Definition {
  /** Of one program, so that it can be granted for some programs only; or of the organization as a whole. */
  readonly reach: 'program' | 'organization';
  /** Which kinds of callers can hold it. */
  readonly kinds: readonly ViewerKind[];
  readonly description: string;
}

const STAFF = ['staff'] as const;
const SYSTEMS = ['staff', 'integrator'] as const;
const AFFILIATES = ['affiliate'] as const;

const inPrograms = (kinds: readonly ViewerKind[], description: string): Definition => ({ reach: 'program', kinds, description });
const inAll = (description: string): Definition => ({ reach: 'organization', kinds: STAFF, description });

/**
 * All that somebody may be permitted. Every query, mutation and field says with `@Access` which of these it needs; nothing else
 * lets anybody in. A new one stands here, in the roles that have it, and nowhere else.
 */
export const PERMISSIONS = {
  'program.read': inPrograms(SYSTEMS, 'See programs, their terms and their products.'),
  'affiliate.read': inPrograms(SYSTEMS, 'See affiliates, where they stand, and their links.'),
  'enrollment.read': inPrograms(STAFF, 'See what is told and decided of affiliates: applications, sources, documents, classes, quality.'),
  'person.read': inPrograms(STAFF, 'See who affiliates are: names and e-mail addresses.'),
  'actor.read': inPrograms(STAFF, 'See who of staff did or decided something.'),
  'click.read': inPrograms(SYSTEMS, 'See clicks.'),
  'customer.read': inPrograms(SYSTEMS, 'See customers.'),
  'order.read': inPrograms(SYSTEMS, 'See orders and what became of them.'),
  'commission.read': inPrograms(SYSTEMS, 'See what orders earn, and why.'),
  'ledger.read': inPrograms(SYSTEMS, 'See balances, statements and entries of the books.'),
  'withdrawal.read': inPrograms(STAFF, 'See withdrawals and how affiliates are paid.'),
  'case.read': inPrograms(STAFF, 'See suspected breaches and what speaks for them.'),
  'request.read': inPrograms(STAFF, 'See what affiliates ask of staff, and what was said about it.'),

  'fact.tell': inPrograms(SYSTEMS, 'Tell facts: clicks, registrations, orders, events, activities, products.'),
  'redemption.make': inPrograms(SYSTEMS, 'Exchange points, hold them against a cart, take or release them.'),
  'affiliate.apply': inPrograms(SYSTEMS, 'Apply for affiliates, and make links for them.'),

  'person.manage': inPrograms(SYSTEMS, 'Invite and remove people who act for affiliates.'),

  'affiliate.represent': inPrograms(STAFF, "Act in an affiliate's place: sign, accept, declare, ask for a class or a payment."),
  'application.review': inPrograms(STAFF, 'Bring affiliates in: decide applications, send contracts.'),
  'affiliate.manage': inPrograms(STAFF, 'Suspend, reinstate and terminate affiliates, permit channels, set the quality factor.'),
  'class.decide': inPrograms(STAFF, 'Approve or refuse classes that affiliates ask for.'),
  'case.settle': inPrograms(STAFF, 'Confirm or dismiss suspected breaches.'),
  'request.answer': inPrograms(STAFF, 'Answer what affiliates ask; to grant it takes what it is about, too.'),
  'order.correct': inPrograms(STAFF, 'Correct, void and attribute orders by hand.'),
  'adjustment.post': inPrograms(STAFF, 'Give or take amounts by hand.'),
  'withdrawal.decide': inPrograms(STAFF, 'Approve, reject, and settle withdrawals.'),
  'redemption.decide': inPrograms(STAFF, 'Send products for points, or refuse them.'),
  'batch.manage': inPrograms(STAFF, 'Make, approve and settle payout batches.'),
  'terms.publish': inPrograms(STAFF, 'Publish the next version of terms.'),
  'document.publish': inPrograms(STAFF, 'Publish conditions, policies and guides, and ask for their acceptance.'),
  'program.manage': inPrograms(STAFF, 'Pause, reopen and close programs.'),
  'promotion.manage': inPrograms(STAFF, 'Publish banners, offers and news, and say who an affiliate turns to.'),
  'product.manage': inPrograms(STAFF, 'Forbid products, and say whether own orders earn.'),

  'program.create': inAll('Make programs.'),
  'ledger.prove': inAll("Prove the organization's books."),
  'token.manage': inAll('Make, list and revoke tokens.'),
  'staff.manage': inAll('Invite and disable members of staff, and grant roles.'),
  'privacy.answer': inAll('Show and erase all that is known of one person, on request.'),
  'sanction.manage': inAll('Take sanctions lists in, and settle who of the affiliates is on one.'),
  'setting.manage': inAll('Change settings of the organization and its programs.'),
  'sandbox.manage': inAll('Make sandboxes, and move the clock of one.'),
  'audit.read': inAll('Read and export what staff did.'),

  'own.read': inPrograms(AFFILIATES, 'See what is one’s own.'),
  'own.ask': inPrograms(AFFILIATES, 'Act for oneself: make links, sign, accept, declare, ask for a class or a payment.'),
} as const satisfies Record<string, Definition>;

export type Permission = keyof typeof PERMISSIONS;

/** What a field declares: any one of these lets pass. */
export type Needs = readonly Permission[];

export const ALL_PERMISSIONS = Object.keys(PERMISSIONS) as Permission[];

export const definitionOf = (permission: Permission): Definition => PERMISSIONS[permission];

/** All that a kind of caller can hold. */
export function permissionsFor(kind: ViewerKind): Permission[] {
  return ALL_PERMISSIONS.filter((permission) => definitionOf(permission).kinds.includes(kind));
}

/** The kinds of callers that can hold one of them. */
export function kindsWith(needs: readonly string[]): ViewerKind[] {
  return (['staff', 'integrator', 'affiliate'] as const).filter((kind) => permissionsFor(kind).some((held) => needs.includes(held)));
}
