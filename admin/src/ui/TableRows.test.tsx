// @vitest-environment jsdom
import { createTheme, ThemeProvider } from '@mui/material/styles';
import { act } from 'react';
import {
  CoreAdminContext,
  DataTable,
  type DataTableProps,
  ListContextProvider,
  memoryStore,
  ResourceContextProvider,
  useList,
} from 'react-admin';
import { useLocation } from 'react-router-dom';
import { beforeEach, expect, it } from 'vitest';
import { lightTheme } from '../layout/theme.ts';
import { render } from '../testing/render.tsx';

const data = [
  { id: 'a/1', name: 'Ann', sum: '12.40' },
  { id: 'b', name: 'Ben', sum: '7.00' },
];

function List({ rowClick }: Pick<DataTableProps, 'rowClick'>) {
  const { pathname } = useLocation();
  return (
    <ListContextProvider value={useList({ data })}>
      <output>{pathname}</output>
      <DataTable bulkActionButtons={false} rowClick={rowClick}>
        <DataTable.Col label="Name" render={({ name }) => <b>{name}</b>} />
        {null}
        <DataTable.Col label="Short name" source="name" />
        <DataTable.Col label="Sum" align="right" sx={{ width: 40 }} render={({ sum }) => sum} />
      </DataTable>
    </ListContextProvider>
  );
}

const listed = (rowClick: DataTableProps['rowClick']) =>
  render(
    <ThemeProvider theme={createTheme(lightTheme)}>
      <CoreAdminContext store={memoryStore()}>
        <ResourceContextProvider value="orders">
          <List rowClick={rowClick} />
        </ResourceContextProvider>
      </CoreAdminContext>
    </ThemeProvider>,
  );

// Where the one before it led to.
beforeEach(() => {
  location.hash = '';
});

const clicked = (row: HTMLElement) => act(async () => row.dispatchEvent(new MouseEvent('click', { bubbles: true })));

it('rows of a list are plain elements, each cell as its column says', async () => {
  const { element, remove } = await listed('show');
  const rows = [...element.querySelectorAll<HTMLTableRowElement>('tbody > tr')];
  expect(rows.map((row) => [...row.cells].map((cell) => [cell.textContent, cell.className.split(' ').includes('right')]))).toEqual([
    [
      ['Ann', false],
      ['Ann', false],
      ['12.40', true],
    ],
    [
      ['Ben', false],
      ['Ben', false],
      ['7.00', true],
    ],
  ]);
  await clicked(rows[0]!);
  expect(element.querySelector('output')!.textContent).toBe('/orders/a%2F1/show');
  await remove();
});

it('a row may open something of its own, or nothing', async () => {
  const opened: unknown[] = [];
  const own = await listed((id) => {
    opened.push(id);
    return false;
  });
  await clicked(own.element.querySelectorAll<HTMLTableRowElement>('tbody > tr')[1]!);
  expect([opened, own.element.querySelector('output')!.textContent]).toEqual([['b'], '/']);
  await own.remove();
  const none = await listed(false);
  const row = none.element.querySelector<HTMLElement>('tbody > tr')!;
  await clicked(row);
  expect([row.className, none.element.querySelector('output')!.textContent]).toEqual(['', '/']);
  await none.remove();
});
