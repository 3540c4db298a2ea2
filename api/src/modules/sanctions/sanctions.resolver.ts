import { Args, Ctx, FieldResolver, Mutation, Query, Resolver, Root } from 'type-graphql';
import type { Context } from '../../context.ts';
import { Access } from '../../platform/graphql/access.ts';
import { type Connection, PageArgs, readPage } from '../../platform/graphql/connection.ts';
import { Input } from '../../platform/graphql/input.ts';
import { type Payload, payload } from '../../platform/graphql/user-error.ts';
import { type Affiliate, AffiliateType, affiliatesById } from '../affiliate/index.ts';
import type { SanctionsList, SanctionsMatch } from './sanctions.entity.ts';
import { ClearSanctionsMatchInput, ConfirmSanctionsMatchInput } from './sanctions.input.ts';
import {
  SanctionsListConnection,
  SanctionsListType,
  SanctionsMatchArgs,
  SanctionsMatchConnection,
  SanctionsMatchPayload,
  SanctionsMatchType,
} from './sanctions.type.ts';

type MatchAnswer = Promise<Payload<'match', SanctionsMatch>>;

@Resolver(() => SanctionsMatchType)
export class SanctionsMatchResolver {
  @Access('sanction.manage')
  @Query(() => SanctionsMatchConnection, { description: 'Affiliates who may be on a sanctions list, the last found first.' })
  sanctionsMatches(@Ctx() context: Context, @Args(() => SanctionsMatchArgs) args: SanctionsMatchArgs): Promise<Connection<SanctionsMatch>> {
    return context.services.sanctions.matches(context, args, readPage(args, ['id']));
  }

  @Access('sanction.manage')
  @Mutation(() => SanctionsMatchPayload, { description: 'Says that an affiliate is somebody else than the list names.' })
  async clearSanctionsMatch(@Ctx() context: Context, @Input(() => ClearSanctionsMatchInput) input: ClearSanctionsMatchInput): MatchAnswer {
    return payload('match', await context.services.sanctions.clear(context, input));
  }

  @Access('sanction.manage')
  @Mutation(() => SanctionsMatchPayload, {
    description: 'Says that an affiliate is who the list names: nothing is ever paid, and it is out of every program.',
  })
  async confirmSanctionsMatch(
    @Ctx() context: Context,
    @Input(() => ConfirmSanctionsMatchInput) input: ConfirmSanctionsMatchInput,
  ): MatchAnswer {
    return payload('match', await context.services.sanctions.confirm(context, input));
  }

  @FieldResolver(() => AffiliateType)
  async affiliate(@Root() { affiliateId }: SanctionsMatch, @Ctx() context: Context): Promise<Affiliate> {
    return (await context.load(affiliatesById).load(affiliateId)) as Affiliate;
  }
}

@Resolver(() => SanctionsListType)
export class SanctionsListResolver {
  @Access('sanction.manage')
  @Query(() => SanctionsListConnection, { description: 'Sanctions lists that were taken in, the newest first.' })
  sanctionsLists(@Ctx() context: Context, @Args(() => PageArgs) args: PageArgs): Promise<Connection<SanctionsList>> {
    return context.services.sanctions.lists(context, readPage(args, ['id']));
  }

  @FieldResolver(() => String)
  hash(@Root() { hash }: SanctionsList): string {
    return hash.toString('hex');
  }
}
