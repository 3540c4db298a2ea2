import { Autocomplete, Box, Dialog, DialogTitle, TextField } from '@mui/material';
import { useDeferredValue, useId, useLayoutEffect, useState } from 'react';
import { useCanAccessResources, useNavigate } from 'react-admin';
import { PAGES } from '../layout/pages.ts';
import { useAsked } from '../provider/useAsk.ts';
import { useSay } from '../words/words.ts';
import { addressOf, lookUpDocument } from './lookUp.ts';

interface Way {
  readonly key: string;
  readonly words: string;
  /** It is there because of the id that was typed. */
  readonly isFound: boolean;
  readonly to: string;
}

interface PaletteProps {
  /** Says what was typed before it was there. */
  readonly endTyping: () => string;
  readonly onClose: () => void;
}

/** Goes to any page, and to anything by its id. */
export default function Palette({ endTyping, onClose }: PaletteProps) {
  const say = useSay();
  const navigate = useNavigate();
  const titleId = useId();
  const [text, setText] = useState('');
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when it is there
  useLayoutEffect(() => setText(endTyping()), []);
  const id = useDeferredValue(text.trim());
  const { canAccess } = useCanAccessResources({ action: 'list', resources: PAGES.map(({ name }) => name) });
  const { data, isFetching } = useAsked(lookUpDocument, { id }, { enabled: id !== '' });
  const pages: Way[] = PAGES.filter(({ name }) => canAccess?.[name]).map(({ name, label }) => ({
    key: name,
    words: say(label),
    isFound: false,
    to: `/${name}`,
  }));
  const found: Way[] = (id === '' ? [] : (data?.lookUp ?? [])).flatMap((one) => {
    const to = addressOf(one);
    return to
      ? [
          {
            key: `${one.kind} ${to}`,
            words: [say.word(one.kind), one.id, one.program?.name].filter(Boolean).join(' · '),
            isFound: true,
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
      aria-labelledby={titleId}
      sx={{ '& .MuiDialog-container': { alignItems: 'start' } }}
    >
      <DialogTitle id={titleId} sx={{ pb: 0 }}>
        {say('Go to')}
      </DialogTitle>
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
        filterOptions={(ways, { inputValue }) =>
          ways.filter(({ isFound, words }) => isFound || words.toLowerCase().includes(inputValue.trim().toLowerCase()))
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
        renderInput={(params) => (
          <Box sx={{ p: 2, pb: 1 }}>
            <TextField {...params} autoFocus label={say('A page, or the id of anything')} />
          </Box>
        )}
      />
    </Dialog>
  );
}
