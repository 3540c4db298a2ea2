/** How a link is shown to whoever follows it: clicks say so as their method. */
export const LINK_USES = ['link', 'qr', 'banner', 'coupon', 'tag'] as const;
export type LinkUse = (typeof LINK_USES)[number];

/** What a published address says beside its code. */
export interface LinkVariant {
  /** A page of the merchant other than the link's own. */
  readonly to?: string | null;
  /** The affiliate's own mark, in place of the link's. */
  readonly subId?: string | null;
  /** Where it is published. */
  readonly channel?: string | null;
  /** Left out: as a plain link. */
  readonly use?: LinkUse | null;
}

/** The address to publish. `to` is the caller's to check; the redirect checks it, too. */
export function variantOf(trackingUrl: string, { to, subId, channel, use }: LinkVariant): string {
  const address = new URL(trackingUrl);
  const said: readonly (readonly [string, string | null | undefined])[] = [
    ['to', to],
    ['sub', subId],
    ['channel', channel],
    ['via', use === 'link' ? null : use],
  ];
  for (const [name, value] of said) if (value) address.searchParams.set(name, value);
  return address.href;
}
