import { later } from '../ui/later.ts';

export const newsPages = { list: later(async () => (await import('./NewsList.tsx')).NewsList) };
