import { later } from '../ui/later.ts';

export const redemptionPages = {
  list: later(async () => (await import('./RedemptionList.tsx')).RedemptionList),
  recordRepresentation: 'externalId',
};
