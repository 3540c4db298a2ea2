import type { Name, StepWords } from './step.ts';

/** "a", "a and b", "a, b and c". */
function listed(words: readonly string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words[words.length - 1]}`;
}

/** ": the delivery country is FR". */
const saw = (words: readonly string[]) => (words.length === 0 ? '' : `: ${listed(words)}`);

const because = (reason: Name) => (reason === null ? '' : `: ${reason}`);
const theCode = (code: Name) => (code === null ? 'The code on the order' : `The code ${code} on the order`);
const theClick = (click: Name) => click ?? 'another affiliate’s click';

const REMOVALS: Readonly<Record<string, string>> = {
  rejected: 'The order earns nothing: the merchant rejected it',
  voided: 'The order earns nothing: staff voided it, as it should not have been recorded,',
  cancelled: 'The order earns nothing: it was cancelled',
  refunded: 'The order earns nothing: all of it was refunded',
  disputed: 'The order earns nothing while a dispute is open',
  'dispute-lost': 'The order earns nothing: the buyer won the dispute',
};

export const en: StepWords = {
  staffNobody: (reason) => `Staff attributed the order to nobody${because(reason)}`,
  staffAttributed: (whom, reason) => `Staff attributed the order to ${whom ?? 'another affiliate'}${because(reason)}`,

  codeOfNobody: (code) => `${theCode(code)} is nobody’s, so clicks decide`,
  codeOfInactive: (code) => `${theCode(code)} is of an affiliate who was not active, so clicks decide`,
  codeWhileNotOpen: (code) => `${theCode(code)} does not count, as the program was paused or closed, so clicks decide`,
  codeDecides: (code) =>
    code === null ? 'The code on the order is another affiliate’s, who earns' : `The code ${code} on the order decides: ${code} earns`,

  noCustomer: () => 'The order names no customer, so nobody earns',
  tied: (to) =>
    to === null ? 'The customer is tied to another affiliate, who earns' : `Customer ${to.customer} is tied to ${to.affiliate}, who earns`,
  tiedToNobody: (customer) => `${customer === null ? 'The customer' : `Customer ${customer}`} is tied to nobody, so nobody earns`,

  noClick: (isNamed) => `${isNamed ? 'The order names no click that is known' : 'No click is known'}, so nobody earns`,
  noneCounts: (clicks) => `${clicks === 1 ? 'The only click does not count' : `None of the ${clicks} clicks counts`}, so nobody earns`,

  click: (click, at, outcome) =>
    `${click === null ? 'A click of another affiliate' : `Click ${click.id} by ${click.affiliate}`} at ${at} ${outcome}`,
  wins: (isAlone) => (isAlone ? 'wins: no other click counts' : 'wins'),
  doesNotCount: (why) => `does not count: ${why}`,
  lost: (why) => `lost: ${why}`,
  afterOrder: () => 'the order had been placed already',
  windowOver: (until) => `it was good until ${until}`,
  wasNotOpen: () => 'the program was paused or closed then',
  wasNotActive: () => 'the affiliate was not active then',
  barredByRule: () => 'a rule bars it',
  barredWhen: (condition, unlessPermitted) => (unlessPermitted ? `${condition}, without permission` : condition),
  betterPage: (click) => `${theClick(click)} leads to a better page`,
  sameInstant: (click) => `${theClick(click)} came at the same instant and has the greater id`,
  later: (click, at) => `${theClick(click)} is later${at === null ? '' : `, at ${at}`}`,

  derived: (fact, value, seen) => `${fact.charAt(0).toUpperCase()}${fact.slice(1)} is ${value}${saw(seen)}`,
  programClosed: () => 'The order is rejected: the program was closed when it was placed',
  notOwn: () => 'The customer is not the affiliate',
  ownAllowed: () => 'The customer is the affiliate, which is allowed',
  own: () => 'The order is rejected: the customer is the affiliate',
  passes: (seen) => `The order passes${saw(seen)}`,
  rejected: (why, seen) => `The order is rejected, because ${why}${saw(seen)}`,
  breach: (rule) => `A breach of ${rule} was proven, so the affiliate earns nothing any more`,
  nothingTakenOff: (seen) => `Nothing is taken off${saw(seen)}`,
  reduced: (percent, why, seen) => `Only ${percent}% of the earnings stay, because ${why}${saw(seen)}`,
  scaled: (factor) => `The affiliate’s quality factor of ${factor} scales the earnings`,
  underCap: (sum, most) => `The lines earn ${sum} together, no more than the ${most} that an order may`,
  capped: (sum, most, shares) =>
    `The lines earn ${sum} together, more than the ${most} that an order may: they share it as ${listed(shares.map(({ sku, amount }) => `${sku} ${amount}`))}`,
  earns: (fact) => `The order earns: ${fact} is known`,
  earnsNothingYet: (fact) => `The order earns nothing yet: ${fact} is not known`,
  noSuchLine: (sku) => `A refund of ${sku} counts for nothing: the order has no such line`,
  tooMuchRefunded: (sku) => `More of ${sku} was refunded than the order has of it: all of it counts as refunded`,
  removed: (kind, at) => `${REMOVALS[kind] ?? `The order earns nothing: ${kind}`}${at === null ? '' : ` at ${at}`}`,
  waits: (missing) => `Not usable yet: ${listed(missing)} ${missing.length === 1 ? 'is' : 'are'} not known`,
  usable: (from, until, seen) => `Usable from ${from} on${until === null ? '' : ` and before ${until}`}${saw(seen)}`,

  kept: (line, seen) => `Line ${line} is not left out${saw(seen)}`,
  excluded: (line, why, seen) => `Line ${line} earns nothing, because ${why}${saw(seen)}`,
  waitsForPlace: (line) => `Line ${line} has no rate yet: the customer has no place among the affiliate’s paying customers`,
  rated: (line, percent, seen) => `Line ${line} earns ${percent}%${saw(seen)}`,
  ratedWithoutOwn: (line, percent, seen) => `Line ${line} earns ${percent}%, as it states no rate${saw(seen)}`,
  ratedByOwn: (line, percent, seen) => `Line ${line} earns ${percent}%, its own rate${saw(seen)}`,
  ratedByBound: (line, percent, bound, stated, seen) =>
    `Line ${line} earns ${percent}%, the ${bound} there is: ${stated}${seen.length === 0 ? '' : `, ${listed(seen)}`}`,
  worth: (left, placed) => (placed === null ? `of ${left}` : `of the ${left} left of ${placed}`),
  noRateYet: (line, worth) => `Line ${line}: nothing ${worth}, as it has no rate yet`,
  earned: (line, percent, worth, factors, amount, isExact) =>
    `Line ${line}: ${percent}% ${worth}${factors.map((factor) => ` × ${factor}`).join('')} is ${amount}${isExact ? '' : ', cut downwards'}`,

  seenSet: (fact, values) => `${fact} are ${values.length === 0 ? 'none' : values.join(', ')}`,
  seenUnknown: (fact, isInstant) => `${fact} is ${isInstant ? 'not known' : 'unknown'}`,
  seenAt: (fact, instant) => `${fact} was at ${instant}`,
  seen: (fact, value) => `${fact} is ${value}`,
};
