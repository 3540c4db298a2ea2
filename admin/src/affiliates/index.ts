import { later } from '../ui/later.ts';

export const affiliatePages = {
  list: later(async () => (await import('./AffiliateList.tsx')).AffiliateList),
  show: later(async () => (await import('./AffiliateShow.tsx')).AffiliateShow),
  recordRepresentation: 'externalId',
};
