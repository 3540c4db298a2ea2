import { later } from '../ui/later.ts';

export const expiryPages = { list: later(async () => (await import('./ExpiryList.tsx')).ExpiryList) };
