import { expect, it } from 'vitest';
import { formatDate, formatDecimal, formatInstant, formatWord } from './format.ts';

it.each([
  ['0.00', '0.00'],
  ['1234567.80', '1,234,567.80'],
  ['-123456', '−123,456'],
  ['999.5', '999.5'],
  ['12345678901234567890.12', '12,345,678,901,234,567,890.12'],
])('sets thousands apart and keeps all digits: %s', (value, text) => {
  expect(formatDecimal(value)).toBe(text);
});

it('shows instants in UTC, whatever the zone of the reader', () => {
  expect(formatInstant('2026-03-01T23:59:59.999Z')).toBe('1 Mar 2026, 23:59 UTC');
  expect(formatDate('2026-03-01T23:59:59Z')).toBe('1 Mar 2026');
  expect(formatDate('1970-01-01T00:00:00Z')).toBe('the beginning');
});

it('reads words of code', () => {
  expect([formatWord('CONTRACT_SENT'), formatWord('commission-earned')]).toEqual(['Contract sent', 'Commission earned']);
});
