// @vitest-environment jsdom
import { act, type ReactNode } from 'react';
import {
  CoreAdminContext,
  type GetListParams,
  ListBase,
  type RaRecord,
  ResourceContextProvider,
  testDataProvider,
  useListContext,
} from 'react-admin';
import { expect, it, vi } from 'vitest';
import { render } from '../testing/render.tsx';
import { useListAhead } from './useListAhead.ts';

/** Answers with the row that it is told of, once it is told to. */
function slowProvider() {
  const answers: (() => void)[] = [];
  const getList = vi.fn(
    (_resource: string, _params: GetListParams) =>
      new Promise<{ data: RaRecord[]; total: number }>((resolve) => answers.push(() => resolve({ data: [{ id: 'o1' }], total: 1 }))),
  );
  return {
    getList,
    async answer() {
      for (const one of answers.splice(0)) one();
      // The pages are told of it in a task of its own.
      await act(() => new Promise((resolve) => setTimeout(resolve)));
    },
    provider: testDataProvider({ getList: getList as never }),
  };
}

function Ahead({ children }: { readonly children: ReactNode }) {
  useListAhead('orders');
  return children;
}

const Ids = () =>
  useListContext()
    .data?.map(({ id }) => id)
    .join() ?? 'nothing yet';

async function coming(to: string) {
  const { provider, ...rest } = slowProvider();
  location.hash = to;
  const page = (isThere: boolean) => (
    <CoreAdminContext dataProvider={provider}>
      <ResourceContextProvider value="orders">
        <Ahead>
          {isThere && (
            <ListBase sort={{ field: 'recorded', order: 'DESC' }} perPage={25} queryOptions={{ staleTime: 1_000 }}>
              <Ids />
            </ListBase>
          )}
        </Ahead>
      </ResourceContextProvider>
    </CoreAdminContext>
  );
  const drawn = await render(page(false));
  return { ...rest, ...drawn, comes: () => drawn.again(page(true)) };
}

const filter = encodeURIComponent(JSON.stringify({ program: 'shop' }));
const WHOLE = `#/orders?filter=${filter}&sort=placed&order=ASC&page=1&perPage=50`;

it.each(['before', 'after'])('rows are asked for once: the page that comes %s their answer takes it', async (when) => {
  const { getList, answer, element, comes, remove } = await coming(WHOLE);
  expect(getList.mock.calls.map(([resource, { pagination, sort, filter: asked }]) => [resource, pagination, sort, asked])).toEqual([
    ['orders', { page: 1, perPage: 50 }, { field: 'placed', order: 'ASC' }, { program: 'shop' }],
  ]);
  if (when === 'after') await answer();
  await comes();
  await answer();
  expect([getList.mock.calls.length, element.textContent]).toEqual([1, 'o1']);
  await remove();
});

it('an address that does not say how the list is sorted is left to the page', async () => {
  const { getList, answer, element, comes, remove } = await coming(`#/orders?filter=${filter}`);
  expect(getList).not.toHaveBeenCalled();
  await comes();
  await answer();
  expect([getList.mock.calls[0]?.[1].sort, element.textContent]).toEqual([{ field: 'recorded', order: 'DESC' }, 'o1']);
  await remove();
});
