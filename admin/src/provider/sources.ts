import { affiliates } from '../affiliates/source.ts';
import { commissions } from '../commissions/source.ts';
import { ledger } from '../ledger/source.ts';
import { orders } from '../orders/source.ts';
import { programs } from '../programs/source.ts';

/** Where the records of each resource come from. */
export const sources = { programs, affiliates, orders, commissions, ledger };
