import { useListContext } from 'react-admin';
import { sources } from '../provider/sources.ts';
import { variablesOf } from '../provider/variablesOf.ts';
import { ExportButton } from './ExportButton.tsx';

/** All that fits the filters of a list as a table, written by the server page by page. `resource`: also the name of its file. */
export function ExportCsv({ resource }: { readonly resource: keyof typeof sources }) {
  const { filterValues, sort } = useListContext();
  const address = async () => {
    const filter = await variablesOf(await sources[resource](), filterValues, sort);
    return `/export/${resource}.csv?${new URLSearchParams({ filter: JSON.stringify(filter) })}`;
  };
  return <ExportButton address={address} />;
}
