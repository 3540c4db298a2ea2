import { createHash } from 'node:crypto';
import type { GraphQLField, GraphQLSchema } from 'graphql';
import type { Context } from '../../context.ts';
import { inTransaction, withEveryCommit } from '../../platform/database/transaction.ts';
import { accessOf } from '../../platform/graphql/access.ts';
import { isDone } from '../../platform/graphql/user-error.ts';
import { type Acting, appendAudit, type NewEntry } from './append.ts';
import { changeOf } from './change.ts';

type Input = Readonly<Record<string, unknown>>;

/** By which callers name things. */
const SUBJECTS = new Set(
  'program affiliate customer order withdrawal redemption batch product rule channel link event member token grant approval session request match id'.split(
    ' ',
  ),
);
/** What may be written down of what was asked: states, amounts, instants. What tells who a person is never is. */
const ASKED = new Set(
  'kind class role programs scopes factor amount unit usableFrom expiresAt allowed document holdsFrom to startsAt status limits on kinds version regions acceptFrom blocks'.split(
    ' ',
  ),
);
const LONGEST = 200;

/** Has every act of staff written down, in the transaction that does it where it has one. Facts are not: they are kept by themselves. */
export function recordActs(schema: GraphQLSchema): GraphQLSchema {
  for (const field of Object.values(schema.getMutationType()!.getFields())) {
    const access = accessOf(field.extensions);
    if (!(Array.isArray(access) && access.includes('fact.tell'))) record(field);
  }
  return schema;
}

function record(field: GraphQLField<unknown, Context>): void {
  const resolve = field.resolve!;
  field.resolve = async (source, args, context, info) => {
    if (context.viewer?.kind !== 'staff') return resolve(source, args, context, info);
    const acting = await actingFor(context);
    const entry = entryOf(field.name, (args as { input?: Input }).input ?? {}, context);
    let writtenIn: object | undefined;
    const stop = withEveryCommit(context.em, async (tx, value, call) => {
      if (!isDone(value) || (writtenIn !== undefined && writtenIn !== call)) return;
      writtenIn = call;
      await appendAudit(tx, acting, { ...entry, details: { ...entry.details, ...changeOf(tx) } });
    });
    let answer: unknown;
    try {
      answer = await resolve(source, args, context, info);
    } catch (error) {
      stop();
      if (codeOf(error) === 'FORBIDDEN') await append(context, acting, refused(entry, ['FORBIDDEN']));
      throw error;
    }
    stop();
    const codes = ((answer as { userErrors?: { code: string }[] } | null)?.userErrors ?? []).map(({ code }) => code);
    if (codes.length > 0) await append(context, acting, refused(entry, codes));
    else if (writtenIn === undefined) await append(context, acting, entry);
    return answer;
  };
}

/** Who acts in a request. */
export async function actingFor(context: Context): Promise<Acting> {
  const { organizationId, memberId, tokenId, name } = context.viewer;
  return { organizationId, actorId: memberId ?? tokenId, actor: name, businessAt: await context.now() };
}

/** From where a request comes. */
export function whereFrom({ requestId, address, userAgent, viewer }: Context) {
  return {
    requestId,
    address,
    userAgent: userAgent?.slice(0, LONGEST),
    tokenId: viewer.tokenId ?? undefined,
    sessionId: viewer.sessionId ?? undefined,
  };
}

function append(context: Context, acting: Acting, entry: NewEntry): Promise<void> {
  return inTransaction(context.em, (tx) => appendAudit(tx, acting, entry));
}

function entryOf(act: string, input: Input, context: Context): NewEntry {
  const pick = (names: ReadonlySet<string>) =>
    Object.fromEntries(
      Object.entries(input).flatMap(([name, value]) => (names.has(name) && value != null ? [[name, shorten(value)]] : [])),
    );
  const { program, reason } = input;
  return {
    act,
    program: typeof program === 'string' ? program.slice(0, LONGEST) : null,
    subject: pick(SUBJECTS),
    details: {
      ...whereFrom(context),
      asked: pick(ASKED),
      reason: typeof reason === 'string' ? reason.slice(0, 1000) : undefined,
    },
  };
}

function refused(entry: NewEntry, codes: readonly string[]): NewEntry {
  return { ...entry, outcome: 'refused', details: { ...entry.details, codes } };
}

/** Of a long text, such as a terms document, the hash stands for it. */
function shorten(value: unknown): unknown {
  if (typeof value !== 'string' || value.length <= LONGEST) return typeof value === 'bigint' ? String(value) : value;
  return `sha256:${createHash('sha256').update(value).digest('hex')}`;
}

const codeOf = (error: unknown) => (error as { extensions?: { code?: unknown } } | null)?.extensions?.code;
