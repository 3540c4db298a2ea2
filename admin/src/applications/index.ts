import { later } from '../ui/later.ts';

export const applicationPages = { list: later(async () => (await import('./ApplicationList.tsx')).ApplicationList) };
