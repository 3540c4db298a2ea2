import { type DataProvider, type GetListParams, HttpError, type RaRecord } from 'react-admin';
import type { Ask } from '../api/client.ts';
import { notFound } from '../api/errors.ts';
import type { ExplainedCommission } from '../commissions/explanationSource.ts';
import type { ListQuery, Source } from './source.ts';

type Sources = Readonly<Record<string, () => Promise<Source<RaRecord<string>>>>>;

const DEFAULT_PAGE = { page: 1, perPage: 25 };

/** What pages ask for, beside records. */
export interface BackOffice extends DataProvider {
  /** Anything else that the API has, and every act. */
  readonly ask: Ask;
  /** What an order earns and why; `place` names the order within its program. */
  explain(place: string): Promise<ExplainedCommission>;
}

/** Reads records by the sources of their resources. Acts go by `ask`: none of them is a mere create, update or delete. */
export function createDataProvider(ask: Ask, sources: Sources): BackOffice {
  async function sourceOf(resource: string): Promise<Source<RaRecord<string>>> {
    const read = sources[resource];
    if (!read) throw new HttpError(`There is no resource ${resource}`, 404);
    return read();
  }

  async function one(resource: string, id: unknown) {
    const found = await (await sourceOf(resource)).one(ask, String(id));
    if (!found) throw notFound('record', String(id));
    return found;
  }

  return {
    async getList(resource: string, params: GetListParams) {
      const { rows, total, hasNextPage } = await (await sourceOf(resource)).list(ask, queryOf(params));
      const page = params.pagination ?? DEFAULT_PAGE;
      if (total !== undefined) return { data: [...rows], total };
      return { data: [...rows], pageInfo: { hasNextPage: hasNextPage ?? false, hasPreviousPage: page.page > 1 } };
    },
    async getOne(resource: string, { id }: { id: unknown }) {
      return { data: await one(resource, id) };
    },
    async getMany(resource: string, { ids }: { ids: readonly unknown[] }) {
      return { data: await Promise.all(ids.map((id) => one(resource, id))) };
    },
    getManyReference: refuse,
    create: refuse,
    update: refuse,
    updateMany: refuse,
    delete: refuse,
    deleteMany: refuse,
    ask,
    explain: async (place: string) => (await import('../commissions/explanationSource.ts')).explain(ask, place),
  } as unknown as BackOffice;
}

function queryOf({ pagination = DEFAULT_PAGE, sort, filter }: GetListParams): ListQuery {
  return {
    first: pagination.perPage,
    offset: (pagination.page - 1) * pagination.perPage,
    sort: { field: sort?.field ?? 'id', descending: sort?.order === 'DESC' },
    filter: (filter ?? {}) as ListQuery['filter'],
  };
}

async function refuse(): Promise<never> {
  throw new HttpError('Acts have documents of their own', 405);
}
