import { later } from '../ui/later.ts';

export const documentPages = {
  list: later(async () => (await import('./DocumentList.tsx')).DocumentList),
  recordRepresentation: 'name',
};
