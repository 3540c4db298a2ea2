import { describe, expect, it } from 'vitest';
import { Decimal, Instant } from './scalars.ts';

describe('an instant', () => {
  it.each([
    ['2026-03-01T12:00:00Z', '2026-03-01T12:00:00Z'],
    ['2026-03-01T12:00:00.000Z', '2026-03-01T12:00:00Z'],
    ['2026-03-01T12:00:00.12Z', '2026-03-01T12:00:00.120Z'],
    ['2026-03-01T12:00:00+05:30', '2026-03-01T06:30:00Z'],
    ['2024-02-29T23:59:59.999-08:00', '2024-03-01T07:59:59.999Z'],
    ['1970-01-01T00:00:00Z', '1970-01-01T00:00:00Z'],
    ['2200-12-31T23:59:59.999Z', '2200-12-31T23:59:59.999Z'],
  ])('%s is %s', (text, shown) => {
    const instant = Instant.parseValue(text);
    expect(typeof instant).toBe('number');
    expect(Instant.serialize(instant)).toBe(shown);
    expect(Instant.serialize(new Date(instant as number))).toBe(shown);
  });

  it.each([
    '',
    'now',
    '2026-03-01',
    '2026-03-01T12:00Z',
    '2026-03-01T12:00:00',
    '2026-03-01 12:00:00Z',
    '2026-02-29T00:00:00Z',
    '2026-13-01T00:00:00Z',
    '2026-03-01T24:00:00Z',
    '2026-03-01T12:60:00Z',
    '2026-03-01T12:00:60Z',
    '2026-03-01T12:00:00.0001Z',
    '2026-03-01T12:00:00+24:00',
    '2026-03-01T12:00:00+00:60',
    '1969-12-31T23:59:59.999Z',
    '1970-01-01T00:00:00+00:01',
    '2201-01-01T00:00:00Z',
    '9999-12-31T23:59:59Z',
    '+2026-03-01T12:00:00Z',
    '٢٠٢٦-03-01T12:00:00Z',
    0,
    null,
    true,
    {},
    ['2026-03-01T12:00:00Z'],
  ])('%s is none', (text) => {
    expect(() => Instant.parseValue(text)).toThrow(/no instant/);
  });
});

describe('a decimal number', () => {
  it.each(['0', '0.00', '12.30', '-5', '999999999999999999', '0.000000000001'])('%s is one', (text) => {
    expect(Decimal.serialize(Decimal.parseValue(text))).toBe(text);
  });

  it.each([
    '',
    '.5',
    '5.',
    '1e3',
    '0x1',
    '+1',
    ' 1',
    '1 ',
    '1,5',
    '01',
    'NaN',
    'Infinity',
    '1.0000000000001',
    '9'.repeat(30),
    '１',
    5,
    0.1,
    null,
    {},
  ])('%s is none', (text) => {
    expect(() => Decimal.parseValue(text)).toThrow(/no decimal/);
  });
});
