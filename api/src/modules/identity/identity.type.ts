import { Field, ObjectType } from 'type-graphql';
import type { Permission, Role } from '../../access/index.ts';
import type { ViewerKind } from '../../context.ts';
import { Open, Part } from '../../platform/graphql/access.ts';
import { connectionOf } from '../../platform/graphql/connection.ts';
import { Instant } from '../../platform/graphql/scalars.ts';
import { UserError } from '../../platform/graphql/user-error.ts';
import type { Token } from './identity.entity.ts';
import { PermissionName, StaffRole, TokenKind } from './identity.input.ts';

@Open()
@ObjectType('Viewer', { description: 'Who asks: the token that came with the request.' })
export class ViewerType {
  @Field(() => String, { description: "The token's name." })
  name!: string;

  @Field(() => TokenKind, { description: 'What kind of token it is.' })
  kind!: ViewerKind;

  @Field(() => String, { nullable: true, description: "The affiliate's id as the caller knows it; for an affiliate's token." })
  affiliate!: string | null;

  @Field(() => [HeldPermissionType], { description: 'All that is permitted, so that a front end offers nothing else.' })
  permissions!: HeldPermissionType[];

  @Field(() => Boolean, { description: 'Must the member set up a second factor first? Until then nothing is permitted.' })
  needsSecondFactor!: boolean;

  @Field(() => OrganizationType, { description: 'The organization that the token opens.' })
  organization!: OrganizationType;

  @Field(() => [OrganizationType], {
    description:
      'Where one may work. In a session: the organization and its sandboxes, the newest first, at most 100; see the header `x-tributary-organization`. For a token: its organization.',
  })
  places!: OrganizationType[];
}

@Open()
@ObjectType('HeldPermission', { description: 'Something that the caller may do.' })
export class HeldPermissionType {
  @Field(() => PermissionName, { description: 'What.' })
  permission!: Permission;

  @Field(() => [String], { nullable: true, description: 'In which programs, by their keys; null: in all.' })
  programs!: string[] | null;
}

@Open()
@ObjectType('Organization', { description: 'Owns programs, people and facts. A sandbox is one with a clock of its own.' })
export class OrganizationType {
  @Field(() => String, { description: 'Opaque.' })
  id!: string;

  @Field(() => String, { description: 'For people.' })
  name!: string;

  @Field(() => Boolean, { description: 'Is it a sandbox?' })
  isSandbox!: boolean;
}

@Part()
@ObjectType('Token', { description: 'What opens the API to one caller. Its secret is shown once and stored nowhere.' })
export class TokenType {
  @Field(() => String, { description: 'Opaque.' })
  id!: string;

  @Field(() => TokenKind, { description: 'Who it is for.' })
  kind!: ViewerKind;

  @Field(() => String, { description: 'For people.' })
  name!: string;

  @Field(() => String, { description: 'What its secret begins with.' })
  prefix!: string;

  @Field(() => [StaffRole], { description: 'Of staff: the roles that it has by itself; of others none.' })
  roles!: Role[];

  @Field(() => [PermissionName], {
    nullable: true,
    description: 'Of others: the permissions that it is limited to; null: all that its kind may have.',
  })
  scopes?: Permission[] | null;

  @Field(() => [String], { nullable: true, description: 'The keys of the programs that it is limited to; null: all.' })
  programs!: string[] | null;

  @Field(() => Instant, { description: 'When it was made, by the wall clock.' })
  createdAt!: Date;

  @Field(() => Instant, { nullable: true, description: 'From when on it opens nothing, by the wall clock.' })
  expiresAt?: Date | null;

  @Field(() => Instant, { nullable: true, description: 'When it was revoked, by the wall clock.' })
  revokedAt?: Date | null;

  @Field(() => Instant, { nullable: true, description: 'When it was last used, by the wall clock, to about a minute.' })
  lastUsedAt?: Date | null;

  @Field(() => String, { nullable: true, description: 'The address it was last used from.' })
  lastUsedFrom?: string | null;
}

export const TokenConnection = connectionOf('Token', () => TokenType);

@Part()
@ObjectType({ description: 'A new token.' })
export class CreateTokenPayload {
  @Field(() => TokenType, { nullable: true, description: 'The token; null if it was turned away.' })
  token!: Token | null;

  @Field(() => String, { nullable: true, description: "Its secret. It isn't shown again." })
  secret!: string | null;

  @Field(() => [UserError], { description: 'Why it was turned away.' })
  userErrors!: UserError[];
}

@Part()
@ObjectType({ description: 'A new token in place of another.' })
export class RotateTokenPayload {
  @Field(() => TokenType, { nullable: true, description: 'The new token; null if it was turned away.' })
  token!: Token | null;

  @Field(() => String, { nullable: true, description: "Its secret. It isn't shown again." })
  secret!: string | null;

  @Field(() => TokenType, { nullable: true, description: 'The old one, which dies when it expires; null if it was turned away.' })
  replaced!: Token | null;

  @Field(() => [UserError], { description: 'Why it was turned away.' })
  userErrors!: UserError[];
}

@Part()
@ObjectType({ description: 'A revoked token.' })
export class RevokeTokenPayload {
  @Field(() => TokenType, { nullable: true, description: 'The token; null if it was turned away.' })
  token!: Token | null;

  @Field(() => [UserError], { description: 'Why it was turned away.' })
  userErrors!: UserError[];
}
