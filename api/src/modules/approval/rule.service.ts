import { parseDecimal } from '@tributary/shared/money';
import type { Context } from '../../context.ts';
import { rows } from '../../platform/database/sql.ts';
import { inTransaction } from '../../platform/database/transaction.ts';
import { done, type Outcome, refused, userError } from '../../platform/graphql/user-error.ts';
import { newId } from '../../platform/ids.ts';
import { noteChange } from '../audit/index.ts';
import { noProgram } from '../program/index.ts';
import type { SetSecondPersonInput } from './approval.type.ts';
import { type ApprovalKind, approvalKind } from './kinds.ts';
import { hasLimits, ruleFor, type SecondPersonRule } from './rule.ts';

const MOST_DECIMALS = 6;

/** Which acts need a second person. That a rule gets looser needs one, too. */
export const setSecondPerson: ApprovalKind<SetSecondPersonInput, SecondPersonRule> = approvalKind({
  needs: 'setting.manage',
  async check(context, input) {
    const read = await readRule(context, input);
    if (read.errors) return read;
    const { programId, limits } = read.value;
    const current = await ruleFor(context.em, context.viewer.organizationId, programId, input.kind);
    const isStricter = !current.isOn || (input.on && JSON.stringify(limits) === JSON.stringify(current.limits));
    return done(isStricter ? null : { programId, subject: input.kind, always: true });
  },
  async run(context, input) {
    const read = await readRule(context, input);
    if (read.errors) return read;
    const { programId, limits } = read.value;
    const { organizationId, name } = context.viewer;
    const now = await context.now();
    return inTransaction<Outcome<SecondPersonRule>>(context.em, async (tx) => {
      const before = await ruleFor(tx, organizationId, programId, input.kind);
      const after = { kind: input.kind, isOn: input.on, limits };
      noteChange(tx, { before: { on: before.isOn, limits: before.limits }, after: { on: input.on, limits } });
      await rows(
        tx,
        'insert into second_person_rule (organization_id, id, program_id, kind, is_on, limits, set_at, set_by) values ($1, $2, $3, $4, $5, $6, $7, $8)',
        [organizationId, newId(), programId, input.kind, input.on, JSON.stringify(limits), new Date(now), name],
      );
      return done(after);
    });
  },
});

interface ReadRule {
  readonly programId: string | null;
  readonly limits: Readonly<Record<string, string>>;
}

async function readRule(context: Context, { kind, program: key, limits }: SetSecondPersonInput): Promise<Outcome<ReadRule>> {
  const program = key == null ? null : await context.services.programs.find(context, key);
  if (program === undefined) return refused(noProgram(key ?? ''));
  const given = limits ?? [];
  if (given.length > 0 && !hasLimits(kind)) return refused(userError('INVALID', `Acts of the kind ${kind} have no amount`, ['limits']));
  if (new Set(given.map(({ unit }) => unit)).size < given.length) return refused(userError('INVALID', 'A unit has one limit', ['limits']));
  const wrong = given.findIndex(({ unit, amount }) => unit === '' || unit.length > 50 || (parseDecimal(amount, MOST_DECIMALS) ?? -1n) < 0n);
  if (wrong >= 0) return refused(userError('INVALID', 'A limit is an amount of zero or more of a unit', ['limits', String(wrong)]));
  const sorted = given.map(({ unit, amount }) => [unit, amount] as const).sort(([one], [other]) => (one < other ? -1 : 1));
  return done({ programId: program?.id ?? null, limits: Object.fromEntries(sorted) });
}
