import { builtInFact } from '../../catalogue.ts';
import type { Condition, FactTest, Scalar, Terms } from '../../document.ts';
import { type ConditionWords, comparisonOf, conditionIn, isMoney, spaced, typeOfFact } from '../condition.ts';
import { money, valuesOf } from '../lists.ts';
import { anyOf, joined, listed, spanWords } from './phrases.ts';

const words: ConditionWords = { test: describeTest, joined, grouped: (text) => `(${text})` };

/** A condition in words that follow "when": "the delivery country is BR or the platform is app". */
export function describeCondition(terms: Terms, condition: Condition): string {
  return conditionIn(words, terms, condition);
}

function describeTest(terms: Terms, test: FactTest, negated: boolean): string {
  const subject = factWords(test.fact);
  const not = negated ? 'not ' : '';
  if (test.known !== undefined) return `${subject} is ${test.known === negated ? 'unknown' : 'known'}`;
  if (test.is !== undefined) return equality(terms, test, subject, test.is, negated);
  if (test.isNot !== undefined) return equality(terms, test, subject, test.isNot, !negated);
  if (test.in !== undefined) return `${subject} is ${not}${anyOf(terms, test.in)}`;
  if (test.notIn !== undefined) return `${subject} is ${negated ? '' : 'not '}${anyOf(terms, test.notIn)}`;
  if (test.containsAny !== undefined) return inclusion(terms, subject, test.containsAny, negated);
  if (test.near !== undefined) return `${subject} is ${not}near ${anyOf(terms, test.near)}`;
  if (test.hostIn !== undefined) return `${subject} is ${not}on ${anyOf(terms, test.hostIn)}`;
  if (test.within !== undefined) {
    return `${subject} is ${not}within ${spanWords(test.within)} of ${factWords(test.within.of)}`;
  }
  if (test.sinceAtLeast !== undefined) {
    return `${subject} is ${negated ? 'less than ' : ''}${spanWords(test.sinceAtLeast)} ${negated ? '' : 'or more '}after ${factWords(test.sinceAtLeast.of)}`;
  }
  return comparison(terms, test, subject, negated);
}

function inclusion(terms: Terms, subject: string, list: Scalar[] | string, negated: boolean): string {
  const values = listed(terms, list);
  if (valuesOf(terms, list).length === 1) return `${subject} ${negated ? 'do not include' : 'include'} ${values}`;
  return `${subject} include ${negated ? 'none' : 'any'} of ${values}`;
}

/** Of an unknown number every comparison is false, so "not below 5" is not the same as "at least 5". */
function comparison(terms: Terms, test: FactTest, subject: string, negated: boolean): string {
  const found = comparisonOf(test);
  if (found === undefined) return subject;
  const phrase = { below: 'below', atMost: 'at most', above: 'above', atLeast: 'at least' }[found.how];
  return `${subject} is ${negated ? 'not ' : ''}${phrase} ${isMoney(test.fact) ? money(terms, found.bound) : found.bound}`;
}

function equality(terms: Terms, test: FactTest, subject: string, value: Scalar | { fact: string }, negated: boolean): string {
  if (typeof value === 'boolean') return truth(terms, test.fact, subject, value !== negated);
  const object = typeof value === 'object' ? factWords(value.fact) : String(value);
  return `${subject} is ${negated ? 'not ' : ''}${object}`;
}

/** Facts that are true or false have words of their own, since "the product being forbidden is true" is no English. */
const TRUTHS: Record<string, [whenTrue: string, whenFalse: string]> = {
  'order.isFirstOfCustomer': ['the order is the customer’s first', 'the order is not the customer’s first'],
  'line.forbidden': ['the product is forbidden', 'the product is not forbidden'],
};

function truth(terms: Terms, fact: string, subject: string, isTrue: boolean): string {
  const known = TRUTHS[fact];
  if (known) return known[isTrue ? 0 : 1];
  // `line.isRental` reads as "the line is rental".
  const [level, name] = fact.split('.');
  const adjective = /^is([A-Z].*)$/.exec(name ?? '')?.[1];
  if (adjective) return `the ${level} is ${isTrue ? '' : 'not '}${spaced(adjective)}`;
  return typeOfFact(terms, fact) === 'boolean' ? `${subject} is ${isTrue ? 'yes' : 'no'}` : `${subject} is ${isTrue}`;
}

/** How a sentence names a fact: "the delivery country", "the order’s plugin". */
export function factWords(path: string): string {
  const known = builtInFact(path);
  if (known) return known.words;
  const [level, name] = path.split('.');
  return name === undefined ? path : `the ${level}’s ${spaced(name)}`;
}
