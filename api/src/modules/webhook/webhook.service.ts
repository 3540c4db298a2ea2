import { unknownMacros } from '@tributary/shared/tracking';
import type { Context, LoaderDefinition } from '../../context.ts';
import { EVENTS, EVENTS_OF_AFFILIATES } from '../../messages/index.ts';
import { row, rows } from '../../platform/database/sql.ts';
import { inTransaction } from '../../platform/database/transaction.ts';
import type { Connection, Page } from '../../platform/graphql/connection.ts';
import { List } from '../../platform/graphql/list.ts';
import { done, type Outcome, refused, type UserError, userError } from '../../platform/graphql/user-error.ts';
import { isId, newId } from '../../platform/ids.ts';
import type { Key } from '../../platform/keys.ts';
import { noteChange } from '../audit/index.ts';
import { grantedPrograms, narrow, noProgram } from '../program/index.ts';
import { webhookSecret } from './deliver.ts';
import { DELIVERY_COLUMNS, ENDPOINT_COLUMNS, type WebhookAttempt, type WebhookDelivery, type WebhookEndpoint } from './webhook.entity.ts';
import type {
  CreateWebhookInput,
  DeliveryArgs,
  ReplayWebhookInput,
  RotateWebhookInput,
  SetWebhookInput,
  WebhookArgs,
} from './webhook.input.ts';

const MOST_ENDPOINTS = 20;
const LONGEST_URL = 2000;

const notThere = () => userError('NOT_FOUND', 'There is no such webhook.', ['webhook']);

export interface NewWebhook {
  readonly webhook: WebhookEndpoint;
  readonly secret: string | null;
}

/** Addresses that hear of what happens, and what became of the messages to them. */
export class WebhookService {
  private readonly keys: readonly Key[];
  /** Addresses without TLS are for trying only. */
  private readonly needsTls: boolean;

  constructor(keys: readonly Key[], needsTls: boolean) {
    this.keys = keys;
    this.needsTls = needsTls;
  }

  async create(context: Context, { program: programKey, kind, url, events }: CreateWebhookInput): Promise<Outcome<NewWebhook>> {
    const { em, services, viewer } = context;
    const program = await services.programs.find(context, programKey);
    if (program === undefined) return refused(noProgram(programKey));
    const wanted = [...new Set(events)];
    const wrong = this.whatIsWrong(url, kind ?? 'webhook', wanted, viewer.affiliateId !== null);
    if (wrong !== undefined) return refused(wrong);
    const unlocksTold = wanted.includes('commission.available') ? new Date(await context.now()) : null;
    return inTransaction(em, async (tx) => {
      await rows(tx, 'select pg_advisory_xact_lock(hashtextextended($1, 0))', [`${program.id}/${viewer.affiliateId}/webhooks`]);
      const held = await row<{ count: bigint }>(
        tx,
        'select count(*) from webhook_endpoint where program_id = $1 and affiliate_id is not distinct from $2',
        [program.id, viewer.affiliateId],
      );
      if (held!.count >= MOST_ENDPOINTS) return refused(userError('TOO_MANY', `There can be ${MOST_ENDPOINTS} webhooks at most.`));
      const id = newId();
      const { version } = this.keys[0] as Key;
      const webhook = await row<WebhookEndpoint>(
        tx,
        `insert into webhook_endpoint as e (id, organization_id, program_id, affiliate_id, kind, url, events, key_version, made_by, unlocks_told)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) returning ${ENDPOINT_COLUMNS}`,
        [id, program.organizationId, program.id, viewer.affiliateId, kind ?? 'webhook', url, wanted, version, viewer.name, unlocksTold],
      );
      const secret = kind === 'postback' ? null : (webhookSecret(this.keys, id, version) as string);
      return done({ webhook: webhook as WebhookEndpoint, secret });
    });
  }

  private whatIsWrong(url: string, kind: 'webhook' | 'postback', events: readonly string[], isAffiliate: boolean): UserError | undefined {
    if (kind === 'postback' && !isAffiliate) return userError('INVALID', 'Postbacks are for affiliates.', ['kind']);
    const known: readonly string[] = isAffiliate ? EVENTS_OF_AFFILIATES : EVENTS;
    if (events.length === 0 || events.some((event) => !known.includes(event)))
      return userError('INVALID', `It hears of one or more of ${known.join(', ')}.`, ['events']);
    const macros = kind === 'postback' ? unknownMacros(url) : [];
    if (macros.length > 0) return userError('INVALID', `There is no macro {${macros[0]}}.`, ['url']);
    return this.isAddress(url) ? undefined : userError('INVALID', 'It is no plain https address.', ['url']);
  }

  /** The host is fixed: no macro, no user, nothing that programs read in different ways. */
  private isAddress(url: string): boolean {
    if (url.length > LONGEST_URL || !/^https?:\/\/[\w.:[\]-]+(?:[/?]|$)/i.test(url) || /[\s\\\p{Cc}]/u.test(url) || !URL.canParse(url))
      return false;
    const { protocol, username, password } = new URL(url);
    return username === '' && password === '' && (protocol === 'https:' || !this.needsTls);
  }

  async list(context: Context, args: WebhookArgs, page: Page): Promise<Connection<WebhookEndpoint>> {
    const list = new List({ select: ENDPOINT_COLUMNS, from: 'webhook_endpoint e', sort: [['e.id', 'uuid']], descending: true });
    await narrow(context, list, 'e', args);
    list.whereId('e.id', args.id);
    return list.read<WebhookEndpoint, WebhookEndpoint>(context.em, page, { cursor: ({ id }) => [id], node: (webhook) => webhook });
  }

  async setOn(context: Context, { webhook: id, on }: SetWebhookInput): Promise<Outcome<WebhookEndpoint>> {
    const found = await this.find(context, id);
    if (found === undefined) return refused(notThere());
    // Locks that ended while it was off are not told later.
    const text = `update webhook_endpoint e set status = $2, unlocks_told = case when status = 'on' then unlocks_told when unlocks_told < $3 then $3 else unlocks_told end
      where id = $1 returning ${ENDPOINT_COLUMNS}`;
    const values = [id, on ? 'on' : 'off', new Date(await context.now())];
    return inTransaction(context.em, async (tx) => done((await row<WebhookEndpoint>(tx, text, values)) as WebhookEndpoint));
  }

  /** The new secret; the one before signs as well for a day, so that the other side can change over in its own time. */
  async rotate(context: Context, { webhook: id }: RotateWebhookInput): Promise<Outcome<NewWebhook>> {
    const found = await this.find(context, id);
    if (found === undefined) return refused(notThere());
    if (found.kind === 'postback') return refused(userError('INVALID', 'Postbacks are not signed: they have no secret.', ['webhook']));
    const { version } = this.keys[0] as Key;
    return inTransaction(context.em, async (tx) => {
      const webhook = (await row<WebhookEndpoint>(
        tx,
        `update webhook_endpoint e set secret_number = e.secret_number + 1, former_key_version = e.key_version,
           former_until = now() + interval '1 day', key_version = $2 where e.id = $1 returning ${ENDPOINT_COLUMNS}`,
        [id, version],
      )) as WebhookEndpoint;
      noteChange(tx, { before: { secret: found.secretNumber }, after: { secret: webhook.secretNumber } });
      return done({ webhook, secret: webhookSecret(this.keys, id, version, webhook.secretNumber) as string });
    });
  }

  async deliveries(context: Context, { webhook, status, from }: DeliveryArgs, page: Page): Promise<Connection<WebhookDelivery>> {
    const found = await this.find(context, webhook);
    const list = new List({ select: DELIVERY_COLUMNS, from: 'webhook_delivery d', sort: [['d.id', 'uuid']], descending: true });
    list.where('d.endpoint_id = ?', found?.id ?? null);
    if (status != null) list.where('d.status = ?', status);
    if (from != null) list.where('d.happened_at >= ?', new Date(from));
    return list.read<WebhookDelivery, WebhookDelivery>(context.em, page, { cursor: ({ id }) => [id], node: (delivery) => delivery });
  }

  /** Sent again under the same id, so that the other side knows what it has. */
  async replay(context: Context, { webhook, delivery }: ReplayWebhookInput): Promise<Outcome<number>> {
    const found = await this.find(context, webhook);
    if (found === undefined) return refused(notThere());
    if (delivery != null && !isId(delivery)) return refused(userError('NOT_FOUND', 'There is no such message.', ['delivery']));
    return inTransaction(context.em, async (tx) => {
      const again = await rows(
        tx,
        `update webhook_delivery set status = 'waiting', tries = 0, next_at = now()
         where endpoint_id = $1 and (id = $2 or ($2::uuid is null and status = 'dead')) returning 1`,
        [found.id, delivery ?? null],
      );
      if (delivery != null && again.length === 0) return refused(userError('NOT_FOUND', 'There is no such message.', ['delivery']));
      return done(again.length);
    });
  }

  /** Of the viewer's own. */
  private async find(context: Context, id: string): Promise<WebhookEndpoint | undefined> {
    const { em, viewer } = context;
    if (!isId(id)) return undefined;
    return row<WebhookEndpoint>(
      em,
      `select ${ENDPOINT_COLUMNS} from webhook_endpoint e where e.id = $1 and e.organization_id = $2
         and ($3::uuid is null or e.affiliate_id = $3) and ($4::uuid[] is null or e.program_id = any($4))`,
      [id, viewer.organizationId, viewer.affiliateId, grantedPrograms(context) ?? null],
    );
  }
}

/** The last tries of messages. */
export const logOfDeliveries: LoaderDefinition<WebhookDelivery, WebhookAttempt[]> = {
  keyOf: (delivery) => `${(delivery as WebhookDelivery).endpointId}/${(delivery as WebhookDelivery).id}`,
  async read({ em }, deliveries) {
    const found = await rows<WebhookAttempt & { place: bigint }>(
      em,
      `select k.place, a.* from unnest($1::uuid[], $2::uuid[]) with ordinality as k (endpoint_id, id, place) cross join lateral (
         select number, tried_at as "triedAt", answered, failure, milliseconds from webhook_attempt
         where endpoint_id = k.endpoint_id and delivery_id = k.id order by number desc limit 20) a`,
      [deliveries.map(({ endpointId }) => endpointId), deliveries.map(({ id }) => id)],
    );
    return deliveries.map((_, index) => found.filter(({ place }) => Number(place) === index + 1));
  },
};
