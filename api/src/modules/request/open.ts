import { FieldReader, type Refusal } from '@tributary/shared/facts';
import { requestKindsOf } from '@tributary/shared/people';
import { hashOf } from '../../intake/index.ts';
import { row } from '../../platform/database/sql.ts';
import { done, type Outcome, refused, type UserError, userError } from '../../platform/graphql/user-error.ts';
import { newId, sliceOf } from '../../platform/ids.ts';
import { type Act, notActive } from '../affiliate/index.ts';
import { ALL_TOLD, type Asked, KINDS } from './kinds/index.ts';
import type { Request } from './request.entity.ts';
import type { OpenRequestInput } from './request.input.ts';
import { insertRequest, requestById } from './store.ts';

/** Of one affiliate in one program, so that an inbox cannot be flooded. */
const MOST_PENDING = 50;
export const LONGEST_TEXT = 4_000;

/** A request in normal form. */
export interface Wish extends Asked {
  readonly externalId: string;
  readonly text: string;
}

export function readWish(input: OpenRequestInput): Wish | Refusal {
  const read = new FieldReader();
  const externalId = read.id(input.id, ['id']);
  const text = (read.text(input.text, ['text'], LONGEST_TEXT) ?? '').trim();
  if (text === '') read.refuse(['text'], 'It may not be empty.');
  const { needed, taken, read: readAsked } = KINDS[input.kind];
  for (const told of ALL_TOLD) {
    const isTold = input[told] != null;
    if (needed.includes(told) && !isTold) read.refuse([told], 'A request of this kind needs it.');
    if (isTold && ![...needed, ...taken].includes(told)) read.refuse([told], 'A request of this kind has none.');
  }
  if (read.refusal !== null) return read.refusal;
  const asked = readAsked?.(input, read) ?? { subject: null, details: null };
  return read.refusal ?? { externalId, text, ...asked };
}

/** A request that a caller names. The same again answers the first one. */
export async function openNamed(
  act: Act,
  input: OpenRequestInput,
  wish: Wish,
  chosen: readonly string[] | null,
): Promise<Outcome<Request>> {
  const { tx, compiled, enrollment, program } = act;
  // Words and accounts are kept where they can be erased, and in no hash.
  const hash = hashOf({ affiliateId: enrollment.affiliateId, kind: input.kind, subject: wish.subject });
  const known = await row<{ fact_id: string; content_hash: Buffer | null }>(
    tx,
    `select fact_id, content_hash from fact_key where slice = $1 and scope_id = $2 and kind = 'request' and external_id = $3`,
    [sliceOf(wish.externalId), program.id, wish.externalId],
  );
  if (known !== undefined) {
    const found = known.content_hash?.equals(hash) ? await requestById(tx, enrollment, known.fact_id) : undefined;
    const isKnown = found !== undefined && (await isSame(act, found, wish));
    if (!isKnown) return refused(userError('CONFLICT', `The request "${wish.externalId}" is known with other content.`, ['id']));
    // What it began goes by the same id, and knows what it was told.
    const again = await KINDS[input.kind].begin?.(act, wish, input);
    return again?.errors ? again : done(found);
  }
  const kind = KINDS[input.kind];
  if (!requestKindsOf(compiled.terms, chosen).includes(input.kind))
    return refused(userError('INVALID', 'The program takes no requests of this kind.', ['kind']));
  if (kind.forActive && enrollment.status !== 'active') return refused(notActive(compiled.terms, enrollment.status));
  const inTheWay = await whatPends(act, input.kind, wish.subject);
  if (inTheWay !== null) return refused(inTheWay);
  const begun = await kind.begin?.(act, wish, input);
  if (begun?.errors) return begun;
  const refId = begun?.value?.id ?? null;
  const named = { id: newId(), externalId: wish.externalId, hash, text: wish.text };
  return done(await insertRequest(act, { kind: input.kind, subject: wish.subject, refId, details: wish.details }, named));
}

/** Said with the same words, as far as they were not erased. */
async function isSame({ tx }: Act, { affiliateId, programId, id, details }: Request, wish: Wish): Promise<boolean> {
  const opened = await row<{ text: string | null }>(
    tx,
    `select text from request_message where affiliate_id = $1 and program_id = $2 and request_id = $3 and kind = 'opened'`,
    [affiliateId, programId, id],
  );
  const isSameText = opened?.text == null || opened.text === wish.text;
  return isSameText && (details === null || JSON.stringify(details) === JSON.stringify(wish.details));
}

/** Why another request is too many; null: it is not. */
async function whatPends({ tx, enrollment }: Act, kind: Request['kind'], subject: string | null): Promise<UserError | null> {
  const found = await row<{ pending: number; same: string | null }>(
    tx,
    `select count(*)::int as pending, min(external_id) filter (where kind = $3 and subject is not distinct from $4) as same
     from affiliate_request where affiliate_id = $1 and program_id = $2 and closed_at is null`,
    [enrollment.affiliateId, enrollment.programId, kind, subject],
  );
  if (KINDS[kind].isSingle && found?.same != null)
    return userError('CONFLICT', `The request ${JSON.stringify(found.same)} asks for that already.`, ['kind']);
  return (found?.pending ?? 0) >= MOST_PENDING
    ? userError('TOO_MANY', `${MOST_PENDING} requests are open: wait for an answer, or withdraw one.`)
    : null;
}
