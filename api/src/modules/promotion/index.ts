export { CreativeService } from './creative.service.ts';
export { serveNewsletter } from './news.routes.ts';
export { NewsService } from './news.service.ts';
export { CreativeResolver, EnrollmentPromotionResolver, NewsResolver } from './promotion.resolver.ts';
