import { withHost } from '../host/host.ts';
import type { Bench } from '../types.ts';
import { paymentFile } from './file.ts';
import { unlocking } from './locks.ts';
import { withdrawing } from './withdrawals.ts';

export const bench: Bench['run'] = (settings) =>
  withHost(async (host) => [...(await unlocking(host, settings)), await paymentFile(host, settings), await withdrawing(host, settings)]);
