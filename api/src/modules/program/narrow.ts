import type { Context } from '../../context.ts';
import type { List } from '../../platform/graphql/list.ts';
import { sliceOf } from '../../platform/ids.ts';
import type { Program } from './program.entity.ts';

/** What most lists can be narrowed to. */
export interface Narrowing {
  readonly program?: string | null;
  readonly affiliate?: string | null;
}

/**
 * Keeps a list to what the viewer may see: the organization's programs, and an affiliate's own rows; then to the program and the
 * affiliate asked for. Names that there are none of leave nothing. `table` has `program_id` and `affiliate_id`.
 */
export async function narrow(context: Context, list: List, table: string, asked: Narrowing): Promise<Program | undefined> {
  const { organizationId, affiliateId } = context.viewer;
  const program = asked.program == null ? undefined : await context.services.programs.find(context, asked.program);
  if (asked.program == null) list.where(`${table}.program_id in (select id from program where organization_id = ?)`, organizationId);
  else if (program) list.where(`${table}.program_id = ?`, program.id);
  else list.where('false');
  if (affiliateId !== null) list.where(`${table}.affiliate_id = ?`, affiliateId);
  if (asked.affiliate != null) {
    const named = "(select fact_id from fact_key where slice = ? and scope_id = ? and kind = 'affiliate' and external_id = ?)";
    list.where(`${table}.affiliate_id = ${named}`, sliceOf(asked.affiliate), organizationId, asked.affiliate);
  }
  return program;
}
