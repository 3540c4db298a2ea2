import { earnedOf, type Lot, type PlannedPosting, remainingOf, spentOf } from './types.ts';

/** What stands in the books of one order for one affiliate. */
export interface Posted {
  held: bigint;
  lots: readonly Lot[];
}

/** What should stand there. */
export interface Target {
  amount: bigint;
  /** Null: not known yet, the amount is held. */
  availableAt: number | null;
  expiresAt: number | null;
}

export interface OrderPlan {
  postings: PlannedPosting[];
  /** Instants of the lot named `new` in the postings. */
  newLot: { usableFrom: number; expiresAt: number | null } | null;
  /** What is held afterwards. */
  held: bigint;
  /** Change of what the affiliate has earned. */
  change: bigint;
}

/**
 * Target minus posted (ALL-01, ALL-05). Taking back reaches what is unspent of the order's own lot, then what of it
 * expired, and only the rest becomes a debt (reading 13). Usable from another instant than was thought, the earnings move
 * to a lot of their own; what was spent of them stays spent where it was.
 */
export function planOrder(posted: Posted, target: Target): OrderPlan {
  const plan: OrderPlan = { postings: [], newLot: null, held: posted.held, change: 0n };
  const { availableAt } = target;
  const own =
    availableAt === null ? undefined : posted.lots.find((lot) => lot.usableFrom === availableAt && lot.expiresAt === target.expiresAt);
  // What the order earns beyond what was spent of its former lots.
  let beyond = availableAt === null ? 0n : target.amount;
  for (const lot of posted.lots) {
    if (lot === own) continue;
    const stays = spentOf(lot) < beyond ? spentOf(lot) : beyond;
    takeBack(plan, lot, earnedOf(lot) - stays);
    beyond -= stays;
  }
  if (availableAt === null || target.amount === 0n) {
    if (own !== undefined) takeBack(plan, own, earnedOf(own));
    setHeld(plan, target.amount);
    return plan;
  }
  const lotId = own?.id ?? 'new';
  let missing = beyond - (own === undefined ? 0n : earnedOf(own));
  if (plan.held > 0n) {
    const moved = missing <= 0n ? 0n : missing < plan.held ? missing : plan.held;
    add(plan, { debit: 'held', credit: 'owed', amount: moved, lotId });
    missing -= moved;
    plan.held -= moved;
    setHeld(plan, 0n);
  }
  if (missing > 0n) {
    add(plan, { debit: 'expense', credit: 'owed', amount: missing, lotId });
    plan.change += missing;
  } else if (missing < 0n && own !== undefined) {
    takeBack(plan, own, -missing);
  }
  if (plan.postings.some((posting) => posting.lotId === 'new')) plan.newLot = { usableFrom: availableAt, expiresAt: target.expiresAt };
  return plan;
}

function setHeld(plan: OrderPlan, held: bigint): void {
  const difference = held - plan.held;
  if (difference > 0n) add(plan, { debit: 'expense', credit: 'held', amount: difference });
  else add(plan, { debit: 'held', credit: 'expense', amount: -difference });
  plan.change += difference;
  plan.held = held;
}

function takeBack(plan: OrderPlan, lot: Lot, amount: bigint): void {
  let rest = amount;
  for (const [debit, there] of [
    ['owed', remainingOf(lot)],
    ['breakage', lot.expired],
  ] as const) {
    const part = rest < there ? rest : there;
    add(plan, { debit, credit: 'expense', amount: part, lotId: lot.id });
    rest -= part;
  }
  add(plan, { debit: 'debt', credit: 'expense', amount: rest, lotId: lot.id });
  plan.change -= amount;
}

function add(plan: OrderPlan, posting: PlannedPosting): void {
  if (posting.amount > 0n) plan.postings.push(posting);
}
