/**
 * Where the records of each resource come from: fetched with the first of them, so that whoever signs in waits for none.
 */
export const sources = {
  audit: async () => (await import('../audit/source.ts')).audit,
  members: async () => (await import('../staff/source.ts')).members,
  tokens: async () => (await import('../staff/source.ts')).tokens,
  approvals: async () => (await import('../approvals/source.ts')).approvals,
  cases: async () => (await import('../cases/source.ts')).cases,
  applications: async () => (await import('../applications/source.ts')).applications,
  classes: async () => (await import('../classes/source.ts')).classes,
  programs: async () => (await import('../programs/source.ts')).programs,
  affiliates: async () => (await import('../affiliates/source.ts')).affiliates,
  orders: async () => (await import('../orders/source.ts')).orders,
  commissions: async () => (await import('../commissions/source.ts')).commissions,
  ledger: async () => (await import('../ledger/source.ts')).ledger,
  withdrawals: async () => (await import('../withdrawals/source.ts')).withdrawals,
  batches: async () => (await import('../batches/source.ts')).batches,
  lines: async () => (await import('../batches/lineSource.ts')).lines,
  requests: async () => (await import('../requests/source.ts')).requests,
  documents: async () => (await import('../documents/source.ts')).documents,
  redemptions: async () => (await import('../redemptions/source.ts')).redemptions,
  expiry: async () => (await import('../expiry/source.ts')).expiry,
  customers: async () => (await import('../customers/source.ts')).customers,
  links: async () => (await import('../links/source.ts')).links,
  webhooks: async () => (await import('../webhooks/source.ts')).webhooks,
  deliveries: async () => (await import('../webhooks/source.ts')).deliveries,
  sanctions: async () => (await import('../sanctions/source.ts')).sanctions,
  imports: async () => (await import('../imports/source.ts')).imports,
  reports: async () => (await import('../reports/source.ts')).reports,
  products: async () => (await import('../products/source.ts')).products,
  creatives: async () => (await import('../creatives/source.ts')).creatives,
  news: async () => (await import('../news/source.ts')).news,
};

/** What a page's records come from is fetched beside the page: it would ask for it only once it stands. */
export function fetchAhead(resource: string): void {
  // Whoever asks for the records is told what went wrong.
  if (resource in sources) sources[resource as keyof typeof sources]().catch(() => {});
}
