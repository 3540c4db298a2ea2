import { Arg, Args, Ctx, FieldResolver, Query, Resolver, Root } from 'type-graphql';
import type { Context } from '../../context.ts';
import { Access } from '../../platform/graphql/access.ts';
import { AttributeType, attributesOf } from '../../platform/graphql/attribute.ts';
import { type Connection, readPage } from '../../platform/graphql/connection.ts';
import { type Affiliate, AffiliateType, affiliatesById } from '../affiliate/index.ts';
import { type Program, ProgramType, programsById } from '../program/index.ts';
import type { Click } from './tracking.entity.ts';
import { ClickArgs } from './tracking.input.ts';
import { ClickConnection, ClickType } from './tracking.type.ts';

@Resolver(() => ClickType)
export class ClickResolver {
  @Access('click.read', 'own.read')
  @Query(() => ClickConnection, { description: 'Clicks, the last recorded first. An affiliate sees its own.' })
  clicks(@Ctx() context: Context, @Args(() => ClickArgs) args: ClickArgs): Promise<Connection<Click>> {
    return context.services.clicks.list(context, args, readPage(args, ['id']));
  }

  @Access('click.read', 'own.read')
  @Query(() => ClickType, { nullable: true, description: 'A click; null: there is none, or it is not yours.' })
  click(
    @Ctx() context: Context,
    @Arg('program', () => String, { description: 'The key of the program.' }) program: string,
    @Arg('id', () => String, { description: "The caller's id of the click." }) id: string,
  ): Promise<Click | null> {
    return context.services.clicks.find(context, program, id);
  }

  @FieldResolver(() => ProgramType)
  program(@Root() { programId }: Click, @Ctx() context: Context): Promise<Program> {
    return context.load(programsById).load(programId);
  }

  @FieldResolver(() => AffiliateType)
  affiliate(@Root() { affiliateId }: Click, @Ctx() context: Context): Promise<Affiliate | null> {
    return context.load(affiliatesById).load(affiliateId);
  }

  @FieldResolver(() => [AttributeType])
  attributes(@Root() { attributeValues }: Click): AttributeType[] {
    return attributesOf(attributeValues);
  }
}
