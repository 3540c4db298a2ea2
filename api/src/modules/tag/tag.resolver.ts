import { hostMatches } from '@tributary/shared/compliance';
import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import type { Context } from '../../context.ts';
import { Instant } from '../../platform/graphql/scalars.ts';
import { type Enrollment, EnrollmentType } from '../affiliate/index.ts';
import { type TrafficSource, TrafficSourceType } from '../compliance/index.ts';
import { type Link, LinkType } from '../link/index.ts';
import { bareHost, sightingsByPair, type TagSighting } from './sightings.ts';
import { TagSightingType } from './tag.type.ts';

/** What the publisher tag adds to enrollments. */
@Resolver(() => EnrollmentType)
export class EnrollmentTagResolver {
  @FieldResolver(() => [TagSightingType], { description: 'Hosts on which the publisher tag was seen, at most 200, by host.' })
  tagSightings(@Root() enrollment: Enrollment, @Ctx() context: Context): Promise<TagSighting[]> {
    return context.load(sightingsByPair).load(enrollment);
  }
}

/** What it adds to declared sources. */
@Resolver(() => TrafficSourceType)
export class TrafficSourceTagResolver {
  @FieldResolver(() => Instant, { nullable: true, description: 'When the publisher tag was last seen on its host; null: never.' })
  async tagSeenAt(@Root() source: TrafficSource, @Ctx() context: Context): Promise<Date | null> {
    const host = source.url === null ? null : bareHost(source.url);
    if (host === null) return null;
    const seen = (await context.load(sightingsByPair).load(source)).filter((sighting) => hostMatches(sighting.host, host));
    return seen.reduce<Date | null>((last, { lastSeenAt }) => (last === null || last < lastSeenAt ? lastSeenAt : last), null);
  }
}

/** What it adds to links. */
@Resolver(() => LinkType)
export class LinkTagResolver {
  @FieldResolver(() => String, {
    description: 'The publisher tag, to be put into pages: it makes links of this one out of links to the merchant.',
  })
  tag(@Root() { code }: Link, @Ctx() { services }: Context): string {
    return `<script async src="${services.signIn.publicUrl()}/tag.js?code=${code}"></script>`;
  }
}
