export { BalanceService, type Balances } from './balance.service.ts';
export { LedgerEntryResolver } from './entry.resolver.ts';
export { EntryService } from './entry.service.ts';
export { ExpiryResolver } from './expiry.resolver.ts';
export { ExpiryService } from './expiry.ts';
export { EnrollmentBalancesResolver, LedgerResolver } from './ledger.resolver.ts';
export { BalancesType, BalanceType } from './ledger.type.ts';
export { serveStatements } from './statement.routes.ts';
export { StatementService } from './statement.service.ts';
