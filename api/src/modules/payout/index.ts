export { PayoutBatchService } from './batch.service.ts';
export { PaymentMethods } from './methods/index.ts';
export { PayoutBatchResolver, PayoutLineResolver } from './payout.resolver.ts';
export { servePayouts } from './payout.routes.ts';
export { PayoutProviderService } from './provider.service.ts';
export { NO_PAYOUT_SETTINGS, readPayoutSettings } from './readSettings.ts';
export { PayoutResultService } from './result.service.ts';
export { PayoutSendService } from './send.service.ts';
export type { PayoutSettings } from './settings.ts';
