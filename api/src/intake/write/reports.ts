import type { Decision } from '@tributary/shared/decide';
import { type ClickFacts, currentContent, type OrderContent, standingEvents } from '@tributary/shared/facts';
import { parseDecimal } from '@tributary/shared/money';
import type { Write } from '../../platform/database/sql.ts';
import { newId, SLICES } from '../../platform/ids.ts';
import type { Batch } from '../batch.ts';
import { versionAt } from '../programTerms.ts';
import type { CommissionWrite } from '../writes.ts';
import { clickThatWon } from './messages.ts';

/** No zone's day begins within one. */
const QUARTER_HOUR_MS = 900_000;

/** By what reports count, in the names of the queue: affiliate, instant, zone, link, sub id, country, channel. */
interface Place {
  a: string;
  t: string;
  z: string;
  l: string;
  s: string;
  h: string;
  c: string;
}

/** Clicks that may be attributed, and clicks that may not, by their place: an array of its values as text, so that they are added up as they are. */
interface Counted {
  readonly good: Record<string, number>;
  readonly barred: Record<string, number>;
}

/**
 * Leaves for reports what the batch brought, in its own transaction, so that they miss nothing and count nothing twice. It is added up
 * later: rows that many batches would change at once would make them wait for each other. None: it brought nothing that they count.
 */
export function insertionsOfReport(batch: Batch): Write[] {
  const { terms, writes, tied } = batch;
  const isAnyCounted = writes.clicks.some(({ content }) => content.automated === undefined);
  if (!isAnyCounted && writes.commissions.size === 0 && tied.length === 0) return [];
  const content = { ...clicksOf(batch), referrals: referralsOf(batch), orders: ordersOf(batch) };
  const values = [Math.floor(Math.random() * SLICES), newId(), terms.programId, JSON.stringify(content)];
  return [{ text: 'insert into report_queue (slice, id, program_id, content) values ($1, $2, $3, $4)', values }];
}

type Seen = Partial<Pick<ClickFacts, 'link' | 'subId' | 'country' | 'channel'>>;

function placeOf({ terms }: Batch, affiliateId: string, at: number, { link, subId, country, channel }: Seen): Place {
  const { timeZone } = versionAt(terms, at).compiled.terms.program;
  return { a: affiliateId, t: new Date(at).toISOString(), z: timeZone, l: link ?? '', s: subId ?? '', h: country ?? '', c: channel ?? '' };
}

/** What programs follow is not counted. */
function clicksOf(batch: Batch): Counted {
  const counted: Counted = { good: {}, barred: {} };
  for (const { affiliateId, at, content, attributable } of batch.writes.clicks) {
    if (content.automated !== undefined) continue;
    const { a, t, z, l, s, h, c } = placeOf(batch, affiliateId, Math.floor(at / QUARTER_HOUR_MS) * QUARTER_HOUR_MS, content);
    const place = JSON.stringify([a, t, z, l, s, h, c]);
    const sums = attributable ? counted.good : counted.barred;
    sums[place] = (sums[place] ?? 0) + 1;
  }
  return counted;
}

/** A referral is counted where the click was that tied it. That click stays, whatever is told later; one by a code came by none. */
function referralsOf(batch: Batch): Place[] {
  return batch.tied.map(({ tiedTo, tiedAt, tiedClick }) => {
    const click = tiedClick === null ? undefined : batch.set.clicks.get(tiedClick);
    return placeOf(batch, tiedTo as string, tiedAt as number, (click ?? {}) as Seen);
  });
}

function ordersOf(batch: Batch) {
  const decisions = new Map(batch.writes.decisions.map(({ order, decision }) => [order.id, decision]));
  return [...batch.writes.commissions.values()].map((commission) => {
    const { affiliateId, order, revision, status, amount } = commission;
    const content = currentContent(order.content, standingEvents(order.events));
    const stands = status === 'earning';
    return {
      ...placeOf(batch, affiliateId, order.placedAt, seenBy(batch, commission, content, decisions.get(order.id))),
      o: order.id,
      r: revision,
      e: stands ? 1 : 0,
      x: status === 'rejected' || status === 'reversed' ? 1 : 0,
      v: stands ? String(salesOf(batch, order.placedAt, content)) : '0',
      m: stands ? String(amount) : '0',
    };
  });
}

/** An order is counted where its click was; one that came without a click, in the country that it goes to. */
function seenBy({ set }: Batch, { status }: CommissionWrite, { country }: OrderContent, decision: Decision | undefined): Seen {
  const won = decision === undefined || status === 'moved' ? undefined : clickThatWon(decision);
  const click = won === undefined ? undefined : set.clicks.get(won);
  return { link: click?.link, subId: click?.subId, channel: click?.channel, country: click?.country ?? country } as Seen;
}

function salesOf({ terms }: Batch, at: number, { lines }: OrderContent): bigint {
  const { currencyExponent } = versionAt(terms, at).compiled;
  return lines.reduce((sum, { price, quantity }) => sum + (parseDecimal(price, currencyExponent) ?? 0n) * BigInt(quantity), 0n);
}
