import { applicationUrl, createOrm, type EntityManager, type Entry, Gatherer, inTransaction, type Orm, postEntries } from '@tributary/api';
import pg from 'pg';
import type { ApiServer } from '../host/apiServer.ts';
import { callers } from '../host/client.ts';
import { type Host, withHost } from '../host/host.ts';
import { AFFILIATES, addAffiliates, affiliateName, readShapes } from '../intake/people.ts';
import { chunks } from '../intake/tell.ts';
import { interleave, type Pairs, rateOfAll, type Sample, timed } from '../pairs.ts';
import { Random } from '../random.ts';
import { figure } from '../table.ts';
import type { Bench, Measure, Settings } from '../types.ts';
import { type Books, makeEntries, openBooks } from './entries.ts';
import { allTables, insertAll, type Ready, singleRows, twoTables } from './inserts.ts';

const BATCH = 1_000;
const WAITING = 64;
const SINGLE_CLIENTS = 8;
/** As the intake's gatherers. */
const GATHERER = { mostItems: 1_000, mostInFlight: 2, leastBeside: 16 };
const POST = 'mutation ($input: PostAdjustmentInput!) { postAdjustment(input: $input) { id userErrors { message } } }';

interface Bookkeeping {
  readonly books: Books;
  readonly orm: Orm;
  readonly admin: pg.Client;
  readonly random: Random;
}

/** Under the application's own role, as the server does it. */
function post({ orm, books }: Bookkeeping, entries: readonly Entry[]): Promise<number> {
  const em = orm.em.fork({ clear: true }) as EntityManager;
  return inTransaction(em, (transaction) => postEntries(transaction, books.programId, entries));
}

async function open(host: Host, server: ApiServer): Promise<Bookkeeping> {
  const shapes = readShapes();
  await addAffiliates(server.databaseUrl, shapes);
  const admin = new pg.Client({ connectionString: server.databaseUrl });
  await admin.connect();
  host.later(() => admin.end());
  const orm = await createOrm({ url: applicationUrl(server.databaseUrl), entities: [] });
  host.later(() => orm.close());
  return { books: await openBooks(admin, shapes[0]!.program), orm, admin, random: new Random(7) };
}

/** A thousand entries in each transaction; the same entries as rows on the other side. */
async function batches(
  keeping: Bookkeeping,
  { pairs, quick }: Settings,
  rowsOf: (books: Books, entries: readonly Entry[]) => Ready[],
): Promise<Pairs> {
  const { books, admin, random } = keeping;
  const count = BATCH * (quick ? 3 : 10);
  const ours = async (): Promise<Sample> => {
    const entries = chunks(makeEntries(books, count, random), BATCH);
    const seconds = await timed(async () => {
      for (const batch of entries) await post(keeping, batch);
    });
    return { work: count, seconds };
  };
  const other = async (): Promise<Sample> => {
    const ready = chunks(makeEntries(books, count, random), BATCH).map((batch) => rowsOf(books, batch));
    const seconds = await timed(async () => {
      for (const transaction of ready) await insertAll(admin, transaction);
    });
    return { work: count, seconds };
  };
  await ours();
  await other();
  return interleave(pairs, ours, other);
}

/** Callers who each wait for their own entry, gathered; against clients who commit each row. */
async function gathered(host: Host, keeping: Bookkeeping, url: string, { pairs, quick }: Settings): Promise<Pairs> {
  const { books, random } = keeping;
  const count = quick ? 2_000 : 8_000;
  const gatherer = new Gatherer<Entry, true>({
    ...GATHERER,
    run: async (entries) => {
      await post(keeping, entries);
      return entries.map(() => true as const);
    },
  });
  const clients = await Promise.all(
    Array.from({ length: SINGLE_CLIENTS }, async () => {
      const client = new pg.Client({ connectionString: url });
      await client.connect();
      host.later(() => client.end());
      return client;
    }),
  );
  const ours = async (): Promise<Sample> => {
    const entries = makeEntries(books, count, random);
    return { work: count, seconds: await timed(() => callers(WAITING, entries, async (entry) => void (await gatherer.add([entry])))) };
  };
  const other = async (): Promise<Sample> => {
    const ready = singleRows(books, makeEntries(books, count, random));
    const seconds = await timed(() =>
      callers(SINGLE_CLIENTS, ready, async (statement, client) => void (await clients[client]!.query(statement))),
    );
    return { work: count, seconds };
  };
  await ours();
  await other();
  return interleave(pairs, ours, other);
}

async function overHttp({ client }: ApiServer, random: Random, quick: boolean): Promise<Measure> {
  const program = readShapes()[0]!.program;
  const inputs = Array.from({ length: quick ? 1_000 : 5_000 }, (_, index) => ({
    program,
    affiliate: affiliateName(random.skewed(AFFILIATES)),
    id: `adjustment-${index}`,
    kind: 'BONUS',
    amount: String(random.whole(1, 500)),
    reason: 'measured',
  }));
  const seconds = await timed(() =>
    callers(WAITING, inputs, async (input) => {
      const { postAdjustment } = await client.ask<{ postAdjustment: { userErrors: { message: string }[] } }>(POST, { input });
      if (postAdjustment.userErrors[0]) throw new Error(postAdjustment.userErrors[0].message);
    }),
  );
  return { name: 'ledger: over HTTP, 64 callers', ours: `${figure(inputs.length / seconds)} adjustments/s`, against: '' };
}

export const bench: Bench['run'] = (settings) =>
  withHost(async (host) => {
    const server = await host.serve('ledger');
    const keeping = await open(host, server);
    const two = await batches(keeping, settings, twoTables);
    const all = await batches(keeping, settings, allTables);
    const single = await gathered(host, keeping, server.databaseUrl, settings);
    const rates = ({ ours, other }: Pairs) => [figure(rateOfAll(ours)), figure(rateOfAll(other))] as const;
    const line = (name: string, pairs: Pairs, against: string) => {
      const [ours, other] = rates(pairs);
      return { name, ours: `${ours} entries/s`, against: `${against}: ${other}/s`, ratio: pairs.ratio };
    };
    return [
      { ...line('ledger: batches of 1,000', two, 'rows of entries and postings'), goal: { atLeast: 0.2 } },
      line('ledger: batches of 1,000', all, 'rows of all tables, balances moved'),
      { ...line('ledger: gathered, 64 callers', single, 'an entry a commit by 8 clients'), goal: { atLeast: 1 } },
      await overHttp(server, keeping.random, settings.quick),
    ];
  });
