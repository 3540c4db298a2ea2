import { countryCodes } from '@tributary/shared/terms';
import countries from 'i18n-iso-countries';
import english from 'i18n-iso-countries/langs/en.json' with { type: 'json' };

countries.registerLocale(english);

/** Names that lists write and neither source below has; several codes where a name leaves it open. */
const ALSO: Readonly<Record<string, readonly string[]>> = {
  'Bolivarian Republic of Venezuela': ['VE'],
  Burma: ['MM'],
  'Cabo Verde': ['CV'],
  "Democratic People's Republic of Korea": ['KP'],
  DPRK: ['KP'],
  'East Timor': ['TL'],
  'Holy See': ['VA'],
  Korea: ['KP', 'KR'],
  'Libyan Arab Jamahiriya': ['LY'],
  'Plurinational State of Bolivia': ['BO'],
  'State of Libya': ['LY'],
  Swaziland: ['SZ'],
  'United Kingdom of Great Britain and Northern Ireland': ['GB'],
  'Viet Nam': ['VN'],
};

/** Words that say nothing of which country it is. */
const EMPTY_WORDS = new Set(['the', 'of', 'and']);

/** A name whatever its order, accents and signs are: "Iran (Islamic Republic of)" is "Islamic Republic of Iran". */
function keyOf(name: string): string {
  const words = name
    .normalize('NFKD')
    .replaceAll(/[\p{M}'’.]/gu, '')
    .toLowerCase()
    .replaceAll(/\bst\b/g, 'saint')
    .split(/[^\p{L}]+/u);
  return words
    .filter((word) => word !== '' && !EMPTY_WORDS.has(word))
    .sort()
    .join(' ');
}

const codesByName = namesOfCountries();

function namesOfCountries(): ReadonlyMap<string, ReadonlySet<string>> {
  const found = new Map<string, Set<string>>();
  const note = (name: string | undefined, code: string) => {
    if (name !== undefined) found.set(keyOf(name), (found.get(keyOf(name)) ?? new Set()).add(code));
  };
  const styles = (['long', 'short'] as const).map((style) => new Intl.DisplayNames('en', { type: 'region', style, fallback: 'none' }));
  const known = countries.getNames('en', { select: 'all' });
  for (const code of countryCodes) {
    for (const name of known[code] ?? []) note(name, code);
    for (const names of styles) note(names.of(code), code);
  }
  for (const [name, codes] of Object.entries(ALSO)) for (const code of codes) note(name, code);
  return found;
}

/** The codes of the countries that a code or an English name may mean; none where it is no country that is known. */
export function countriesOf(text: string): string[] {
  const code = text.trim().toUpperCase();
  if (countryCodes.has(code)) return [code];
  const short = code.length === 3 ? countries.alpha3ToAlpha2(code) : undefined;
  if (short !== undefined && countryCodes.has(short)) return [short];
  return [...(codesByName.get(keyOf(text)) ?? [])];
}
