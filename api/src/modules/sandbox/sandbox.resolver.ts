import { Ctx, Mutation, Query, Resolver } from 'type-graphql';
import type { Context } from '../../context.ts';
import { Access, Open } from '../../platform/graphql/access.ts';
import { Input } from '../../platform/graphql/input.ts';
import { Instant } from '../../platform/graphql/scalars.ts';
import { AdvanceClockInput, CreateSandboxInput } from './sandbox.input.ts';
import { AdvanceClockPayload, CreateSandboxPayload } from './sandbox.type.ts';

@Resolver()
export class SandboxResolver {
  @Open()
  @Query(() => Instant, { description: "Business time of the token's organization: the wall clock, or a sandbox's own." })
  now(@Ctx() context: Context): Promise<number> {
    return context.now();
  }

  @Access('sandbox.manage')
  @Mutation(() => CreateSandboxPayload, { description: 'Makes a sandbox with copies of bundled programs and two tokens.' })
  async createSandbox(@Ctx() context: Context, @Input(() => CreateSandboxInput) input: CreateSandboxInput): Promise<CreateSandboxPayload> {
    const { value, errors = [] } = await context.services.sandboxes.create(context, input);
    return {
      sandbox: value ? { id: value.sandbox.id, name: value.sandbox.name, now: input.startsAt } : null,
      staffToken: value?.staffToken ?? null,
      integratorToken: value?.integratorToken ?? null,
      userErrors: errors,
    };
  }

  @Access('sandbox.manage')
  @Mutation(() => AdvanceClockPayload, {
    description: "Moves a sandbox's clock forward, and answers when all that fell due on the way is done, in the order in which it did.",
  })
  async advanceClock(@Ctx() context: Context, @Input(() => AdvanceClockInput) input: AdvanceClockInput): Promise<AdvanceClockPayload> {
    const { value, errors = [] } = await context.services.sandboxes.advanceClock(context, input);
    return { now: value?.now ?? null, done: value?.done ?? null, userErrors: errors };
  }
}
