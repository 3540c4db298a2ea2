/** Ways in which money leaves. */
export const PAYOUT_METHODS = ['paypal', 'bank-transfer', 'western-union'] as const;
export type PayoutMethodKind = (typeof PAYOUT_METHODS)[number];
