import { AffiliateList } from './AffiliateList.tsx';
import { AffiliateShow } from './AffiliateShow.tsx';

export const affiliatePages = { list: AffiliateList, show: AffiliateShow, recordRepresentation: 'externalId' };
