export * from './batch.ts';
export * from './coupon.ts';
export * from './cutOff.ts';
export * from './methods.ts';
export * from './redemption.ts';
export * from './withdrawal.ts';
