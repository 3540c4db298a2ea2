// @vitest-environment jsdom
import { createTheme, ThemeProvider } from '@mui/material/styles';
import polyglot from 'ra-i18n-polyglot';
import english from 'ra-language-english';
import { act, type ReactNode } from 'react';
import { CoreAdminContext, ListContextProvider, memoryStore, ResourceContextProvider, useList } from 'react-admin';
import { createPortal } from 'react-dom';
import { useLocation } from 'react-router-dom';
import { beforeEach, expect, it } from 'vitest';
import { lightTheme } from '../layout/theme.ts';
import { render } from '../testing/render.tsx';
import { SayProvider } from '../words/SayProvider.tsx';
import { Col, ListTable } from './ListTable.tsx';

interface Row {
  readonly id: string;
  readonly name: string;
  readonly sum: string;
}
const data: Row[] = [
  { id: 'a/1', name: 'Ann', sum: '12.40' },
  { id: 'b', name: 'Ben', sum: '7.00' },
];
const words = polyglot(() => english, 'en', [], { allowMissing: true });

interface ListProps {
  readonly rowClick?: 'show' | ((row: Row) => void);
  readonly beside?: ReactNode;
}

function List({ rowClick, beside }: ListProps) {
  const { pathname } = useLocation();
  return (
    <ListContextProvider value={useList({ data, sort: { field: 'name', order: 'ASC' } })}>
      <output>{pathname}</output>
      <ListTable<Row> {...(rowClick && { rowClick })}>
        <Col<Row> label="Name" sort="name" render={({ name }) => <b>{name}</b>} />
        {null}
        <Col<Row> label="Amount" sort="sum" align="right" sx={{ width: 40 }} render={({ sum }) => sum} />
        <Col<Row> label={<i>Acts</i>} render={() => beside} />
      </ListTable>
    </ListContextProvider>
  );
}

async function listed(props: ListProps = {}) {
  const { element, remove } = await render(
    <ThemeProvider theme={createTheme(lightTheme)}>
      <CoreAdminContext store={memoryStore()} i18nProvider={words}>
        <SayProvider>
          <ResourceContextProvider value="orders">
            <List {...props} />
          </ResourceContextProvider>
        </SayProvider>
      </CoreAdminContext>
    </ThemeProvider>,
  );
  return {
    remove,
    rows: () => [...element.querySelectorAll<HTMLTableRowElement>('tbody > tr')],
    heads: () => [...element.querySelectorAll<HTMLTableCellElement>('thead th')],
    place: () => element.querySelector('output')!.textContent,
  };
}

// Where the one before it led to.
beforeEach(() => {
  location.hash = '';
});

const clicked = (target: Element) => act(async () => void target.dispatchEvent(new MouseEvent('click', { bubbles: true })));

it('rows of a list are plain elements, each cell as its column says', async () => {
  const { rows, heads, place, remove } = await listed({ rowClick: 'show' });
  expect(rows().map((row) => [...row.cells].map((cell) => [cell.textContent, cell.className.split(' ').includes('right')]))).toEqual([
    [
      ['Ann', false],
      ['12.40', true],
      ['', false],
    ],
    [
      ['Ben', false],
      ['7.00', true],
      ['', false],
    ],
  ]);
  expect(heads().map(({ textContent, scope }) => [textContent.replaceAll(/[↑↓]/g, ''), scope])).toEqual([
    ['Name', 'col'],
    ['Amount', 'col'],
    ['Acts', 'col'],
  ]);
  await clicked(rows()[0]!.cells[1]!);
  expect(place()).toBe('/orders/a%2F1/show');
  await remove();
});

it('a row may open something of its own, or nothing', async () => {
  const opened: unknown[] = [];
  const own = await listed({ rowClick: ({ id }) => opened.push(id) });
  await clicked(own.rows()[1]!);
  expect([opened, own.place()]).toEqual([['b'], '/']);
  await own.remove();
  const none = await listed();
  await clicked(none.rows()[0]!);
  expect(none.place()).toBe('/');
  await none.remove();
});

it('what is clicked in a dialog of a row opens no row', async () => {
  const { place, remove } = await listed({ rowClick: 'show', beside: createPortal(<button type="button">Yes</button>, document.body) });
  await clicked(document.querySelector('body > button')!);
  expect(place()).toBe('/');
  await remove();
});

it('is sorted by a column, and the other way round when it is already', async () => {
  const { rows, heads, remove } = await listed();
  const names = () => rows().map(({ cells }) => cells[0]!.textContent);
  const sorts = () => heads().map((head) => head.getAttribute('aria-sort'));
  expect([names(), sorts()]).toEqual([
    ['Ann', 'Ben'],
    ['ascending', null, null],
  ]);
  expect(heads()[0]!.querySelector('button')!.title).toBe('Sort by name descending');
  await clicked(heads()[0]!.querySelector('button')!);
  expect([names(), sorts()]).toEqual([
    ['Ben', 'Ann'],
    ['descending', null, null],
  ]);
  await clicked(heads()[1]!.querySelector('button')!);
  expect([names(), sorts()]).toEqual([
    ['Ann', 'Ben'],
    [null, 'ascending', null],
  ]);
  expect(heads()[2]!.querySelector('button')).toBeNull();
  await remove();
});
