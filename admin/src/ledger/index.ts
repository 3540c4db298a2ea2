import { later } from '../ui/later.ts';

export const ledgerPages = { list: later(async () => (await import('./LedgerList.tsx')).LedgerList) };
