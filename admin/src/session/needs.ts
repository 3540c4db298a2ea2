import type { Permission } from './may.ts';

/** What the pages of a resource ask for as a whole. */
export const NEEDS: Readonly<Record<string, Permission>> = {
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
  orders: 'ORDER_READ',
  commissions: 'COMMISSION_READ',
  ledger: 'LEDGER_READ',
  withdrawals: 'WITHDRAWAL_READ',
  batches: 'WITHDRAWAL_READ',
  lines: 'WITHDRAWAL_READ',
};
