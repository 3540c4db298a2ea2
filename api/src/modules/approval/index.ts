export type { Approval } from './approval.entity.ts';
export { ApprovalResolver } from './approval.resolver.ts';
export { ApprovalService } from './approval.service.ts';
export { type ApprovalKind, approvalKind, type Demand } from './kinds.ts';
export { setSecondPerson } from './rule.service.ts';
export { actorOf, ruleFor } from './rule.ts';
export {
  ApproveWithdrawalApprovalResolver,
  CloseProgramApprovalResolver,
  PostAdjustmentApprovalResolver,
  PublishTermsApprovalResolver,
} from './waiting.resolver.ts';
