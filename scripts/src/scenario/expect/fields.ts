import type { Subject } from '../model.ts';
import type { ListKind } from './compare.ts';

type Values = Readonly<Record<string, unknown>>;

export interface Field {
  /** What to ask the API for. */
  readonly select: string;
  /** The found value as a scenario writes it; undefined: there is none. */
  read(found: Values): unknown;
  /** Of a list. All else must be the same. */
  readonly list?: ListKind;
  /** Only the affiliate that it is about is asked: a query of its own for what `read` gets, by `$program`. */
  readonly asAffiliate?: string;
}

export interface SubjectShape {
  /** The query's field, and the arguments that name one thing; `$program` and `$<variable>` stand for them. */
  readonly query: string;
  args(variable: string): string;
  readonly fields: Readonly<Record<string, Field>>;
}

/** Enums are written in capitals in the schema, and like other words in a scenario. */
const word = (value: unknown) => (typeof value === 'string' ? value.toLowerCase().replaceAll('_', '-') : undefined);

const same = (name: string, select = name): Field => ({ select, read: (found) => found[name] ?? undefined });
const wordOf = (name: string): Field => ({ select: name, read: (found) => word(found[name]) });
const list = (name: string, kind: 'set' | 'part', select = name, read = (item: unknown) => item): Field => ({
  select,
  list: kind,
  read: (found) => (found[name] as unknown[] | null)?.map(read),
});
const amount = (name: string): Field => ({ select: `${name} { value }`, read: (found) => (found[name] as Values | null)?.['value'] });
const money = (name: string): Field => ({ select: `${name} { amount }`, read: (found) => (found[name] as Values | null)?.['amount'] });
const affiliate: Field = {
  select: 'affiliate { externalId }',
  read: (found) => (found['affiliate'] as Values | null)?.['externalId'] ?? null,
};

function ofCommission(select: string, read: (commission: Values) => unknown): Field {
  return { select: `commission { ${select} }`, read: (found) => (found['commission'] ? read(found['commission'] as Values) : undefined) };
}

const byId = (variable: string) => `program: $program, id: ${variable}`;
const byAffiliate = (variable: string) => `program: $program, affiliate: ${variable}`;

/** Each commission as its affiliate reads it, the newest first: settled when, of whom, for what, of how much, and what it is. */
const commissionDetails: Field = {
  select: '__typename',
  list: 'order',
  asAffiliate: `query ($program: String!) { commissions(program: $program, first: 100) {
    nodes { availableAt amount { value } order { customer { phone } price { amount } lines { sku } } } } }`,
  read: ({ commissions }) =>
    ((commissions as Values)['nodes'] as Values[]).map(({ availableAt, amount: earned, order }) => {
      const { customer, price, lines } = order as { customer: Values | null; price: Values; lines: Values[] };
      const plans = lines.map(({ sku }) => sku).join(' ');
      return [availableAt ?? 'not yet', customer?.['phone'] ?? 'no phone', plans, price['amount'], (earned as Values)['value']].join(', ');
    }),
};

/** Where each thing that a scenario may expect stands in the API. */
export const SHAPES: Readonly<Record<Subject, SubjectShape>> = {
  balances: {
    query: 'balances',
    args: byAffiliate,
    fields: Object.fromEntries(
      ['pending', 'available', 'reserved', 'paid', 'expired', 'generalPoints'].map((name) => [name, amount(name)]),
    ),
  },
  orders: {
    query: 'order',
    args: byId,
    fields: {
      affiliate,
      commission: ofCommission('amount { value }', ({ amount: value }) => (value as Values)['value']),
      status: ofCommission('status', ({ status }) => word(status)),
      because: { ...ofCommission('because', ({ because }) => because), list: 'part' },
      lines: ofCommission('lines { sku amount { value } }', ({ lines }) => linesOf(lines as readonly Values[])),
    },
  },
  withdrawals: {
    query: 'withdrawal',
    args: byId,
    fields: {
      status: wordOf('status'),
      amount: amount('amount'),
      batch: same('batch'),
      history: list('history', 'part', 'history { kind }', (item) => (item as Values)['kind']),
    },
  },
  batches: {
    query: 'payoutBatch',
    args: (variable) => `program: $program, batch: ${variable}`,
    fields: {
      status: wordOf('status'),
      cutOffAt: same('cutOffAt'),
      lines: ofLines(({ status }) => word(status)),
      amounts: ofLines(({ amount: paid }) => (paid as Values | null)?.['amount']),
      reasons: ofLines(({ reason }) => reason ?? undefined),
    },
  },
  requests: {
    query: 'request',
    args: byId,
    fields: {
      affiliate: {
        select: 'enrollment { affiliate { externalId } }',
        read: ({ enrollment }) => ((enrollment as Values)['affiliate'] as Values)['externalId'],
      },
      kind: wordOf('kind'),
      state: wordOf('state'),
      subject: { select: 'subject', read: ({ subject }) => subject },
      answer: { select: 'answer', read: (found) => found['answer'] },
      said: list('thread', 'part', 'thread { text }', (item) => (item as Values)['text']),
    },
  },
  affiliates: {
    query: 'enrollment',
    args: byAffiliate,
    fields: {
      status: wordOf('status'),
      class: same('class'),
      payingCustomers: same('payingCustomers'),
      paidSales: money('paidSales'),
      cases: list('cases', 'set', 'cases { rule }', (item) => (item as Values)['rule']),
      overdueCases: casesThat('overdueAt', ({ overdueAt }) => overdueAt !== null),
      askedCases: casesThat('request { state }', ({ request }) => (request as Values | null)?.['state'] === 'WAITING'),
      flags: list('flags', 'set'),
      warnings: list('warnings', 'set'),
      acceptedTerms: {
        select: 'acceptedTerms { version }',
        read: ({ acceptedTerms }) => (acceptedTerms as Values | null)?.['version'],
      },
      referralCode: same('referralCode'),
      personalLink: { select: 'personalLink { url }', read: ({ personalLink }) => (personalLink as Values | null)?.['url'] ?? null },
      textLanguages: {
        select: 'personalLink { texts { language } }',
        list: 'set',
        read: ({ personalLink }) => ((personalLink as Values | null)?.['texts'] as Values[] | undefined)?.map(({ language }) => language),
      },
      contractTerms: { select: 'contract { termsVersion }', read: ({ contract }) => (contract as Values | null)?.['termsVersion'] },
      accountManager: {
        select: 'accountManager { name }',
        read: ({ accountManager }) => (accountManager as Values | null)?.['name'] ?? null,
      },
      creatives: ofOwn('creatives', 'externalId'),
      news: ofOwn('news', 'title'),
      appliedAs: { select: 'application { kind }', read: ({ application }) => (application as Values | null)?.['kind'] ?? undefined },
      appliedChannels: {
        select: 'application { channels }',
        list: 'set',
        read: ({ application }) => (application as Values | null)?.['channels'] as unknown[] | undefined,
      },
      commissionDetails,
      documents: list('documents', 'set'),
      documentsToAccept: list('documentsToAccept', 'set', 'documentsToAccept { name number }', (item) => {
        const { name, number } = item as Values;
        return `${name} ${number}`;
      }),
    },
  },
  clicks: {
    query: 'click',
    args: byId,
    fields: {
      redirect: same('redirect'),
      attributable: same('attributable'),
      because: list('because', 'part'),
      destination: same('destination'),
    },
  },
  customers: {
    query: 'customer',
    args: byId,
    fields: {
      affiliate,
      phone: same('phone'),
      freeVipDays: same('giftDays'),
      registeredAt: same('registeredAt'),
      attributes: {
        select: 'attributes { name value }',
        read: ({ attributes }) => Object.fromEntries((attributes as Values[]).map(({ name, value }) => [name, value])),
      },
    },
  },
  links: {
    query: 'link',
    args: byId,
    fields: { url: same('url'), rate: same('rate'), kind: same('kind'), vanity: { select: 'vanity', read: ({ vanity }) => vanity } },
  },
  checks: {
    query: 'checkLink',
    args: (variable) => `program: $program, url: ${variable}`,
    fields: {
      ...Object.fromEntries(
        ['accepted', 'rule', 'kind', 'rate', 'ageSeconds'].map((name): [string, Field] => [
          name,
          { select: name, read: (found) => found[name] },
        ]),
      ),
      similar: {
        select: 'similar { externalId }',
        read: ({ similar }) => (similar as Values | null)?.['externalId'] ?? null,
      },
    },
  },
  searches: {
    query: 'searchProducts',
    args: (variable) => `program: $program, words: ${variable}`,
    fields: { products: list('nodes', 'set', 'nodes { externalId }', (item) => (item as Values)['externalId']) },
  },
};

/** What the affiliate sees in a list of its own, the newest first. */
function ofOwn(query: string, name: string): Field {
  return {
    select: '__typename',
    list: 'order',
    asAffiliate: `query ($program: String!) { ${query}(program: $program, first: 100) { nodes { ${name} } } }`,
    read: (found) => ((found[query] as Values)['nodes'] as Values[]).map((node) => node[name]),
  };
}

/** The rules of the open cases of which something holds. */
function casesThat(select: string, holds: (found: Values) => boolean): Field {
  return {
    select: `cases { rule ${select} }`,
    list: 'set',
    read: ({ cases }) => (cases as Values[]).filter(holds).map(({ rule }) => rule),
  };
}

/** Lines of a payout batch, by their withdrawals. */
function ofLines(read: (line: Values) => unknown): Field {
  return {
    select: 'lines(first: 100) { nodes { status reason amount { amount } withdrawal { externalId } } }',
    read: (found) =>
      Object.fromEntries(
        ((found['lines'] as Values)['nodes'] as Values[]).map((line) => [(line['withdrawal'] as Values)['externalId'], read(line)]),
      ),
  };
}

function linesOf(lines: readonly Values[]): Values {
  return Object.fromEntries(lines.map(({ sku, amount: found }) => [sku, (found as Values)['value']]));
}
