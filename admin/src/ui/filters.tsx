import { SelectInput, TextInput, useGetList } from 'react-admin';
import type { ProgramRecord } from '../programs/source.ts';
import { formatWord } from './format.ts';

/** Inputs of filters. Their names are what the sources of lists read. */
const common = { helperText: false, size: 'small', variant: 'outlined', margin: 'none' } as const;

export function ProgramFilter() {
  const { data = [] } = useGetList<ProgramRecord>('programs', {
    pagination: { page: 1, perPage: 100 },
    sort: { field: 'key', order: 'ASC' },
  });
  const choices = data.map(({ key, name }) => ({ id: key, name }));
  return <SelectInput {...common} source="program" label="Program" choices={choices} emptyText="All" resettable={false} />;
}

export function WordFilter({
  source,
  label,
  words,
}: {
  readonly source: string;
  readonly label: string;
  readonly words: readonly string[];
}) {
  const choices = words.map((word) => ({ id: word, name: formatWord(word) }));
  return <SelectInput {...common} source={source} label={label} choices={choices} emptyText="All" />;
}

export function TextFilter({ source, label }: { readonly source: string; readonly label: string }) {
  return <TextInput {...common} source={source} label={label} resettable autoComplete="off" />;
}

export function DayFilter({ source, label }: { readonly source: string; readonly label: string }) {
  return <TextInput {...common} source={source} label={label} type="date" slotProps={{ inputLabel: { shrink: true } }} />;
}
