export { CouponResolver, RedemptionCouponResolver } from './coupon.resolver.ts';
export { CouponService } from './coupon.service.ts';
export { RedemptionResolver } from './redemption.resolver.ts';
export { RedemptionService, undoHolds } from './redemption.service.ts';
