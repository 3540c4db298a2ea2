export type { Commission } from './commission.entity.ts';
export { CommissionResolver, OrderCommissionResolver, OrderLineCommissionResolver } from './commission.resolver.ts';
export { CommissionService } from './commission.service.ts';
export { CommissionType } from './commission.type.ts';
