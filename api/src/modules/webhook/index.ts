export { WebhookSender } from './deliver.ts';
export { Caller } from './request.ts';
export { WebhookPlaceResolver, WebhookResolver } from './webhook.resolver.ts';
export { WebhookService } from './webhook.service.ts';
