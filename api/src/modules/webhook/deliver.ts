import { hkdfSync } from 'node:crypto';
import { fillMacros } from '@tributary/shared/tracking';
import { Cron } from 'croner';
import { Webhook } from 'standardwebhooks';
import type { EntityManager } from '../../platform/database/orm.ts';
import { rows } from '../../platform/database/sql.ts';
import { inTransaction } from '../../platform/database/transaction.ts';
import type { Key } from '../../platform/keys.ts';
import { type Due, LANES, Lane } from './lane.ts';
import type { Call, Caller } from './request.ts';

const EVERY_FIVE_SECONDS = '*/5 * * * * *';
/** Pauses after each try that failed, in seconds; after the last the message is dead, until somebody asks for it again. */
const PAUSES = [5, 60, 300, 1_800, 7_200, 18_000, 36_000, 50_400, 72_000];
const GONE = 410;
const LONGEST_FAILURE = 300;

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
  private readonly lanes: readonly Lane[];
  private jobs: readonly Cron[] = [];

  constructor(fork: () => EntityManager, keys: readonly Key[], caller: Caller) {
    this.fork = fork;
    this.keys = keys;
    this.caller = caller;
    this.lanes = LANES.map((kind) => new Lane(kind, fork, (due) => this.send(due)));
  }

  start(onFault: (error: Error) => void): void {
    this.jobs = this.lanes.map((lane) => new Cron(EVERY_FIVE_SECONDS, { unref: true }, () => lane.deliver().catch(onFault)));
  }

  async stop(): Promise<void> {
    for (const job of this.jobs) job.stop();
    await Promise.all(this.lanes.map((lane) => lane.stopped()));
  }

  /** All that is due. */
  async deliver(): Promise<void> {
    await Promise.all(this.lanes.map((lane) => lane.deliver()));
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
      await rows(
        tx,
        `update webhook_endpoint set failing_since = case when $2 then null else now() end where id = $1 and (failing_since is null) <> $2`,
        [endpoint, failure === null],
      );
      // Whoever answers so does not want to hear of anything any more.
      if (answered === GONE) await rows(tx, "update webhook_endpoint set status = 'gone' where id = $1 and status = 'on'", [endpoint]);
    });
  }
}
