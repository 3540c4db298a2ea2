import 'reflect-metadata';
import { graphql } from 'graphql';
import { Arg, Field, Mutation, ObjectType, Query, Resolver } from 'type-graphql';
import { beforeAll, describe, expect, it } from 'vitest';
import type { ViewerKind } from '../../context.ts';
import { Access, Open } from './access.ts';
import { formatError } from './errors.ts';
import { createSchema } from './schema.ts';

@Access('staff', 'integrator')
@ObjectType({ description: 'A thing with secrets of different depth.' })
class Thing {
  @Open()
  @Field(() => String, { description: 'For everybody.' })
  open!: string;

  @Field(() => String, { description: 'For whom the type is.' })
  inner!: string;

  @Access('staff')
  @Field(() => String, { nullable: true, description: 'For staff.' })
  secret!: string;
}

@ObjectType({ description: 'A thing about which nobody said who may see it.' })
class Silent {
  @Field(() => String, { description: 'Closed.' })
  text!: string;
}

let touched = 0;

@Resolver()
class ThingResolver {
  @Open()
  @Query(() => Thing, { description: 'A thing.' })
  thing(): Thing {
    return { open: 'o', inner: 'i', secret: 's' };
  }

  @Open()
  @Query(() => Silent, { nullable: true, description: 'A silent thing.' })
  silent(): Silent {
    return { text: 't' };
  }

  @Query(() => String, { nullable: true, description: 'A root that says nothing.' })
  forgotten(): string {
    return 'f';
  }

  @Access('staff')
  @Mutation(() => String, { nullable: true, description: 'An act of staff.' })
  touch(@Arg('what', () => String, { description: 'What.' }) what: string): string {
    touched += 1;
    return what;
  }
}

let ask: (kind: ViewerKind | null, source: string) => Promise<{ data: unknown; codes: string[] }>;
beforeAll(() => {
  const schema = createSchema([ThingResolver]);
  ask = async (kind, source) => {
    const { data, errors = [] } = await graphql({ schema, source, contextValue: { viewer: kind && { kind } } });
    return { data: structuredClone(data), codes: errors.map((error) => String(formatError(error).extensions?.['code'])) };
  };
});

describe('access', () => {
  it('is a matter of the field, else of its type', async () => {
    const source = '{ thing { open inner secret } }';
    expect(await ask('staff', source)).toEqual({ data: { thing: { open: 'o', inner: 'i', secret: 's' } }, codes: [] });
    expect(await ask('integrator', source)).toEqual({ data: { thing: { open: 'o', inner: 'i', secret: null } }, codes: ['FORBIDDEN'] });
    expect(await ask('affiliate', '{ thing { open } }')).toEqual({ data: { thing: { open: 'o' } }, codes: [] });
    expect(await ask('affiliate', source)).toMatchObject({ data: null });
  });

  it('is closed where nothing is said', async () => {
    expect(await ask('staff', '{ silent { text } }')).toEqual({ data: { silent: null }, codes: ['FORBIDDEN'] });
    expect(await ask('staff', '{ forgotten }')).toEqual({ data: { forgotten: null }, codes: ['FORBIDDEN'] });
  });

  it('needs a token, also for what is open to everybody', async () => {
    expect(await ask(null, '{ thing { open } }')).toEqual({ data: null, codes: ['UNAUTHENTICATED'] });
    expect(await ask(null, '{ __typename }')).toEqual({ data: { __typename: 'Query' }, codes: [] });
  });

  it('is asked before anything is done', async () => {
    for (const kind of ['integrator', 'affiliate', null] as const) await ask(kind, 'mutation { touch(what: "x") }');
    expect(touched).toBe(0);
    expect(await ask('staff', 'mutation { touch(what: "x") }')).toEqual({ data: { touch: 'x' }, codes: [] });
  });
});
