import { attributionRules, type Decision } from '@tributary/shared/decide';
import { formatDecimal } from '@tributary/shared/money';
import { formatInstant } from '@tributary/shared/time';
import { type EventName, holdUnlocks, type Message, unlockedMessage, writeDeliveries } from '../../messages/index.ts';
import type { Batch } from '../batch.ts';
import { versionAt } from '../programTerms.ts';
import type { CommissionWrite } from '../writes.ts';

/** Tells other systems what the batch brought: clicks, referred customers, commissions. */
export async function writeMessages(batch: Batch): Promise<void> {
  const { tx, terms, writes, tied } = batch;
  const { heard } = batch.set;
  if (heard.size === 0 || (writes.clicks.length === 0 && writes.commissions.size === 0 && tied.length === 0)) return;
  const unlocked = heard.has('commission.available') ? await unlockedBy(batch) : [];
  await writeDeliveries(tx, terms.programId, [...clicksOf(batch), ...referralsOf(batch), ...commissionsOf(batch), ...unlocked]);
}

/** What the batch made usable from an instant on: whoever was told of that instant already is told here, all others when it has come. */
async function unlockedBy({ tx, terms, set, writes }: Batch): Promise<Message[]> {
  const made = writes.entries.filter(({ newLot }) => newLot?.sourceKind === 'order');
  if (made.length === 0) return [];
  await holdUnlocks(tx, terms.programId);
  const orders = new Map([...writes.commissions.values()].map(({ order }) => [order.id, order]));
  return made.flatMap(({ affiliateId, unit, newLot, postings }) => {
    const order = newLot && orders.get(newLot.sourceId);
    if (!order) return [];
    const { rewardExponent } = versionAt(terms, order.placedAt).compiled;
    const minor = postings.reduce((sum, { credit, lotId, amount }) => (credit === 'owed' && lotId === 'new' ? sum + amount : sum), 0n);
    const affiliate = set.affiliate(affiliateId).externalId;
    const amount = formatDecimal(minor, rewardExponent);
    return [unlockedMessage({ affiliateId, affiliate, order: order.externalId, unit, amount, usableFrom: newLot.usableFrom })];
  });
}

/** What programs follow is told to nobody. */
function clicksOf({ set, writes }: Batch): Message[] {
  return writes.clicks
    .filter(({ content }) => content.automated === undefined)
    .map(({ content, affiliateId, at, attributable, rules }) => ({
      event: 'click.recorded',
      affiliateId,
      at,
      data: {
        affiliate: set.affiliate(affiliateId).externalId,
        click: content.id,
        link: content.link,
        sub: content.subId,
        country: content.country,
        attributable,
        because: rules,
        at: formatInstant(at),
      },
    }));
}

function referralsOf({ set, tied }: Batch): Message[] {
  return tied.map(({ externalId, tiedTo, tiedAt, tiedBy }) => ({
    event: 'customer.referred',
    affiliateId: tiedTo,
    at: tiedAt as number,
    data: { affiliate: set.affiliate(tiedTo as string).externalId, customer: externalId, by: tiedBy, at: formatInstant(tiedAt as number) },
  }));
}

function commissionsOf({ set, terms, writes }: Batch): Message[] {
  const decisions = new Map(writes.decisions.map(({ order, decision }) => [order.id, decision]));
  return [...writes.commissions.values()].map((commission) => {
    const { affiliateId, order, status, unit, amount, availableAt, expiresAt, at } = commission;
    const { compiled } = versionAt(terms, order.placedAt);
    const { rewardExponent } = compiled;
    const decision = decisions.get(order.id);
    // What decides of an order that went to somebody else concerns that one, save that it went.
    const lost = status === 'moved';
    const click = decision && !lost ? clickThatWon(decision) : undefined;
    const because = decision && lost ? attributionRules(compiled, decision.steps) : (decision?.rules ?? []);
    return {
      event: eventOf(commission),
      affiliateId,
      at,
      data: {
        affiliate: set.affiliate(affiliateId).externalId,
        order: order.externalId,
        status,
        amount: formatDecimal(amount, rewardExponent),
        unit,
        availableAt: availableAt === null ? null : formatInstant(availableAt),
        expiresAt: expiresAt === null ? null : formatInstant(expiresAt),
        click,
        sub: click === undefined ? undefined : set.clicks.get(click)?.subId,
        because,
        at: formatInstant(at),
      },
    };
  });
}

function eventOf({ isNew, status }: CommissionWrite): EventName {
  if (isNew) return 'commission.created';
  return status === 'earning' ? 'commission.changed' : 'commission.reversed';
}

/** Each click is a step that says whether it won. */
export function clickThatWon({ steps }: Decision): string | undefined {
  const won = steps.find(([kind, ...values]) => kind === 'click' && values.includes('won'));
  return typeof won?.[2] === 'string' ? won[2] : undefined;
}
