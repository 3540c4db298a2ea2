import { parseDecimal } from '@tributary/shared/money';
import { newId } from '../platform/ids.ts';
import type { Apply } from './batch.ts';
import { hashOf } from './hash.ts';
import { versionAt } from './programTerms.ts';
import { refusal } from './types.ts';
import { keyOf } from './workset.ts';

/** Credits general points for what an affiliate did, once per activity (BG-17, reading 16). */
export const applyActivity: Apply<'activity'> = (batch, { content, at }, { now, by }) => {
  const { set, terms } = batch;
  const hash = hashOf(content);
  const known = set.keys.get(keyOf('activity', content.id));
  if (known !== undefined) {
    return known.hash?.equals(hash)
      ? { ok: true, id: known.factId, repeated: true }
      : refusal('CONFLICT', `The activity "${content.id}" is known with other content.`, ['id']);
  }
  const affiliate = set.affiliatesByExternal.get(content.affiliate);
  if (affiliate === undefined) return refusal('NOT_FOUND', `The program has no affiliate "${content.affiliate}".`, ['affiliate']);
  const { compiled } = versionAt(terms, at);
  const rule = compiled.terms.activity?.amounts[content.kind];
  if (compiled.terms.activity === undefined || rule === undefined)
    return refusal('INVALID', `The terms know no activity "${content.kind}" then.`, ['kind']);
  const { exponent, unit } = compiled.terms.activity;
  let amount: bigint;
  if ('fixed' in rule) {
    amount = parseDecimal(rule.fixed, exponent) ?? 0n;
  } else {
    if (content.amount === undefined) return refusal('INVALID', `An activity "${content.kind}" has an amount.`, ['amount']);
    const whole = (parseDecimal(content.amount, compiled.currencyExponent) ?? 0n) / 10n ** BigInt(compiled.currencyExponent);
    amount = whole * (parseDecimal(rule.perWholeCurrencyUnit, exponent) ?? 0n);
  }
  const id = newId();
  batch.claim('activity', content.id, id, hash);
  batch.writes.activities.push({ id, affiliateId: affiliate.id, content, at, toldAt: now, by });
  if (amount > 0n) {
    batch.writes.entries.push({
      affiliateId: affiliate.id,
      unit,
      kind: 'activity-earned',
      causeId: id,
      sequence: 0,
      at,
      postings: [{ debit: 'expense', credit: 'owed', amount, lotId: 'new' }],
      newLot: { id: newId(), usableFrom: at, expiresAt: null, sourceKind: 'activity', sourceId: id },
    });
  }
  return { ok: true, id, repeated: false };
};
