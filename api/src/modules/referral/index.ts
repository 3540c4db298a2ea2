export type { Customer } from './referral.entity.ts';
export { CustomerResolver } from './referral.resolver.ts';
export { CustomerService, customersById } from './referral.service.ts';
export { CustomerType } from './referral.type.ts';
