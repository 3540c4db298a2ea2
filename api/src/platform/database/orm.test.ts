import { defineEntity, p } from '@mikro-orm/postgresql';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../testing/database.ts';
import { newId } from '../ids.ts';
import { createOrm, type Orm } from './orm.ts';
import { applicationUrl } from './pool.ts';
import { row, rows } from './sql.ts';
import { inTransaction } from './transaction.ts';

const Enrollment = defineEntity({
  name: 'Enrollment',
  tableName: 'enrollment',
  properties: {
    affiliateId: p.uuid().primary(),
    programId: p.uuid().primary(),
    id: p.uuid(),
    status: p.text(),
    class: p.text().nullable(),
    version: p.integer().version(),
    createdAt: p.datetime(),
  },
});

const ROUNDS = 40;
const WRITERS = 4;

let database: TestDatabase;
let orm: Orm;
const programId = newId();
const affiliates = [newId(), newId()];

beforeAll(async () => {
  database = await createTestDatabase();
  orm = await createOrm({ url: applicationUrl(database.url), entities: [Enrollment] });
  await inTransaction(orm.em.fork(), async (em) => {
    const organizationId = newId();
    await rows(em, "insert into organization (id, name, kind) values ($1, 'live', 'live')", [organizationId]);
    await rows(em, "insert into program (id, organization_id, key, name, unit) values ($1, $2, 'acme', 'Acme', 'USD')", [
      programId,
      organizationId,
    ]);
    for (const affiliateId of affiliates) {
      await em.insert(Enrollment, { affiliateId, programId, id: newId(), status: 'active', class: '0', version: 1, createdAt: new Date() });
    }
  });
});
afterAll(async () => {
  await orm.close();
  await database.drop();
});

/** Adds one to both, by reading and writing entities. False: somebody else was faster. */
async function addToBoth(): Promise<boolean> {
  try {
    await inTransaction(orm.em.fork(), async (em) => {
      const found = await em.find(Enrollment, { programId }, { orderBy: { affiliateId: 'asc' } });
      for (const enrollment of found) enrollment.class = String(Number(enrollment.class) + 1);
    });
    return true;
  } catch (error) {
    expect((error as Error).name).toBe('OptimisticLockError');
    return false;
  }
}

it('loses no update of two entities changed in one flush: whoever was too late is told', async () => {
  let done = 0;
  for (let round = 0; round < ROUNDS; round++) {
    const results = await Promise.all(Array.from({ length: WRITERS }, addToBoth));
    done += results.filter(Boolean).length;
  }
  expect(done).toBeGreaterThanOrEqual(ROUNDS);
  for (const affiliateId of affiliates) {
    const text = 'select class from enrollment where affiliate_id = $1';
    expect(await row(orm.em.fork(), text, [affiliateId])).toEqual({ class: String(done) });
  }
});

it('outlives connections that the server cuts', async () => {
  const admin = await createOrm({ url: database.url });
  try {
    await rows(
      admin.em.fork(),
      "select pg_terminate_backend(pid) from pg_stat_activity where usename = 'tributary_app' and datname = current_database()",
    );
  } finally {
    await admin.close();
  }
  await expect.poll(() => row(orm.em.fork(), 'select 1 as one').catch(() => undefined)).toEqual({ one: 1 });
  expect(await inTransaction(orm.em.fork(), (em) => row(em, 'select 1 as one'))).toEqual({ one: 1 });
});
