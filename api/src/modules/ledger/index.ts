export { BalanceService, type Balances, currentHoldings } from './balance.service.ts';
export { LedgerResolver } from './ledger.resolver.ts';
export { BalancesType, BalanceType } from './ledger.type.ts';
