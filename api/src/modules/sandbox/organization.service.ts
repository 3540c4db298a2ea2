import { businessNow } from '../../platform/clock.ts';
import type { EntityManager } from '../../platform/database/orm.ts';
import { row, rows } from '../../platform/database/sql.ts';
import { newId } from '../../platform/ids.ts';
import { Organization } from './sandbox.entity.ts';

export interface NewSandboxOrganization {
  readonly name: string;
  /** Whose it is. */
  readonly parentId: string;
  /** Where its clock starts. */
  readonly startsAt: number;
}

/** The same in every installation, so that of processes that start together only one makes it. */
const FIRST_ID = '00000000-0000-7000-8000-000000000001';

export class OrganizationService {
  /** Kinds never change. */
  private readonly live = new Set<string>();

  /** Within a transaction of the caller. Undefined: it is there already. */
  async createFirst(em: EntityManager, name: string): Promise<{ id: string } | undefined> {
    const text = "insert into organization (id, name, kind) values ($1, $2, 'live') on conflict (id) do nothing returning id";
    return row<{ id: string }>(em, text, [FIRST_ID, name]);
  }

  /** Within a transaction of the caller. */
  async createSandbox(em: EntityManager, { name, parentId, startsAt }: NewSandboxOrganization): Promise<Organization> {
    const organization = { id: newId(), name, kind: 'sandbox' as const, parentId, clock: new Date(startsAt) };
    await em.insert(Organization, organization);
    return organization as Organization;
  }

  async find(em: EntityManager, id: string): Promise<Organization> {
    return em.findOneOrFail(Organization, { id });
  }

  /** An organization; with `all` the live one that it is or belongs to, and the sandboxes of that. */
  places(em: EntityManager, id: string, all: boolean): Promise<Pick<Organization, 'id' | 'name' | 'kind'>[]> {
    const text = all
      ? `with home as (select coalesce(parent_id, id) as id from organization where id = $1)
         select o.id, o.name, o.kind from organization o, home where o.id = home.id or o.parent_id = home.id
         order by o.parent_id is not null, o.id desc limit 101`
      : 'select id, name, kind from organization where id = $1';
    return rows(em, text, [id]);
  }

  async any(em: EntityManager): Promise<boolean> {
    return (await row(em, 'select 1 from organization limit 1')) !== undefined;
  }

  /** Business time of an organization, in milliseconds. A sandbox's clock is read anew each time: another process may move it. */
  async now(through: { readonly em: EntityManager }, id: string): Promise<number> {
    if (this.live.has(id)) return Date.now();
    const found = await row<{ clock: Date | null }>(through.em, 'select clock from organization where id = $1', [id]);
    if (!found) throw new Error(`There is no organization ${id}`);
    if (found.clock === null) this.live.add(id);
    return businessNow(found);
  }

  /** Moves a sandbox's clock forward; one that is further already stays where it is. */
  async moveClock(em: EntityManager, id: string, to: number): Promise<number> {
    const moved = await rows<{ clock: Date }>(
      em,
      'update organization set clock = greatest(clock, $2) where id = $1 and clock is not null returning clock',
      [id, new Date(to)],
    );
    return moved[0]!.clock.getTime();
  }
}
