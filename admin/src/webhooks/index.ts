import { later } from '../ui/later.ts';

export const webhookPages = { list: later(async () => (await import('./WebhookList.tsx')).WebhookList) };
