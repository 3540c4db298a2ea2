import type { ProductContent } from '../facts/content.ts';

/** The parameter by which the merchant's page gets the click's id. */
const CLICK_PARAMETER = 'click_id';

/**
 * The address with the click's id; one that was there already is replaced. All else stays as it is written: shops sign their queries, and
 * tell `?sale` from `?sale=`.
 */
export function destinationWith(url: string, clickId: string): string {
  const address = new URL(url);
  const { search } = address;
  const others =
    search === ''
      ? []
      : search
          .slice(1)
          .split('&')
          .filter((part) => !isClickParameter(part));
  address.search = [...others, `${CLICK_PARAMETER}=${clickId}`].join('&');
  return address.href;
}

/** However it is written. */
const isClickParameter = (part: string): boolean =>
  part.startsWith(CLICK_PARAMETER) || part.includes('%') ? new URLSearchParams(part).has(CLICK_PARAMETER) : false;

/** What kind of page an address leads to, as far as the product feed tells. */
export interface Landing {
  readonly page: 'home' | 'category' | 'product' | 'hot-product';
  readonly product?: string;
  readonly store?: string;
}

/**
 * A page of the feed is its product's; the root is the home page. All else counts as a page of a category: between the two, so that it
 * takes nothing from a product's page and loses nothing to the home page.
 */
export function landingOf(url: string, product: ProductContent | null): Landing {
  if (product !== null) {
    const page = product.kind === 'hot' ? 'hot-product' : 'product';
    return { page, product: product.id, ...(product.store === undefined ? {} : { store: product.store }) };
  }
  return { page: /^\/*$/.test(new URL(url).pathname) ? 'home' : 'category' };
}
