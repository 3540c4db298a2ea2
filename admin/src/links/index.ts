import { later } from '../ui/later.ts';

export const linkPages = { list: later(async () => (await import('./LinkList.tsx')).LinkList) };
