import { hkdfSync } from 'node:crypto';
import { fillMacros } from '@tributary/shared/tracking';
import { Cron } from 'croner';
import { Webhook } from 'standardwebhooks';
import type { EntityManager } from '../../platform/database/orm.ts';
import { rows } from '../../platform/database/sql.ts';
import { inTransaction } from '../../platform/database/transaction.ts';
import type { Key } from '../../platform/keys.ts';
import type { Call, Caller } from './request.ts';

const EVERY_FIVE_SECONDS = '*/5 * * * * *';
const AT_ONCE = 20;
/** Pauses after each try that failed, in seconds; after the last the message is dead, until somebody asks for it again. */
const PAUSES = [5, 60, 300, 1_800, 7_200, 18_000, 36_000, 50_400, 72_000];
const GONE = 410;
const LONGEST_FAILURE = 300;

interface Due {
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

interface Tried {
  readonly answered: number | null;
  readonly failure: string | null;
  readonly milliseconds: number;
}

/**
 * The secret of an address, from the server's key of that version; undefined: the server has that one no longer. `number` counts the
 * secrets that the address has had.
 */
export function webhookSecret(keys: readonly Key[], id: string, version: number, number = 1): string | undefined {
  const key = keys.find((known) => known.version === version);
  const name = number === 1 ? id : `${id}/${number}`;
  return key && `whsec_${Buffer.from(hkdfSync('sha256', key.secret, 'webhook', name, 32)).toString('base64')}`;
}

/** Sends what waits, again and again until it is taken, and keeps a log of it. */
export class WebhookSender {
  private readonly fork: () => EntityManager;
  private readonly keys: readonly Key[];
  private readonly caller: Caller;
  private running: Promise<void> = Promise.resolve();
  private job: Cron | undefined;

  constructor(fork: () => EntityManager, keys: readonly Key[], caller: Caller) {
    this.fork = fork;
    this.keys = keys;
    this.caller = caller;
  }

  start(onFault: (error: Error) => void): void {
    this.job = new Cron(EVERY_FIVE_SECONDS, { protect: true, unref: true }, () => this.deliver().catch(onFault));
  }

  async stop(): Promise<void> {
    this.job?.stop();
    await this.running.catch(() => {});
  }

  /** All that is due; one run at a time in this process. */
  deliver(): Promise<void> {
    this.running = this.running.catch(() => {}).then(() => this.work());
    return this.running;
  }

  private async work(): Promise<void> {
    for (let due = await this.take(); due.length > 0; due = await this.take()) await Promise.all(due.map((one) => this.send(one)));
  }

  /** Committed before anything is sent: other processes leave these alone for two minutes. */
  private take(): Promise<Due[]> {
    return rows<Due>(
      this.fork(),
      `with due as (
         select d.endpoint_id, d.id from webhook_delivery d join webhook_endpoint e on e.id = d.endpoint_id and e.status = 'on'
         where d.status = 'waiting' and d.next_at <= now() order by d.next_at limit $1 for update of d skip locked
       )
       update webhook_delivery d set next_at = now() + interval '2 minutes', tries = d.tries + 1, attempts = d.attempts + 1
       from due, webhook_endpoint e where d.endpoint_id = due.endpoint_id and d.id = due.id and e.id = d.endpoint_id
       returning d.endpoint_id, d.id, d.event, d.payload, d.happened_at, d.tries, d.attempts, e.kind, e.url, e.key_version, e.secret_number,
         case when e.former_until > now() then e.former_key_version end as former_key_version`,
      [AT_ONCE],
    );
  }

  private async send(due: Due): Promise<void> {
    const start = performance.now();
    let answered: number | null = null;
    let failure: string | null = null;
    try {
      answered = await this.caller.call(this.callOf(due));
      if (answered < 200 || answered > 299) failure = `It answered ${answered}.`;
    } catch (error) {
      failure = (error as Error).message.slice(0, LONGEST_FAILURE);
    }
    await this.note(due, { answered, failure, milliseconds: Math.round(performance.now() - start) });
  }

  private callOf(due: Due): Call {
    const { id, event, payload, happened_at, kind, url } = due;
    if (kind === 'postback') return { method: 'GET', url: fillMacros(url, { ...payload, event }), headers: { 'user-agent': 'Tributary' } };
    const secrets = this.secretsOf(due);
    if (secrets.length === 0) throw new Error('The key that this address was made with is gone; replace its secret.');
    const body = JSON.stringify({ type: event, timestamp: happened_at.toISOString(), data: payload });
    const now = new Date();
    const headers = {
      'content-type': 'application/json',
      'user-agent': 'Tributary',
      'webhook-id': id,
      'webhook-timestamp': String(Math.floor(now.getTime() / 1000)),
      'webhook-signature': secrets.map((secret) => new Webhook(secret).sign(id, now, body)).join(' '),
    };
    return { method: 'POST', url, headers: { ...headers, 'content-length': String(Buffer.byteLength(body)) }, body };
  }

  /** The newest first; for a while after it was replaced the one before, too. */
  private secretsOf({ endpoint_id, key_version, secret_number, former_key_version }: Due): string[] {
    const former = former_key_version === null ? undefined : webhookSecret(this.keys, endpoint_id, former_key_version, secret_number - 1);
    return [webhookSecret(this.keys, endpoint_id, key_version, secret_number), former].filter((secret) => secret !== undefined);
  }

  private note({ endpoint_id: endpoint, id, tries, attempts }: Due, { answered, failure, milliseconds }: Tried): Promise<void> {
    const pause = PAUSES[tries - 1];
    const status = failure === null ? 'delivered' : pause === undefined ? 'dead' : 'waiting';
    return inTransaction(this.fork(), async (tx) => {
      await rows(
        tx,
        'insert into webhook_attempt (endpoint_id, delivery_id, number, answered, failure, milliseconds) values ($1, $2, $3, $4, $5, $6)',
        [endpoint, id, attempts, answered, failure, milliseconds],
      );
      await rows(
        tx,
        "update webhook_delivery set status = $3, next_at = now() + $4 * interval '1 second' where endpoint_id = $1 and id = $2",
        [endpoint, id, status, pause ?? 0],
      );
      // Whoever answers so does not want to hear of anything any more.
      if (answered === GONE) await rows(tx, "update webhook_endpoint set status = 'gone' where id = $1 and status = 'on'", [endpoint]);
    });
  }
}
