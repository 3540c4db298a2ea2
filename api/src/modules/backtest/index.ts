export { BackTestResolver } from './backtest.resolver.ts';
export { BackTestService } from './backtest.service.ts';
