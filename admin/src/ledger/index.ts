import { LedgerList } from './LedgerList.tsx';

export const ledgerPages = { list: LedgerList };
