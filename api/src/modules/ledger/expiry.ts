import type { Context } from '../../context.ts';
import { rows } from '../../platform/database/sql.ts';
import type { Connection, Page } from '../../platform/graphql/connection.ts';
import { badUserInput } from '../../platform/graphql/errors.ts';
import { List } from '../../platform/graphql/list.ts';
import { type Amount, amountOf } from '../../platform/graphql/money.ts';
import { narrow, type Program, versionAt } from '../program/index.ts';
import type { ExpiriesArgs, ExpiryMonthsArgs } from './expiry.input.ts';
import { exponentOf, unitsOf } from './units.ts';

const MOST_MONTHS = 36;

/** What of one unit expires in a month. */
export interface ExpiryMonth {
  /** Year and month by the program's calendar: `2026-03`. */
  readonly month: string;
  readonly amount: Amount;
  readonly lots: number;
  readonly first: Date;
}

/** A lot that will expire, with what is left in it now. */
export interface Expiry {
  readonly affiliateId: string;
  readonly programId: string;
  readonly at: Date;
  readonly amount: Amount;
}

/** As the index of lots that end says it, so that only those are read. */
const IS_ENDING = 'l.credited > l.taken_back + l.consumed + l.expired and l.ends_at is not null';

/** What expires when, of all affiliates: nothing of it is written down, so that whatever is used meanwhile is out of it. */
export class ExpiryService {
  /** Month by month from now on, by the program's calendar. */
  async months(context: Context, { program: key, months }: ExpiryMonthsArgs): Promise<ExpiryMonth[]> {
    if (months < 1 || months > MOST_MONTHS) throw badUserInput(`months is ${months}; expected 1 to ${MOST_MONTHS}`);
    const program = await context.services.programs.find(context, key);
    if (program === undefined) return [];
    const now = await context.now();
    const { units, timeZone } = await this.termsOf(context, program, now);
    const found = await rows<{ month: string; unit: string; amount: bigint; lots: number; first: Date }>(
      context.em,
      `select to_char(l.ends_at at time zone $2, 'YYYY-MM') as month, l.unit, sum(l.remaining)::bigint as amount, count(*)::int as lots, min(l.ends_at) as first
       from lot l where l.program_id = $1 and ${IS_ENDING} and l.ends_at > $3
         and l.ends_at < (date_trunc('month', $3::timestamptz at time zone $2) + make_interval(months => $4)) at time zone $2
       group by 1, 2 order by 1, 2`,
      [program.id, timeZone, new Date(now), months],
    );
    return found.map(({ month, unit, amount, lots, first }) => ({
      month,
      lots,
      first,
      amount: amountOf(amount, unit, exponentOf(units, unit)),
    }));
  }

  /** Lot by lot, the next first. */
  async list(context: Context, { to, ...args }: ExpiriesArgs, page: Page): Promise<Connection<Expiry>> {
    const select = 'l.id, l.affiliate_id as "affiliateId", l.program_id as "programId", l.ends_at as at, l.unit, l.remaining';
    const sort = [
      ['l.ends_at', 'timestamptz'],
      ['l.id', 'uuid'],
    ] as const;
    const list = new List({ select, from: 'lot l', sort });
    const program = await narrow(context, list, 'l', args);
    const now = await context.now();
    list.where(`${IS_ENDING} and l.ends_at > ?`, new Date(now));
    if (to != null) list.where('l.ends_at < ?', new Date(to));
    const units = program ? (await this.termsOf(context, program, now)).units : [];
    return list.read<{ id: string; affiliateId: string; programId: string; at: Date; unit: string; remaining: bigint }, Expiry>(
      context.em,
      page,
      {
        cursor: ({ at, id }) => [at, id],
        node: ({ affiliateId, programId, at, unit, remaining }) => ({
          affiliateId,
          programId,
          at,
          amount: amountOf(remaining, unit, exponentOf(units, unit)),
        }),
      },
    );
  }

  private async termsOf(context: Context, { id }: Program, now: number) {
    const terms = await context.services.terms.of(context.em, id);
    const timeZone = (versionAt(terms, now) ?? terms.versions.at(-1))?.document.program.timeZone ?? 'UTC';
    return { units: terms.versions.length > 0 ? unitsOf(terms) : [], timeZone };
  }
}
