import type { ValueKind } from '../catalogue/types.ts';
import { countriesMeant, countryCodes, currencyCodes, isTimeZone, timeZoneNames } from '../codes.ts';
import type { FindingCode } from '../finding.ts';

/** Patterns of plain values, shared with the JSON Schema. */
export const patterns = {
  text: '\\S',
  name: '^[A-Za-z][A-Za-z0-9-]{0,63}$',
  rule: '^[A-Z]{2,8}-[0-9]{2,4}$',
  decimal: '^(0|[1-9][0-9]{0,14})(\\.[0-9]{1,8})?$',
  percent: '^(100(\\.0{1,6})?|(0|[1-9][0-9]?)(\\.[0-9]{1,6})?)$',
  unit: '^([A-Z]{3}|[a-z][a-z0-9-]{0,63})$',
  date: '^[0-9]{4}-[0-9]{2}-[0-9]{2}(T[0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]{1,3})?Z)?$',
} as const;

const PERCENT_LIKE = /^(0|[1-9][0-9]*)(\.[0-9]{1,6})?$/;

/** Words for what a plain value must be. */
export const expectations: Partial<Record<ValueKind['kind'], string>> = {
  text: 'a text that is not empty',
  name: 'a name of letters, digits and hyphens',
  rule: 'the id of a rule, such as XY-13',
  decimal: 'a decimal number in quotes, not negative, such as "12.50"',
  percent: 'a percent in quotes from 0 to 100 with at most 6 decimal places, such as "7.5"',
  date: 'a day such as 2026-01-31, or an instant such as 2026-01-31T00:00:00Z, in the years 1990 to 2199',
  country: 'a country code of ISO 3166-1, such as DE',
  currency: 'a currency code of ISO 4217, such as USD',
  unit: 'a currency code of ISO 4217, or a name in lower case such as points',
  zone: 'a time zone of the IANA database, such as Asia/Shanghai',
  fact: 'the name of a fact, such as order.price',
  list: 'the name of a list',
};

/** What is wrong with a text that stands for a plain value. */
export interface TextProblem {
  code: FindingCode;
  says: string;
  among?: Iterable<string>;
}

const compiled = new Map(Object.entries(patterns).map(([kind, pattern]) => [kind, new RegExp(pattern, 'u')]));

/** What is wrong with the text as a value of that kind; undefined when nothing is. */
export function problemOfText(kind: ValueKind['kind'], value: string): TextProblem | undefined {
  switch (kind) {
    case 'country':
      return countryCodes.has(value) ? undefined : { code: 'BAD_VALUE', says: 'no such country', among: countriesMeant(value) };
    case 'currency':
      return currencyCodes.has(value) ? undefined : { code: 'BAD_VALUE', says: 'no such currency', among: currencyCodes };
    case 'zone':
      return isTimeZone(value) ? undefined : { code: 'BAD_VALUE', says: 'no such time zone', among: timeZoneNames() };
    case 'unit':
      return problemOfUnit(value);
    case 'percent':
      if (PERCENT_LIKE.test(value) && !compiled.get('percent')?.test(value)) {
        return { code: 'OUT_OF_BOUNDS', says: 'more than a hundred percent: it would earn more than the price' };
      }
      break;
    case 'name':
      if (value in {}) return { code: 'BAD_VALUE', says: 'nothing can have this name' };
      break;
    case 'fact':
    case 'list':
      return value.trim() === '' ? { code: 'BAD_VALUE', says: 'a name is missing' } : undefined;
  }
  return compiled.get(kind)?.test(value) === false ? { code: 'BAD_VALUE', says: 'not written as it must be' } : undefined;
}

function problemOfUnit(value: string): TextProblem | undefined {
  const says = 'no such currency, and no name of points';
  if (/^[A-Z]{3}$/.test(value)) return currencyCodes.has(value) ? undefined : { code: 'BAD_VALUE', says, among: currencyCodes };
  const meant = value.toUpperCase();
  if (currencyCodes.has(meant)) return { code: 'BAD_VALUE', says: 'currencies are written in capitals', among: [meant] };
  return compiled.get('unit')?.test(value) ? undefined : { code: 'BAD_VALUE', says };
}
