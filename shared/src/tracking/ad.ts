/** What the address of a link says of the advertisement that it stood in. */
export interface AdTrace {
  readonly channel?: string;
  readonly keyword?: string;
}

/** Marks that advertising networks add to the addresses of their ads by themselves: whoever has one came from such an ad. */
const NETWORKS: readonly (readonly [mark: string, channel: string])[] = [
  ['gclid', 'google-ads'],
  ['gbraid', 'google-ads'],
  ['wbraid', 'google-ads'],
  ['msclkid', 'bing-ads'],
  ['yclid', 'yandex-ads'],
];

const LONGEST_CHANNEL = 100;
const LONGEST_KEYWORD = 500;

/** A network's own mark speaks louder than a channel that the affiliate names: it is what the affiliate cannot leave out. */
export function adTraceOf(query: Readonly<Record<string, string | undefined>>): AdTrace {
  const network = NETWORKS.find(([mark]) => query[mark] !== undefined);
  const channel = network?.[1] ?? textOf(query['channel'], LONGEST_CHANNEL);
  const keyword = textOf(query['keyword'] ?? query['utm_term'], LONGEST_KEYWORD);
  return { ...(channel === undefined ? {} : { channel }), ...(keyword === undefined ? {} : { keyword }) };
}

function textOf(value: string | undefined, longest: number): string | undefined {
  const text = value?.trim().slice(0, longest);
  return text ? text : undefined;
}
