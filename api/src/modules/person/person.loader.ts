import type { LoaderDefinition } from '../../context.ts';
import { rows } from '../../platform/database/sql.ts';
import type { Token } from '../identity/index.ts';
import { PERSON_COLUMNS, type Person } from './person.entity.ts';

/** The people of affiliates, in the order in which they came. The caller has made sure that the viewer may see the affiliates. */
export const peopleByAffiliate: LoaderDefinition<string, Person[]> = {
  async read({ em }, ids) {
    const text = `select ${PERSON_COLUMNS} from affiliate_person p where p.affiliate_id = any($1::uuid[]) and p.removed_at is null order by p.id`;
    const groups = Map.groupBy(await rows<Person>(em, text, [ids]), ({ affiliateId }) => affiliateId);
    return ids.map((id) => groups.get(id) ?? []);
  },
};

type ShownToken = Omit<Token, 'secretHash'>;

/** Tokens that live, by whose they are, the newest first. */
export const tokensByPerson: LoaderDefinition<string, ShownToken[]> = {
  async read({ em }, ids) {
    const text = `select id, organization_id as "organizationId", kind, affiliate_id as "affiliateId", person_id as "personId", name, prefix,
        created_at as "createdAt", expires_at as "expiresAt", revoked_at as "revokedAt", last_used_at as "lastUsedAt", last_used_from as "lastUsedFrom", scopes
      from api_token where person_id = any($1::uuid[]) and revoked_at is null and (expires_at is null or expires_at > $2) order by id desc`;
    const groups = Map.groupBy(await rows<ShownToken>(em, text, [ids, new Date()]), ({ personId }) => personId);
    return ids.map((id) => groups.get(id) ?? []);
  },
};

/** Is the person an owner now? */
export const ownersById: LoaderDefinition<string, boolean> = {
  async read({ em }, ids) {
    const text = `select id from affiliate_person where id = any($1::uuid[]) and role = 'owner' and removed_at is null`;
    const found = new Set((await rows<{ id: string }>(em, text, [ids])).map(({ id }) => id));
    return ids.map((id) => found.has(id));
  },
};
