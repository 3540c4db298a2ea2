export { PayoutMethodService } from './method.service.ts';
export { WithdrawalResolver } from './withdrawal.resolver.ts';
export { undoOpenWithdrawals, WithdrawalService } from './withdrawal.service.ts';
export { ApproveWithdrawalPayload } from './withdrawal.type.ts';
