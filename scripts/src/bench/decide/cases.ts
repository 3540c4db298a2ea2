import { readdirSync, readFileSync } from 'node:fs';
import type { DecideInput } from '@tributary/shared/decide';
import {
  type AffiliateFacts,
  type Attributes,
  type ClickFacts,
  type CustomerFacts,
  type FactForm,
  NO_ATTRIBUTES,
  type OrderInput,
  type OrderOutcome,
} from '@tributary/shared/facts';
import { parseFactor } from '@tributary/shared/money';
import { type CompiledTerms, compileTerms, readTerms, type Terms } from '@tributary/shared/terms';
import { parse } from 'yaml';

type Written = Record<string, string | number | undefined>;

interface Inputs {
  readonly byHand: string;
  readonly now: string;
  readonly first: boolean;
  readonly place?: number;
  readonly namedClick?: string;
  readonly customer: { externalId: string; registeredAt?: string; tiedTo?: string; attributes?: Attributes };
  readonly outcome: Record<string, string>;
  readonly affiliates: Record<string, { country: string; class?: string; qualityFactor?: string; documents?: string[] }>;
  readonly order: OrderInput;
  readonly clicks: readonly ({ id: string; affiliate: string; at: string } & Written)[];
}

/** What is known of an order beside what the order itself says. */
export interface Surroundings {
  readonly outcome: OrderOutcome;
  readonly customer: CustomerFacts;
  readonly clicks: readonly ClickFacts[];
  readonly affiliates: ReadonlyMap<string, AffiliateFacts>;
  readonly first: boolean;
  readonly namedClick: string | undefined;
  readonly place: number | undefined;
  /** Not to be bid on in search ads. */
  readonly brand: string;
}

export interface Case {
  readonly program: string;
  readonly byHand: string;
  readonly compiled: CompiledTerms;
  readonly form: FactForm;
  readonly now: number;
  /** As callers send them; they differ in their prices. */
  readonly orders: readonly OrderInput[];
  readonly known: Surroundings;
}

const ORDERS = 64;
const PROGRAMS = new URL('programs/', import.meta.resolve('@tributary/shared/terms'));

export function readProgram(key: string): Terms {
  const result = readTerms(readFileSync(new URL(`${key}.yaml`, PROGRAMS), 'utf8'));
  if (!result.ok) throw new Error(`The bundled ${key} is no terms document: ${result.findings[0]?.message}`);
  return result.terms;
}

/** One case for each bundled program. */
export function readCases(): Case[] {
  const inputs = parse(readFileSync(new URL('inputs.yaml', import.meta.url), 'utf8')) as Record<string, Inputs>;
  const programs = readdirSync(PROGRAMS)
    .filter((name) => name.endsWith('.yaml'))
    .map((name) => name.replace('.yaml', ''));
  return programs.sort().map((program) => {
    const written = inputs[program];
    if (!written) throw new Error(`decide/inputs.yaml has nothing for the program ${program}.`);
    return makeCase(program, written);
  });
}

function makeCase(program: string, written: Inputs): Case {
  const compiled = compileTerms(readProgram(program));
  const { terms, currencyExponent } = compiled;
  const form = {
    declared: terms.facts ?? [],
    currency: terms.program.currency,
    currencyExponent,
    countryRequired: (terms.requires ?? []).some((clause) => clause.fact === 'order.country'),
    activities: Object.keys(terms.activity?.amounts ?? {}),
  };
  return {
    program,
    byHand: written.byHand,
    compiled,
    form,
    now: Date.parse(written.now),
    orders: Array.from({ length: ORDERS }, (_, index) => variant(written.order, index)),
    known: surroundings(program, written),
  };
}

/** Other prices in each, so that nothing can be computed once for all. */
function variant(order: OrderInput, index: number): OrderInput {
  const lines = order.lines.map((line) => ({ ...line, price: (Number(line.price) + index / 100).toFixed(2) }));
  return { ...order, id: `${order.id}-${index}`, lines };
}

function surroundings(brand: string, { outcome, customer, affiliates, clicks, first, namedClick, place, order }: Inputs): Surroundings {
  const events = Object.entries(outcome).map(([name, value]) => [name, name === 'spam' ? value : Date.parse(value)]);
  const { registeredAt, ...rest } = customer;
  return {
    outcome: {
      ...Object.fromEntries(events),
      dispute: 'none',
      refunds: order.lines.map(() => ({ quantity: 0, amount: 0n })),
      refunded: false,
    },
    customer: { attributes: NO_ATTRIBUTES, ...rest, ...(registeredAt === undefined ? {} : { registeredAt: Date.parse(registeredAt) }) },
    clicks: clicks.map((click) => clickFacts(click, affiliates)),
    affiliates: new Map(Object.entries(affiliates).map(([id, facts]) => [id, affiliateFacts(id, facts)])),
    first,
    namedClick,
    place,
    brand,
  };
}

/** All of one shape, as the intake makes them. */
function clickFacts({ id, affiliate, at, ...told }: Inputs['clicks'][number], affiliates: Inputs['affiliates']): ClickFacts {
  const { country, page, product, store, channel, keyword, referrer, method, fetchDest } = told as Record<string, string | undefined>;
  return {
    id,
    affiliateId: affiliate,
    at: Date.parse(at),
    country,
    page,
    product,
    store,
    channel,
    keyword,
    referrer,
    method,
    fetchDest,
    attributes: NO_ATTRIBUTES,
    active: true,
    permitted: false,
    documents: affiliates[affiliate]?.documents ?? [],
  };
}

function affiliateFacts(id: string, { qualityFactor, ...facts }: Inputs['affiliates'][string]): AffiliateFacts {
  return {
    id,
    externalId: id,
    documents: [],
    sourceKinds: [],
    ...facts,
    ...(qualityFactor === undefined ? {} : { qualityFactor: parseFactor(qualityFactor) as bigint }),
  };
}

/** What `decide` is asked, made anew for each order as the intake does. */
export class CaseInput implements DecideInput {
  readonly order: DecideInput['order'];
  readonly outcome: OrderOutcome;
  readonly customer: CustomerFacts;
  readonly clicks: readonly ClickFacts[];
  readonly namedClick: string | undefined;
  private readonly known: Surroundings;

  constructor({ known }: Case, order: DecideInput['order']) {
    this.order = order;
    this.outcome = known.outcome;
    this.customer = known.customer;
    this.clicks = known.clicks;
    this.namedClick = known.namedClick;
    this.known = known;
  }

  affiliate(id: string): AffiliateFacts {
    return this.known.affiliates.get(id) as AffiliateFacts;
  }

  placeOf(): number | undefined {
    return this.known.place;
  }
}
