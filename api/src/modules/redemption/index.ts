export { CouponResolver, RedemptionCouponResolver } from './coupon.resolver.ts';
export { CouponService } from './coupon.service.ts';
export { RedemptionResolver } from './redemption.resolver.ts';
export { endWithin, RedemptionService, redeemWithin, undoHolds } from './redemption.service.ts';
