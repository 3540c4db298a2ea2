import { approveClass, refuseClass, requestClass, withdrawClass } from '../../affiliate/index.ts';
import type { KindOfRequest } from './kind.ts';

/** A higher class, which needs what the terms measure: at the request, and again at the grant. */
export const classOf: KindOfRequest = {
  needed: ['class'],
  taken: [],
  needs: ['class.decide'],
  forActive: true,
  isSingle: true,
  read: (input, read) => ({ subject: read.text(input.class, ['class'], 100) ?? null, details: null }),
  begin: (act, { subject }) => requestClass(act, subject!),
  grant: (act) => approveClass(act),
  refuse: (act, _, reason) => refuseClass(act, reason),
  withdraw: (act) => withdrawClass(act),
};
