import { later } from '../ui/later.ts';

export const sanctionPages = { list: later(async () => (await import('./MatchList.tsx')).MatchList) };
