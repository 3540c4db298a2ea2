import { Ctx, FieldResolver, Mutation, Resolver, Root } from 'type-graphql';
import type { Context, RequestContext } from '../../context.ts';
import { networkOf } from '../../platform/edge/rates.ts';
import { Access, Public } from '../../platform/graphql/access.ts';
import { Input } from '../../platform/graphql/input.ts';
import type { Outcome } from '../../platform/graphql/user-error.ts';
import { type Affiliate, AffiliateType } from '../affiliate/index.ts';
import { TokenType } from '../identity/index.ts';
import type { Person } from './person.entity.ts';
import * as inputs from './person.input.ts';
import { ownersById, peopleByAffiliate, tokensByPerson } from './person.loader.ts';
import {
  ConfirmEmailPayload,
  InvitePersonPayload,
  MailedPayload,
  PersonType,
  RemovePersonPayload,
  SetSignUpPayload,
} from './person.type.ts';

const mailed = ({ value, errors = [] }: Outcome<true>): MailedPayload => ({ accepted: value ?? false, userErrors: errors });
const idOf = ({ value, errors = [] }: Outcome<Person>) => ({ id: value?.id ?? null, userErrors: errors });

/** What those do who have no token yet, or none any more. */
@Resolver()
export class SignUpResolver {
  @Public()
  @Mutation(() => MailedPayload, {
    description:
      'Signs somebody up as an affiliate, where the program is open for it. A code goes to the address; nothing else is kept until it is confirmed.',
  })
  async signUp(@Ctx() context: RequestContext, @Input(() => inputs.SignUpInput) input: inputs.SignUpInput): Promise<MailedPayload> {
    return mailed(await context.services.signUps.signUp(context, networkOf(context.address), input));
  }

  @Public()
  @Mutation(() => MailedPayload, {
    description: 'Asks for a code by which a lost token is replaced. It goes to an address that was confirmed; to others goes nothing.',
  })
  async requestAccess(
    @Ctx() context: RequestContext,
    @Input(() => inputs.RequestAccessInput) input: inputs.RequestAccessInput,
  ): Promise<MailedPayload> {
    return mailed(await context.services.signUps.requestAccess(context, networkOf(context.address), input));
  }

  @Public()
  @Mutation(() => ConfirmEmailPayload, { description: 'Confirms the address that a code came to, once, and gives a token.' })
  async confirmEmail(
    @Ctx() context: RequestContext,
    @Input(() => inputs.ConfirmEmailInput) input: inputs.ConfirmEmailInput,
  ): Promise<ConfirmEmailPayload> {
    const { value, errors = [] } = await context.services.signUps.confirm(context, input);
    return { secret: value?.secret ?? null, expiresAt: value?.expiresAt ?? null, affiliate: value?.affiliate ?? null, userErrors: errors };
  }
}

@Resolver(() => PersonType)
export class PersonResolver {
  @Access('person.manage', 'own.ask')
  @Mutation(() => InvitePersonPayload, {
    description: 'Invites somebody to act for an affiliate, by a code to the address. Of an affiliate only owners may.',
  })
  async invitePerson(
    @Ctx() context: Context,
    @Input(() => inputs.InvitePersonInput) input: inputs.InvitePersonInput,
  ): Promise<InvitePersonPayload> {
    return idOf(await context.services.people.invite(context, input));
  }

  @Access('person.manage', 'own.ask')
  @Mutation(() => RemovePersonPayload, {
    description: 'Somebody no longer acts for an affiliate: the tokens die at once. Of an affiliate only owners remove others.',
  })
  async removePerson(
    @Ctx() context: Context,
    @Input(() => inputs.RemovePersonInput) input: inputs.RemovePersonInput,
  ): Promise<RemovePersonPayload> {
    return idOf(await context.services.people.remove(context, input));
  }

  @Access('setting.manage')
  @Mutation(() => SetSignUpPayload, { description: 'Says whether anybody may sign up to a program. At first nobody may.' })
  async setSignUp(@Ctx() context: Context, @Input(() => inputs.SetSignUpInput) input: inputs.SetSignUpInput): Promise<SetSignUpPayload> {
    const { value, errors = [] } = await context.services.people.setSignUp(context, input);
    return { open: value ?? null, userErrors: errors };
  }

  @FieldResolver(() => [TokenType])
  async tokens(@Root() { id }: Person, @Ctx() context: Context): Promise<object[]> {
    const { kind, personId } = context.viewer;
    const sees = kind === 'staff' || personId === id || (personId !== null && (await context.load(ownersById).load(personId)));
    return sees ? context.load(tokensByPerson).load(id) : [];
  }
}

@Resolver(() => AffiliateType)
export class AffiliatePeopleResolver {
  @Access('person.read', 'own.read')
  @FieldResolver(() => [PersonType], { description: 'Who acts for the affiliate.' })
  people(@Root() { id }: Affiliate, @Ctx() context: Context): Promise<Person[]> {
    return context.load(peopleByAffiliate).load(id);
  }
}
