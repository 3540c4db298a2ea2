import 'reflect-metadata';
import { expireLots, runDue } from './books/index.ts';
import { drainRevisits, type Fact, type KnownSince, queueOrdersPlaced, type Recorded, recordFacts, type Told } from './intake/index.ts';
import { IntakeService } from './modules/intake/index.ts';
import { cutOffBatches } from './modules/payout/index.ts';
import { TermsStore } from './modules/program/index.ts';
import { migrate } from './platform/database/migrate.ts';
import { createOrm, type EntityManager } from './platform/database/orm.ts';
import { applicationUrl } from './platform/database/pool.ts';
import { inTransaction } from './platform/database/transaction.ts';
import { entities } from './services.ts';

export type { Fact, KnownSince, Recorded, Told };

/** Takes facts into a database with the instants at which they became known, for whoever tells them all anew. */
export interface Recorder {
  /** In the order given, under the terms that the database has. */
  record(program: { id: string; organizationId: string }, facts: readonly Told[]): Promise<Recorded[]>;
  /** Decides the orders again that were placed since something of which it became known only now. */
  revisitPlaced(program: { id: string; organizationId: string }, known: readonly KnownSince[], cause: string, now: number): Promise<void>;
  /** Does what falls due in an organization up to and including an instant. */
  runDue(organizationId: string, until: number): Promise<number>;
  /** What an act gave back to lots past their end is gone at once, at the instant of the act and not at that of their end. */
  expire(programId: string, affiliateId: string, at: number): Promise<void>;
  close(): Promise<void>;
}

/** Brings the database up to date and opens it under the application's own role: what is refused to it is refused here, too. */
export async function openRecorder(adminUrl: string): Promise<Recorder> {
  await migrate(adminUrl);
  const orm = await createOrm({ url: applicationUrl(adminUrl), entities, max: 4 });
  const intake = new IntakeService(orm, new TermsStore());
  const batches = cutOffBatches((em, programId, organizationId) => intake.termsOf(em, programId, organizationId));
  return {
    async record({ id, organizationId }, facts) {
      const em = orm.em.fork({ clear: true }) as EntityManager;
      return recordFacts(em, await intake.termsOf(em, id, organizationId), facts);
    },
    async revisitPlaced({ id, organizationId }, known, cause, now) {
      const em = orm.em.fork({ clear: true }) as EntityManager;
      const found = await inTransaction(em, (tx) => queueOrdersPlaced(tx, id, known, cause, now));
      if (found > 0) await drainRevisits(em, await intake.termsOf(em, id, organizationId));
    },
    runDue: (organizationId, until) => runDue(orm.em.fork({ clear: true }) as EntityManager, organizationId, until, batches),
    async expire(programId, affiliateId, at) {
      await inTransaction(orm.em.fork({ clear: true }) as EntityManager, (tx) => expireLots(tx, programId, [affiliateId], at));
    },
    close: () => orm.close(),
  };
}
