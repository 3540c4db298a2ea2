import type { LoaderDefinition } from '../../context.ts';
import { rows } from '../../platform/database/sql.ts';
import { MESSAGE_COLUMNS, REQUEST_COLUMNS, type Request, type RequestMessage } from './request.entity.ts';

const keyOf = (request: unknown) => (request as Pick<Request, 'id'>).id;

/** What was said and done about requests, oldest first: all of it, of which there is no end but {@link MOST_MESSAGES}, and what staff do. */
export const threadsOf: LoaderDefinition<Request, RequestMessage[]> = {
  keyOf,
  async read({ em }, requests) {
    const found = await rows<RequestMessage>(
      em,
      `select ${MESSAGE_COLUMNS} from unnest($1::uuid[], $2::uuid[], $3::uuid[]) as k (affiliate_id, program_id, request_id)
       join request_message m on m.affiliate_id = k.affiliate_id and m.program_id = k.program_id and m.request_id = k.request_id order by m.id`,
      [requests.map(({ affiliateId }) => affiliateId), requests.map(({ programId }) => programId), requests.map(({ id }) => id)],
    );
    const groups = Map.groupBy(found, ({ requestId }) => requestId);
    return requests.map(({ id }) => groups.get(id) ?? []);
  },
};

/** So much is said about one request at most, until it ends; whoever has more to say opens another. */
export const MOST_MESSAGES = 500;

/** Something of an enrollment. */
interface Thing {
  readonly id: string;
  readonly affiliateId: string;
  readonly programId: string;
}

/** The last review of traffic sources that staff finished; null: there was none. */
export const reviewsOf: LoaderDefinition<Thing, Request | null> = {
  keyOf,
  async read({ em }, sources) {
    const found = await rows<Request>(
      em,
      `select distinct on (q.subject) ${REQUEST_COLUMNS} from unnest($1::uuid[], $2::uuid[], $3::text[]) as k (affiliate_id, program_id, source)
       join affiliate_request q on q.affiliate_id = k.affiliate_id and q.program_id = k.program_id and q.subject = k.source
       where q.kind = 'source-review' and q.state in ('granted', 'refused') order by q.subject, q.id desc`,
      [sources.map(({ affiliateId }) => affiliateId), sources.map(({ programId }) => programId), sources.map(({ id }) => id)],
    );
    const bySource = new Map(found.map((request) => [request.subject, request]));
    return sources.map(({ id }) => bySource.get(id) ?? null);
  },
};

/** What was asked about cases; null: nothing. */
export const requestsAbout: LoaderDefinition<Thing, Request | null> = {
  keyOf,
  async read({ em }, things) {
    const found = await rows<Request>(
      em,
      `select ${REQUEST_COLUMNS} from unnest($1::uuid[], $2::uuid[], $3::uuid[]) as k (affiliate_id, program_id, ref_id)
       join affiliate_request q on q.affiliate_id = k.affiliate_id and q.program_id = k.program_id and q.ref_id = k.ref_id`,
      [things.map(({ affiliateId }) => affiliateId), things.map(({ programId }) => programId), things.map(({ id }) => id)],
    );
    const byRef = new Map(found.map((request) => [request.refId, request]));
    return things.map(({ id }) => byRef.get(id) ?? null);
  },
};

/** The kinds that were chosen for programs; null: all. */
export const chosenKinds: LoaderDefinition<string, string[] | null> = {
  async read({ em }, programs) {
    const text = 'select program_id, kinds from request_setting where program_id = any($1::uuid[])';
    const found = await rows<{ program_id: string; kinds: string[] }>(em, text, [programs]);
    const byProgram = new Map(found.map(({ program_id, kinds }) => [program_id, kinds]));
    return programs.map((id) => byProgram.get(id) ?? null);
  },
};
