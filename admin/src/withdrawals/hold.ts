import type { Field } from '../acts/ActField.tsx';

/** Why something is held is for staff; what its affiliate reads is said apart. */
export const HOLD_FIELDS: readonly Field[] = [
  { name: 'reason', label: 'Reason', kind: 'long', required: true, help: 'Staff read it, the affiliate does not' },
  { name: 'message', label: 'To the affiliate', kind: 'long', help: 'Left empty, they read that staff look at it before it is paid' },
];
