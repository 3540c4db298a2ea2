export { RedemptionResolver } from './redemption.resolver.ts';
export { endWithin, RedemptionService, redeemWithin, undoHolds } from './redemption.service.ts';
