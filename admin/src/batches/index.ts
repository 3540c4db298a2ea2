import { later } from '../ui/later.ts';

export const batchPages = {
  list: later(async () => (await import('./BatchList.tsx')).BatchList),
  show: later(async () => (await import('./BatchShow.tsx')).BatchShow),
  recordRepresentation: 'name',
};
