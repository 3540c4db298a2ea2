import { holdsEverywhere } from '../../access/index.ts';
import type { Context } from '../../context.ts';
import { row, rows } from '../../platform/database/sql.ts';
import { inTransaction } from '../../platform/database/transaction.ts';
import { done, type Outcome, refused, userError } from '../../platform/graphql/user-error.ts';
import { isId, newId } from '../../platform/ids.ts';
import { actorOf } from '../approval/index.ts';
import { noteChange } from '../audit/index.ts';
import type { RemoveViewInput, SaveViewInput } from './view.type.ts';

/** A list as somebody filtered it, under a name. */
export interface SavedView {
  readonly id: string;
  readonly list: string;
  readonly name: string;
  readonly search: string;
  readonly isShared: boolean;
  readonly ownerId: string;
  readonly owner: string;
}

const COLUMNS = 'v.id, v.list, v.name, v.search, v.is_shared as "isShared", v.owner_id as "ownerId", v.owner';
const MOST_OWN = 100;
const MOST_SHOWN = 300;
const LONGEST = { name: 100, search: 2000 } as const;

/** Views of working lists: one's own, and those that others share. */
export class ViewService {
  /** By name. */
  list(context: Context, list: string): Promise<SavedView[]> {
    return rows<SavedView>(
      context.em,
      `select ${COLUMNS} from saved_view v where v.organization_id = $1 and v.list = $2 and (v.is_shared or v.owner_id = $3)
       order by v.name, v.id limit ${MOST_SHOWN}`,
      [context.viewer.organizationId, list, actorOf(context)],
    );
  }

  /** Under a name that one has used for the list already it takes the place of that view. */
  async save(context: Context, { list, name: given, search, isShared }: SaveViewInput): Promise<Outcome<SavedView>> {
    const name = given.trim();
    if (!/^[a-z]{1,40}$/.test(list)) return refused(userError('INVALID', 'It is no name of a list.', ['list']));
    if (name === '' || name.length > LONGEST.name)
      return refused(userError('INVALID', `A name has 1 to ${LONGEST.name} characters.`, ['name']));
    if (search.length > LONGEST.search) return refused(userError('INVALID', 'The filters are too long to be kept.', ['search']));
    const { organizationId, name: owner } = context.viewer;
    const ownerId = actorOf(context);
    return inTransaction<Outcome<SavedView>>(context.em, async (tx) => {
      await rows(tx, 'select pg_advisory_xact_lock(hashtextextended($1, 0))', [`${ownerId}/views`]);
      const held = await row<{ count: number; same: number }>(
        tx,
        'select count(*)::int as count, (count(*) filter (where list = $3 and name = $4))::int as same from saved_view where organization_id = $1 and owner_id = $2',
        [organizationId, ownerId, list, name],
      );
      if (held!.same === 0 && held!.count >= MOST_OWN) return refused(userError('TOO_MANY', `Somebody has ${MOST_OWN} views at most.`));
      const saved = await row<SavedView>(
        tx,
        `insert into saved_view as v (organization_id, id, list, name, search, is_shared, owner_id, owner) values ($1, $2, $3, $4, $5, $6, $7, $8)
         on conflict (organization_id, owner_id, list, name) do update
           set search = excluded.search, is_shared = excluded.is_shared, owner = excluded.owner, saved_at = now() returning ${COLUMNS}`,
        [organizationId, newId(), list, name, search, isShared, ownerId, owner],
      );
      noteChange(tx, { before: {}, after: { list, shared: isShared } });
      return done(saved as SavedView);
    });
  }

  /** One's own; whoever manages staff removes those of others, too. */
  remove(context: Context, { id }: RemoveViewInput): Promise<Outcome<string>> {
    const { organizationId, grants } = context.viewer;
    const any = holdsEverywhere(grants, ['staff.manage']);
    return inTransaction<Outcome<string>>(context.em, async (tx) => {
      const text =
        'delete from saved_view where organization_id = $1 and id = $2 and (owner_id = $3 or (is_shared and $4::boolean)) returning id';
      const gone = isId(id) ? await row<{ id: string }>(tx, text, [organizationId, id, actorOf(context), any]) : undefined;
      return gone ? done(gone.id) : refused(userError('NOT_FOUND', 'There is no such view of yours.', ['id']));
    });
  }
}
