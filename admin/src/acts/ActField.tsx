import { MenuItem, TextField } from '@mui/material';
import { type Sentence, useSay } from '../words/words.ts';

export type Values = Readonly<Record<string, string>>;

/** Something that is asked before an act. */
export interface Field {
  readonly name: string;
  readonly label: Sentence;
  readonly help?: Sentence;
  readonly required?: boolean;
  /** A reason has room for a few lines. Of `many` the value is the chosen ones, each on a line of its own. */
  readonly kind?: 'text' | 'long' | 'number' | 'day' | 'email' | 'password' | 'many';
  /** Of what is long: how many lines are shown at first. */
  readonly rows?: number;
  readonly choices?: readonly { readonly value: string; readonly words: string }[];
  readonly value?: string;
}

interface ActFieldProps {
  readonly field: Field;
  readonly isFirst: boolean;
  readonly value: string;
  readonly problem: string | undefined;
  readonly onChange: (value: string) => void;
}

const TYPES = { text: 'text', long: 'text', number: 'text', many: 'text', day: 'date', email: 'email', password: 'password' } as const;

/** The chosen ones of a field of the kind `many`. */
export const chosenOf = (value: string | undefined): string[] => (value ? value.split('\n') : []);

export function ActField({ field, isFirst, value, problem, onChange }: ActFieldProps) {
  const say = useSay();
  const { name, label, help, required = false, kind = 'text', rows = 2, choices } = field;
  const isMany = kind === 'many';
  return (
    <TextField
      name={name}
      label={say(label)}
      required={required}
      // The first field is where one goes on from the button that opened this.
      autoFocus={isFirst}
      value={isMany ? chosenOf(value) : value}
      error={problem !== undefined}
      helperText={problem ?? (help && say(help))}
      onChange={({ target }) => onChange(isMany ? (target.value as unknown as string[]).join('\n') : target.value)}
      autoComplete="off"
      type={TYPES[kind]}
      multiline={kind === 'long'}
      minRows={kind === 'long' ? rows : undefined}
      maxRows={kind === 'long' ? Math.max(rows, 16) : undefined}
      select={choices !== undefined}
      slotProps={{
        ...(isMany ? { select: { multiple: true } } : {}),
        ...(kind === 'number' ? { htmlInput: { inputMode: 'decimal' } } : {}),
        ...(kind === 'day' ? { inputLabel: { shrink: true } } : {}),
      }}
    >
      {choices?.map((choice) => (
        <MenuItem key={choice.value} value={choice.value}>
          {choice.words}
        </MenuItem>
      ))}
    </TextField>
  );
}

/** A reason that the other side reads. */
export const REASON: Field = { name: 'reason', label: 'Reason', kind: 'long', required: true };
