import type { Condition, FactTest, Scalar, Terms } from '../../document.ts';
import { type ConditionWords, comparisonOf, conditionIn, isMoney, spaced, typeOfFact } from '../condition.ts';
import { money, valuesOf } from '../lists.ts';
import { factWords, levelWords } from './facts.ts';
import { anyOf, led, listed, spanWords, trailed } from './phrases.ts';

const words: ConditionWords = {
  test: describeTest,
  joined: (parts, last) => parts.join(last === 'and' ? '，且' : '，或'),
  grouped: (text) => `（${text}）`,
};

/** A condition in words that follow "当": "收货国家为 BR，或下单平台为 app". */
export function describeCondition(terms: Terms, condition: Condition): string {
  return conditionIn(words, terms, condition);
}

function describeTest(terms: Terms, test: FactTest, negated: boolean): string {
  const subject = trailed(factWords(test.fact));
  const not = negated ? '不' : '';
  if (test.known !== undefined) return `${subject}${test.known === negated ? '未知' : '已知'}`;
  if (test.is !== undefined) return equality(terms, test, subject, test.is, negated);
  if (test.isNot !== undefined) return equality(terms, test, subject, test.isNot, !negated);
  if (test.in !== undefined) return `${subject}${not}为${led(anyOf(terms, test.in))}`;
  if (test.notIn !== undefined) return `${subject}${negated ? '' : '不'}为${led(anyOf(terms, test.notIn))}`;
  if (test.containsAny !== undefined) return inclusion(terms, subject, test.containsAny, negated);
  if (test.near !== undefined) return `${subject}${not}近似${led(anyOf(terms, test.near))}`;
  if (test.hostIn !== undefined) return `${subject}${not}在${led(trailed(anyOf(terms, test.hostIn)))}上`;
  if (test.within !== undefined) return `${subject}${not}在${trailed(factWords(test.within.of))}起 ${spanWords(test.within)}内`;
  if (test.sinceAtLeast !== undefined) {
    return `${subject}距${led(trailed(factWords(test.sinceAtLeast.of)))}${negated ? '不足' : '至少'} ${spanWords(test.sinceAtLeast)}`;
  }
  return comparison(terms, test, subject, negated);
}

function inclusion(terms: Terms, subject: string, list: Scalar[] | string, negated: boolean): string {
  const values = listed(terms, list);
  if (valuesOf(terms, list).length === 1) return `${subject}${negated ? '不' : ''}包含${led(values)}`;
  return `${subject}${negated ? '不包含任何一项' : '包含其中一项'}：${values}`;
}

/** Of an unknown number every comparison is false, so "不低于 5" is not the same as "至少 5". */
function comparison(terms: Terms, test: FactTest, subject: string, negated: boolean): string {
  const found = comparisonOf(test);
  if (found === undefined) return subject;
  const bound = isMoney(test.fact) ? money(terms, found.bound) : found.bound;
  const [plain, turned] = {
    below: ['低于', '不低于'],
    atMost: ['至多为', '不是至多'],
    above: ['高于', '不高于'],
    atLeast: ['至少为', '不是至少'],
  }[found.how];
  return `${subject}${negated ? turned : plain} ${bound}`;
}

function equality(terms: Terms, test: FactTest, subject: string, value: Scalar | { fact: string }, negated: boolean): string {
  if (typeof value === 'boolean') return truth(terms, test.fact, subject, value !== negated);
  const object = typeof value === 'object' ? factWords(value.fact) : String(value);
  return `${subject}${negated ? '不' : ''}为${led(object)}`;
}

/** Facts that are true or false read as statements. */
const TRUTHS: Readonly<Record<string, readonly [whenTrue: string, whenFalse: string]>> = {
  'order.isFirstOfCustomer': ['订单是客户首单', '订单不是客户首单'],
  'line.forbidden': ['商品被禁', '商品未被禁'],
  'click.fromMarkedSource': ['点击来自违规来源', '点击不来自违规来源'],
};

function truth(terms: Terms, fact: string, subject: string, isTrue: boolean): string {
  const known = TRUTHS[fact];
  if (known) return known[isTrue ? 0 : 1];
  // `line.isRental` reads as "行是 rental".
  const [level = '', name = ''] = fact.split('.');
  const adjective = /^is([A-Z].*)$/.exec(name)?.[1];
  if (adjective) return `${levelWords(level)}${isTrue ? '是' : '不是'}${led(spaced(adjective))}`;
  return typeOfFact(terms, fact) === 'boolean' ? `${subject}为${isTrue ? '是' : '否'}` : `${subject}为 ${isTrue}`;
}
