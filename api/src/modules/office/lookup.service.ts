import { holdsIn, type Permission } from '../../access/index.ts';
import type { Context } from '../../context.ts';
import { rows } from '../../platform/database/sql.ts';
import { withAccess } from '../../platform/graphql/access.ts';
import { sliceOf } from '../../platform/ids.ts';
import { grantedPrograms } from '../program/index.ts';
import type { FoundKind } from './office.type.ts';

export interface FoundRecord {
  readonly kind: FoundKind;
  readonly id: string;
  readonly programId: string | null;
}

/** What one must be allowed to see to be told that there is such a thing. */
const NEEDS: Readonly<Record<FoundKind, Permission>> = {
  affiliate: 'affiliate.read',
  click: 'click.read',
  customer: 'customer.read',
  order: 'order.read',
  redemption: 'redemption.decide',
  request: 'request.read',
  withdrawal: 'withdrawal.read',
};
const IN_PROGRAMS = ['click', 'customer', 'order', 'redemption', 'request', 'withdrawal'] as const satisfies readonly FoundKind[];
const LONGEST_ID = 200;

/** Finds whatever has a caller's id, in all programs at once. */
export class LookupService {
  async find(context: Context, text: string): Promise<FoundRecord[]> {
    const id = text.trim();
    if (id === '' || id.length > LONGEST_ID) return [];
    const affiliates = withAccess(context, [NEEDS.affiliate]);
    const [inPrograms, affiliate] = await Promise.all([
      this.inPrograms(context, id),
      grantedPrograms(affiliates)?.length === 0 ? null : context.services.affiliates.find(affiliates, id),
    ]);
    return [...(affiliate ? [{ kind: 'affiliate' as const, id: affiliate.externalId, programId: null }] : []), ...inPrograms];
  }

  private async inPrograms(context: Context, id: string): Promise<FoundRecord[]> {
    const { organizationId, grants } = context.viewer;
    const found = await rows<{ kind: FoundKind; programId: string }>(
      context.em,
      `select f.kind, f.scope_id as "programId" from fact_key f
       where f.slice = $1 and f.scope_id in (select id from program where organization_id = $2) and f.kind = any($3::text[]) and f.external_id = $4
         and (f.content_hash is not null or f.kind in ('customer', 'request'))
       order by f.kind, f.scope_id limit 100`,
      [sliceOf(id), organizationId, [...IN_PROGRAMS], id],
    );
    return found.filter(({ kind, programId }) => holdsIn(grants, [NEEDS[kind]], programId)).map((one) => ({ ...one, id }));
  }
}
