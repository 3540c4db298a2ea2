import { type Needs, programsWith } from '../../access/index.ts';
import type { Context, LoaderDefinition } from '../../context.ts';
import { hotRows } from '../../platform/database/sql.ts';
import type { List } from '../../platform/graphql/list.ts';
import { sliceOf } from '../../platform/ids.ts';
import type { Program } from './program.entity.ts';

/** What most lists can be narrowed to. */
export interface Narrowing {
  readonly program?: string | null;
  readonly affiliate?: string | null;
}

/** Our ids of an organization's programs. */
const programIds: LoaderDefinition<string, string[]> = {
  async read({ em }, organizations) {
    const text = 'select id, organization_id from program where organization_id = any($1::uuid[]) order by id';
    const found = await hotRows<{ id: string; organization_id: string }>(em, text, [organizations]);
    return organizations.map((organization) => found.filter((row) => row.organization_id === organization).map(({ id }) => id));
  },
};

/** What the field that runs needs. Nothing that looks for programs runs where none is said. */
export function accessFrom({ access }: Context): Needs {
  if (access === undefined) throw new Error('Programs are looked for in the name of a permission: @Access on the field says which');
  return access;
}

/** The programs in which the viewer may do what is being done; undefined: in all of the organization. */
export function grantedPrograms(context: Context): string[] | undefined {
  return programsWith(context.viewer.grants, accessFrom(context));
}

/**
 * The programs that a list of the viewer's is about; undefined: it needs no condition, since an affiliate says it already.
 * One id, which PostgreSQL follows along an index in the order of the list, where there is but one.
 */
export async function programsOf(context: Context, { program: key, affiliate }: Narrowing): Promise<readonly string[] | undefined> {
  if (key != null) {
    const program = await context.services.programs.find(context, key);
    return program ? [program.id] : [];
  }
  const granted = grantedPrograms(context);
  if (granted) return granted;
  if (affiliate != null || context.viewer.affiliateId !== null) return undefined;
  return context.load(programIds).load(context.viewer.organizationId);
}

/**
 * Keeps a list to what the viewer may see: the programs where that is granted, and an affiliate's own rows; then to the program and the
 * affiliate asked for. Names that there are none of leave nothing. `table` has `program_id` and `affiliate_id`.
 */
export async function narrow(context: Context, list: List, table: string, asked: Narrowing): Promise<Program | undefined> {
  const { organizationId, affiliateId } = context.viewer;
  const programs = await programsOf(context, asked);
  if (programs?.length === 1) list.where(`${table}.program_id = ?`, programs[0]);
  else if (programs) list.where(`${table}.program_id = any(?::uuid[])`, programs);
  if (affiliateId !== null) list.where(`${table}.affiliate_id = ?`, affiliateId);
  if (asked.affiliate != null) {
    const named = "(select fact_id from fact_key where slice = ? and scope_id = ? and kind = 'affiliate' and external_id = ?)";
    list.where(`${table}.affiliate_id = ${named}`, sliceOf(asked.affiliate), organizationId, asked.affiliate);
  }
  return asked.program == null ? undefined : context.services.programs.find(context, asked.program);
}
