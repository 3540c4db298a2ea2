import { later } from '../ui/later.ts';

export const classPages = { list: later(async () => (await import('./ClassList.tsx')).ClassList) };
