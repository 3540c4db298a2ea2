import type {
  ActivityContent,
  ActivityInput,
  ClickContent,
  ClickInput,
  OrderContent,
  OrderEventContent,
  OrderEventInput,
  OrderInput,
  Refusal,
  RegistrationContent,
  RegistrationInput,
} from '@tributary/shared/facts';

/**
 * What a redirect knows of the link that it sends somebody through, which never changes. It made the click's id for that, by chance, so
 * that nobody else can have named it.
 */
export interface Followed {
  readonly affiliateId: string;
  readonly url: string;
}

/** What callers tell. A correction is told by staff and comes in normal form. */
export type Fact =
  /**
   * `isFirst`: of a visitor whom nobody can have named before this click is answered. `isLate`: it was answered before it was known.
   * `through`: of a link that was followed just now.
   */
  | { kind: 'click'; input: ClickInput; isFirst?: boolean; isLate?: boolean; through?: Followed | undefined }
  | { kind: 'registration'; input: RegistrationInput }
  | { kind: 'order'; input: OrderInput }
  | { kind: 'event'; input: OrderEventInput }
  | { kind: 'correction'; content: OrderEventContent }
  | { kind: 'activity'; input: ActivityInput }
  /** Something else touched it: decide the order, or look for the customer's tie, again. `queued`: rows of the queue that say so. */
  | { kind: 'revisit'; subject: 'order' | 'customer'; id: string; queued: readonly string[]; cause: string; at: number };

/** A fact in normal form, with the instant at which it happened. */
export type Prepared =
  | { kind: 'click'; content: ClickContent; at: number; isFirst: boolean; isLate: boolean; through: Followed | undefined }
  | { kind: 'registration'; content: RegistrationContent & { phone?: string }; at: number }
  | { kind: 'order'; content: OrderContent; at: number }
  | { kind: 'event'; content: OrderEventContent; at: number }
  | { kind: 'activity'; content: ActivityContent; at: number }
  | Extract<Fact, { kind: 'correction' | 'revisit' }>;

export interface Ready {
  fact: Prepared;
  now: number;
  by: string;
  call?: string | undefined;
}

/** A fact on its way into the books. */
export interface Told {
  fact: Fact;
  /** Business time at which it became known. */
  now: number;
  /** Who told it: the name of the token. */
  by: string;
  /**
   * The call that brings it, where that has a name of its own, such as its signature. Facts of one call stand or fall together, and an event
   * without an id counts once for each call, whatever came between.
   */
  call?: string | undefined;
}

/**
 * `id`: our id of the click, customer, order or activity that the fact is about; null for an event of an order that is
 * not known yet. `repeated`: it was known already and nothing changed. `destination`: of a click, where its visitor goes.
 */
export type Recorded = { ok: true; id: string | null; repeated: boolean; destination?: string | null } | { ok: false; refusal: Refusal };

/** A fact that falls with another one of its call. */
export const WITHHELD: Recorded = {
  ok: false,
  refusal: { code: 'WITHHELD', message: 'Something else that the same call tells was refused.', path: [] },
};

export function refusal(code: string, message: string, path: string[] = []): Recorded {
  return { ok: false, refusal: { code, message, path } };
}
