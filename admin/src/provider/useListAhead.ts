import { useQueryClient } from '@tanstack/react-query';
import { type GetListParams, parseQueryFromLocation, useDataProvider, useLocation } from 'react-admin';

/**
 * Asks for the rows of a list while the page that shows them is still on its way: the list waits for the same answer then. An address that
 * does not say how its list is sorted is left to the page, which knows how it usually is.
 */
export function useListAhead(resource: string): void {
  const queries = useQueryClient();
  const provider = useDataProvider();
  const asked = askedBy(useLocation());
  if (asked === undefined) return;
  const queryKey = [resource, 'getList', asked];
  if (queries.getQueryState(queryKey) === undefined)
    void queries.prefetchQuery({ queryKey, queryFn: () => provider.getList(resource, asked) });
}

/** What the page will ask for, as the library reads it from the address. */
function askedBy(location: ReturnType<typeof useLocation>): GetListParams | undefined {
  const { page, perPage, sort, order, filter = {} } = parseQueryFromLocation(location);
  if (!page || !perPage || !sort || !order) return undefined;
  return { pagination: { page: Number(page), perPage: Number(perPage) }, sort: { field: sort, order }, filter };
}
