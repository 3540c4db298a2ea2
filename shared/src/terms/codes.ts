import { type Calendar, parseInstant } from '../time/index.ts';

/** ISO 3166-1 alpha-2. Written out, since the regions that `Intl` knows include groups, old codes and aliases. */
const COUNTRIES =
  'AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY BZ CA CC CD CF CG CH CI CK CL ' +
  'CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU ' +
  'GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC ' +
  'MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT ' +
  'PW PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA ' +
  'UG UM US UY UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM ZW';

/** All country codes. */
export const countryCodes: ReadonlySet<string> = new Set(COUNTRIES.split(' '));

/** What people write for a country that has another code. */
const OTHER_CODES: Record<string, string> = { UK: 'GB', EN: 'GB', EL: 'GR', SF: 'FI', DEU: 'DE', USA: 'US', GBR: 'GB', CHN: 'CN' };

/** Codes that may be meant. Of two letters, one that differs makes another country, so nearness says nothing. */
export function countriesMeant(text: string): string[] {
  const code = text.trim().toUpperCase();
  return [OTHER_CODES[code] ?? code].filter((meant) => countryCodes.has(meant));
}

/** All currency codes. */
export const currencyCodes: ReadonlySet<string> = new Set(Intl.supportedValuesOf('currency'));

/** Decimal places of a currency: 2 for USD, 0 for JPY, 3 for KWD. */
export function currencyExponent(currency: string): number {
  const options = new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions();
  return options.maximumFractionDigits ?? 2;
}

/** Whether it names a zone of the IANA database. Bare offsets are none: years and days need a place's calendar. */
export function isTimeZone(zone: string): boolean {
  if (!/^[A-Za-z][A-Za-z0-9_+/-]*$/.test(zone)) return false;
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone });
    return true;
  } catch {
    return false;
  }
}

/** Names of zones for suggestions. */
export function timeZoneNames(): string[] {
  return ['UTC', ...Intl.supportedValuesOf('timeZone')];
}

const DAY = /^\d{4}-\d{2}-\d{2}$/;
const FIRST_YEAR = 1990;
const LAST_YEAR = 2199;

/** Instant of a local day's start, or of an instant in UTC; undefined when it is neither, or absurdly far away. */
export function dateMillis(text: string, calendar: Calendar): number | undefined {
  const year = Number(text.slice(0, 4));
  if (!(year >= FIRST_YEAR && year <= LAST_YEAR)) return undefined;
  if (!DAY.test(text)) return parseInstant(text) ?? undefined;
  return parseInstant(`${text}T00:00:00Z`) === null ? undefined : calendar.startOfDay(text);
}

/** A host name of at least two labels, in lower case, as browsers write it. */
export function isHost(text: string): boolean {
  return text.length <= 253 && /^(?!-)[a-z0-9-]{1,63}(?<!-)(\.(?!-)[a-z0-9-]{1,63}(?<!-))+$/.test(text);
}
