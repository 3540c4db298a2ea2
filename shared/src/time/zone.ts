import { Temporal } from 'temporal-polyfill';

/**
 * A program's calendar: years and days are counted in its time zone.
 * Zones without daylight saving are common, so the results of a day are kept: asking again is cheap.
 */
export interface Calendar {
  zone: string;
  /** The same local time so many years later; 29 February becomes 28 February where there is none. */
  addYears(instant: number, years: number): number;
  /** 00:00 on 1 January of the year that lies `years` after the instant's local year. */
  startOfYear(instant: number, years: number): number;
  /** 00:00 on a day of the month that lies `months` after the instant's local month. */
  dayOfMonth(instant: number, months: number, day: number): { at: number; year: number; month: number };
  /** 00:00 of a local day given as `2022-10-20`. */
  startOfDay(day: string): number;
}

export function calendarOf(zone: string): Calendar {
  const local = (instant: number) => Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(zone);
  const steady = steadyOffset(zone);
  const yearStarts = new Map<number, number>();
  const startOf = (year: number): number => {
    const known = yearStarts.get(year);
    if (known !== undefined) return known;
    const start = Temporal.ZonedDateTime.from({ timeZone: zone, year, month: 1, day: 1 }).epochMilliseconds;
    yearStarts.set(year, start);
    return start;
  };
  return {
    zone,
    addYears: (instant, years) =>
      instant >= steady.since ? addYearsAtOffset(instant, years, steady.offsetMs) : local(instant).add({ years }).epochMilliseconds,
    startOfYear: (instant, years) => {
      // The UTC year is right but near the year's ends, where the zone decides.
      let year = new Date(instant).getUTCFullYear();
      if (instant >= startOf(year + 1)) year++;
      else if (instant < startOf(year)) year--;
      return startOf(year + years);
    },
    dayOfMonth: (instant, months, day) => {
      const { year, month } = local(instant).toPlainDate().with({ day: 1 }).add({ months });
      return { at: Temporal.ZonedDateTime.from({ timeZone: zone, year, month, day }).epochMilliseconds, year, month };
    },
    startOfDay: (day) => Temporal.PlainDate.from(day).toZonedDateTime({ timeZone: zone }).epochMilliseconds,
  };
}

/** From when on the zone keeps one offset; most zones without daylight saving have kept theirs for decades. */
function steadyOffset(zone: string): { since: number; offsetMs: number } {
  const far = Temporal.Instant.from('2200-01-01T00:00:00Z').toZonedDateTimeISO(zone);
  const last = far.getTimeZoneTransition('previous');
  return { since: last === null ? Number.NEGATIVE_INFINITY : last.epochMilliseconds, offsetMs: far.offsetNanoseconds / 1_000_000 };
}

function addYearsAtOffset(instant: number, years: number, offsetMs: number): number {
  const at = new Date(instant + offsetMs);
  const year = at.getUTCFullYear() + years;
  const [month, day] = [at.getUTCMonth(), at.getUTCDate()];
  // Only a leap day may be missing.
  return at.setUTCFullYear(year, month, month === 1 && day === 29 && !isLeap(year) ? 28 : day) - offsetMs;
}

function isLeap(year: number): boolean {
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
}
