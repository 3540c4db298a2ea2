import { FieldReader } from '@tributary/shared/facts';
import type { Context } from '../../context.ts';
import type { EntityManager } from '../../platform/database/orm.ts';
import { row, rows } from '../../platform/database/sql.ts';
import { inTransaction } from '../../platform/database/transaction.ts';
import type { Connection, Page } from '../../platform/graphql/connection.ts';
import { List } from '../../platform/graphql/list.ts';
import { done, type Outcome, refused, userError } from '../../platform/graphql/user-error.ts';
import { isId, newId } from '../../platform/ids.ts';
import { lockEntries } from '../../sanctions/index.ts';
import { actingFor, appendAudit, noteChange, whereFrom } from '../audit/index.ts';
import type { OrganizationService } from '../sandbox/index.ts';
import { BadList, FORMATS } from './formats/index.ts';
import { beginComparison, keptEntries, readList, replaceEntries, screenAll, takeLeft } from './import.ts';
import { LIST_COLUMNS, MATCH_COLUMNS, type SanctionsList, type SanctionsMatch } from './sanctions.entity.ts';
import type { SettleMatchInput } from './sanctions.input.ts';

const NAME = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/;
const LIVING = ['applied', 'approved', 'contract-sent', 'active', 'suspended'];
/** What affiliates read of why they are out: nobody is told of a list, which would warn them. */
const WHY_ENDED = 'Ended after a review.';

interface MatchFilter {
  readonly id?: string | null;
  readonly status?: SanctionsMatch['status'] | null;
}

/** Lists of people and companies that nothing may be paid to. */
export class SanctionsService {
  private readonly organizations: OrganizationService;

  constructor(organizations: OrganizationService) {
    this.organizations = organizations;
  }

  /** Takes the newest version of a list in, and compares everybody with it. The very same file again changes nothing. */
  async import(context: Context, list: string, format: string, file: AsyncIterable<Buffer>): Promise<Outcome<SanctionsList>> {
    const read = FORMATS[format];
    if (!NAME.test(list)) return refused(userError('INVALID', 'A list has a name of letters, digits, dots and hyphens.', ['list']));
    if (read === undefined)
      return refused(userError('INVALID', `There is no such format; there are ${Object.keys(FORMATS).join(', ')}.`, ['format']));
    let told: Awaited<ReturnType<typeof readList>>;
    try {
      told = await readList(read, file);
    } catch (error) {
      if (error instanceof BadList) return refused(userError('INVALID', error.message, ['file']));
      throw error;
    }
    const { organizationId, name } = context.viewer;
    const now = await context.now();
    const acting = await actingFor(context);
    const { version, comparison } = await inTransaction(context.em, async (tx) => {
      await rows(tx, 'select pg_advisory_xact_lock(hashtextextended($1, 0))', [`${organizationId}/sanctions`]);
      const text = `select ${LIST_COLUMNS} from sanctions_list l where l.organization_id = $1 and l.list = $2 order by l.id desc limit 1`;
      const last = await row<SanctionsList>(tx, text, [organizationId, list]);
      // The same file has the same entries, unless they are read otherwise than they were then.
      const changed = await replaceEntries(tx, organizationId, list, told.entries);
      if (!changed && last?.hash.equals(told.hash))
        return { version: last, comparison: await beginComparison(tx, organizationId, list, last.id) };
      const version: SanctionsList = {
        id: newId(),
        list,
        format,
        hash: told.hash,
        entries: told.entries.length,
        unknownCountries: told.unknownCountries,
        unplaced: told.unplaced,
        importedAt: new Date(now),
        importedBy: name,
      };
      await rows(
        tx,
        `insert into sanctions_list (organization_id, id, list, format, hash, entries, unknown_countries, unplaced, imported_at, imported_by)
         values ($1, $2, $3, $4, $5, $6, $7::text[], $8, $9, $10)`,
        [
          organizationId,
          version.id,
          list,
          format,
          version.hash,
          version.entries,
          told.unknownCountries,
          told.unplaced,
          version.importedAt,
          name,
        ],
      );
      const after = { format, hash: told.hash.toString('hex'), entries: version.entries, unplaced: version.unplaced };
      await appendAudit(tx, acting, { act: 'importSanctionsList', subject: { list }, details: { ...whereFrom(context), after } });
      await lockEntries(tx, organizationId);
      return { version, comparison: await beginComparison(tx, organizationId, list, version.id) };
    });
    // Whoever comes from now on is compared with the new entries; if this breaks off, the job goes on with it.
    await screenAll(context.em, comparison, told.entries, now);
    return done(version);
  }

  /** Goes on with comparisons that a crash has cut off. */
  async goOn(em: EntityManager): Promise<void> {
    for (const comparison of await takeLeft(em)) {
      const { organizationId, list } = comparison;
      const now = await this.organizations.now({ em }, organizationId);
      await screenAll(em, comparison, await keptEntries(em, organizationId, list), now);
    }
  }

  /** Every version that was taken in, the newest first. */
  lists(context: Context, page: Page): Promise<Connection<SanctionsList>> {
    const list = new List({ select: LIST_COLUMNS, from: 'sanctions_list l', sort: [['l.id', 'uuid']], descending: true });
    list.where('l.organization_id = ?', context.viewer.organizationId);
    return list.read<SanctionsList, SanctionsList>(context.em, page, { cursor: ({ id }) => [id], node: (found) => found });
  }

  /** The newest first. */
  matches(context: Context, { id, status }: MatchFilter, page: Page): Promise<Connection<SanctionsMatch>> {
    const list = new List({ select: MATCH_COLUMNS, from: 'sanctions_match m', sort: [['m.id', 'uuid']], descending: true });
    list.where('m.organization_id = ?', context.viewer.organizationId);
    list.whereId('m.id', id);
    if (status != null) list.where('m.status = ?', status);
    return list.read<SanctionsMatch, SanctionsMatch>(context.em, page, { cursor: ({ id }) => [id], node: (found) => found });
  }

  /** It is somebody else: remembered until the entry changes. */
  clear(context: Context, input: SettleMatchInput): Promise<Outcome<SanctionsMatch>> {
    return this.settle(context, input, 'cleared');
  }

  /** It is who the list names: nothing is ever paid, and the affiliate is out of every program. */
  async confirm(context: Context, input: SettleMatchInput): Promise<Outcome<SanctionsMatch>> {
    const settled = await this.settle(context, input, 'confirmed');
    if (settled.errors) return settled;
    const taking = await rows<{ key: string; status: string; affiliate: string }>(
      context.em,
      `select p.key, e.status, a.external_id as affiliate from enrollment e join program p on p.id = e.program_id join affiliate a on a.id = e.affiliate_id
       where e.affiliate_id = $1 and e.status = any($2::text[]) order by p.key`,
      [settled.value.affiliateId, LIVING],
    );
    // Money is held already: one after the other, and again by a repeat after a crash in between.
    const { enrollments } = context.services;
    for (const { key, status, affiliate } of taking) {
      const whose = { program: key, affiliate };
      const ended = await (status === 'applied'
        ? enrollments.reject(context, whose, WHY_ENDED)
        : enrollments.terminate(context, whose, WHY_ENDED));
      if (ended.errors) return refused(...ended.errors);
    }
    return settled;
  }

  private async settle(context: Context, input: SettleMatchInput, status: 'cleared' | 'confirmed'): Promise<Outcome<SanctionsMatch>> {
    const read = new FieldReader();
    const reason = read.text(input.reason, ['reason'], 1000)?.trim() ?? '';
    if (reason === '') read.refuse(['reason'], 'It may not be empty.');
    if (read.refusal !== null) return refused(userError('INVALID', read.refusal.message, read.refusal.path));
    const missing = refused(userError('NOT_FOUND', 'There is no such match.', ['match']));
    if (!isId(input.match)) return missing;
    const { organizationId, name } = context.viewer;
    const now = new Date(await context.now());
    return inTransaction<Outcome<SanctionsMatch>>(context.em, async (tx) => {
      const text = `select ${MATCH_COLUMNS} from sanctions_match m where m.id = $1 and m.organization_id = $2 for no key update`;
      const found = await row<SanctionsMatch>(tx, text, [input.match, organizationId]);
      if (found === undefined) return missing;
      if (found.status === status) return done(found);
      if (found.status === 'confirmed') return refused(userError('CONFLICT', 'It was confirmed, which stays so.', ['match']));
      noteChange(tx, { before: { match: found.status }, after: { match: status } });
      await rows(
        tx,
        `update sanctions_match set status = $3, decided_at = $4, decided_by = $5, reason = $6,
           compared = case when $3 = 'confirmed' then '{}' else compared end where affiliate_id = $1 and id = $2`,
        [found.affiliateId, found.id, status, now, name, reason],
      );
      return done({ ...found, status, decidedAt: now, decidedBy: name, reason });
    });
  }
}
