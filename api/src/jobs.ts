import { Cron } from 'croner';
import { sweepCodes } from './modules/person/index.ts';
import { foldAllReports } from './modules/report/index.ts';
import { tidyStaff } from './modules/staff/index.ts';
import type { EntityManager, Orm } from './platform/database/orm.ts';
import { rows } from './platform/database/sql.ts';
import type { Services } from './services.ts';

/** Due work is looked for this often; what is usable or over is a matter of instants, so nobody waits for it. */
const everyFiveSeconds = (from: number) => `${from}-59/5 * * * * *`;
/** Not all at once: visitors would wait for all of them. */
const [DUE, PAYMENTS, COMPARISONS] = [0, 1, 2].map(everyFiveSeconds) as [string, string, string];
/** Whoever asks for a report has it brought up to now; until then, more at once is less work. */
const REPORTS = '3-59/30 * * * * *';
const EVERY_HOUR = '7 * * * *';

/**
 * Time-driven work of live organizations, by the wall clock. It is found in the database and done idempotently, so that
 * it catches up after downtime and several processes may do it at once. Sandboxes have it done when their clock moves.
 */
export function startJobs(orm: Orm, services: Services, onError: (error: unknown) => void): { stop(): Promise<void> } {
  let running: Promise<void> = Promise.resolve();
  const job = new Cron(DUE, { protect: true, unref: true }, () => {
    running = workOff(orm, services).catch(onError);
    return running;
  });
  running = workOff(orm, services).catch(onError);
  // Of its own: a provider that answers slowly keeps nothing else waiting.
  let paying: Promise<void> = Promise.resolve();
  const payments = new Cron(PAYMENTS, { protect: true, unref: true }, () => {
    paying = payOut(orm, services).catch(onError);
    return paying;
  });
  let comparing: Promise<void> = Promise.resolve();
  const comparisons = new Cron(COMPARISONS, { protect: true, unref: true }, () => {
    comparing = services.sanctions.goOn(orm.em.fork({ clear: true }) as EntityManager).catch(onError);
    return comparing;
  });
  const ending = new AbortController();
  let folding: Promise<void> = Promise.resolve();
  const reports = new Cron(REPORTS, { protect: true, unref: true }, () => {
    folding = foldAllReports(orm.em.fork({ clear: true }) as EntityManager, ending.signal).catch(onError);
    return folding;
  });
  let tidying: Promise<void> = Promise.resolve();
  const tidy = new Cron(EVERY_HOUR, { protect: true, unref: true }, () => {
    tidying = tidyStaff(orm.em.fork({ clear: true }) as EntityManager).catch(onError);
    return tidying;
  });
  return {
    async stop() {
      job.stop();
      payments.stop();
      comparisons.stop();
      reports.stop();
      ending.abort();
      tidy.stop();
      await Promise.all([running, paying, comparing, folding, tidying]);
    },
  };
}

/** Batches that a crash left half sent, and providers that are to be asked. */
async function payOut(orm: Orm, services: Services): Promise<void> {
  const failures: unknown[] = [];
  await services.payoutSending.finishAll(orm.em.fork({ clear: true }) as EntityManager).catch((error: unknown) => failures.push(error));
  await services.payoutProviders.askAll().catch((error: unknown) => failures.push(error));
  if (failures.length > 0) throw failures.length === 1 ? failures[0] : new AggregateError(failures, 'Payments on their way');
}

async function workOff(orm: Orm, services: Services): Promise<void> {
  const em = orm.em.fork({ clear: true }) as EntityManager;
  // What a crash left to be looked at again.
  const queued = await rows<{ program_id: string; organization_id: string }>(
    em,
    `select distinct q.program_id, p.organization_id from revisit_queue q join program p on p.id = q.program_id where q.queued_at < now() - interval '10 seconds'`,
  );
  for (const program of queued) await services.intake.drain(program.program_id, program.organization_id);
  // What can't be done of one keeps no other waiting.
  const failures: unknown[] = [];
  services.signIn.outbox.wake();
  await services.news.mailAll(em).catch((error: unknown) => failures.push(error));
  await sweepCodes(em);
  const live = await rows<{ id: string }>(em, "select id from organization where kind = 'live'");
  for (const { id } of live) {
    try {
      const done = await services.due.runUntil(id, Date.now());
      if (done > 0) services.live.note({ organizationId: id, program: null, topic: 'work' });
    } catch (error) {
      failures.push(error);
    }
  }
  if (failures.length > 0) throw failures.length === 1 ? failures[0] : new AggregateError(failures, 'Due work of several organizations');
}
