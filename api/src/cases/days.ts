import { CASE_DAYS } from '@tributary/shared/compliance';
import type { EntityManager } from '../platform/database/orm.ts';
import { hotRows as rows } from '../platform/database/sql.ts';

/** Under this name the switches of a program hold how many days staff have for a case. */
export const CASE_DAYS_SWITCH = 'case-days';

/** How many days staff have for a case of the program: what was set last. */
export async function caseDaysOf(em: EntityManager, programId: string): Promise<number> {
  const text = 'select value from program_switch where program_id = $1 and name = $2 order by id desc limit 1';
  const [set] = await rows<{ value: string }>(em, text, [programId, CASE_DAYS_SWITCH]);
  return set === undefined ? CASE_DAYS : Number(set.value);
}
