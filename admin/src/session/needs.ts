import type { May, Permission } from './may.ts';

/** What the pages of a resource ask for as a whole. */
const NEEDS: Readonly<Record<string, Permission>> = {
  programs: 'PROGRAM_READ',
  affiliates: 'ENROLLMENT_READ',
  applications: 'APPLICATION_REVIEW',
  classes: 'ENROLLMENT_READ',
  cases: 'CASE_READ',
  members: 'STAFF_MANAGE',
  tokens: 'TOKEN_MANAGE',
  audit: 'AUDIT_READ',
  approvals: 'PROGRAM_READ',
  requests: 'REQUEST_READ',
  documents: 'PROGRAM_READ',
  redemptions: 'REDEMPTION_DECIDE',
  expiry: 'LEDGER_READ',
  customers: 'CUSTOMER_READ',
  links: 'ENROLLMENT_READ',
  webhooks: 'TOKEN_MANAGE',
  deliveries: 'TOKEN_MANAGE',
  sanctions: 'SANCTION_MANAGE',
  imports: 'FACT_TELL',
  reports: 'COMMISSION_READ',
  products: 'PROGRAM_READ',
  creatives: 'PROGRAM_READ',
  news: 'PROGRAM_READ',
  orders: 'ORDER_READ',
  commissions: 'COMMISSION_READ',
  ledger: 'LEDGER_READ',
  withdrawals: 'WITHDRAWAL_READ',
  batches: 'WITHDRAWAL_READ',
  lines: 'WITHDRAWAL_READ',
};

/** Whether the pages of a resource are open to somebody. */
export function mayOpen(may: May, resource: string): boolean {
  const needed = NEEDS[resource];
  return needed === undefined || may(needed);
}
