import type { Context } from '../../context.ts';
import { row } from '../../platform/database/sql.ts';
import { sliceOf } from '../../platform/ids.ts';
import type { Affiliate } from '../affiliate/index.ts';
import type { Program } from '../program/index.ts';

/** An affiliate of a program, by the caller's id; left out: the viewer. Undefined: there is none, or it is somebody else than the viewer. */
export function findAffiliate(
  { em, viewer }: Context,
  program: Program,
  externalId: string | null | undefined,
): Promise<Affiliate | undefined> {
  const columns = 'a.id, a.organization_id as "organizationId", a.external_id as "externalId", a.country, a.created_at as "createdAt"';
  const enrolled = 'join enrollment e on e.affiliate_id = a.id and e.program_id = $1';
  if (externalId == null)
    return row<Affiliate>(em, `select ${columns} from affiliate a ${enrolled} where a.id = $2`, [program.id, viewer.affiliateId]);
  return row<Affiliate>(
    em,
    `select ${columns} from fact_key f join affiliate a on a.id = f.fact_id ${enrolled}
     where f.slice = $2 and f.scope_id = $3 and f.kind = 'affiliate' and f.external_id = $4 and ($5::uuid is null or a.id = $5)`,
    [program.id, sliceOf(externalId), viewer.organizationId, externalId, viewer.affiliateId],
  );
}
