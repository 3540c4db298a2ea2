import { Field, InputType, Int, registerEnumType } from 'type-graphql';
import { ALL_PERMISSIONS, definitionOf, type Permission, ROLES, type Role } from '../../access/index.ts';
import type { ViewerKind } from '../../context.ts';
import { Instant } from '../../platform/graphql/scalars.ts';

/** In the schema in capitals, in code and the database in small letters. */
export const TokenKind = { STAFF: 'staff', INTEGRATOR: 'integrator', AFFILIATE: 'affiliate' } as const;
registerEnumType(TokenKind, {
  name: 'TokenKind',
  description: 'Who a token is for.',
  valuesConfig: {
    STAFF: { description: 'Those who run the programs.' },
    INTEGRATOR: { description: "The merchant's systems, which tell facts." },
    AFFILIATE: { description: 'One affiliate, who sees own data only.' },
  },
});

/** In the schema in capitals: `ORDER_READ` for `order.read`. */
export const PermissionName = Object.fromEntries(ALL_PERMISSIONS.map((name) => [name.toUpperCase().replaceAll('.', '_'), name]));
registerEnumType(PermissionName, {
  name: 'PermissionName',
  description: 'What somebody may be permitted.',
  valuesConfig: Object.fromEntries(
    Object.entries(PermissionName).map(([name, permission]) => [name, { description: definitionOf(permission).description }]),
  ),
});

/** In the schema in capitals, in code and the database in small letters. */
export const StaffRole = {
  READER: 'reader',
  REVIEWER: 'reviewer',
  FINANCE: 'finance',
  TERMS_EDITOR: 'terms-editor',
  ADMIN: 'admin',
} as const;
registerEnumType(StaffRole, {
  name: 'StaffRole',
  description: 'What members of staff are for. Whoever has several roles may do what any of them may.',
  valuesConfig: Object.fromEntries(Object.entries(StaffRole).map(([name, role]) => [name, { description: ROLES[role].description }])),
});

@InputType({ description: 'A token to make.' })
export class CreateTokenInput {
  @Field(() => TokenKind, { description: 'Who it is for.' })
  kind!: ViewerKind;

  @Field(() => String, { nullable: true, description: "The affiliate's id as the caller knows it; for the kind `AFFILIATE` only." })
  affiliate?: string | null;

  @Field(() => String, { description: 'For people: who holds it, what for.' })
  name!: string;

  @Field(() => StaffRole, { nullable: true, description: 'What it may do; for the kind `STAFF` only, and needed there.' })
  role?: Role | null;

  @Field(() => [String], {
    nullable: true,
    description: 'The keys of the programs that it is for; any other is not there for it. Left out: all.',
  })
  programs?: string[] | null;

  @Field(() => [PermissionName], {
    nullable: true,
    description: 'What it may do; not for the kind `STAFF`, which has a role. Left out: all that its kind may.',
  })
  scopes?: Permission[] | null;

  @Field(() => Instant, { nullable: true, description: 'From then on it opens nothing, by the wall clock. Left out: never.' })
  expiresAt?: number | null;
}

@InputType({ description: 'A token to replace by a new one.' })
export class RotateTokenInput {
  @Field(() => String, { nullable: true, description: 'The id of the token. Left out: the one that asks.' })
  id?: string | null;

  @Field(() => Int, { description: 'For so long the old secret works beside the new one; 0: it dies at once. At most 30 days.' })
  overlapSeconds!: number;

  @Field(() => Instant, {
    nullable: true,
    description:
      'From then on the new one opens nothing; for staff only. Left out: by staff it lives as long as the old one was made for, by others it ends when the old one would have.',
  })
  expiresAt?: number | null;
}

@InputType({ description: 'A token to revoke.' })
export class RevokeTokenInput {
  @Field(() => String, { nullable: true, description: 'The id of the token. Left out: the one that asks.' })
  id?: string | null;
}
