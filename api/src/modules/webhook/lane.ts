import type { EntityManager } from '../../platform/database/orm.ts';
import { rows } from '../../platform/database/sql.ts';

/** A message that is to be sent now. */
export interface Due {
  readonly endpoint_id: string;
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

/** Addresses that wait for each other, and for no others: who answers late or never holds up its like alone. */
interface Kind {
  /** Of a `webhook_endpoint e`. */
  readonly which: string;
  /** Messages under way at once. */
  readonly slots: number;
  /** And to one address. */
  readonly slotsEach: number;
}

export const LANES: readonly Kind[] = [
  { which: 'e.failing_since is null and e.affiliate_id is null', slots: 20, slotsEach: 10 },
  { which: 'e.failing_since is null and e.affiliate_id is not null', slots: 20, slotsEach: 4 },
  { which: 'e.failing_since is not null', slots: 10, slotsEach: 1 },
];

/** Sends what is due to the addresses of one kind, one message taking the place of another as soon as that is answered. */
export class Lane {
  private readonly kind: Kind;
  private readonly fork: () => EntityManager;
  private readonly send: (due: Due) => Promise<void>;
  private readonly underWay = new Map<string, number>();
  private running: Promise<void> = Promise.resolve();

  constructor(kind: Kind, fork: () => EntityManager, send: (due: Due) => Promise<void>) {
    this.kind = kind;
    this.fork = fork;
    this.send = send;
  }

  /** All that is due; one run at a time in this process. */
  deliver(): Promise<void> {
    this.running = this.running.catch(() => {}).then(() => this.work());
    return this.running;
  }

  stopped(): Promise<void> {
    return this.running.catch(() => {});
  }

  private async work(): Promise<void> {
    const sending = new Set<Promise<void>>();
    for (;;) {
      const due = sending.size < this.kind.slots ? await this.take(this.kind.slots - sending.size) : [];
      for (const one of due) {
        const sent: Promise<void> = this.sendOne(one).finally(() => sending.delete(sent));
        sending.add(sent);
      }
      if (sending.size === 0) return;
      await Promise.race(sending);
    }
  }

  private async sendOne(due: Due): Promise<void> {
    const { endpoint_id: endpoint } = due;
    this.underWay.set(endpoint, (this.underWay.get(endpoint) ?? 0) + 1);
    try {
      await this.send(due);
    } finally {
      const left = (this.underWay.get(endpoint) ?? 1) - 1;
      if (left > 0) this.underWay.set(endpoint, left);
      else this.underWay.delete(endpoint);
    }
  }

  /** Committed before anything is sent: other processes leave these alone for two minutes. */
  private take(most: number): Promise<Due[]> {
    const { which, slotsEach } = this.kind;
    const busy = [...this.underWay].filter(([, count]) => count >= slotsEach).map(([endpoint]) => endpoint);
    return rows<Due>(
      this.fork(),
      `with due as (
         select d.endpoint_id, d.id from webhook_endpoint e cross join lateral (
           select endpoint_id, id, next_at from webhook_delivery
           where endpoint_id = e.id and status = 'waiting' and next_at <= now() order by next_at limit ${slotsEach}
         ) d where e.status = 'on' and ${which} and e.id <> all($2::uuid[]) order by d.next_at limit $1
       )
       update webhook_delivery d set next_at = now() + interval '2 minutes', tries = d.tries + 1, attempts = d.attempts + 1
       from due, webhook_endpoint e
       where d.endpoint_id = due.endpoint_id and d.id = due.id and e.id = d.endpoint_id and d.status = 'waiting' and d.next_at <= now()
       returning d.endpoint_id, d.id, d.event, d.payload, d.happened_at, d.tries, d.attempts, e.kind, e.url, e.key_version, e.secret_number,
         case when e.former_until > now() then e.former_key_version end as former_key_version`,
      [most, busy],
    );
  }
}
