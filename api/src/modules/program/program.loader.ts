import type { LoaderDefinition } from '../../context.ts';
import { rows } from '../../platform/database/sql.ts';
import type { Program } from './program.entity.ts';

/** Programs by our id. The caller has made sure that the viewer may see them. */
export const programsById: LoaderDefinition<string, Program> = {
  async read({ em }, ids) {
    const text = 'select id, organization_id as "organizationId", key, name, unit from program where id = any($1::uuid[])';
    const found = new Map((await rows<Program>(em, text, [ids])).map((program) => [program.id, program]));
    return ids.map((id) => found.get(id) ?? new Error(`There is no program ${id}`));
  },
};
