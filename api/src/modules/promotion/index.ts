export { servePromotion } from './promotion.routes.ts';
