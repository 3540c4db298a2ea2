import type { EntityManager } from '../../platform/database/orm.ts';
import { rows } from '../../platform/database/sql.ts';

/** A message that is to be sent now. */
export interface Due {
  readonly endpoint_id: string;
  /** The affiliate whose address it is, or the program. */
  readonly owner: string;
  readonly id: string;
  readonly event: string;
  readonly payload: Record<string, unknown>;
  readonly happened_at: Date;
  readonly tries: number;
  readonly attempts: number;
  readonly kind: 'webhook' | 'postback';
  readonly url: string;
  readonly key_version: number;
  readonly secret_number: number;
  /** Null: only one secret signs. */
  readonly former_key_version: number | null;
}

/**
 * Addresses that wait for each other, and for no others: who answers late or never holds up its like alone. Owners take turns, however
 * much waits for one of them and however long its addresses take to answer.
 */
interface Kind {
  /** Of a `webhook_endpoint e`. */
  readonly which: string;
  /** Messages under way at once. */
  readonly slots: number;
  /** And to one address. */
  readonly slotsEach: number;
  /** And to all addresses of one owner: an affiliate, or a program. */
  readonly slotsOwner: number;
}

export const LANES: readonly Kind[] = [
  { which: 'e.failing_since is null and e.affiliate_id is null', slots: 20, slotsEach: 10, slotsOwner: 16 },
  { which: 'e.failing_since is null and e.affiliate_id is not null', slots: 20, slotsEach: 4, slotsOwner: 6 },
  { which: 'e.failing_since is not null', slots: 10, slotsEach: 1, slotsOwner: 3 },
];

/** Sends what is due to the addresses of one kind, one message taking the place of another as soon as that is answered. */
export class Lane {
  private readonly kind: Kind;
  private readonly fork: () => EntityManager;
  private readonly send: (due: Due) => Promise<void>;
  private readonly underWay = new Counts();
  private readonly ofOwners = new Counts();
  private running: Promise<void> | undefined;
  private asked = false;
  private wake: () => void = () => {};

  constructor(kind: Kind, fork: () => EntityManager, send: (due: Due) => Promise<void>) {
    this.kind = kind;
    this.fork = fork;
    this.send = send;
  }

  /** All that is due; one run at a time in this process, which looks again whenever it is asked. */
  deliver(): Promise<void> {
    this.asked = true;
    this.wake();
    this.running ??= this.work();
    return this.running;
  }

  async stopped(): Promise<void> {
    await this.running?.catch(() => {});
  }

  private async work(): Promise<void> {
    const sending = new Set<Promise<void>>();
    try {
      for (;;) {
        this.asked = false;
        const woken = new Promise<void>((resolve) => {
          this.wake = resolve;
        });
        const due = sending.size < this.kind.slots ? await this.take(this.kind.slots - sending.size) : [];
        for (const one of due) {
          const sent: Promise<void> = this.sendOne(one).finally(() => sending.delete(sent));
          sending.add(sent);
        }
        if (sending.size > 0) await Promise.race([...sending, woken]);
        else if (!this.asked) return;
      }
    } finally {
      this.running = undefined;
    }
  }

  private async sendOne(due: Due): Promise<void> {
    const { endpoint_id: endpoint, owner } = due;
    this.underWay.add(endpoint);
    this.ofOwners.add(owner);
    try {
      await this.send(due);
    } finally {
      this.underWay.take(endpoint);
      this.ofOwners.take(owner);
    }
  }

  /** Committed before anything is sent: other processes leave these alone for two minutes. */
  private take(most: number): Promise<Due[]> {
    const { which, slotsEach, slotsOwner } = this.kind;
    const owners = [...this.ofOwners.all];
    return rows<Due>(
      this.fork(),
      `with waiting as (
         select d.endpoint_id, d.id, d.next_at, coalesce(e.affiliate_id, e.program_id) as owner
         from webhook_endpoint e cross join lateral (
           select endpoint_id, id, next_at from webhook_delivery
           where endpoint_id = e.id and status = 'waiting' and next_at <= now() order by next_at limit ${slotsEach}
         ) d where e.status = 'on' and ${which} and e.id <> all($2::uuid[])
       ), placed as (
         select w.endpoint_id, w.id, w.next_at, row_number() over (partition by owner order by w.next_at, w.id) + coalesce(u.count, 0) as place
         from waiting w left join unnest($3::uuid[], $4::int[]) as u (owner, count) using (owner)
       ), due as (
         select endpoint_id, id from placed where place <= ${slotsOwner} order by place, next_at limit $1
       )
       update webhook_delivery d set next_at = now() + interval '2 minutes', tries = d.tries + 1, attempts = d.attempts + 1
       from due, webhook_endpoint e
       where d.endpoint_id = due.endpoint_id and d.id = due.id and e.id = d.endpoint_id and d.status = 'waiting' and d.next_at <= now()
       returning d.endpoint_id, coalesce(e.affiliate_id, e.program_id) as owner, d.id, d.event, d.payload, d.happened_at, d.tries, d.attempts,
         e.kind, e.url, e.key_version, e.secret_number, case when e.former_until > now() then e.former_key_version end as former_key_version`,
      [most, this.underWay.from(slotsEach), owners.map(([owner]) => owner), owners.map(([, count]) => count)],
    );
  }
}

/** How many of each there are. */
class Counts {
  readonly all = new Map<string, number>();

  add(key: string): void {
    this.all.set(key, (this.all.get(key) ?? 0) + 1);
  }

  take(key: string): void {
    const left = (this.all.get(key) ?? 1) - 1;
    if (left > 0) this.all.set(key, left);
    else this.all.delete(key);
  }

  /** Those that there are so many of, or more. */
  from(least: number): string[] {
    return [...this.all].filter(([, count]) => count >= least).map(([key]) => key);
  }
}
