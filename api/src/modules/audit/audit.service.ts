import type { Context } from '../../context.ts';
import type { EntityManager } from '../../platform/database/orm.ts';
import { inTransaction } from '../../platform/database/transaction.ts';
import type { Connection, Page } from '../../platform/graphql/connection.ts';
import { List } from '../../platform/graphql/list.ts';
import { isId } from '../../platform/ids.ts';
import { actingFor, whereFrom } from './acts.ts';
import { type Acting, appendAudit, type NewEntry } from './append.ts';
import { AUDIT_COLUMNS, type AuditEntry } from './audit.entity.ts';
import type { AuditEntryType } from './audit.type.ts';
import { showEntry } from './show.ts';

export interface AuditFilter {
  readonly actor?: string | null;
  readonly act?: string | null;
  readonly subject?: string | null;
  readonly program?: string | null;
  readonly outcome?: string | null;
  readonly from?: number | null;
  readonly to?: number | null;
}

const AT_ONCE = 1000;

export class AuditService {
  /** Writes down an act that came another way than by a mutation, in the transaction of `em` where it has one. */
  append(em: EntityManager, acting: Acting, entry: NewEntry): Promise<void> {
    return appendAudit(em, acting, entry);
  }

  /** The last entry first. */
  list(context: Context, filter: AuditFilter, page: Page): Promise<Connection<AuditEntryType>> {
    return read(context, filter, page, true);
  }

  /** All of it, in order, a part at a time. That somebody takes it along is the last that they do not get. */
  async *export(context: Context, filter: AuditFilter): AsyncGenerator<readonly AuditEntryType[]> {
    const acting = await actingFor(context);
    const asked = Object.fromEntries(Object.entries(filter).filter(([, value]) => value != null));
    const entry = { act: 'exportAuditLog', program: filter.program ?? null, details: { ...whereFrom(context), asked } };
    await inTransaction(context.em, (tx) => appendAudit(tx, acting, entry));
    let after: [bigint] | undefined;
    for (;;) {
      const { nodes } = await read(context, filter, { first: AT_ONCE, limit: AT_ONCE, offset: 0, after }, false);
      yield nodes;
      const last = nodes.at(-1);
      if (last === undefined || nodes.length < AT_ONCE) return;
      after = [BigInt(last.number)];
    }
  }
}

function read(context: Context, filter: AuditFilter, page: Page, descending: boolean): Promise<Connection<AuditEntryType>> {
  const { actor, act, subject, program, outcome, from, to } = filter;
  const list = new List({ select: AUDIT_COLUMNS, from: 'audit_entry a', sort: [['a.number', 'bigint']], descending });
  list.where('a.organization_id = ?', context.viewer.organizationId);
  if (actor != null) list.where('a.actor_id = ?', isId(actor) ? actor : null);
  if (act != null) list.where('a.act = ?', act);
  if (program != null) list.where('a.program = ?', program);
  if (subject != null) list.where('exists (select from json_each_text(a.subject) s where s.value = ?)', subject);
  if (outcome != null) list.where('a.outcome = ?', outcome);
  if (from != null) list.where('a.at >= ?', new Date(from));
  if (to != null) list.where('a.at < ?', new Date(to));
  return list.read<AuditEntry, AuditEntryType>(context.em, page, { cursor: ({ number }) => [number], node: showEntry });
}
