import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './App.tsx';
import { createAsk } from './api/client.ts';
import { createDataProvider } from './provider/dataProvider.ts';
import { sources } from './provider/sources.ts';
import { createAuthProvider } from './session/authProvider.ts';
import { place } from './session/place.ts';
import { createWords } from './words/provider.ts';

// A page that was open while a new version came asks for files that are gone.
window.addEventListener('vite:preloadError', () => window.location.reload());

const root = document.getElementById('root');
if (!root) throw new Error('The page has no root');
const words = await createWords(navigator.language);
const ask = createAsk({ url: '/graphql', place: place.read, language: words.getLocale });
createRoot(root).render(
  <StrictMode>
    <App dataProvider={createDataProvider(ask, sources)} authProvider={createAuthProvider(ask)} words={words} />
  </StrictMode>,
);
