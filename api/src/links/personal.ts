import type { CompiledTerms } from '@tributary/shared/terms';
import { hashOf } from '../intake/index.ts';
import { row } from '../platform/database/sql.ts';
import type { Transaction } from '../platform/database/transaction.ts';
import { insertLink } from './insert.ts';

export interface PersonalOf {
  readonly tx: Transaction;
  readonly compiled: CompiledTerms;
  readonly programId: string;
  readonly affiliateId: string;
  readonly now: number;
  readonly by: string;
}

/** The link that the terms give to every affiliate who becomes active; made once, whatever the terms say later. Under the enrollment's lock. */
export async function givePersonalLink({ tx, compiled, programId, affiliateId, now, by }: PersonalOf): Promise<void> {
  const { personal } = compiled.terms.links;
  if (personal === undefined) return;
  const known = 'select 1 from link where affiliate_id = $1 and program_id = $2 and personal';
  if ((await row(tx, known, [affiliateId, programId])) !== undefined) return;
  const hash = hashOf({ affiliateId, url: personal.page, subId: null });
  await insertLink(tx, { programId, affiliateId, url: personal.page, subId: null, hash, personal: true, at: new Date(now), by });
}
