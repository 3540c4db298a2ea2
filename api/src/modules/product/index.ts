export type { Product } from './product.entity.ts';
export { ProductResolver } from './product.resolver.ts';
export { ProductService, productById, productOnPage, productsByPage } from './product.service.ts';
export { ProductType } from './product.type.ts';
export { readTold } from './record-products.ts';
export { recordStates, type ToldProduct } from './record-states.ts';
