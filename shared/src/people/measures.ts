import type { ClassMeasure } from '../terms/index.ts';
import { type SaleReason, type SoldOrder, saleOf, saleSpanOf } from './sales.ts';

/** What a measure is counted in: minor units of a currency or of the reward, or pieces. */
export interface MeasureUnit {
  /** Null: it is a number of orders or customers. */
  readonly unit: string | null;
  readonly exponent: number;
}

/** The units of a program that its measures are counted in. */
export interface ProgramUnits {
  readonly currency: string;
  readonly currencyExponent: number;
  readonly reward: string;
  readonly rewardExponent: number;
}

export function unitOf(measure: ClassMeasure, { currency, currencyExponent, reward, rewardExponent }: ProgramUnits): MeasureUnit {
  switch (measure) {
    case 'paid-sales':
      return { unit: currency, exponent: currencyExponent };
    case 'commission':
      return { unit: reward, exponent: rewardExponent };
    case 'paid-orders':
    case 'paying-customers':
      return { unit: null, exponent: 0 };
  }
}

/** What an order that is or was attributed to an affiliate counts for a measure by its sale alone. */
export function saleCount(measure: 'paid-sales' | 'paid-orders', order: SoldOrder, currencyExponent: number): bigint {
  const { value } = saleOf(order, currencyExponent);
  return measure === 'paid-sales' ? value : value > 0n ? 1n : 0n;
}

/** An order as an affiliate's measures look at it. */
export interface MeasuredOrder extends SoldOrder {
  /** The newest decision from the affiliate's side. */
  readonly status: 'earning' | 'rejected' | 'reversed' | 'moved';
  /** When that decision was made. */
  readonly decidedAt: number;
  /** What it earns now, in minor units of the reward. */
  readonly commission: bigint;
  /** When it first earned something, and when it ceased to. */
  readonly earned: { readonly since: number | null; readonly until: number | null };
  /** A payment stands, of a customer who is known. */
  readonly customer: 'first' | 'again' | 'none';
}

export type CountReason = SaleReason | 'not-qualified' | 'reversed' | 'moved' | 'same-customer' | 'no-customer' | 'earns-nothing';

/** How much an order counts for a measure, since when, until when, and why. */
export interface Counted {
  readonly amount: bigint;
  readonly since: number | null;
  readonly until: number | null;
  readonly why: CountReason;
}

const BY_STATUS = { rejected: 'not-qualified', reversed: 'reversed', moved: 'moved' } as const;

/** What an order counts. Of all orders of an affiliate the amounts add up to the measure. */
export function countOrder(measure: ClassMeasure, order: MeasuredOrder, currencyExponent: number): Counted {
  const sale = saleSpanOf(order, currencyExponent);
  const { status } = order;
  if (measure === 'commission') return earnedCount(order, sale.why);
  if (status !== 'earning') {
    const why = sale.why === 'counts' ? BY_STATUS[status] : sale.why;
    // What never qualified never counted; what was reversed or went to somebody else did until then.
    if (status === 'rejected') return { amount: 0n, since: null, until: null, why };
    return { amount: 0n, since: sale.since, until: sale.since === null ? null : (sale.until ?? order.decidedAt), why };
  }
  if (measure === 'paying-customers' && sale.why === 'counts' && order.customer !== 'first')
    return { amount: 0n, since: null, until: null, why: order.customer === 'again' ? 'same-customer' : 'no-customer' };
  const { value, since, until, why } = sale;
  return { amount: measure === 'paid-sales' ? value : value > 0n ? 1n : 0n, since, until, why };
}

function earnedCount({ status, commission, earned }: MeasuredOrder, sale: SaleReason): Counted {
  const amount = status === 'earning' ? commission : 0n;
  if (amount > 0n) return { amount, since: earned.since, until: null, why: 'counts' };
  const taken = status === 'earning' ? 'earns-nothing' : BY_STATUS[status];
  return { amount, ...earned, why: sale === 'counts' || (sale === 'unpaid' && status !== 'earning') ? taken : sale };
}
