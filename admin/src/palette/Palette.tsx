import { Autocomplete, Dialog, TextField } from '@mui/material';
import { useDeferredValue, useState } from 'react';
import { useCanAccessResources, useNavigate } from 'react-admin';
import { PAGES } from '../layout/pages.ts';
import { useAsked } from '../provider/useAsk.ts';
import { useSay } from '../words/words.ts';
import { addressOf, lookUpDocument } from './lookUp.ts';

interface Way {
  readonly key: string;
  readonly words: string;
  readonly group: string;
  readonly to: string;
}

/** Goes to any page, and to anything by its id. */
export default function Palette({ onClose }: { readonly onClose: () => void }) {
  const say = useSay();
  const navigate = useNavigate();
  const [text, setText] = useState('');
  const id = useDeferredValue(text.trim());
  const { canAccess } = useCanAccessResources({ action: 'list', resources: PAGES.map(({ name }) => name) });
  const { data, isFetching } = useAsked(lookUpDocument, { id }, { enabled: id !== '' });
  const pages: Way[] = PAGES.filter(({ name }) => canAccess?.[name]).map(({ name, label }) => ({
    key: name,
    words: say(label),
    group: say('Pages'),
    to: `/${name}`,
  }));
  const found: Way[] = (id === '' ? [] : (data?.lookUp ?? [])).flatMap((one) => {
    const to = addressOf(one);
    return to
      ? [
          {
            key: `${one.kind} ${to}`,
            words: [say.word(one.kind), one.id, one.program?.name].filter(Boolean).join(' · '),
            group: say('With this id'),
            to,
          },
        ]
      : [];
  });
  return (
    <Dialog
      open
      onClose={onClose}
      fullWidth
      maxWidth="sm"
      aria-label={say('Go to')}
      sx={{ '& .MuiDialog-container': { alignItems: 'start' } }}
    >
      <Autocomplete<Way>
        open
        autoHighlight
        disablePortal
        options={[...found, ...pages]}
        loading={isFetching}
        noOptionsText={say('No page is called so, and nothing has this id')}
        loadingText={say('One moment ...')}
        getOptionLabel={({ words }) => words}
        getOptionKey={({ key }) => key}
        groupBy={({ group }) => group}
        filterOptions={(ways, { inputValue }) =>
          ways.filter(({ group, words }) => group === say('With this id') || words.toLowerCase().includes(inputValue.trim().toLowerCase()))
        }
        inputValue={text}
        onInputChange={(_event, value, reason) => reason !== 'reset' && setText(value)}
        onChange={(_event, way) => {
          if (!way) return;
          onClose();
          navigate(way.to);
        }}
        onClose={(_event, reason) => reason === 'escape' && onClose()}
        slotProps={{
          popper: { sx: { position: 'static !important', transform: 'none !important', width: '100% !important' } },
          paper: { sx: { border: 0 } },
        }}
        renderInput={(params) => <TextField {...params} autoFocus label={say('A page, or the id of anything')} sx={{ p: 2, pb: 1 }} />}
      />
    </Dialog>
  );
}
