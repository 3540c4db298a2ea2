import { Args, Ctx, FieldResolver, Mutation, Query, Resolver, Root } from 'type-graphql';
import type { Context } from '../../context.ts';
import { EVENTS } from '../../messages/index.ts';
import { Access } from '../../platform/graphql/access.ts';
import { type Connection, readPage } from '../../platform/graphql/connection.ts';
import { Input } from '../../platform/graphql/input.ts';
import { Instant } from '../../platform/graphql/scalars.ts';
import { type Payload, payload } from '../../platform/graphql/user-error.ts';
import { type Affiliate, AffiliateType, affiliatesById } from '../affiliate/index.ts';
import { type Program, ProgramType, programsById } from '../program/index.ts';
import type { WebhookAttempt, WebhookDelivery, WebhookEndpoint } from './webhook.entity.ts';
import { CreateWebhookInput, DeliveryArgs, ReplayWebhookInput, RotateWebhookInput, SetWebhookInput, WebhookArgs } from './webhook.input.ts';
import { logOfDeliveries } from './webhook.service.ts';
import {
  CreateWebhookPayload,
  ReplayWebhookPayload,
  RotateWebhookPayload,
  SetWebhookPayload,
  WebhookAttemptType,
  WebhookConnection,
  WebhookDeliveryConnection,
  WebhookDeliveryType,
  WebhookType,
} from './webhook.type.ts';

@Resolver(() => WebhookDeliveryType)
export class WebhookResolver {
  @Access('token.manage', 'own.read')
  @Query(() => WebhookConnection, { description: 'Addresses that hear of what happens, the newest first. An affiliate sees its own.' })
  webhooks(@Ctx() context: Context, @Args(() => WebhookArgs) args: WebhookArgs): Promise<Connection<WebhookEndpoint>> {
    return context.services.webhooks.list(context, args, readPage(args, ['id']));
  }

  @Access('token.manage', 'own.read')
  @Query(() => [String], { description: 'Of what webhooks can hear.' })
  webhookEvents(): readonly string[] {
    return EVENTS;
  }

  @Access('token.manage', 'own.read')
  @Query(() => WebhookDeliveryConnection, { description: 'Messages to an address, the newest first.' })
  webhookDeliveries(@Ctx() context: Context, @Args(() => DeliveryArgs) args: DeliveryArgs): Promise<Connection<WebhookDelivery>> {
    return context.services.webhooks.deliveries(context, args, readPage(args, ['id']));
  }

  @Access('token.manage', 'own.ask')
  @Mutation(() => CreateWebhookPayload, { description: 'Has an address told of what happens, and shows the secret of its messages, once.' })
  async createWebhook(@Ctx() context: Context, @Input(() => CreateWebhookInput) input: CreateWebhookInput): Promise<CreateWebhookPayload> {
    const { value, errors = [] } = await context.services.webhooks.create(context, input);
    return { webhook: value?.webhook ?? null, secret: value?.secret ?? null, userErrors: errors };
  }

  @Access('token.manage', 'own.ask')
  @Mutation(() => RotateWebhookPayload, {
    description: 'Replaces the secret of a webhook, and shows the new one, once. The one before signs as well for another day.',
  })
  async rotateWebhook(@Ctx() context: Context, @Input(() => RotateWebhookInput) input: RotateWebhookInput): Promise<RotateWebhookPayload> {
    const { value, errors = [] } = await context.services.webhooks.rotate(context, input);
    return { webhook: value?.webhook ?? null, secret: value?.secret ?? null, userErrors: errors };
  }

  @Access('token.manage', 'own.ask')
  @Mutation(() => SetWebhookPayload, { description: 'Turns an address on or off.' })
  async setWebhook(
    @Ctx() context: Context,
    @Input(() => SetWebhookInput) input: SetWebhookInput,
  ): Promise<Payload<'webhook', WebhookEndpoint>> {
    return payload('webhook', await context.services.webhooks.setOn(context, input));
  }

  @Access('token.manage', 'own.ask')
  @Mutation(() => ReplayWebhookPayload, { description: 'Sends messages again: one, or all that are dead.' })
  async replayWebhook(
    @Ctx() context: Context,
    @Input(() => ReplayWebhookInput) input: ReplayWebhookInput,
  ): Promise<Payload<'replayed', number>> {
    return payload('replayed', await context.services.webhooks.replay(context, input));
  }

  @FieldResolver(() => String)
  payload(@Root() { payload: content }: WebhookDelivery): string {
    return JSON.stringify(content);
  }

  @FieldResolver(() => Instant, { nullable: true })
  nextAt(@Root() { status, nextAt }: WebhookDelivery): Date | null {
    return status === 'waiting' ? nextAt : null;
  }

  @FieldResolver(() => [WebhookAttemptType])
  log(@Root() delivery: WebhookDelivery, @Ctx() context: Context): Promise<WebhookAttempt[]> {
    return context.load(logOfDeliveries).load(delivery);
  }
}

/** What an address says of itself beside its columns. */
@Resolver(() => WebhookType)
export class WebhookPlaceResolver {
  @FieldResolver(() => ProgramType)
  program(@Root() { programId }: WebhookEndpoint, @Ctx() context: Context): Promise<Program> {
    return context.load(programsById).load(programId);
  }

  @FieldResolver(() => AffiliateType, { nullable: true })
  affiliate(@Root() { affiliateId }: WebhookEndpoint, @Ctx() context: Context): Promise<Affiliate | null> | null {
    return affiliateId === null ? null : context.load(affiliatesById).load(affiliateId);
  }
}
