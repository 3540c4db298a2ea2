import { later } from '../ui/later.ts';

export const orderPages = {
  list: later(async () => (await import('./OrderList.tsx')).OrderList),
  show: later(async () => (await import('./OrderShow.tsx')).OrderShow),
  recordRepresentation: 'externalId',
};
