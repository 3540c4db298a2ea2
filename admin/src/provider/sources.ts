import { affiliates } from '../affiliates/source.ts';
import { applications } from '../applications/source.ts';
import { lines } from '../batches/lineSource.ts';
import { batches } from '../batches/source.ts';
import { classes } from '../classes/source.ts';
import { commissions } from '../commissions/source.ts';
import { ledger } from '../ledger/source.ts';
import { orders } from '../orders/source.ts';
import { programs } from '../programs/source.ts';
import { withdrawals } from '../withdrawals/source.ts';

/** Where the records of each resource come from. */
export const sources = { applications, classes, programs, affiliates, orders, commissions, ledger, withdrawals, batches, lines };
