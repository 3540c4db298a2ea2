import { later } from '../ui/later.ts';

export const creativePages = { list: later(async () => (await import('./CreativeList.tsx')).CreativeList) };
