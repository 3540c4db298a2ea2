import { together } from '../../platform/database/sql.ts';
import type { Transaction } from '../../platform/database/transaction.ts';
import type { Batch } from '../batch.ts';
import type { CommissionWrite } from '../writes.ts';
import { date, insert, textArray } from './insert.ts';

export async function writeDecisions(batch: Batch): Promise<void> {
  await together(batch.tx, [() => insertDecisions(batch), () => insertCommissions(batch)]);
}

async function insertDecisions({ tx, terms, writes: { decisions } }: Batch): Promise<void> {
  await insert(
    tx,
    'decision (order_id, revision, program_id, terms_version_id, affiliate_id, status, unit, amount, available_at, expires_at, rules, line_amounts, steps, decided_at, cause)',
    [
      'uuid',
      'int',
      'uuid',
      'uuid',
      'uuid',
      'text',
      'text',
      'bigint',
      'timestamptz',
      'timestamptz',
      'text[]',
      'bigint[]',
      'json',
      'timestamptz',
      'text',
    ],
    [
      decisions.map((d) => d.order.id),
      decisions.map((d) => d.revision),
      terms.programId,
      decisions.map((d) => d.termsVersionId),
      decisions.map((d) => d.decision.affiliateId),
      decisions.map((d) => d.decision.status),
      decisions.map((d) => d.unit),
      decisions.map((d) => d.decision.amount),
      decisions.map((d) => date(d.decision.availableAt)),
      decisions.map((d) => date(d.decision.expiresAt)),
      decisions.map((d) => textArray(d.decision.rules)),
      decisions.map((d) => `{${d.decision.lineAmounts.join(',')}}`),
      decisions.map((d) => JSON.stringify(d.decision.steps)),
      decisions.map((d) => new Date(d.at)),
      decisions.map((d) => d.cause),
    ],
  );
}

/** To look for what is there first would take the index of each new one twice. */
async function insertCommissions({ tx, terms, writes }: Batch): Promise<void> {
  const commissions = [...writes.commissions.values()].sort((a, b) => (a.affiliateId < b.affiliateId ? -1 : 1));
  const fresh = commissions.filter(({ isNew }) => isNew);
  const known = commissions.filter(({ isNew }) => !isNew);
  await together(tx, [
    () => insertOf(tx, terms.programId, fresh, ''),
    () =>
      insertOf(
        tx,
        terms.programId,
        known,
        `on conflict (affiliate_id, order_id) do update set revision = excluded.revision, status = excluded.status, unit = excluded.unit, amount = excluded.amount, held = excluded.held,
       stands = excluded.stands, placed_at = excluded.placed_at, available_at = excluded.available_at, expires_at = excluded.expires_at, decided_at = excluded.decided_at`,
      ),
  ]);
}

function insertOf(tx: Transaction, programId: string, commissions: readonly CommissionWrite[], more: string): Promise<void> {
  return insert(
    tx,
    'commission (affiliate_id, order_id, program_id, revision, status, unit, amount, held, stands, placed_at, available_at, expires_at, decided_at)',
    [
      'uuid',
      'uuid',
      'uuid',
      'int',
      'text',
      'text',
      'bigint',
      'bigint',
      'boolean',
      'timestamptz',
      'timestamptz',
      'timestamptz',
      'timestamptz',
    ],
    [
      commissions.map((c) => c.affiliateId),
      commissions.map((c) => c.order.id),
      programId,
      commissions.map((c) => c.revision),
      commissions.map((c) => c.status),
      commissions.map((c) => c.unit),
      commissions.map((c) => c.amount),
      commissions.map((c) => c.held),
      commissions.map((c) => c.stands),
      commissions.map((c) => new Date(c.order.placedAt)),
      commissions.map((c) => date(c.availableAt)),
      commissions.map((c) => date(c.expiresAt)),
      commissions.map((c) => new Date(c.at)),
    ],
    more,
  );
}

export async function writePlaces({ tx, terms, set }: Batch): Promise<void> {
  const changed = [...set.places].filter(([, place]) => place.changed).sort(([a], [b]) => (a < b ? -1 : 1));
  await insert(
    tx,
    'customer_place (affiliate_id, program_id, customer_id, place, standing, given_at)',
    ['uuid', 'uuid', 'uuid', 'int', 'int', 'timestamptz'],
    [
      changed.map(([key]) => key.split('\n')[0] as string),
      terms.programId,
      changed.map(([key]) => key.split('\n')[1] as string),
      changed.map(([, place]) => place.place),
      changed.map(([, place]) => place.standing),
      changed.map(([, place]) => new Date(place.givenAt)),
    ],
    'on conflict (affiliate_id, program_id, customer_id) do update set place = excluded.place, standing = excluded.standing, given_at = excluded.given_at',
  );
}
