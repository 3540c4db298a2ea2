import type { ClickInput, OrderInput, RegistrationInput } from '@tributary/shared/facts';
import { Random } from '../random.ts';
import { AFFILIATES, affiliateName, type ProgramShape } from './people.ts';

const MINUTE = 60_000;
/** Accounts: each orders now and then, none all the time. */
const CUSTOMERS = 30_000;
const TIED_CUSTOMERS = 8_000;
const WITH_CUSTOMER = 0.3;

/** Orders of one program with what must be known before them. */
export interface Told {
  readonly program: string;
  readonly clicks: ClickInput[];
  readonly registrations: RegistrationInput[];
  readonly orders: OrderInput[];
}

/** Makes facts as life tells them: a few affiliates bring most, visitors come back, a part of them has an account. */
export class Teller {
  private readonly random: Random;
  private readonly shape: ProgramShape;
  private readonly registered = new Set<number>();
  private readonly label: string;
  private count = 0;

  /** The label keeps the ids of several tellers apart. */
  constructor(shape: ProgramShape, seed: number, label = '') {
    this.shape = shape;
    this.random = new Random(seed);
    this.label = label;
  }

  /** `now`: when the last of the orders was placed. */
  orders(count: number, now: number): Told {
    const told: Told = { program: this.shape.program, clicks: [], registrations: [], orders: [] };
    for (let index = 0; index < count; index++) this.addOrder(told, now - (count - index));
    return told;
  }

  private addOrder(told: Told, at: number): void {
    const { random, shape } = this;
    const number = ++this.count;
    const visitor = `v${this.label}-${random.word(14)}`;
    const country = random.pick(shape.countries);
    const byTie = shape.attribution === 'ties';
    if (!byTie) this.addClicks(told, visitor, country, at);
    const customer = byTie ? this.tied(told, at) : random.chance(WITH_CUSTOMER) ? random.whole(0, CUSTOMERS) : undefined;
    told.orders.push({
      id: `${this.label}${shape.program.slice(0, 2)}-${String(number).padStart(9, '0')}`,
      ...(byTie ? {} : { visitor }),
      ...(customer === undefined ? {} : { customer: this.customerName(customer) }),
      country,
      shipping: this.price(0, 20),
      occurredAt: new Date(at).toISOString(),
      lines: this.lines(),
    });
  }

  private addClicks(told: Told, visitor: string, country: string, at: number): void {
    const { random, shape } = this;
    const clicks = random.whole(1, 3);
    for (let index = 0; index < clicks; index++) {
      told.clicks.push({
        id: `k${this.label}-${random.word(16)}`,
        affiliate: this.affiliate(),
        visitor,
        country,
        channel: random.pick(shape.channels),
        occurredAt: new Date(at - random.whole(MINUTE, 12 * 24 * 60 * MINUTE)).toISOString(),
      });
    }
  }

  /** Most orders of a program of ties are further ones of customers who registered before. */
  private tied(told: Told, at: number): number {
    const { random } = this;
    const customer = random.whole(0, TIED_CUSTOMERS);
    if (!this.registered.has(customer)) {
      this.registered.add(customer);
      told.registrations.push({
        customer: this.customerName(customer),
        referralCode: this.affiliate(),
        occurredAt: new Date(at - random.whole(24 * 60 * MINUTE, 300 * 24 * 60 * MINUTE)).toISOString(),
      });
    }
    return customer;
  }

  private customerName(customer: number): string {
    return `c${this.label}-${String(customer * 7919 + 1_000_003)}`;
  }

  private affiliate(): string {
    return affiliateName(this.random.skewed(AFFILIATES));
  }

  private lines(): OrderInput['lines'] {
    const { random, shape } = this;
    return Array.from({ length: random.pick([1, 1, 2, 2, 3, 4]) }, (_, index) => ({
      sku: `sku-${random.skewed(50_000)}-${index}`,
      ...(shape.categories.length === 0 ? {} : { category: random.pick(shape.categories) }),
      ...(shape.kinds.length === 0 ? {} : { kind: random.pick(shape.kinds) }),
      price: this.price(3, 150),
      quantity: random.pick([1, 1, 1, 2, 3]),
    }));
  }

  private price(least: number, most: number): string {
    return `${this.random.whole(least, most)}.${String(this.random.whole(0, 99)).padStart(2, '0')}`;
  }
}
