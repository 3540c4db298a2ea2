import { later } from '../ui/later.ts';

export const importPages = {
  list: later(async () => (await import('./ImportList.tsx')).ImportList),
  recordRepresentation: 'name',
};
