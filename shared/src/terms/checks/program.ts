import { parseDecimal } from '../../money/index.ts';
import { currencyCodes, currencyExponent } from '../codes.ts';
import { at } from '../finding.ts';
import { type CheckContext, useList } from './context.ts';
import { checkLinks } from './links.ts';

const PLACES = 12;

/** Units and amounts, onboarding, classes, links: the frame of the program. */
export function checkProgram(context: CheckContext): void {
  checkReward(context);
  checkActivity(context);
  checkCoupon(context);
  checkCaps(context);
  checkOnboarding(context);
  checkClasses(context);
  checkLinks(context);
  const { requires } = context.terms;
  checkSources(context);
  repeated(
    context,
    (requires ?? []).map((one) => one?.fact),
    'requires',
  );
}

function checkSources(context: CheckContext): void {
  const { mailing, brandInName, adAccounts } = context.terms.sources ?? {};
  repeated(context, mailing?.kinds ?? [], 'sources.mailing.kinds');
  repeated(context, brandInName?.parts ?? [], 'sources.brandInName.parts');
  if (brandInName?.words !== undefined) useList(context, brandInName.words, 'words', 'sources.brandInName.words');
  repeated(context, adAccounts?.kinds ?? [], 'sources.adAccounts.kinds');
  if (adAccounts?.words !== undefined) useList(context, adAccounts.words, 'words', 'sources.adAccounts.words');
}

function checkReward({ terms, findings }: CheckContext): void {
  const { unit, exponent, perCurrencyUnit } = terms.reward ?? {};
  const currency = terms.program?.currency;
  if (unit !== undefined && exponent !== undefined && currencyCodes.has(unit) && exponent !== currencyExponent(unit)) {
    const expected = String(currencyExponent(unit));
    findings.add('BAD_VALUE', 'reward.exponent', { found: exponent, expected, says: `not the number of decimal places of ${unit}` });
  }
  if (perCurrencyUnit === undefined) return;
  const per = parseDecimal(perCurrencyUnit, PLACES);
  if (per === 0n) {
    findings.add('OUT_OF_BOUNDS', 'reward.perCurrencyUnit', {
      found: perCurrencyUnit,
      expected: 'more than 0',
      says: 'nothing could ever be earned',
    });
  } else if (unit !== undefined && unit === currency && per !== parseDecimal('1', PLACES)) {
    const says = 'a unit of a currency is worth one unit of it; earnings would leave the price';
    findings.add('OUT_OF_BOUNDS', 'reward.perCurrencyUnit', { found: perCurrencyUnit, expected: '1', says });
  }
}

/** Points for activity that buy coupons: there must be some, and they must be worth something. */
function checkCoupon({ terms, findings }: CheckContext): void {
  const coupon = terms.redemption?.coupon?.activity;
  if (coupon === undefined) return;
  const where = 'redemption.coupon.activity';
  if (terms.activity === undefined) findings.add('GAP', where, { expected: 'the section activity', says: 'there are no such points' });
  const { perCurrencyUnit } = coupon;
  if (perCurrencyUnit !== undefined && parseDecimal(perCurrencyUnit, PLACES) === 0n)
    findings.add('OUT_OF_BOUNDS', `${where}.perCurrencyUnit`, {
      found: perCurrencyUnit,
      expected: 'more than 0',
      says: 'a point would be worth anything',
    });
}

function checkActivity({ terms, findings }: CheckContext): void {
  const { activity, reward } = terms;
  if (!activity) return;
  if (activity.unit !== undefined && activity.unit === reward?.unit) {
    const says = 'points for activity would mix with commissions';
    findings.add('CONTRADICTION', 'activity.unit', { found: activity.unit, expected: 'another unit than that of commissions', says });
  }
  for (const [kind, amount] of Object.entries(activity.amounts ?? {})) {
    const where = at('activity.amounts', kind);
    for (const [key, text] of Object.entries(amount ?? {})) checkPlaces(findings, text, activity.exponent, at(where, key));
  }
}

function checkCaps({ terms, findings }: CheckContext): void {
  for (const [i, cap] of (terms.caps ?? []).entries()) {
    const where = at(at('caps', i), 'amount');
    checkPlaces(findings, cap?.amount, terms.reward?.exponent, where);
    if (cap?.amount !== undefined && parseDecimal(cap.amount, PLACES) === 0n) {
      findings.add('OUT_OF_BOUNDS', where, { found: cap.amount, expected: 'more than 0', says: 'nothing could ever be earned' });
    }
  }
}

function checkPlaces(findings: CheckContext['findings'], text: unknown, exponent: number | undefined, path: string): void {
  if (typeof text !== 'string' || exponent === undefined || parseDecimal(text, exponent) !== null) return;
  findings.add('BAD_VALUE', path, { found: text, expected: `at most ${exponent} decimal places`, says: 'finer than the unit is' });
}

const STEPS = ['applied', 'approved', 'contract-sent', 'active'] as const;

function checkOnboarding(context: CheckContext): void {
  const { onboarding } = context.terms;
  if (!onboarding) return;
  const { findings } = context;
  const { steps, countries, warnCountries } = onboarding;
  if (steps && !steps.includes(undefined)) {
    const ordered = STEPS.filter((step) => steps.includes(step));
    if (ordered.join() !== steps.join() || ordered.at(-1) !== 'active' || ordered[0] !== 'applied') {
      const expected = 'applied, approved, contract-sent, active in this order; approved and contract-sent may be left out';
      findings.add('BAD_VALUE', 'onboarding.steps', { found: steps.join(', '), expected, says: 'no way to become active' });
    }
    if (onboarding.automatic === true && steps.includes('contract-sent')) {
      const says = 'an application that is accepted at once waits for no contract';
      findings.add('CONTRADICTION', 'onboarding.automatic', { found: true, expected: 'false, or no step contract-sent', says });
    }
  }
  if (countries?.in !== undefined) useList(context, countries.in, 'countries', 'onboarding.countries.in');
  if (warnCountries?.in !== undefined) useList(context, warnCountries.in, 'countries', 'onboarding.warnCountries.in');
  const again = onboarding.reapplication;
  if (again?.allowed === false && again.after !== undefined) {
    const says = 'what is not allowed has no time to wait';
    findings.add('CONTRADICTION', 'onboarding.reapplication.after', { found: 'a span', expected: 'none', says });
  }
  repeated(context, onboarding.documents ?? [], 'onboarding.documents');
}

function checkClasses(context: CheckContext): void {
  const { classes } = context.terms;
  const { findings } = context;
  if (!classes?.names || classes.names.includes(undefined)) return;
  const names = classes.names.filter((name) => name !== undefined);
  repeated(context, names, 'classes.names');
  const thresholds = classes.thresholds ?? {};
  for (const name of Object.keys(thresholds)) {
    const where = at('classes.thresholds', name);
    if (!names.includes(name)) {
      findings.add('BAD_VALUE', where, {
        found: name,
        expected: `one of ${names.slice(1).join(', ')}`,
        among: names,
        says: 'no such class',
      });
    } else if (name === names[0]) {
      findings.add('GAP', where, { found: name, expected: 'no threshold', says: 'below the lowest class an affiliate would have none' });
    }
  }
  if (classes.measure === 'paid-orders' || classes.measure === 'paying-customers') {
    for (const [name, threshold] of Object.entries(thresholds)) {
      for (const [key, text] of Object.entries(threshold ?? {})) checkPlaces(findings, text, 0, at(at('classes.thresholds', name), key));
    }
  }
  checkRising(context, names, thresholds);
}

type Thresholds = Record<string, { atLeast?: string; above?: string } | undefined>;

function checkRising({ findings }: CheckContext, names: string[], thresholds: Thresholds): void {
  let last: { name: string; amount: bigint; words: string; above: boolean } | undefined;
  for (const name of names.slice(1)) {
    const where = at('classes.thresholds', name);
    const threshold = thresholds[name];
    if (!threshold) {
      if (!findings.touch('classes.thresholds'))
        findings.add('GAP', where, { expected: 'atLeast or above', says: `the class ${name} has no threshold` });
      continue;
    }
    const words = threshold.atLeast ?? threshold.above;
    const amount = words === undefined ? null : parseDecimal(words, PLACES);
    if (words === undefined || amount === null) continue;
    const above = threshold.above !== undefined;
    if (last && (amount < last.amount || (amount === last.amount && (last.above || !above)))) {
      const says = 'the thresholds do not rise with the classes';
      findings.add('OUT_OF_BOUNDS', where, { found: words, expected: `more than ${last.words}, the threshold of ${last.name}`, says });
    }
    last = { name, amount, words, above };
  }
}

/** Reports what stands in a list twice. */
export function repeated({ findings }: CheckContext, values: readonly unknown[], path: string): void {
  for (const [i, value] of values.entries()) {
    if (value === undefined || values.indexOf(value) === i) continue;
    findings.add('DUPLICATE', at(path, i), { found: value, expected: 'each once', says: 'it stands here twice' });
  }
}
