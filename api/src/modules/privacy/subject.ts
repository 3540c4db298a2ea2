import { FieldReader } from '@tributary/shared/facts';
import type { Context } from '../../context.ts';
import { row, rows } from '../../platform/database/sql.ts';
import type { Transaction } from '../../platform/database/transaction.ts';
import { done, type Outcome, refused, userError } from '../../platform/graphql/user-error.ts';
import { newId, sliceOf } from '../../platform/ids.ts';
import { affiliateIdOf, noAffiliate } from '../affiliate/index.ts';
import { noProgram } from '../program/index.ts';
import type { ExportPersonalDataInput } from './privacy.input.ts';

/** Whose data it is about, by our id. */
export interface Subject {
  readonly kind: 'customer' | 'affiliate';
  readonly id: string;
}

export interface Asked {
  readonly subject: Subject;
  readonly reason: string;
}

const LONGEST_REASON = 1_000;

export async function readAsked(
  context: Context,
  { affiliate, customer, program, reason }: ExportPersonalDataInput,
): Promise<Outcome<Asked>> {
  const read = new FieldReader();
  const why = read.text(reason.trim(), ['reason'], LONGEST_REASON);
  if (read.refusal !== null) return refused(userError('INVALID', read.refusal.message, read.refusal.path));
  if (!why) return refused(userError('INVALID', 'A reason is needed.', ['reason']));
  if ((affiliate == null) === (customer == null)) return refused(userError('INVALID', 'Name an affiliate or a customer, one of the two.'));
  if ((customer == null) !== (program == null)) return refused(userError('INVALID', 'A customer is known by program.', ['program']));
  if (affiliate != null) {
    const id = await affiliateIdOf(context.em, context.viewer.organizationId, affiliate);
    return id === undefined ? refused(noAffiliate(affiliate)) : done({ subject: { kind: 'affiliate', id }, reason: why });
  }
  const found = await context.services.programs.find(context, program as string);
  if (found === undefined) return refused(noProgram(program as string));
  const named = customer as string;
  const text = `select f.fact_id as id from fact_key f join customer c on c.id = f.fact_id
    where f.slice = $1 and f.scope_id = $2 and f.kind = 'customer' and f.external_id = $3`;
  const known = await row<{ id: string }>(context.em, text, [sliceOf(named), found.id, named]);
  if (known === undefined)
    return refused(userError('NOT_FOUND', `The program has no customer ${JSON.stringify(named.slice(0, 80))}.`, ['customer']));
  return done({ subject: { kind: 'customer', id: known.id }, reason: why });
}

/** Who looked or erased, and why, stays. */
export async function noteAct(tx: Transaction, { viewer }: Context, kind: 'export' | 'erasure', { subject, reason }: Asked): Promise<void> {
  await rows(
    tx,
    'insert into privacy_act (id, organization_id, kind, subject, subject_id, reason, done_at, done_by) values ($1, $2, $3, $4, $5, $6, $7, $8)',
    [newId(), viewer.organizationId, kind, subject.kind, subject.id, reason, new Date(), viewer.name],
  );
}
