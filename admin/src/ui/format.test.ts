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

it('shows instants in UTC or in another zone, and names it', () => {
  expect(formatInstant('2026-03-01T23:59:59.999Z')).toBe('1 Mar 2026, 23:59 UTC');
  expect(formatDate('2026-03-01T23:59:59Z')).toBe('1 Mar 2026');
  expect(formatInstant('2026-03-01T23:59:00Z', 'en', 'Asia/Shanghai')).toBe('2 Mar 2026, 07:59 GMT+8');
});

it('sets numbers and dates as the language does', () => {
  expect(formatDecimal('1234567.80', 'de')).toBe('1.234.567,80');
  expect(formatDate('2026-03-01T00:00:00Z', 'zh')).toBe('2026年3月1日');
});

it('reads words of code', () => {
  expect([formatWord('CONTRACT_SENT'), formatWord('commission-earned')]).toEqual(['Contract sent', 'Commission earned']);
});
