import SearchIcon from '@mui/icons-material/Search';
import { Button } from '@mui/material';
import { lazy, Suspense, useEffect, useRef, useState } from 'react';
import { useKeys } from '../keys/useKeys.ts';
import { useSay } from '../words/words.ts';
import { useTypedAhead } from './useTypedAhead.ts';

const Palette = lazy(() => import('./Palette.tsx'));
const Help = lazy(() => import('./Help.tsx'));

/** What works on every page: Ctrl+K goes anywhere, `?` lists the keys. */
export function GlobalKeys() {
  const say = useSay();
  const [open, setOpen] = useState<'palette' | 'help'>();
  const { begin, end } = useTypedAhead();
  const close = () => setOpen(undefined);
  const openPalette = () => {
    if (open === 'palette') return;
    begin();
    setOpen('palette');
  };
  const held = useRef(openPalette);
  held.current = openPalette;
  useKeys({ '?': () => setOpen('help') });
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== 'k' || !(event.ctrlKey || event.metaKey)) return;
      event.preventDefault();
      held.current();
    };
    document.addEventListener('keydown', listen);
    return () => document.removeEventListener('keydown', listen);
  }, []);
  return (
    <>
      <Button
        size="small"
        variant="outlined"
        startIcon={<SearchIcon />}
        onClick={openPalette}
        sx={{
          mr: 1,
          minWidth: 0,
          '& .words': { display: { xs: 'none', md: 'inline' } },
          '& .MuiButton-startIcon': { ml: { xs: 0, md: '-2px' }, mr: { xs: 0, md: 1 } },
        }}
        aria-label={say('Go to or find (Ctrl+K)')}
      >
        <span className="words">{say('Go to or find (Ctrl+K)')}</span>
      </Button>
      <Suspense>
        {open === 'palette' && <Palette endTyping={end} onClose={close} />}
        {open === 'help' && <Help onClose={close} />}
      </Suspense>
    </>
  );
}
