export { ORDER_COLUMNS, type Order } from './order.entity.ts';
export { contentAt, type OrderKnowledge, orderKnowledge } from './order.facts.ts';
export { type OrderLine, OrderResolver } from './order.resolver.ts';
export { OrderService, ordersById } from './order.service.ts';
export { OrderLineType, OrderType } from './order.type.ts';
export { CommissionStatus, OrderSort, statusAt, statusCondition } from './order.words.ts';
export { OrderEventResolver, OrderLineResolver } from './order-parts.resolver.ts';
