export { ImportResolver } from './import.resolver.ts';
export { serveImports } from './import.routes.ts';
export { ImportService } from './import.service.ts';
export { OrderRows } from './kinds/orders.ts';
export type { ProductDetails } from './kinds/product-row.ts';
export { ProductRows } from './kinds/products.ts';
export { ImportRunner } from './runner.ts';
