import type { ValueKind } from '@tributary/shared/terms';

type Plain = Exclude<
  ValueKind['kind'],
  'boolean' | 'integer' | 'choice' | 'condition' | 'object' | 'variant' | 'array' | 'map' | 'either' | 'boolean-or-text'
>;

/** How a plain value is written: a kind without an entry does not compile. */
export const PLAIN_VALUES: Record<Plain, string> = {
  text: 'Any text that is not empty.',
  name: 'A letter, then up to 63 letters, digits or hyphens.',
  rule: 'Id of a rule: two to eight capitals, a hyphen, two to four digits, such as `XY-13`.',
  decimal: 'A number in quotes, not negative, with up to 8 decimal places, such as `"12.50"`.',
  percent: 'A percentage in quotes from 0 to 100, with up to 6 decimal places, such as `"7.5"`.',
  date: 'A day (`2026-01-31`: from 00:00 in the program’s zone) or an instant in UTC (`2026-01-31T12:00:00Z`).',
  country: 'ISO 3166-1 alpha-2, such as `DE`.',
  currency: 'ISO 4217, such as `USD`.',
  unit: 'A currency, or a name in small letters for points.',
  zone: 'A time zone of the IANA database, such as `Asia/Shanghai`.',
  fact: 'Name of a fact: built in, declared or derived.',
  list: 'Name of one of the document’s lists.',
};

const shapeLink = (name: string) => `[${name}](#${name.toLowerCase()})`;
const code = (value: string | true) => `\`${value}\``;

/** What can stand at a place of the document, in words. */
export function valueWords(value: ValueKind): string {
  switch (value.kind) {
    case 'boolean':
      return '`true` or `false`';
    case 'boolean-or-text':
      return '`true`, `false` or a text';
    case 'integer':
      return `whole number, ${grouped(value.min)} to ${grouped(value.max)}`;
    case 'choice':
      return value.values.map(code).join(', ');
    case 'condition':
      return '[condition](#conditions)';
    case 'object':
      return shapeLink(value.shape);
    case 'variant':
      return Object.entries(value.shapes)
        .map(([word, shape]) => `${shapeLink(shape)} (\`${value.by}: ${word}\`)`)
        .join(' or ');
    case 'array':
      return `list${lengthWords(value)} of ${valueWords(value.of)}`;
    case 'map':
      return `map from ${value.keys === 'name' ? 'names' : 'values'} to ${valueWords(value.of)}`;
    case 'either':
      return `${valueWords(value.plain)} or ${valueWords(value.object)}`;
    default:
      return `[${value.kind}](#plain-values)`;
  }
}

function lengthWords({ min, max }: { min: number; max: number }): string {
  return min === 0 ? ` (up to ${grouped(max)})` : ` (${min} to ${grouped(max)})`;
}

const grouped = (count: number) => count.toLocaleString('en');
