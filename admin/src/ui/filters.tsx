import { MenuItem, TextField } from '@mui/material';
import { useEffect } from 'react';
import { useInput, useListContext } from 'react-admin';
import { usePrograms } from '../session/usePrograms.ts';
import { type Sentence, useSay } from '../words/words.ts';

/** Inputs of filters. Their names are what the sources of lists read. */
interface FilterProps {
  readonly source: string;
  readonly label: Sentence;
}

export function TextFilter({ source, label }: FilterProps) {
  const say = useSay();
  const { id, field } = useInput({ source, defaultValue: '' });
  return <TextField {...field} id={id} label={say(label)} autoComplete="off" />;
}

export function DayFilter({ source, label }: FilterProps) {
  const say = useSay();
  const { id, field } = useInput({ source, defaultValue: '' });
  return <TextField {...field} id={id} label={say(label)} type="date" slotProps={{ inputLabel: { shrink: true } }} />;
}

interface Choice {
  readonly value: string;
  readonly words: string;
}

export function ChoiceFilter({ source, label, choices }: FilterProps & { readonly choices: readonly Choice[] }) {
  const say = useSay();
  const { id, field } = useInput({ source, defaultValue: '' });
  // Choices may come later than a value from the address.
  const value = choices.some((choice) => choice.value === field.value) ? field.value : '';
  return (
    <TextField {...field} value={value} id={id} label={say(label)} select>
      <MenuItem value="">{say('All')}</MenuItem>
      {choices.map((choice) => (
        <MenuItem key={choice.value} value={choice.value}>
          {choice.words}
        </MenuItem>
      ))}
    </TextField>
  );
}

export function WordFilter({ words, ...props }: FilterProps & { readonly words: readonly string[] }) {
  const say = useSay();
  return <ChoiceFilter {...props} choices={words.map((word) => ({ value: word, words: say.word(word) }))} />;
}

/** For lists of one program: the first is chosen where none is yet. */
export function OneProgramFilter() {
  const say = useSay();
  const data = usePrograms();
  const { filterValues, setFilters } = useListContext();
  const first = data[0]?.key;
  const chosen = String(filterValues['program'] ?? '');
  useEffect(() => {
    if (chosen === '' && first !== undefined) setFilters({ ...filterValues, program: first });
  }, [chosen, first, filterValues, setFilters]);
  return (
    <TextField
      select
      label={say('Program')}
      value={data.some(({ key }) => key === chosen) ? chosen : ''}
      onChange={(event) => setFilters({ ...filterValues, program: event.target.value })}
    >
      {data.map(({ key, name }) => (
        <MenuItem key={key} value={key}>
          {name}
        </MenuItem>
      ))}
    </TextField>
  );
}

export function ProgramFilter() {
  const data = usePrograms();
  return <ChoiceFilter source="program" label="Program" choices={data.map(({ key, name }) => ({ value: key, words: name }))} />;
}
