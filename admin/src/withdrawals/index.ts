import { later } from '../ui/later.ts';

export const withdrawalPages = {
  list: later(async () => (await import('./WithdrawalList.tsx')).WithdrawalList),
  recordRepresentation: 'externalId',
};
