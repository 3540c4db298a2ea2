/** A click, or nothing: it is another affiliate's, who stays hidden. */
export type NamedClick = { readonly id: string; readonly affiliate: string } | null;
/** A name; null: it stays hidden. */
export type Name = string | null;

/** Of all words: what a clause saw, as parts of a sentence. */
type Saw = readonly string[];

/** How one language says what the steps of a decision concluded. Amounts, instants and percents come as they are read. */
export interface StepWords {
  staffNobody(because: Name): string;
  staffAttributed(whom: Name, because: Name): string;

  codeOfNobody(code: Name): string;
  codeOfInactive(code: Name): string;
  codeWhileNotOpen(code: Name): string;
  codeDecides(code: Name): string;

  noCustomer(): string;
  /** Null: whose customer it is stays hidden. */
  tied(to: { readonly customer: string; readonly affiliate: string } | null): string;
  tiedToNobody(customer: Name): string;

  /** `isNamed`: the order says by which click it came. */
  noClick(isNamed: boolean): string;
  noneCounts(clicks: number): string;

  click(click: NamedClick, at: string, outcome: string): string;
  wins(isAlone: boolean): string;
  doesNotCount(why: string): string;
  lost(why: string): string;
  afterOrder(): string;
  windowOver(until: string): string;
  wasNotOpen(): string;
  wasNotActive(): string;
  barredByRule(): string;
  barredWhen(condition: string, unlessPermitted: boolean): string;
  betterPage(click: Name): string;
  sameInstant(click: Name): string;
  later(click: Name, at: Name): string;

  derived(fact: string, value: string, saw: Saw): string;
  programClosed(): string;
  notOwn(): string;
  ownAllowed(): string;
  own(): string;
  passes(saw: Saw): string;
  rejected(why: string, saw: Saw): string;
  breach(rule: string): string;
  nothingTakenOff(saw: Saw): string;
  reduced(percent: string, why: string, saw: Saw): string;
  scaled(factor: string): string;
  underCap(sum: string, most: string): string;
  capped(sum: string, most: string, shares: readonly { readonly sku: string; readonly amount: string }[]): string;
  earns(fact: string): string;
  earnsNothingYet(fact: string): string;
  noSuchLine(sku: string): string;
  tooMuchRefunded(sku: string): string;
  removed(kind: string, at: Name): string;
  waits(missing: readonly string[]): string;
  usable(from: string, until: Name, saw: Saw): string;

  kept(line: string, saw: Saw): string;
  excluded(line: string, why: string, saw: Saw): string;
  waitsForPlace(line: string): string;
  rated(line: string, percent: string, saw: Saw): string;
  /** Lines may state rates of their own. */
  ratedWithoutOwn(line: string, percent: string, saw: Saw): string;
  ratedByOwn(line: string, percent: string, saw: Saw): string;
  /** What the line states is less than the least there is, or more than the most; `stated` says what. */
  ratedByBound(line: string, percent: string, bound: 'least' | 'most', stated: string, saw: Saw): string;
  /** What is left of a line; `placed`: what it was before refunds. */
  worth(left: string, placed: Name): string;
  noRateYet(line: string, worth: string): string;
  earned(line: string, percent: string, worth: string, factors: readonly string[], amount: string, isExact: boolean): string;

  /** What a clause saw of a fact. */
  seenSet(fact: string, values: readonly string[]): string;
  seenUnknown(fact: string, isInstant: boolean): string;
  seenAt(fact: string, instant: string): string;
  seen(fact: string, value: string): string;
}
