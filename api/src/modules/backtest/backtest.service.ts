import { createHash } from 'node:crypto';
import type { Context } from '../../context.ts';
import { type Compared, compareTerms, compiledOnce } from '../../intake/index.ts';
import { type Connection, readPage } from '../../platform/graphql/connection.ts';
import { badUserInput } from '../../platform/graphql/errors.ts';
import { List } from '../../platform/graphql/list.ts';
import { type Amount, amountOf } from '../../platform/graphql/money.ts';
import type { UserError } from '../../platform/graphql/user-error.ts';
import type { BackTestArgs } from './backtest.input.ts';

/** So many orders are decided in one call; whoever wants more goes on after the last one. */
const AT_ONCE = 100;

/** What a part of the orders of a class earn, and would earn. */
export interface BackTestClass {
  readonly class: string | null;
  readonly orders: number;
  readonly changed: number;
  readonly before: Amount;
  readonly after: Amount;
}

export interface BackTest {
  readonly problems: readonly UserError[];
  readonly classes: readonly BackTestClass[];
  readonly endCursor: string | null;
  total(): Promise<number>;
}

/** What terms would have done to the orders of a period: decided from the same facts, part by part, with nothing written. */
export class BackTestService {
  /** Null: there is no such program. */
  async run(context: Context, { program: key, document, holdsFrom, from, to, after }: BackTestArgs): Promise<BackTest | null> {
    if (from >= to) throw badUserInput('from is before to');
    const { em, services, viewer } = context;
    const program = await services.programs.find(context, key);
    const draft = await services.programs.draft(context, { program: key, document, holdsFrom });
    if (program === undefined || draft === null) return null;
    const terms = await services.intake.termsOf(em, program.id, viewer.organizationId);
    const { document: read, problems } = draft;
    if (read === null || problems.length > 0 || terms.versions.length === 0)
      return { problems, classes: [], endCursor: null, total: async () => 0 };
    const orders = await ordersOf(context, program.id, from, to, after ?? null);
    const other = compiledOnce(createHash('sha256').update(document).digest('hex'), () => read);
    const compared = orders.nodes.length === 0 ? [] : await compareTerms(em, terms, other, orders.nodes);
    const { unit, exponent } = other.terms.reward;
    return {
      problems,
      classes: byClass(compared).map(({ before, after: would, ...found }) => ({
        ...found,
        before: amountOf(before, unit, exponent),
        after: amountOf(would, unit, exponent),
      })),
      endCursor: orders.pageInfo.hasNextPage ? orders.pageInfo.endCursor : null,
      total: orders.totalCount,
    };
  }
}

function ordersOf({ em }: Context, programId: string, from: number, to: number, after: string | null): Promise<Connection<string>> {
  const sort = [
    ['o.placed_at', 'timestamptz'],
    ['o.id', 'uuid'],
  ] as const;
  const list = new List({ select: 'o.id, o.placed_at', from: 'order_record o', sort });
  list.where('o.program_id = ? and o.placed_at >= ? and o.placed_at < ?', programId, new Date(from), new Date(to));
  return list.read<{ id: string; placed_at: Date }, string>(em, readPage({ first: AT_ONCE, after }, ['instant', 'id']), {
    cursor: ({ id, placed_at }) => [placed_at, id],
    node: ({ id }) => id,
  });
}

/** Summed up, the classes in the order of their names. */
function byClass(compared: readonly Compared[]) {
  const groups = Map.groupBy(compared, (one) => one.class);
  const sum = (found: readonly Compared[], name: 'before' | 'after') => found.reduce((all, one) => all + one[name], 0n);
  return [...groups]
    .sort(([one], [other]) => String(one ?? '').localeCompare(String(other ?? '')))
    .map(([name, found]) => ({
      class: name,
      orders: found.length,
      changed: found.filter(({ before, after }) => before !== after).length,
      before: sum(found, 'before'),
      after: sum(found, 'after'),
    }));
}
