export { RedemptionResolver } from './redemption.resolver.ts';
export { RedemptionService, undoHolds } from './redemption.service.ts';
