import { formatInstant, parseInstant } from '@tributary/shared/time';
import { GraphQLError, GraphQLScalarType, Kind, type ValueNode } from 'graphql';

const FIRST_INSTANT = Date.UTC(1970, 0, 1);
const LAST_INSTANT = Date.UTC(2201, 0, 1) - 1;
const DECIMAL = /^-?(0|[1-9]\d{0,17})(\.\d{1,12})?$/;

function refuse(message: string): never {
  throw new GraphQLError(message, { extensions: { code: 'BAD_USER_INPUT' } });
}

const shown = (value: unknown) => JSON.stringify(String(value).slice(0, 40));

function hasRealOffset(text: string): boolean {
  const offset = /[+-](\d\d):(\d\d)$/.exec(text);
  return !offset || (Number(offset[1]) < 24 && Number(offset[2]) < 60);
}

function readInstant(value: unknown): number {
  const instant = typeof value === 'string' && hasRealOffset(value) ? parseInstant(value) : null;
  if (instant !== null && instant >= FIRST_INSTANT && instant <= LAST_INSTANT) return instant;
  return refuse(
    `${shown(value)} is no instant: expected RFC 3339 with a zone and milliseconds at most, of 1970 to 2200, e.g. 2026-03-01T12:00:00Z`,
  );
}

/** In code: milliseconds since 1970 on the way in; those or a Date on the way out. */
export const Instant = new GraphQLScalarType<number, string>({
  name: 'Instant',
  description:
    'An instant as RFC 3339 text with a zone, with milliseconds at most, of the years 1970 to 2200. Answers are in UTC: `2026-03-01T12:00:00Z`.',
  serialize(value) {
    if (typeof value === 'number') return formatInstant(value);
    if (value instanceof Date) return formatInstant(value.getTime());
    throw new TypeError('An instant is a number of milliseconds or a Date');
  },
  parseValue: readInstant,
  parseLiteral: (node) => readInstant(textOf(node)),
});

function textOf(node: ValueNode): unknown {
  return node.kind === Kind.STRING ? node.value : undefined;
}

function decimalScalar(name: string, description: string, what: string): GraphQLScalarType<string, string> {
  const read = (value: unknown): string => {
    if (typeof value === 'string' && DECIMAL.test(value)) return value;
    return refuse(`${shown(value)} is no ${what}: expected a text of digits, with a point and decimals where needed, e.g. "12.30"`);
  };
  return new GraphQLScalarType<string, string>({
    name,
    description,
    serialize: (value) => {
      if (typeof value === 'bigint') return value.toString();
      if (typeof value === 'string' && DECIMAL.test(value)) return value;
      throw new TypeError(`A ${what} is a text of digits`);
    },
    parseValue: read,
    parseLiteral: (node) => read(textOf(node)),
  });
}

/** Text in code, too: what reads it knows how many decimals it may have. */
export const Decimal = decimalScalar(
  'Decimal',
  'An exact decimal number as text: `"12.30"`. Never a floating-point number.',
  'decimal number',
);

export const Percent = decimalScalar('Percent', 'A rate in percent, exact, as text: `"2.5"` means 2.5 %.', 'percentage');
