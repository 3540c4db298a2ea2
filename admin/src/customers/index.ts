import { later } from '../ui/later.ts';

export const customerPages = {
  list: later(async () => (await import('./CustomerList.tsx')).CustomerList),
  recordRepresentation: 'externalId',
};
