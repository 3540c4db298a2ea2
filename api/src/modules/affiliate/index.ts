export { EnrollmentActResolver } from './act.resolver.ts';
export {
  type Act,
  addEvents,
  affiliateIdOf,
  findAffiliateId,
  lockEnrollments,
  onEnrollment,
  readHistories,
  revisitOrders,
  setStatus,
  type Whose,
} from './act.ts';
export type { Affiliate, Enrollment } from './affiliate.entity.ts';
export { affiliateNeeded, invalid, noAffiliate, notActive, otherTerms, refuseAfterBreach } from './affiliate.errors.ts';
export { affiliatesById, enrollmentsByPair, historyByPair } from './affiliate.loader.ts';
export { AffiliateResolver, ClassRequestResolver, EnrollmentResolver } from './affiliate.resolver.ts';
export { AffiliateService } from './affiliate.service.ts';
export { AffiliateType, ClassMeasureEnum, EnrollmentType, MeasuredType, measuredOf } from './affiliate.type.ts';
export { approveClass, ClassService, refuseClass, requestClass, withdrawClass } from './class.service.ts';
export { EnrollmentService, permitChannel, readChannel, readText } from './enrollment.service.ts';
export { JoinService, joinWithin } from './join.service.ts';
export { checkEligibility, type Joining, readAddress, readJoining } from './joining.ts';
export { EVENTS_JSON, type EventJson, type MeasureOf, measureBy, type Pair, pairKey, storedEvents } from './measures.ts';
