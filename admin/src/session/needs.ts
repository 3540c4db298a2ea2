import type { Permission } from './may.ts';

/** What the pages of a resource ask for as a whole. */
export const NEEDS: Readonly<Record<string, Permission>> = {
  programs: 'PROGRAM_READ',
  affiliates: 'ENROLLMENT_READ',
  applications: 'APPLICATION_REVIEW',
  classes: 'ENROLLMENT_READ',
  orders: 'ORDER_READ',
  commissions: 'COMMISSION_READ',
  ledger: 'LEDGER_READ',
  withdrawals: 'WITHDRAWAL_READ',
  batches: 'WITHDRAWAL_READ',
  lines: 'WITHDRAWAL_READ',
};
