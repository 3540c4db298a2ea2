import 'reflect-metadata';
import { graphql } from 'graphql';
import { Arg, Field, Mutation, ObjectType, Query, Resolver } from 'type-graphql';
import { beforeAll, describe, expect, it } from 'vitest';
import { allOf, type GrantedRole, type Grants, grantsOf } from '../../access/index.ts';
import type { Context } from '../../context.ts';
import { Access, Open, Part } from './access.ts';
import { formatError } from './errors.ts';
import { createSchema } from './schema.ts';

@Access('commission.read', 'own.read')
@ObjectType({ description: 'What a thing leads to.' })
class Inner {
  @Field(() => String, { description: 'A text.' })
  text!: string;
}

@Access('order.read', 'own.read')
@ObjectType({ description: 'A thing of a program.' })
class Thing {
  @Field(() => String, { description: 'For whom the type is.' })
  plain!: string;

  @Access('actor.read')
  @Field(() => String, { nullable: true, description: 'For fewer.' })
  secret!: string;

  @Field(() => Inner, { nullable: true, description: 'Needs what its type needs.' })
  inner!: Inner;
}

@ObjectType({ description: 'A thing about which nobody said who may see it.' })
class Silent {
  @Field(() => String, { nullable: true, description: 'Closed.' })
  text!: string;
}

@Part()
@ObjectType({ description: 'A page of things.' })
class Page {
  @Field(() => [Thing], { description: 'What is on it.' })
  nodes!: Thing[];

  @Field(() => Silent, { nullable: true, description: 'Nothing that anybody said who may see it leads to.' })
  silent!: Silent;
}

const thingOf = (programId: string) => ({ programId, plain: 'p', secret: 's', inner: { text: 't' } });
let touched = 0;

@Resolver()
class ThingResolver {
  @Open()
  @Query(() => Page, { description: 'Things.' })
  things(): object {
    return { nodes: [thingOf('a'), thingOf('b')], silent: { text: 'x' } };
  }

  @Query(() => String, { nullable: true, description: 'A root that says nothing.' })
  forgotten(): string {
    return 'f';
  }

  @Access('order.correct')
  @Mutation(() => String, { nullable: true, description: 'An act of staff.' })
  touch(@Arg('what', () => String, { description: 'What.' }) what: string): string {
    touched += 1;
    return what;
  }

  @Access('token.manage')
  @Mutation(() => String, { nullable: true, description: 'An act that is of the organization as a whole.' })
  manage(): string {
    return 'm';
  }
}

let ask: (grants: Grants | null, source: string) => Promise<{ data: unknown; codes: string[] }>;
beforeAll(() => {
  const schema = createSchema([ThingResolver]);
  ask = async (grants, source) => {
    const contextValue = { viewer: grants && { grants } } as unknown as Context;
    const { data, errors = [] } = await graphql({ schema, source, contextValue });
    return { data: structuredClone(data), codes: errors.map((error) => String(formatError(error).extensions?.['code'])) };
  };
});

const roles = (...granted: GrantedRole[]) => grantsOf(granted);
const [staff, integrator, affiliate] = [allOf('staff'), allOf('integrator'), allOf('affiliate')];

describe('access', () => {
  it('to a type is asked wherever it is reached, and of a field besides', async () => {
    const source = '{ things { nodes { plain secret inner { text } } } }';
    const all = { plain: 'p', secret: 's', inner: { text: 't' } };
    expect(await ask(staff, source)).toEqual({ data: { things: { nodes: [all, all] } }, codes: [] });
    const less = { ...all, secret: null };
    expect(await ask(integrator, source)).toEqual({ data: { things: { nodes: [less, less] } }, codes: ['FORBIDDEN', 'FORBIDDEN'] });
    expect(await ask(affiliate, '{ things { nodes { inner { text } } } }')).toMatchObject({ codes: [] });
    expect(await ask(roles(), source)).toEqual({ data: null, codes: ['FORBIDDEN'] });
  });

  it('is asked for the program that something is of', async () => {
    const grants = roles({ role: 'terms-editor', program: 'b' }, { role: 'reader', program: 'a' });
    expect(await ask(grants, '{ things { nodes { secret } } }')).toEqual({
      data: { things: { nodes: [{ secret: 's' }, { secret: null }] } },
      codes: ['FORBIDDEN'],
    });
  });

  it('to what is of the organization as a whole needs a role in all programs', async () => {
    expect(await ask(roles({ role: 'admin', program: 'a' }), 'mutation { manage }')).toEqual({
      data: { manage: null },
      codes: ['FORBIDDEN'],
    });
    expect(await ask(roles({ role: 'admin', program: null }), 'mutation { manage }')).toEqual({ data: { manage: 'm' }, codes: [] });
  });

  it('is closed where nothing is said', async () => {
    expect(await ask(staff, '{ things { silent { text } } }')).toEqual({ data: { things: { silent: null } }, codes: ['FORBIDDEN'] });
    expect(await ask(staff, '{ forgotten }')).toEqual({ data: { forgotten: null }, codes: ['FORBIDDEN'] });
  });

  it('needs somebody who is known, also for what is open to everybody', async () => {
    expect(await ask(null, '{ things { nodes { plain } } }')).toEqual({ data: null, codes: ['UNAUTHENTICATED'] });
    expect(await ask(null, '{ __typename }')).toEqual({ data: { __typename: 'Query' }, codes: [] });
  });

  it('is asked before anything is done', async () => {
    for (const grants of [integrator, affiliate, roles({ role: 'reader', program: null }), null]) {
      await ask(grants, 'mutation { touch(what: "x") }');
    }
    expect(touched).toBe(0);
    expect(await ask(staff, 'mutation { touch(what: "x") }')).toEqual({ data: { touch: 'x' }, codes: [] });
  });
});
