import type { ResourceProps } from 'react-admin';
import { affiliatePages } from './affiliates/index.ts';
import { applicationPages } from './applications/index.ts';
import { approvalPages } from './approvals/index.ts';
import { auditPages } from './audit/index.ts';
import { batchPages } from './batches/index.ts';
import { casePages } from './cases/index.ts';
import { classPages } from './classes/index.ts';
import { commissionPages } from './commissions/index.ts';
import { creativePages } from './creatives/index.ts';
import { customerPages } from './customers/index.ts';
import { documentPages } from './documents/index.ts';
import { expiryPages } from './expiry/index.ts';
import { importPages } from './imports/index.ts';
import { ledgerPages } from './ledger/index.ts';
import { linkPages } from './links/index.ts';
import { newsPages } from './news/index.ts';
import { orderPages } from './orders/index.ts';
import { productPages } from './products/index.ts';
import { programPages } from './programs/index.ts';
import { fetchAhead } from './provider/sources.ts';
import { redemptionPages } from './redemptions/index.ts';
import { reportPages } from './reports/index.ts';
import { requestPages } from './requests/index.ts';
import { sanctionPages } from './sanctions/index.ts';
import { memberPages, tokenPages } from './staff/index.ts';
import type { later } from './ui/later.ts';
import { webhookPages } from './webhooks/index.ts';
import { withdrawalPages } from './withdrawals/index.ts';

interface Pages extends Partial<ResourceProps> {
  readonly list?: ReturnType<typeof later>;
}

/** The pages of each resource. */
export const RESOURCES: Readonly<Record<string, Pages>> = {
  applications: applicationPages,
  classes: classPages,
  members: memberPages,
  tokens: tokenPages,
  audit: auditPages,
  cases: casePages,
  approvals: approvalPages,
  withdrawals: withdrawalPages,
  batches: batchPages,
  programs: programPages,
  affiliates: affiliatePages,
  orders: orderPages,
  commissions: commissionPages,
  ledger: ledgerPages,
  customers: customerPages,
  documents: documentPages,
  expiry: expiryPages,
  links: linkPages,
  redemptions: redemptionPages,
  requests: requestPages,
  sanctions: sanctionPages,
  webhooks: webhookPages,
  imports: importPages,
  reports: reportPages,
  products: productPages,
  creatives: creativePages,
  news: newsPages,
};

/** Whoever points at a page's name is about to come to it. */
export function fetchList(resource: string): void {
  fetchAhead(resource);
  RESOURCES[resource]?.list?.fetch();
}
