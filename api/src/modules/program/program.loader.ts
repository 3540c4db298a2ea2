import { describeClause } from '@tributary/shared/terms';
import type { LoaderDefinition } from '../../context.ts';
import { hotRows, rows } from '../../platform/database/sql.ts';
import type { Program } from './program.entity.ts';
import { versionAt } from './terms-store.ts';
import { TURN_COLUMNS, type Turn, type TurnRow, turnOf } from './turn.entity.ts';
import type { ForfeitureType } from './turn.type.ts';

/** Programs by our id. The caller has made sure that the viewer may see them. */
export const programsById: LoaderDefinition<string, Program> = {
  async read({ em }, ids) {
    const text = 'select id, organization_id as "organizationId", key, name, unit from program where id = any($1::uuid[])';
    const found = new Map((await rows<Program>(em, text, [ids])).map((program) => [program.id, program]));
    return ids.map((id) => found.get(id) ?? new Error(`There is no program ${id}`));
  },
};

/** What was decided about programs as a whole, in the order of deciding. */
export const turnsByProgram: LoaderDefinition<string, Turn[]> = {
  async read({ em }, ids) {
    const text = `select ${TURN_COLUMNS} from program_switch s where s.program_id = any($1::uuid[]) and s.name = 'status' order by s.id`;
    const groups = Map.groupBy(await rows<TurnRow>(em, text, [ids]), (row) => row.program_id);
    return ids.map((id) => (groups.get(id) ?? []).map(turnOf));
  },
};

/** What closings make of balances. The sentence is that of the terms in force at the closing. */
export const forfeitureByProgram: LoaderDefinition<string, ForfeitureType | null> = {
  async read({ em, services, language }, ids) {
    const found = await rows<{ program_id: string; closes_at: Date; after_days: number; pending_runs_on: boolean; rule: string }>(
      em,
      'select program_id, closes_at, after_days, pending_runs_on, rule from program_closing where program_id = any($1::uuid[])',
      [ids],
    );
    const made = await Promise.all(
      found.map(async ({ program_id, closes_at, after_days: afterDays, pending_runs_on: pendingRunsOn, rule }) => {
        const closesAt = closes_at.getTime();
        const document = versionAt(await services.terms.of(em, program_id), closesAt)?.document;
        const sentence = document?.closing === undefined ? '' : describeClause(document, document.closing, language);
        return [program_id, { closesAt, afterDays, pendingRunsOn, rule, sentence }] as const;
      }),
    );
    const forfeitures = new Map(made);
    return ids.map((id) => forfeitures.get(id) ?? null);
  },
};

/** The programs that there are for an affiliate: those it applied to or takes part in, and those that anybody may sign up to. */
export const programsNear: LoaderDefinition<string, string[]> = {
  async read({ em, viewer }, affiliateIds) {
    const text = `select e.affiliate_id as "affiliateId", e.program_id as "programId" from enrollment e where e.affiliate_id = any($1::uuid[])
      union all select null, s.program_id from sign_up_setting s join program p on p.id = s.program_id where s.open and p.organization_id = $2`;
    const found = await hotRows<{ affiliateId: string | null; programId: string }>(em, text, [affiliateIds, viewer.organizationId]);
    return affiliateIds.map((id) =>
      found.filter(({ affiliateId }) => affiliateId === null || affiliateId === id).map(({ programId }) => programId),
    );
  },
};
