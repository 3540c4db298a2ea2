// @vitest-environment jsdom
import polyglot from 'ra-i18n-polyglot';
import english from 'ra-language-english';
import { act } from 'react';
import { CoreAdminContext, ListBase, memoryStore, ResourceContextProvider, testDataProvider } from 'react-admin';
import { expect, it, vi } from 'vitest';
import { render } from '../testing/render.tsx';
import { SayProvider } from '../words/SayProvider.tsx';
import { RecordSheet } from './RecordSheet.tsx';

interface Row {
  readonly id: string;
  readonly name: string;
  readonly details?: string;
}

const words = polyglot(() => english, 'en', [], { allowMissing: true });

/** A list with Ann, and a sheet beside it; how often records were asked for by their ids, and what the sheet shows in the end. */
async function opened(id: string, isWhole?: (row: Row) => boolean) {
  const getOne = vi.fn(async () => ({ data: { id, name: `${id}, by id`, details: 'all of it' } }));
  const provider = testDataProvider({
    getList: (async () => ({ data: [{ id: 'ann', name: 'Ann, of the list' }], total: 1 })) as never,
    getOne: getOne as never,
  });
  const { remove } = await render(
    <CoreAdminContext store={memoryStore()} i18nProvider={words} dataProvider={provider}>
      <SayProvider>
        <ResourceContextProvider value="classes">
          <ListBase>
            <RecordSheet<Row> id={id} onClose={() => {}} title={({ name }) => name} {...(isWhole && { isWhole })}>
              {({ details = 'the row' }) => details}
            </RecordSheet>
          </ListBase>
        </ResourceContextProvider>
      </SayProvider>
    </CoreAdminContext>,
  );
  const settle = () => act(() => new Promise((resolve) => setTimeout(resolve)));
  await vi.waitFor(async () => {
    await settle();
    expect(document.querySelector('[role=dialog] h2')!.textContent).toContain(id === 'ann' && !isWhole ? 'Ann' : id);
  });
  const said = document.querySelector('[role=dialog]')!.textContent;
  await remove();
  return { asked: getOne.mock.calls.length, said };
}

it('shows the row of the list where all is in it, and asks for nothing more', async () => {
  const { asked, said } = await opened('ann');
  expect([asked, said]).toEqual([0, expect.stringMatching(/Ann, of the list.*the row/)]);
});

it('asks for what the list does not show, and for what its rows do not have', async () => {
  const other = await opened('ben');
  expect([other.asked, other.said]).toEqual([1, expect.stringMatching(/ben, by id.*all of it/)]);
  const more = await opened('ann', ({ details }) => details !== undefined);
  expect([more.asked, more.said]).toEqual([1, expect.stringMatching(/ann, by id.*all of it/)]);
});
