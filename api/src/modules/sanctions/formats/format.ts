import type { SanctionsEntry } from '@tributary/shared/compliance';

/** Reads a published list as it comes; throws a {@link BadList} that says what is wrong with it. */
export type ReadList = (file: AsyncIterable<Buffer>) => AsyncIterable<SanctionsEntry>;

export class BadList extends Error {
  override readonly name = 'BadList';
}

const regions = new Intl.DisplayNames('en', { type: 'region' });
const byName = new Map<string, string>();
for (let first = 65; first <= 90; first++)
  for (let second = 65; second <= 90; second++) {
    const code = String.fromCharCode(first, second);
    const name = regions.of(code);
    if (name !== undefined && name !== code) byName.set(name.toLowerCase(), code);
  }

/** Names that lists use otherwise than English usage has them. */
const ALSO: Readonly<Record<string, string>> = {
  "democratic people's republic of korea": 'KP',
  'iran (islamic republic of)': 'IR',
  'islamic republic of iran': 'IR',
  'syrian arab republic': 'SY',
  'russian federation': 'RU',
  'democratic republic of the congo': 'CD',
  'libyan arab jamahiriya': 'LY',
  'united republic of tanzania': 'TZ',
  'united kingdom of great britain and northern ireland': 'GB',
  'united states of america': 'US',
};

/** The code of a country by its name or code; undefined where it is none. */
export function countryOf(text: string): string | undefined {
  const name = text.trim();
  if (/^[A-Z]{2}$/.test(name)) return name;
  return ALSO[name.toLowerCase()] ?? byName.get(name.toLowerCase());
}
