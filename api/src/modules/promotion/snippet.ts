import { escapeHtml } from '../../platform/mail/message.ts';
import type { Creative } from './promotion.entity.ts';

/** The tracked address by which an affiliate's visitors reach where a creative leads. */
export function trackedUrl(publicUrl: string, code: string, { kind, url }: Pick<Creative, 'kind' | 'url'>): string {
  return `${publicUrl}/r/${code}?${new URLSearchParams({ to: url, via: kind === 'banner' ? 'banner' : 'coupon' })}`;
}

/** Ready to be put into a page: whatever a title or an address says, it stays text. */
export function snippet(address: string, { kind, title, image, width, height }: Creative): string {
  const inner =
    kind === 'banner'
      ? `<img src="${escapeHtml(image ?? '')}" width="${width}" height="${height}" alt="${escapeHtml(title)}" loading="lazy">`
      : escapeHtml(title);
  return `<a href="${escapeHtml(address)}" rel="sponsored noopener">${inner}</a>`;
}
