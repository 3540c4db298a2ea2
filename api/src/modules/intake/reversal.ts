import { formatDecimal } from '@tributary/shared/money';
import type { EntityManager } from '../../platform/database/orm.ts';
import { row } from '../../platform/database/sql.ts';
import { done, type Outcome, refused, userError } from '../../platform/graphql/user-error.ts';
import { isId, sliceOf } from '../../platform/ids.ts';
import type { Program } from '../program/index.ts';
import type { PostAdjustmentInput } from './correction.input.ts';

interface Found {
  /** Of the adjustment or bonus. */
  readonly id: string;
  readonly amount: bigint;
  /** When and by whom it was taken back already; null: it was not. */
  readonly at: Date | null;
  readonly by: string | null;
}

const BY_ENTRY = `select a.id, a.amount, r.done_at as at, r.done_by as by
  from fact_key f
  join ledger_entry e on e.affiliate_id = f.fact_id and e.id = $4 and e.program_id = $5 and e.kind in ('adjustment', 'bonus')
  join adjustment a on a.affiliate_id = e.affiliate_id and a.id = e.cause_id
  left join adjustment r on r.affiliate_id = a.affiliate_id and r.reverses = a.id
  where f.slice = $1 and f.scope_id = $2 and f.kind = 'affiliate' and f.external_id = $3`;

/** What an adjustment takes back, once it is sure that it may; null: nothing. */
export async function reversedBy(
  em: EntityManager,
  program: Pick<Program, 'id' | 'organizationId'>,
  { affiliate, reverses }: PostAdjustmentInput,
  amount: bigint,
  exponent: number,
): Promise<Outcome<string | null>> {
  if (reverses == null) return done(null);
  const values = [sliceOf(affiliate), program.organizationId, affiliate, reverses, program.id];
  const found = isId(reverses) ? await row<Found>(em, BY_ENTRY, values) : undefined;
  if (found === undefined)
    return refused(userError('NOT_FOUND', 'The affiliate has no such entry of an adjustment or a bonus in this program.', ['reverses']));
  const { at, by } = found;
  if (at !== null) return refused(userError('CONFLICT', `This entry was reversed already: on ${at.toISOString()} by ${by}.`, ['reverses']));
  if (amount !== -BigInt(found.amount))
    return refused(userError('INVALID', `To take it back, the amount is ${formatDecimal(-BigInt(found.amount), exponent)}.`, ['amount']));
  return done(found.id);
}
