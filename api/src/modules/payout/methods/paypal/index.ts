import type { PayPalSettings } from '../../settings.ts';
import type { PaymentMethod } from '../method.ts';
import { PayPalClient } from './client.ts';
import { readPayouts, submitPayouts } from './payouts.ts';
import { isGenuine, partsOfEvent } from './webhook.ts';

/** A call may have 15,000 lines; smaller ones are sooner known. */
const MOST_LINES = 5_000;

/** By PayPal's Payouts interface. */
export function paypal({ live, sandbox }: PayPalSettings): PaymentMethod {
  const clients = { live: live && new PayPalClient(live), sandbox: sandbox && new PayPalClient(sandbox) };
  const clientFor = ({ isSandbox }: { isSandbox: boolean }) => {
    const client = isSandbox ? clients.sandbox : clients.live;
    if (client === undefined) throw new Error('No PayPal account is set up');
    return client;
  };
  return {
    kind: 'paypal',
    mostLines: MOST_LINES,
    unready: ({ isSandbox }) =>
      (isSandbox ? clients.sandbox : clients.live) === undefined
        ? `No PayPal account is set up for ${isSandbox ? 'sandboxes' : 'live organizations'}.`
        : null,
    way: {
      provider: {
        submit: (part, lines) => submitPayouts(clientFor(part), part, lines),
        results: (part) => readPayouts(clientFor(part), part),
        async webhook(request) {
          let event: unknown;
          try {
            event = JSON.parse(request.body.toString('utf8'));
          } catch {
            return null;
          }
          if (typeof event !== 'object' || event === null) return null;
          for (const client of [clients.live, clients.sandbox]) {
            if (client !== undefined && (await isGenuine(client, request))) return partsOfEvent(event);
          }
          return null;
        },
      },
    },
  };
}
