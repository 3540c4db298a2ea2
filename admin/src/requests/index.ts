import { later } from '../ui/later.ts';

export const requestPages = {
  list: later(async () => (await import('./RequestList.tsx')).RequestList),
  recordRepresentation: 'externalId',
};
