import {
  Alert,
  Box,
  Checkbox,
  FormControlLabel,
  MenuItem,
  Table,
  TableBody,
  TableCell,
  TableHead,
  TableRow,
  TextField,
  Typography,
} from '@mui/material';
import { useState } from 'react';
import { Loading } from 'react-admin';
import { ActButton } from '../acts/ActButton.tsx';
import type { VariablesOf } from '../api/graphql.ts';
import { useAct, useAsked } from '../provider/useAsk.ts';
import { ErrorNote } from '../ui/ErrorNote.tsx';
import { Scroll } from '../ui/Scroll.tsx';
import { type Sentence, useSay } from '../words/words.ts';
import { cancelImport, type ImportPreview, type ImportRecord, previewDocument, startImport } from './source.ts';

type Settings = NonNullable<VariablesOf<typeof previewDocument>['settings']>;

const DELIMITERS: readonly (readonly [value: string, words: Sentence])[] = [
  [',', 'Comma'],
  [';', 'Semicolon'],
  ['\t', 'Tab'],
  ['|', 'Upright stroke'],
];
const SHOWN = 5;

/** How the file would be read, to be set right where it was guessed wrong, and then started. */
export function Preview({ found: { id, kind, program } }: { readonly found: ImportRecord }) {
  const say = useSay();
  const run = useAct();
  const [settings, setSettings] = useState<Settings>({});
  const { data, error, isFetching } = useAsked(previewDocument, { id, settings }, { keep: true });
  if (error) return <ErrorNote error={error} />;
  if (!data) return <Loading />;
  const { preview, userErrors } = data.importPreview;
  const problems = userErrors.map(({ message }) => say.said(message));
  const change = (next: Settings) => setSettings({ ...settings, ...next });
  return (
    <>
      {problems.length > 0 && <Alert severity="error">{problems.join(' ')}</Alert>}
      {preview && (
        <>
          {preview.failure && <Alert severity="error">{say.said(preview.failure)}</Alert>}
          {preview.missing.length > 0 && (
            <Alert severity="warning">
              {say('No column is read as %{fields}. Choose one below.', { fields: preview.missing.join(', ') })}
            </Alert>
          )}
          <Reading preview={preview} isFeed={kind === 'PRODUCTS'} onChange={change} />
          <Rows preview={preview} />
          <Doubts preview={preview} />
        </>
      )}
      <Box sx={{ display: 'flex', gap: 1, flexWrap: 'wrap' }}>
        <ActButton
          needs="FACT_TELL"
          program={program.key}
          variant="contained"
          disabled={!preview || isFetching || preview.failure !== null || preview.missing.length > 0}
          verb={say('Take it in')}
          title={say('Take the file in')}
          intro={say('It runs by itself; this page shows how far it is.')}
          run={() => run(startImport, { import: id, ...settings })}
        />
        <ActButton
          needs="FACT_TELL"
          program={program.key}
          isGrave
          verb={say('Throw it away')}
          title={say('Throw the file away')}
          run={() => run(cancelImport, { import: id })}
        />
      </Box>
    </>
  );
}

interface ReadingProps {
  readonly preview: ImportPreview;
  readonly isFeed: boolean;
  readonly onChange: (settings: Settings) => void;
}

/** What each column is read as. */
function Reading({ preview: { settings, fields }, isFeed, onChange }: ReadingProps) {
  const say = useSay();
  const { delimiter, columns, complete, encoding, format } = settings;
  const setField = (name: string, field: string) =>
    onChange({
      columns: columns.map((column) =>
        column.name === name ? { name, field: field || null } : { name: column.name, field: column.field },
      ),
    });
  return (
    <Box component="section" aria-label={say('How it is read')} sx={{ display: 'grid', gap: 1.5 }}>
      <Typography variant="h3">{say('How it is read')}</Typography>
      <Box sx={{ display: 'flex', gap: 1.5, flexWrap: 'wrap', alignItems: 'center' }}>
        {delimiter !== null && (
          <TextField
            select
            label={say('Between the cells')}
            value={DELIMITERS.some(([value]) => value === delimiter) ? delimiter : ''}
            onChange={({ target }) => onChange({ delimiter: target.value, columns: null })}
            sx={{ width: 180 }}
          >
            {DELIMITERS.map(([value, words]) => (
              <MenuItem key={value} value={value}>
                {say(words)}
              </MenuItem>
            ))}
          </TextField>
        )}
        <Typography variant="body2" color="textSecondary">
          {[format, encoding].join(' · ')}
        </Typography>
      </Box>
      {isFeed && (
        <FormControlLabel
          control={<Checkbox size="small" checked={complete} onChange={({ target }) => onChange({ complete: target.checked })} />}
          label={say('The file has all products of its feed: those that it does not name are gone')}
        />
      )}
      {columns.length > 0 && (
        <Scroll label={say('Columns')}>
          <Table size="small">
            <TableHead>
              <TableRow>
                <TableCell>{say('Column')}</TableCell>
                <TableCell>{say('Is read as')}</TableCell>
              </TableRow>
            </TableHead>
            <TableBody>
              {columns.map(({ name, field }) => (
                <TableRow key={name}>
                  <TableCell component="th" scope="row">
                    {name}
                  </TableCell>
                  <TableCell>
                    <TextField
                      select
                      value={field ?? ''}
                      onChange={({ target }) => setField(name, target.value)}
                      sx={{ minWidth: 180 }}
                      slotProps={{
                        select: { displayEmpty: true },
                        htmlInput: { 'aria-label': say('What %{column} is read as', { column: name }) },
                      }}
                    >
                      <MenuItem value="">{say('nothing')}</MenuItem>
                      {fields.map((known) => (
                        <MenuItem key={known.name} value={known.name}>
                          {known.name}
                          {known.required ? ' *' : ''}
                        </MenuItem>
                      ))}
                    </TextField>
                  </TableCell>
                </TableRow>
              ))}
            </TableBody>
          </Table>
        </Scroll>
      )}
    </Box>
  );
}

/** The first rows as they are read. */
function Rows({ preview: { rows } }: { readonly preview: ImportPreview }) {
  const say = useSay();
  const shown = rows.slice(0, SHOWN);
  const fields = [...new Set(shown.flatMap(({ values }) => values.map(({ field }) => field)))];
  if (shown.length === 0) return null;
  return (
    <Box component="section" aria-label={say('The first rows')}>
      <Typography variant="h3" sx={{ mb: 1 }}>
        {say('The first rows')}
      </Typography>
      <Scroll label={say('The first rows')}>
        <Table size="small">
          <TableHead>
            <TableRow>
              <TableCell align="right">{say('Line')}</TableCell>
              {fields.map((field) => (
                <TableCell key={field}>{field}</TableCell>
              ))}
            </TableRow>
          </TableHead>
          <TableBody>
            {shown.map(({ line, values }) => (
              <TableRow key={line}>
                <TableCell align="right">{line}</TableCell>
                {fields.map((field) => (
                  <TableCell key={field} sx={{ whiteSpace: 'nowrap', maxWidth: 240, overflow: 'hidden', textOverflow: 'ellipsis' }}>
                    {values.find((value) => value.field === field)?.value}
                  </TableCell>
                ))}
              </TableRow>
            ))}
          </TableBody>
        </Table>
      </Scroll>
    </Box>
  );
}

/** What would be turned away of the rows that were looked at. */
function Doubts({ preview: { refused, rowsChecked } }: { readonly preview: ImportPreview }) {
  const say = useSay();
  return (
    <Box component="section" aria-label={say('What would be turned away')}>
      <Typography variant="h3" sx={{ mb: 1 }}>
        {say('What would be turned away')}
      </Typography>
      <Typography variant="body2">
        {say('%{refused} of the first %{count} rows, as far as the file tells by itself.', {
          refused: say.decimal(String(refused.length)),
          count: say.decimal(String(rowsChecked)),
        })}
      </Typography>
      <Box component="ul" sx={{ m: 0, pl: 2.5 }}>
        {refused.slice(0, SHOWN).map(({ line, errors }) => (
          <Typography component="li" variant="body2" key={line}>
            {say('Line %{line}: %{why}', { line, why: errors.map(({ message }) => say.said(message)).join(' ') })}
          </Typography>
        ))}
      </Box>
    </Box>
  );
}
