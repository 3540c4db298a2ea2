export { type PaymentDetails, PayoutMethodService, readPaymentDetails, refusePayment, setPaymentDetails } from './method.service.ts';
export { type Changing, changeWithdrawals, mayBecome, stepOf, type WithdrawalChange } from './withdrawal.change.ts';
export { CONTRADICTED, type Contradiction, contradictedOn, noteContradictions, whyContradicted } from './withdrawal.contradiction.ts';
export { METHOD_COLUMNS, type PayoutMethod, WITHDRAWAL_COLUMNS, type Withdrawal, type WithdrawalStatus } from './withdrawal.entity.ts';
export { PayoutMethodResolver, WithdrawalResolver } from './withdrawal.resolver.ts';
export { undoOpenWithdrawals, WithdrawalService } from './withdrawal.service.ts';
export { waitsOn } from './withdrawal.status.ts';
export { ApproveWithdrawalPayload, WithdrawalType } from './withdrawal.type.ts';
