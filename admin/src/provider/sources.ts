import { affiliates } from '../affiliates/source.ts';
import { applications } from '../applications/source.ts';
import { approvals } from '../approvals/source.ts';
import { audit } from '../audit/source.ts';
import { lines } from '../batches/lineSource.ts';
import { batches } from '../batches/source.ts';
import { cases } from '../cases/source.ts';
import { classes } from '../classes/source.ts';
import { commissions } from '../commissions/source.ts';
import { creatives } from '../creatives/source.ts';
import { customers } from '../customers/source.ts';
import { documents } from '../documents/source.ts';
import { expiry } from '../expiry/source.ts';
import { imports } from '../imports/source.ts';
import { ledger } from '../ledger/source.ts';
import { links } from '../links/source.ts';
import { news } from '../news/source.ts';
import { orders } from '../orders/source.ts';
import { products } from '../products/source.ts';
import { programs } from '../programs/source.ts';
import { redemptions } from '../redemptions/source.ts';
import { reports } from '../reports/source.ts';
import { requests } from '../requests/source.ts';
import { sanctions } from '../sanctions/source.ts';
import { members, tokens } from '../staff/source.ts';
import { deliveries, webhooks } from '../webhooks/source.ts';
import { withdrawals } from '../withdrawals/source.ts';

/** Where the records of each resource come from. */
export const sources = {
  audit,
  members,
  tokens,
  approvals,
  cases,
  applications,
  classes,
  programs,
  affiliates,
  orders,
  commissions,
  ledger,
  withdrawals,
  batches,
  lines,
  requests,
  documents,
  redemptions,
  expiry,
  customers,
  links,
  webhooks,
  deliveries,
  sanctions,
  imports,
  reports,
  products,
  creatives,
  news,
};
