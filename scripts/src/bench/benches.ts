import type { Bench } from './types.ts';

/** Loaded when chosen: most need the whole API. */
export const benches: readonly Bench[] = [
  {
    name: 'decide',
    about: 'an order of three lines with five competing clicks, whole explanation included, against functions written by hand',
    run: async (settings) => (await import('./decide/index.ts')).bench(settings),
  },
  {
    name: 'bulk',
    about: 'intake of 500 orders a call over GraphQL, against inserts of ready rows',
    run: async (settings) => (await import('./intake/bulk.ts')).bench(settings),
  },
  {
    name: 'single',
    about: 'intake of one order a call by 16 clients, against the same rows one order a transaction',
    run: async (settings) => (await import('./intake/single.ts')).bench(settings),
  },
  {
    name: 'ledger',
    about: 'the books alone: in batches, gathered from many callers, over HTTP',
    run: async (settings) => (await import('./ledger/index.ts')).bench(settings),
  },
  {
    name: 'growth',
    about: 'intake of 500 orders a call with a million orders in the database, against ten thousand',
    run: async (settings) => (await import('./growth/index.ts')).bench(settings),
  },
  {
    name: 'read',
    about: 'CPU of a page of 20 commissions with order and affiliate, against node:http and pg; of it, the share of checks',
    run: async (settings) => (await import('./read/index.ts')).bench(settings),
  },
  {
    name: 'payout',
    about: 'a cut-off with 100,000 requests and a year end with a million lots, against statements over sets',
    run: async (settings) => (await import('./payout/index.ts')).bench(settings),
  },
  {
    name: 'money',
    about: 'a million lots that unlock at one instant, a payment file of 100,000 lines, withdrawals by 16 clients',
    run: async (settings) => (await import('./money/index.ts')).bench(settings),
  },
  {
    name: 'clicks',
    about:
      'redirects by 64 connections, each click durable before the answer, against node:http that signs and sets a cookie but keeps nothing',
    run: async (settings) => (await import('./clicks/index.ts')).bench(settings),
  },
  {
    name: 'stored',
    about: 'redirects with ten million clicks in the database, against ten thousand',
    run: async (settings) => (await import('./clicks/growth.ts')).bench(settings),
  },
  {
    name: 'links',
    about: 'the link checker against a read by a primary key over HTTP, and the product search against its bare query',
    run: async (settings) => (await import('./links/index.ts')).bench(settings),
  },
  {
    name: 'tag',
    about: 'the publisher tag on a page with 500 links at a processor four times slower: its size, its time, and what moves',
    run: async (settings) => (await import('./tag/index.ts')).bench(settings),
  },
  {
    name: 'feed',
    about: 'a product feed, new and as it was, against COPY of the same rows; the memory that it takes',
    run: async (settings) => (await import('./feed/index.ts')).bench(settings),
  },
  {
    name: 'office',
    about: 'the back office: what its files weigh, how soon the dashboard and a list of a hundred rows stand, how often each page asks',
    run: async (settings) => (await import('./office/index.ts')).bench(settings),
  },
  {
    name: 'start',
    about: 'from a fresh clone to the first answered query',
    run: async (settings) => (await import('./start.ts')).bench(settings),
  },
];
