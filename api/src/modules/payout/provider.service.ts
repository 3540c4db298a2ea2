import type { EntityManager, Orm } from '../../platform/database/orm.ts';
import { rows } from '../../platform/database/sql.ts';
import { inTransaction } from '../../platform/database/transaction.ts';
import { lockBatch } from './batch.service.ts';
import type { PaymentMethods, ProviderWay, Submitted, WebhookRequest } from './methods/index.ts';
import { linesOfPart, paymentPart } from './parts.ts';
import { PART_COLUMNS, type PayoutPart } from './payout.entity.ts';
import type { PayoutResultService } from './result.service.ts';

/** Providers remember our ids for so long; afterwards one sent again might be paid again. */
const KEY_LIVES = '29 days';
/** What was paid can come back: it is asked for once a day for so long. */
const WATCHED = '60 days';
const PARTS_AT_ONCE = 5;
/** A part that nobody knows to be paid or not, with somebody in it who is under review, is looked at again after so long. */
const HELD_AGAIN_SECONDS = 3_600;

/** Whoever asks has so long; then another process may, under the same ids. */
const LEASE = '2 minutes';

/** Taken hold of, and no answer noted since. */
const IS_ASKED = `p.ask_at = p.tried_at + interval '${LEASE}'`;

const NEVER_SAID = 'Whoever gave it to the provider broke off before the answer.';

/** Parts that go by a provider's API: submitted under ids that never change, and asked for until all is known. */
export class PayoutProviderService {
  private readonly orm: Orm;
  private readonly methods: PaymentMethods;
  private readonly results: PayoutResultService;

  constructor(orm: Orm, methods: PaymentMethods, results: PayoutResultService) {
    this.orm = orm;
    this.methods = methods;
    this.results = results;
  }

  /** Everything that is to be asked now. Answers how many parts were. */
  async askAll(): Promise<number> {
    const em = this.orm.em.fork({ clear: true }) as EntityManager;
    let asked = 0;
    for (; asked < PARTS_AT_ONCE; asked++) {
      const [part] = await rows<PayoutPart & { isLate: boolean }>(
        em,
        `update payout_part p set ask_at = now() + interval '${LEASE}', tries = p.tries + 1, tried_at = now(), first_tried_at = coalesce(p.first_tried_at, now())
         from (select p.id, coalesce(${IS_ASKED}, false) as late from payout_part p where p.ask_at <= now() order by p.ask_at limit 1 for update skip locked) due
         where p.id = due.id returning ${PART_COLUMNS}, due.late as "isLate"`,
      );
      if (part === undefined) break;
      await this.ask(em, part, part.isLate);
    }
    return asked;
  }

  /** Null: the provider did not send it. Otherwise what it is about is asked for at once. */
  async webhook(method: string, request: WebhookRequest): Promise<number | null> {
    const way = this.methods.find(method)?.way;
    if (way === undefined || !('provider' in way)) return null;
    const named = await way.provider.webhook(request);
    if (named === null) return null;
    const em = this.orm.em.fork({ clear: true }) as EntityManager;
    let heard = 0;
    for (const { part: id = null, providerId = null } of named) {
      // Of a part that was stopped, or whose answer was lost, this may be the first word that the provider has it.
      const parts = await rows<PayoutPart>(
        em,
        `update payout_part p set ask_at = now() + interval '${LEASE}', tried_at = now(), first_tried_at = coalesce(first_tried_at, now()),
           status = case when provider_id is null then 'accepted' else status end, provider_id = coalesce(provider_id, $3)
         where method = $1 and sent_at is not null and (id = $2::uuid and coalesce(provider_id, $3) is not null or provider_id = $3) returning ${PART_COLUMNS}`,
        [method, id, providerId],
      );
      for (const part of parts) await this.ask(em, part);
      heard += parts.length;
    }
    return heard;
  }

  /**
   * Nothing more of a batch is given to providers that have not accepted it, until somebody asks again. Answers how many parts that stops, or null:
   * one is being given just now.
   */
  async stop(em: EntityManager, batchId: string, by: string): Promise<number | null> {
    const parts = await inTransaction(em, async (tx) => {
      await lockBatch(tx, batchId);
      const waiting = await rows<PayoutPart & { isAsked: boolean; isLate: boolean }>(
        tx,
        `select ${PART_COLUMNS}, p.ask_at > now() and ${IS_ASKED} as "isAsked", ${IS_ASKED} as "isLate" from payout_part p
         where p.batch_id = $1 and p.provider_id is null and p.ask_at is not null order by p.id for update`,
        [batchId],
      );
      if (waiting.some(({ isAsked }) => isAsked)) return null;
      await rows(tx, `update payout_part set ask_at = null, status = 'refused', reason = $2 where id = any($1::uuid[])`, [
        waiting.map(({ id }) => id),
        `Stopped by ${by}`,
      ]);
      return waiting;
    });
    if (parts === null) return null;
    // Whoever gave it last never said what became of that.
    for (const part of parts.filter(({ isLate }) => isLate)) {
      await this.results.unclear(em, part, 'It was stopped before it was known whether the provider has it.');
    }
    return parts.length;
  }

  /** `isLate`: whoever took hold of it last never noted an answer. What they may have given is not certainly unpaid any more. */
  private async ask(em: EntityManager, part: PayoutPart, isLate = false): Promise<void> {
    const { way } = this.methods.of(part.method);
    if (!('provider' in way)) return;
    try {
      if (isLate && part.providerId === null) await this.results.unclear(em, part, NEVER_SAID);
      if (part.providerId === null) await this.submit(em, part, way.provider);
      else await this.look(em, part, way.provider);
    } catch (error) {
      // What broke off may have been given; and what can't be asked for keeps no other part waiting.
      const reason = (error as Error).message.slice(0, 400);
      if (part.providerId === null) await this.results.unclear(em, part, reason);
      await this.note(em, part, { status: part.status, reason, askIn: backoff(part.tries) });
    }
  }

  private async submit(em: EntityManager, part: PayoutPart, provider: ProviderWay): Promise<void> {
    const [fresh] = await rows<{ fresh: boolean }>(
      em,
      `select first_tried_at > now() - interval '${KEY_LIVES}' as fresh from payout_part where id = $1`,
      [part.id],
    );
    if (!fresh?.fresh) {
      const reason = 'The provider may have forgotten our id of it: whether it was paid has to be looked up by hand.';
      await this.results.unclear(em, part, reason);
      return this.note(em, part, { status: 'refused', reason, askIn: null });
    }
    const doubt = await this.results.keepHeldBack(em, part);
    if (doubt !== null) return this.note(em, part, { status: 'sent', reason: doubt, askIn: HELD_AGAIN_SECONDS });
    const content = await paymentPart(em, part, 'open');
    const unready = this.methods.of(part.method).unready(content);
    if (unready !== null) return this.note(em, part, { status: 'sent', reason: unready, askIn: backoff(part.tries) });
    if (content.lines === 0) return this.note(em, part, { status: 'done', reason: 'Nothing of it is left to be paid.', askIn: null });
    const submitted = await provider.submit(content, linesOfPart(em, part.id, 'open'));
    return this.noteSubmitted(em, part, submitted);
  }

  private async noteSubmitted(em: EntityManager, part: PayoutPart, submitted: Submitted): Promise<void> {
    if (submitted.kind === 'accepted') {
      await rows(
        em,
        `update payout_part set status = 'accepted', provider_id = $2, reason = null, ask_at = now() + interval '2 seconds' where id = $1`,
        [part.id, submitted.providerId],
      );
      return;
    }
    const { kind, reason } = submitted;
    if (kind === 'refused') return this.note(em, part, { status: 'refused', reason, askIn: null });
    if (kind === 'unclear') await this.results.unclear(em, part, reason);
    return this.note(em, part, { status: 'sent', reason, askIn: backoff(part.tries) });
  }

  /** What the provider says of its lines. As long as one is on its way it is asked again, then once a day for what may come back. */
  private async look(em: EntityManager, part: PayoutPart, provider: ProviderWay): Promise<void> {
    try {
      await this.results.apply(em, part, provider.results(await paymentPart(em, part)), part.method);
    } catch (error) {
      return this.note(em, part, { status: part.status, reason: (error as Error).message.slice(0, 400), askIn: backoff(part.tries) });
    }
    const [left] = await rows<{ waits: boolean; watched: boolean }>(
      em,
      `select exists (select from payout_line where part_id = $1 and status in ('sent', 'unknown')) as waits, first_tried_at > now() - interval '${WATCHED}' as watched
       from payout_part where id = $1`,
      [part.id],
    );
    if (left!.waits) return this.note(em, part, { status: 'accepted', reason: null, askIn: backoff(part.tries) });
    return this.note(em, part, { status: 'done', reason: null, askIn: left!.watched ? 86_400 : null });
  }

  private async note(
    em: EntityManager,
    part: PayoutPart,
    { status, reason, askIn }: { status: PayoutPart['status']; reason: string | null; askIn: number | null },
  ): Promise<void> {
    await rows(em, `update payout_part set status = $2, reason = $3, ask_at = now() + make_interval(secs => $4) where id = $1`, [
      part.id,
      status,
      reason,
      askIn,
    ]);
  }
}

/** 2 seconds, then twice as long each time, up to an hour. */
function backoff(tries: number): number {
  return Math.min(3_600, 2 ** Math.min(tries, 12));
}

/** After a refusal, or sooner than the next time: under the same ids. Of one that is held just now it stays known that nobody has noted an answer. */
export async function askAgain(em: EntityManager, batchId: string): Promise<void> {
  await inTransaction(em, async (tx) => {
    await lockBatch(tx, batchId);
    await rows(
      tx,
      `update payout_part p set ask_at = now(), tried_at = case when ${IS_ASKED} then now() - interval '${LEASE}' else tried_at end,
         status = case status when 'refused' then 'sent' else status end
       where batch_id = $1 and (ask_at is not null or status = 'refused') and coalesce(first_tried_at, now()) > now() - interval '${KEY_LIVES}'`,
      [batchId],
    );
  });
}
