import { Alert, Box, Button, Dialog, DialogActions, DialogContent, DialogTitle } from '@mui/material';
import { type KeyboardEvent, type ReactNode, type SyntheticEvent, useId, useState } from 'react';
import { useNotify, useRefresh } from 'react-admin';
import { useDraft } from '../ui/useDraft.ts';
import { type Say, type Sentence, useSay } from '../words/words.ts';
import { ActField, type Field, type Values } from './ActField.tsx';
import { newKey, Refused } from './act.ts';
import { HoldButton } from './HoldButton.tsx';

export interface ActDialogProps {
  /** Already in the reader's language. */
  readonly title: string;
  /** What comes of it. */
  readonly intro?: ReactNode;
  readonly fields?: readonly Field[];
  /** The verb, and the sum where there is one. */
  readonly verb: string;
  readonly isGrave?: boolean;
  /** It moves money: its button is held, or pressed twice. */
  readonly isHeld?: boolean;
  /** `key` was made when the dialog opened: two tries of one dialog are one act. Answers whether a second person is needed now. */
  run(values: Values, key: string): Promise<object | undefined | void>;
  /** What is said afterwards. */
  readonly done?: Sentence;
  readonly onClose: () => void;
}

/** Asks before something is done, and says beside the fields what was turned away. */
export function ActDialog({
  title,
  intro,
  fields = [],
  verb,
  isGrave = false,
  isHeld = false,
  run,
  done = 'Done',
  onClose,
}: ActDialogProps) {
  const say = useSay();
  const notify = useNotify();
  const refresh = useRefresh();
  const titleId = useId();
  const [key] = useState(newKey);
  const [draft, keep, forget] = useDraft(`act ${title}`, '');
  const [values, setValues] = useState<Values>(() => ({
    ...Object.fromEntries(fields.map(({ name, value }) => [name, value ?? ''])),
    ...(JSON.parse(draft || '{}') as Values),
  }));
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>();
  const problems = problemsOf(error, fields, say);

  function change(field: Field, value: string) {
    const next = { ...values, [field.name]: value };
    setValues(next);
    // Whoever is signed out meanwhile finds it again; secrets are kept nowhere.
    keep(JSON.stringify(Object.fromEntries(Object.entries(next).filter(([name]) => !isSecret(name, fields)))));
  }

  function close() {
    forget();
    onClose();
  }

  function enter(event: SyntheticEvent) {
    event.preventDefault();
    // A portal hands its events on to the page that opened it.
    event.stopPropagation();
    if (!isHeld) void submit();
  }

  /** From a field of several lines, where Enter begins the next one. */
  function enterAtOnce(event: KeyboardEvent<HTMLElement>) {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey) && !busy) enter(event);
  }

  async function submit() {
    const missing = fields.filter(({ name, required }) => required && !values[name]?.trim());
    if (missing.length > 0)
      return setError(new Refused(missing.map(({ name }) => ({ code: 'INVALID', message: say('This is needed'), path: [name] }))));
    setBusy(true);
    setError(undefined);
    try {
      const answer = await run(values, key);
      notify(waits(answer) ? say('A second person must agree; it waits under Approvals') : say(done), { type: 'success' });
      close();
      refresh();
    } catch (refusal) {
      setError(refusal);
      setBusy(false);
    }
  }

  return (
    <Dialog
      open
      onClose={() => !busy && close()}
      fullWidth
      maxWidth="sm"
      aria-labelledby={titleId}
      slotProps={{ transition: { onEntered: focusFirst } }}
    >
      <Box component="form" noValidate onSubmit={enter} onKeyDown={enterAtOnce}>
        <DialogTitle id={titleId}>{title}</DialogTitle>
        {/* The label of a first field stands above its box. */}
        <DialogContent sx={{ display: 'grid', gap: 2, pb: 1, 'h2 + &&': { pt: 1.25 } }}>
          {intro && <Box sx={{ typography: 'body2' }}>{intro}</Box>}
          {fields.map((field, index) => (
            <ActField
              key={field.name}
              field={field}
              isFirst={index === 0}
              value={values[field.name] ?? ''}
              problem={problems.at[field.name]}
              onChange={(value) => change(field, value)}
            />
          ))}
          {problems.whole && <Alert severity="error">{problems.whole}</Alert>}
        </DialogContent>
        <DialogActions>
          <Button onClick={close} disabled={busy}>
            {say('Cancel')}
          </Button>
          {isHeld ? (
            <HoldButton
              words={busy ? say('One moment ...') : verb}
              color={isGrave ? 'error' : 'primary'}
              disabled={busy}
              autoFocus={fields.length === 0}
              onHeld={() => void submit()}
            />
          ) : (
            <Button type="submit" variant="contained" color={isGrave ? 'error' : 'primary'} disabled={busy} autoFocus={fields.length === 0}>
              {busy ? say('One moment ...') : verb}
            </Button>
          )}
        </DialogActions>
      </Box>
    </Dialog>
  );
}

const isSecret = (name: string, fields: readonly Field[]) => fields.some((field) => field.name === name && field.kind === 'password');

/** A sheet under the dialog may have kept the focus: whoever opened this with a key goes on with keys. */
function focusFirst(dialog: HTMLElement): void {
  if (!dialog.contains(document.activeElement) || document.activeElement?.tagName === 'DIV') {
    dialog.querySelector<HTMLElement>('input, textarea, [role=combobox], button[type=submit]')?.focus();
  }
}

const waits = (answer: object | undefined | void) => Boolean(answer && 'approval' in answer && answer.approval);

/** What is wrong at which field, and what is wrong as a whole. */
function problemsOf(
  error: unknown,
  fields: readonly Field[],
  say: Say,
): { readonly at: Readonly<Record<string, string>>; readonly whole?: string } {
  if (error === undefined) return { at: {} };
  if (!(error instanceof Refused)) return { at: {}, whole: say.said((error as Error).message) };
  const names = new Set(fields.map(({ name }) => name));
  const isAtField = ({ path }: { readonly path: readonly string[] }) => path[0] !== undefined && names.has(path[0]);
  const [at, whole] = [error.refusals.filter(isAtField), error.refusals.filter((refusal) => !isAtField(refusal))];
  return {
    at: Object.fromEntries(at.map(({ path, message }) => [path[0], say.said(message)])),
    ...(whole.length > 0 ? { whole: whole.map(({ message }) => say.said(message)).join(' ') } : {}),
  };
}
