import { FieldReader } from '@tributary/shared/facts';
import type { Context, LoaderDefinition } from '../../context.ts';
import { rows } from '../../platform/database/sql.ts';
import { done, type Outcome, refused, userError } from '../../platform/graphql/user-error.ts';
import { newId } from '../../platform/ids.ts';
import { onEnrollment, type Pair, pairKey } from '../affiliate/index.ts';
import type { AccountManager } from './promotion.entity.ts';
import type { SetAccountManagerInput } from './promotion.input.ts';

const EMAIL = /^[^\s@<>",;:\\]{1,64}@[^\s@<>",;:\\]{1,189}$/;

/** From now on the affiliate turns to somebody, or to nobody in particular. */
export function setAccountManager(
  context: Context,
  { program, affiliate, ...input }: SetAccountManagerInput,
): Promise<Outcome<AccountManager | null>> {
  const read = new FieldReader();
  const name = read.text(input.name, ['name'], 100)?.trim() || null;
  const email = input.email ?? null;
  if (email !== null && !EMAIL.test(email)) read.refuse(['email'], 'That is no e-mail address.');
  if (email !== null && name === null) read.refuse(['name'], 'Whoever has an address has a name.');
  if (read.refusal !== null) return Promise.resolve(refused(userError('INVALID', read.refusal.message, read.refusal.path)));
  return onEnrollment<AccountManager | null>(context, { program, affiliate }, async ({ tx, enrollment, now, by }) => {
    const { affiliateId, programId } = enrollment;
    await rows(
      tx,
      'insert into account_manager (affiliate_id, program_id, id, name, email, set_at, set_by) values ($1, $2, $3, $4, $5, $6, $7)',
      [affiliateId, programId, newId(), name, email, new Date(now), by],
    );
    return done(name === null ? null : { affiliateId, programId, name, email });
  });
}

/** Whom affiliates turn to. */
export const managersByPair: LoaderDefinition<Pair, AccountManager | null> = {
  keyOf: (pair) => pairKey(pair as Pair),
  async read({ em }, pairs) {
    const found = await rows<AccountManager>(
      em,
      `select m.affiliate_id as "affiliateId", m.program_id as "programId", m.name, m.email
       from unnest($1::uuid[], $2::uuid[]) as k (affiliate_id, program_id) cross join lateral (
         select * from account_manager a where a.affiliate_id = k.affiliate_id and a.program_id = k.program_id order by a.id desc limit 1
       ) m where m.name is not null`,
      [pairs.map(({ affiliateId }) => affiliateId), pairs.map(({ programId }) => programId)],
    );
    const byPair = new Map(found.map((manager) => [pairKey(manager), manager]));
    return pairs.map((pair) => byPair.get(pairKey(pair)) ?? null);
  },
};
