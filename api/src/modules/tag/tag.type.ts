import { Field, ObjectType } from 'type-graphql';
import { Access } from '../../platform/graphql/access.ts';
import { Instant } from '../../platform/graphql/scalars.ts';

@Access('enrollment.read', 'own.read')
@ObjectType('TagSighting', { description: 'A host whose pages fetched the publisher tag of an affiliate, as their browsers said.' })
export class TagSightingType {
  @Field(() => String, { description: 'The host.' })
  host!: string;

  @Field(() => Instant, { description: 'When first.' })
  firstSeenAt!: Date;

  @Field(() => Instant, { description: 'When last, to within ten minutes.' })
  lastSeenAt!: Date;
}
