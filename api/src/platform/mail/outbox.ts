import type { EntityManager, Orm } from '../database/orm.ts';
import { rows } from '../database/sql.ts';
import { newId } from '../ids.ts';
import type { Mailer } from './mailer.ts';
import { type Message, render } from './message.ts';

/** For so long nobody else takes a mail that one process took: longer than any try lasts. */
const CLAIM_MS = 120_000;
const AT_ONCE = 10;
const FIRST_PAUSE_MS = 30_000;
const LONGEST_PAUSE_MS = 3_600_000;
const MAX_ATTEMPTS = 12;

interface Waiting {
  readonly id: string;
  readonly recipient: string;
  readonly subject: string;
  readonly body_text: string;
  readonly body_html: string;
  readonly attempts: number;
  readonly unsubscribe_url: string | null;
}

export interface NewMail {
  readonly to: string;
  readonly message: Message;
  /** From then on it would be of no use. */
  readonly uselessAt?: Date;
  /** A POST to it, by whatever program, ends all further mails of its kind. */
  readonly unsubscribeUrl?: string;
}

/**
 * Mails are rows first: written in the transaction of what they tell of, sent when that is committed, so that none is lost and none
 * tells of what did not happen. A process that dies between the server's yes and the note of it leaves a mail that is sent again
 * after two minutes, with the same id.
 */
export class Outbox {
  private readonly orm: Orm;
  private readonly mailer: Mailer;
  private readonly onFault: (error: Error) => void;
  private running: Promise<void> | undefined;
  private again = false;

  constructor(orm: Orm, mailer: Mailer, onFault: (error: Error) => void = () => {}) {
    this.orm = orm;
    this.mailer = mailer;
    this.onFault = onFault;
  }

  get description(): string {
    return this.mailer.description;
  }

  /** Within a transaction of the caller, or by itself. `wake` when it is committed, or wait for the job. */
  async put(em: EntityManager, { to, message, uselessAt, unsubscribeUrl }: NewMail): Promise<void> {
    const { subject, text, html } = render(message);
    const now = new Date();
    await rows(
      em,
      `insert into mail (id, recipient, subject, body_text, body_html, made_at, next_at, useless_at, unsubscribe_url) values ($1, $2, $3, $4, $5, $6, $6, $7, $8)`,
      [newId(), to, subject, text, html, now, uselessAt ?? null, unsubscribeUrl ?? null],
    );
  }

  /** Sends what waits, without anybody waiting for it. */
  wake(): void {
    void this.deliver().catch(this.onFault);
  }

  /** Sends all that is due; one run at a time in this process. */
  deliver(): Promise<void> {
    if (this.running) {
      this.again = true;
      return this.running;
    }
    this.running = this.work().finally(() => {
      this.running = undefined;
    });
    return this.running;
  }

  /** When it returns nothing is being sent. */
  async close(): Promise<void> {
    await this.running?.catch(() => {});
    this.mailer.close();
  }

  private async work(): Promise<void> {
    do {
      this.again = false;
      for (let taken = await this.take(); taken.length > 0; taken = await this.take()) {
        await Promise.all(taken.map((mail) => this.send(mail)));
      }
    } while (this.again);
  }

  /** Committed before anything is sent: others leave these alone for a while. */
  private take(): Promise<Waiting[]> {
    const now = Date.now();
    return rows<Waiting>(
      this.orm.em.fork() as EntityManager,
      `update mail set attempts = attempts + 1, next_at = $2
       where id in (select id from mail where sent_at is null and next_at <= $1 and attempts < $3 and (useless_at is null or useless_at > $1)
         order by next_at limit $4 for update skip locked)
       returning id, recipient, subject, body_text, body_html, attempts, unsubscribe_url`,
      [new Date(now), new Date(now + CLAIM_MS), MAX_ATTEMPTS, AT_ONCE],
    );
  }

  private async send({
    id,
    recipient,
    subject,
    body_text: text,
    body_html: html,
    attempts,
    unsubscribe_url: unsubscribeUrl,
  }: Waiting): Promise<void> {
    const em = this.orm.em.fork() as EntityManager;
    try {
      await this.mailer.send({ id, to: recipient, subject, text, html, unsubscribeUrl });
    } catch (error) {
      const pause = Math.min(FIRST_PAUSE_MS * 2 ** (attempts - 1), LONGEST_PAUSE_MS);
      const { message } = error as Error;
      await rows(em, 'update mail set next_at = $2, failure = $3 where id = $1', [id, new Date(Date.now() + pause), message.slice(0, 500)]);
      return this.onFault(new Error(`Mail ${id} could not be sent (try ${attempts}): ${message}`));
    }
    await rows(em, `update mail set sent_at = $2, failure = null, body_text = '', body_html = '' where id = $1`, [id, new Date()]);
  }
}
