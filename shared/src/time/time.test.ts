import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, test } from 'vitest';
import { calendarOf, formatInstant, parseInstant, spanMs } from './index.ts';

const at = (text: string) => {
  const instant = parseInstant(text);
  if (instant === null) throw new Error(`${text} is no instant`);
  return instant;
};

describe('an instant', () => {
  test.each([
    ['2026-03-01T12:00:00Z', '2026-03-01T12:00:00Z'],
    ['2026-03-01t12:00:00z', '2026-03-01T12:00:00Z'],
    ['2026-03-01T12:00:00.000Z', '2026-03-01T12:00:00Z'],
    ['2026-03-01T12:00:00.5Z', '2026-03-01T12:00:00.500Z'],
    ['2026-03-01T12:00:00.123000000Z', '2026-03-01T12:00:00.123Z'],
    ['2026-03-01T20:00:00+08:00', '2026-03-01T12:00:00Z'],
    ['2026-03-01T06:30:00-05:30', '2026-03-01T12:00:00Z'],
    ['2026-03-01T12:00:00-00:00', '2026-03-01T12:00:00Z'],
    ['2026-01-01T00:00:00+23:59', '2025-12-31T00:01:00Z'],
    ['2024-02-29T00:00:00Z', '2024-02-29T00:00:00Z'],
    ['2000-02-29T23:59:59Z', '2000-02-29T23:59:59Z'],
    ['1970-01-01T00:00:00Z', '1970-01-01T00:00:00Z'],
    ['1969-12-31T23:59:59.999Z', '1969-12-31T23:59:59.999Z'],
  ])('%s is %s', (text, written) => {
    expect(formatInstant(at(text))).toBe(written);
  });

  test.each([
    ['29 February of a common year', '2025-02-29T00:00:00Z'],
    ['29 February of 1900, which was none', '1900-02-29T00:00:00Z'],
    ['31 April', '2026-04-31T00:00:00Z'],
    ['day zero', '2026-01-00T00:00:00Z'],
    ['month zero', '2026-00-01T00:00:00Z'],
    ['month 13', '2026-13-01T00:00:00Z'],
    ['hour 24', '2026-01-01T24:00:00Z'],
    ['minute 60', '2026-01-01T00:60:00Z'],
    ['a leap second', '2016-12-31T23:59:60Z'],
    ['an offset of 24 hours', '2026-01-01T00:00:00+24:00'],
    ['an offset of 60 minutes', '2026-01-01T00:00:00+08:60'],
    ['no zone', '2026-01-01T00:00:00'],
    ['an offset without colon', '2026-01-01T00:00:00+0800'],
    ['a day alone', '2026-01-01'],
    ['a space for the T', '2026-01-01 00:00:00Z'],
    ['no seconds', '2026-01-01T00:00Z'],
    ['one digit for the month', '2026-1-01T00:00:00Z'],
    ['a year of five digits', '12026-01-01T00:00:00Z'],
    ['a year of two digits', '0026-01-01T00:00:00Z'],
    ['a signed year', '+002026-01-01T00:00:00Z'],
    ['a part of a millisecond', '2026-01-01T00:00:00.0001Z'],
    ['a point without a fraction', '2026-01-01T00:00:00.Z'],
    ['a comma before the fraction', '2026-01-01T00:00:00,5Z'],
    ['a blank before it', ' 2026-01-01T00:00:00Z'],
    ['a line break after it', '2026-01-01T00:00:00Z\n'],
    ['the name of a zone', '2026-01-01T00:00:00+08:00[Asia/Shanghai]'],
    ['a word', 'yesterday'],
    ['a number', '1767225600000'],
    ['nothing', ''],
  ])('%s is none', (_, text) => {
    expect(parseInstant(text)).toBeNull();
  });

  test('written and read is the same, for a thousand years', () => {
    fc.assert(
      fc.property(fc.integer({ min: Date.UTC(1500, 0, 1), max: Date.UTC(2500, 0, 1) }), (instant) => {
        expect(parseInstant(formatInstant(instant))).toBe(instant);
      }),
    );
  });

  test('in any offset is the one that Temporal reads', () => {
    const two = (n: number) => String(n).padStart(2, '0');
    const anyField = fc.tuple(
      fc.integer({ min: 1800, max: 2200 }),
      fc.integer({ min: 0, max: 13 }),
      fc.integer({ min: 0, max: 32 }),
      fc.integer({ min: 0, max: 24 }),
      fc.integer({ min: 0, max: 60 }),
      fc.integer({ min: 0, max: 59 }),
      fc.integer({ min: 0, max: 999 }),
      fc.constantFrom('Z', '+08:00', '-11:30', '+23:59', '-00:00', '+24:00', '+08:61'),
    );
    fc.assert(
      fc.property(anyField, ([y, m, d, h, min, s, ms, zone]) => {
        const text = `${y}-${two(m)}-${two(d)}T${two(h)}:${two(min)}:${two(s)}.${String(ms).padStart(3, '0')}${zone}`;
        let expected: number | null = null;
        try {
          expected = Temporal.Instant.from(text).epochMilliseconds;
        } catch {}
        expect(parseInstant(text)).toBe(expected);
      }),
      { numRuns: 500 },
    );
  });

  test('a day is 24 hours, whatever clocks do', () => {
    expect(spanMs({ days: 15 })).toBe(1_296_000_000);
    expect(spanMs({ days: 1, hours: 2, minutes: 3 })).toBe(93_780_000);
    expect(spanMs({})).toBe(0);
  });
});

describe('years are counted in the zone', () => {
  test.each([
    ['two years after a leap day end on 28 February', 'UTC', '2024-02-29T10:00:00Z', 2, '2026-02-28T10:00:00Z'],
    ['four years after a leap day there is one again', 'UTC', '2024-02-29T10:00:00Z', 4, '2028-02-29T10:00:00Z'],
    ['28 February stays 28 February', 'UTC', '2023-02-28T10:00:00Z', 1, '2024-02-28T10:00:00Z'],
    ['five years after a leap day', 'Asia/Singapore', '2024-02-29T03:00:00Z', 5, '2029-02-28T03:00:00Z'],
    // 29 February 00:30 in Singapore, still the 28th in UTC.
    ['what is a leap day there, not here', 'Asia/Singapore', '2024-02-28T16:30:00Z', 1, '2025-02-27T16:30:00Z'],
    // 1 March 00:30 in Singapore, still 29 February in UTC.
    ['what is a leap day here, not there', 'Asia/Singapore', '2024-02-29T16:30:00Z', 1, '2025-02-28T16:30:00Z'],
    ['to the millisecond', 'Asia/Singapore', '2026-01-01T00:00:00.001Z', 2, '2028-01-01T00:00:00.001Z'],
    ['the local hour stays when summer time lies between', 'Europe/Berlin', '2026-03-29T01:30:00Z', 1, '2027-03-29T01:30:00Z'],
    ['across a change of the offset', 'Europe/Berlin', '2026-03-28T12:00:00Z', 1, '2027-03-28T11:00:00Z'],
  ])('%s', (_, zone, from, years, to) => {
    expect(formatInstant(calendarOf(zone).addYears(at(from), years))).toBe(to);
  });

  test.each([
    ['the last millisecond of the year in Shanghai', 'Asia/Shanghai', '2026-12-31T15:59:59.999Z', 1, '2026-12-31T16:00:00Z'],
    ['the first of the next', 'Asia/Shanghai', '2026-12-31T16:00:00Z', 1, '2027-12-31T16:00:00Z'],
    ['two years on', 'Asia/Shanghai', '2026-06-01T00:00:00Z', 2, '2027-12-31T16:00:00Z'],
    ['the beginning of its own', 'Asia/Shanghai', '2026-06-01T00:00:00Z', 0, '2025-12-31T16:00:00Z'],
    ['west of Greenwich', 'America/New_York', '2027-01-01T04:59:59.999Z', 1, '2027-01-01T05:00:00Z'],
    ['west of Greenwich, the first instant', 'America/New_York', '2027-01-01T05:00:00Z', 1, '2028-01-01T05:00:00Z'],
    ['fourteen hours ahead', 'Pacific/Kiritimati', '2026-12-31T10:00:00Z', 1, '2027-12-31T10:00:00Z'],
    ['UTC', 'UTC', '2026-12-31T23:59:59.999Z', 1, '2027-01-01T00:00:00Z'],
  ])('the year of %s', (_, zone, instant, years, start) => {
    expect(formatInstant(calendarOf(zone).startOfYear(at(instant), years))).toBe(start);
  });

  test.each([
    ['UTC', '2022-10-20', '2022-10-20T00:00:00Z'],
    ['Asia/Shanghai', '2022-10-20', '2022-10-19T16:00:00Z'],
    ['America/New_York', '2022-07-01', '2022-07-01T04:00:00Z'],
    // Midnight was left out that day.
    ['America/Sao_Paulo', '2018-11-04', '2018-11-04T03:00:00Z'],
  ])('a day in %s', (zone, day, start) => {
    expect(formatInstant(calendarOf(zone).startOfDay(day))).toBe(start);
  });

  const zones = ['UTC', 'Asia/Shanghai', 'Asia/Singapore', 'Europe/Berlin', 'America/New_York', 'Asia/Kathmandu', 'Pacific/Apia'];
  test.each(zones)('in %s, steady or not, as Temporal counts them', (zone) => {
    const calendar = calendarOf(zone);
    const instants = fc.oneof(
      fc.integer({ min: Date.UTC(1970, 0, 1), max: Date.UTC(2150, 0, 1) }),
      // Near the ends of years, where the zone decides, and near leap days.
      fc
        .tuple(
          fc.integer({ min: 1972, max: 2100 }),
          fc.constantFrom([0, 1], [1, 29], [2, 1]),
          fc.integer({ min: -90_000_000, max: 90_000_000 }),
        )
        .map(([year, [month, day], offset]) => Date.UTC(year, month!, day!) + offset),
    );
    fc.assert(
      fc.property(instants, fc.integer({ min: 0, max: 6 }), (instant, years) => {
        const local = Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(zone);
        expect(calendar.addYears(instant, years)).toBe(local.add({ years }).epochMilliseconds);
        const start = Temporal.ZonedDateTime.from({ timeZone: zone, year: local.year + years, month: 1, day: 1 });
        expect(calendar.startOfYear(instant, years)).toBe(start.epochMilliseconds);
      }),
      { numRuns: 300 },
    );
  });
});
