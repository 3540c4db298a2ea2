import { LRUCache } from 'lru-cache';
import type { EntityManager } from '../../platform/database/orm.ts';
import { hotRows } from '../../platform/database/sql.ts';
import { sliceOf } from '../../platform/ids.ts';
import { subjectOf } from './click-id.ts';

const MOST_LINKS = 100_000;

/** What a code leads to. None of it ever changes. */
export interface Target {
  readonly programId: string;
  readonly organizationId: string;
  readonly isLive: boolean;
  readonly affiliate: string;
  readonly affiliateId: string;
  readonly link: string;
  readonly linkId: string;
  readonly url: string;
  readonly subId: string | null;
  readonly subject: Uint8Array;
}

const FIND = `select l.program_id as "programId", p.organization_id as "organizationId", o.kind = 'live' as "isLive", a.external_id as affiliate, l.affiliate_id as "affiliateId",
    l.external_id as link, l.id as "linkId", l.url, l.sub_id as "subId"
  from link_code c join link l on l.affiliate_id = c.affiliate_id and l.program_id = c.program_id and l.id = c.link_id
  join affiliate a on a.id = l.affiliate_id join program p on p.id = l.program_id join organization o on o.id = p.organization_id
  where c.slice = $1 and c.code = $2`;

/** Finds links by their codes; what was found once is found again without the database. */
export class LinkDirectory {
  private readonly known: LRUCache<string, Target>;

  constructor(fork: () => EntityManager) {
    this.known = new LRUCache<string, Target>({
      max: MOST_LINKS,
      fetchMethod: async (code) => {
        const [found] = await hotRows<Omit<Target, 'subject'>>(fork(), FIND, [sliceOf(code), code]);
        return found === undefined ? undefined : { ...found, subject: subjectOf(found) };
      },
    });
  }

  /** Undefined: there is no such code. Fails where it would have to ask a database that is away. */
  find(code: string): Target | undefined | Promise<Target | undefined> {
    return this.known.get(code) ?? this.known.fetch(code);
  }
}
