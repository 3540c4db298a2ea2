import { holdsIn } from '../../access/index.ts';
import type { Context, LoaderDefinition } from '../../context.ts';
import { hotRows, row } from '../../platform/database/sql.ts';
import type { Connection, Page } from '../../platform/graphql/connection.ts';
import { badUserInput } from '../../platform/graphql/errors.ts';
import { List } from '../../platform/graphql/list.ts';
import { bucketOf, sliceOf } from '../../platform/ids.ts';
import { narrow } from '../program/index.ts';
import { CLICK_COLUMNS, type Click, type ClickRow, toClick } from './tracking.entity.ts';
import type { ClickArgs } from './tracking.input.ts';

/** Clicks by our id; null: there is none, or it is not the viewer's. */
export const clicksById: LoaderDefinition<string, Click | null> = {
  async read({ em, viewer }, ids) {
    const text = `select ${CLICK_COLUMNS} from unnest($1::smallint[], $2::uuid[]) as k (bucket, id)
       join click c on c.bucket = k.bucket and c.id = k.id join program p on p.id = c.program_id
       where p.organization_id = $3 and ($4::uuid is null or c.affiliate_id = $4)`;
    const found = await hotRows<ClickRow>(em, text, [ids.map(bucketOf), ids, viewer.organizationId, viewer.affiliateId]);
    const clicks = new Map(found.map((click) => [click.id, toClick(click)]));
    return ids.map((id) => {
      const found = clicks.get(id);
      return found && holdsIn(viewer.grants, ['click.read', 'own.read'], found.programId) ? found : null;
    });
  },
};

export class ClickService {
  /** A click by the caller's id. */
  async find(context: Context, programKey: string, externalId: string): Promise<Click | null> {
    const program = await context.services.programs.find(context, programKey);
    if (program === undefined) return null;
    const found = await row<ClickRow>(
      context.em,
      `select ${CLICK_COLUMNS} from fact_key f join click c on c.bucket = get_byte(uuid_send(f.fact_id), 15)::smallint and c.id = f.fact_id
       where f.slice = $1 and f.scope_id = $2 and f.kind = 'click' and f.external_id = $3 and ($4::uuid is null or c.affiliate_id = $4)`,
      [sliceOf(externalId), program.id, externalId, context.viewer.affiliateId],
    );
    return found === undefined ? null : toClick(found);
  }

  /** The last recorded first. */
  async list(context: Context, { visitor, attributable, from, to, ...args }: ClickArgs, page: Page): Promise<Connection<Click>> {
    if (visitor != null && args.program == null) throw badUserInput('Give the program, too: a visitor is known by program');
    const list = new List({ select: CLICK_COLUMNS, from: 'click c', sort: [['c.id', 'uuid']], descending: true });
    const program = await narrow(context, list, 'c', args);
    if (visitor != null) {
      list.where(
        '(c.bucket, c.id) in (select bucket, click_id from visitor_click where slice = ? and program_id = ? and visitor = ?)',
        sliceOf(visitor),
        program?.id,
        visitor,
      );
    }
    if (attributable != null) list.where('c.attributable = ?', attributable);
    if (from != null) list.where('c.clicked_at >= ?', new Date(from));
    if (to != null) list.where('c.clicked_at < ?', new Date(to));
    return list.read<ClickRow, Click>(context.em, page, { cursor: ({ id }) => [id], node: toClick });
  }
}
