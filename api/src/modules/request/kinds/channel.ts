import { permitChannel, readChannel } from '../../affiliate/index.ts';
import type { KindOfRequest } from './kind.ts';

/** Permission for a channel. Clicks through it count from the grant on, never before. */
export const channel: KindOfRequest = {
  needed: ['channel'],
  taken: [],
  needs: ['affiliate.manage'],
  forActive: true,
  isSingle: true,
  read(input, read) {
    const name = readChannel(input.channel!);
    if (typeof name !== 'string') read.refuse(['channel'], name.message);
    return { subject: typeof name === 'string' ? name : null, details: null };
  },
  grant: (act, { subject }) => permitChannel(act, subject!, 'granted'),
};
