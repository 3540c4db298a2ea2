import { later } from '../ui/later.ts';

export const productPages = { list: later(async () => (await import('./ProductList.tsx')).ProductList) };
