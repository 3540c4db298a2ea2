import { describe, expect, test } from 'vitest';
import { documents, fifthProgram } from '../testing/documents.ts';
import { builtInFact, catalogue } from './catalogue.ts';
import type { Condition, Terms } from './document.ts';
import { readTerms, validateTerms } from './read.ts';
import { clausesOf, describeClause, describeCondition, describePlaced, factWords } from './words.ts';

function termsOf(name: string): Terms {
  const result = readTerms(documents[name] as string);
  if (!result.ok) throw new Error(JSON.stringify(result.findings));
  return result.terms;
}

const fifth = termsOf('fifth-program');
const rental: Condition = { fact: 'line.isRental', is: true };
const heavy: Condition = { fact: 'line.weightClass', is: 'bulky' };

describe('conditions in words', () => {
  test.each<[Condition, string]>([
    [{ fact: 'order.country', is: 'NO' }, 'the delivery country is NO'],
    [{ not: { fact: 'order.country', is: 'NO' } }, 'the delivery country is not NO'],
    [{ not: { fact: 'order.country', isNot: 'NO' } }, 'the delivery country is NO'],
    [rental, 'the line is rental'],
    [{ fact: 'line.isRental', is: false }, 'the line is not rental'],
    [{ fact: 'customer.clubMember', is: true }, 'the customer’s club member is yes'],
    [{ fact: 'line.forbidden', is: true }, 'the product is forbidden'],
    [{ fact: 'order.spam', known: false }, 'the spam mark is unknown'],
    [{ not: { fact: 'order.spam', known: false } }, 'the spam mark is known'],
    [{ fact: 'order.country', in: 'nordic' }, 'the delivery country is NO, SE, DK, FI or IS'],
    [{ fact: 'line.kind', notIn: ['repair'] }, 'the line’s kind is not repair'],
    [{ fact: 'order.discounts', containsAny: ['coins', 'coupon'] }, 'the discounts of the order include any of coins, coupon'],
    [{ not: { fact: 'order.discounts', containsAny: ['coins'] } }, 'the discounts of the order do not include coins'],
    [{ fact: 'order.price', atLeast: '50.000' }, 'the price of the order is at least 50.000 KWD'],
    [{ not: { fact: 'line.quantity', above: '5' } }, 'the line’s quantity is not above 5'],
    [
      { fact: 'order.placedAt', within: { of: 'customer.registeredAt', years: 1 } },
      'the placing of the order is within 1 year of the customer’s registration',
    ],
    [
      { fact: 'order.completedAt', sinceAtLeast: { of: 'order.paidAt', days: 180 } },
      'the completion is 180 days or more after the payment',
    ],
    [
      { not: { fact: 'order.completedAt', sinceAtLeast: { of: 'order.paidAt', hours: 1 } } },
      'the completion is less than 1 hour after the payment',
    ],
    [{ fact: 'click.keyword', near: 'brand' }, 'the keyword is near larkspur or larkspur-outdoor'],
    [{ not: { fact: 'click.referrer', hostIn: 'partners' } }, 'the page before is not on coupons.example'],
    [
      { all: [rental, { any: [heavy, { fact: 'order.platform', is: 'app' }] }] },
      'the line is rental and (the line’s weight class is bulky or the platform is app)',
    ],
    [{ not: { all: [rental, heavy] } }, 'the line is not rental or the line’s weight class is not bulky'],
    [{ not: { any: [rental, heavy] } }, 'the line is not rental and the line’s weight class is not bulky'],
    [{ fact: 'click.product', is: { fact: 'line.product' } }, 'the product of the link is the line’s product'],
  ])('%j', (condition, words) => {
    expect(describeCondition(fifth, condition)).toBe(words);
  });
});

describe('clauses in words', () => {
  test.each<[program: string, path: string, words: string]>([
    ['banggood', 'attribution.windows[0]', '15 days after the click'],
    ['banggood', 'lifecycle.available', 'a commission is usable 45 days after the shipment'],
    ['banggood', 'expiry', 'earnings are gone at the end of the year after that in which they became usable'],
    ['banggood', 'reward', 'commissions are affiliate points; 100 are 1 USD'],
    ['banggood', 'rates[0]', 'a line earns a percentage by the line’s category, the affiliate’s class and the customer’s type'],
    [
      'bigseller',
      'rates[0]',
      'a line earns by the customer’s place among the affiliate’s paying customers: 10% from place 1 on, 15% from place 10 on, 20% from place 20 on',
    ],
    ['bigseller', 'exclusions[0]', 'a line earns nothing when the line’s kind is not vip-plan'],
    ['alibaba', 'qualification[1]', 'an order is rejected when the price of the order is at least 5000.00 USD'],
    ['alibaba', 'rates[0]', 'a line earns its own rate, at least 3.25% and at most 9%, or 3.25% where it has none'],
    [
      'aliexpress',
      'qualification[0]',
      'an order with any of special-coupon, seller-coupon, new-customer-coupon, coupon, coins is rejected',
    ],
    [
      'aliexpress',
      'adjustments[0]',
      'only 50% of the earnings stay when the country of the click is not the delivery country, from 2021-10-15 on and before 2022-03-01',
    ],
    ['aliexpress', 'caps[0]', 'an order earns at most 38.50 USD, which its lines share in proportion'],
    [
      'fifth-program',
      'rates[1]',
      'when the line is rental, a line earns its own rate, at least 1.5% and at most 12%, or 1.5% where it has none',
    ],
    ['banggood', 'sources.brandInName', 'a traffic source whose name or domain has or nearly has banggood is flagged for review'],
    ['aliexpress', 'sources.mailing', 'a traffic source of kind email or sms needs an opt-in and a way to opt out'],
    [
      'aliexpress',
      'traffic[2]',
      'a click opens a case that ends the account once staff confirm it when the page before is on aliexpress.com, aliexpress.ru or aliexpress.us',
    ],
    ['fifth-program', 'traffic[1]', 'a click sets a warning on the affiliate when the page before is on coupons.example'],
    ['fifth-program', 'classes', 'by paid sales an affiliate’s class is trail or summit from 5000.000 KWD'],
  ])('%s %s', (program, path, words) => {
    const terms = termsOf(program);
    const placed = clausesOf(terms).find((one) => one.path === path);
    expect(placed && describeClause(terms, placed.clause)).toBe(words);
  });

  test.each(Object.keys(documents))('every clause of %s has a sentence, and every rule that it names is one of a clause', (name) => {
    const terms = termsOf(name);
    const clauses = clausesOf(terms);
    const named = [...JSON.stringify(terms).matchAll(/"id":"/g)].length;
    expect(clauses).toHaveLength(named);
    for (const clause of clauses) {
      const words = describePlaced(terms, clause);
      expect(words).toMatch(/^[a-z0-9].*[^.]$/u);
      expect(words).not.toMatch(/undefined|\[object/);
    }
  });

  test('a clause of another document has no sentence here', () => {
    expect(() => describeClause(fifth, { id: 'LO-01' })).toThrow('no part of the document');
  });

  test('longer lists are named and not spelled out', () => {
    const many = Array.from({ length: 13 }, (_, i) => `kind-${i}`);
    const result = validateTerms(fifthProgram(['lists.zero-kinds', many]));
    const terms = result.ok ? result.terms : fifth;
    expect(describeClause(terms, terms.rates[0] as Terms['rates'][number])).toBe(
      'when the line’s kind is one of the 13 of zero kinds, a line earns 0% of its price',
    );
  });
});

describe('in Chinese', () => {
  test.each<[Condition, string]>([
    [{ fact: 'order.country', is: 'NO' }, '收货国家为 NO'],
    [{ not: { fact: 'order.country', is: 'NO' } }, '收货国家不为 NO'],
    [rental, '行是 rental'],
    [{ fact: 'customer.clubMember', is: true }, '客户的 club member 为是'],
    [{ fact: 'line.forbidden', is: false }, '商品未被禁'],
    [{ not: { fact: 'order.spam', known: false } }, '垃圾标记已知'],
    [{ fact: 'order.country', in: 'nordic' }, '收货国家为 NO、SE、DK、FI 或 IS'],
    [{ fact: 'order.discounts', containsAny: ['coins', 'coupon'] }, '订单所用优惠包含其中一项：coins、coupon'],
    [{ not: { fact: 'order.discounts', containsAny: ['coins'] } }, '订单所用优惠不包含 coins'],
    [{ fact: 'order.price', atLeast: '50.000' }, '订单总价至少为 50.000 KWD'],
    [{ not: { fact: 'line.quantity', above: '5' } }, '行的数量不高于 5'],
    [{ fact: 'order.placedAt', within: { of: 'customer.registeredAt', years: 1 } }, '下单时间在客户的注册时间起 1 年内'],
    [{ fact: 'order.completedAt', sinceAtLeast: { of: 'order.paidAt', days: 180 } }, '完成时间距付款时间至少 180 天'],
    [{ not: { fact: 'click.referrer', hostIn: 'partners' } }, '来路页面不在 coupons.example 上'],
    [
      { all: [rental, { any: [heavy, { fact: 'order.platform', is: 'app' }] }] },
      '行是 rental，且（行的 weight class 为 bulky，或下单平台为 app）',
    ],
    [{ not: { any: [rental, heavy] } }, '行不是 rental，且行的 weight class 不为 bulky'],
    [{ fact: 'click.product', is: { fact: 'line.product' } }, '链接的商品为行的商品'],
  ])('%j', (condition, words) => {
    expect(describeCondition(fifth, condition, 'zh')).toBe(words);
  });

  test.each<[program: string, path: string, words: string]>([
    ['banggood', 'attribution.windows[0]', '点击后 15 天内有效'],
    ['banggood', 'lifecycle.available', '佣金自发货时间起 45 天后可用'],
    ['banggood', 'expiry', '佣金在变为可用之后第 1 年年底失效'],
    ['banggood', 'rates[0]', '每行的比例取决于行的类目、推广者的等级和客户的类型'],
    ['bigseller', 'rates[0]', '每行的比例取决于客户在该推广者付费客户中的名次：第 1 名起 10%，第 10 名起 15%，第 20 名起 20%'],
    ['bigseller', 'exclusions[0]', '当行的种类不为 vip-plan 时，该行不计佣金'],
    ['alibaba', 'rates[0]', '每行按自带的比例计佣，最低 3.25%，最高 9%，没有比例的按 3.25%'],
    ['aliexpress', 'adjustments[0]', '当点击所在国家不为收货国家时，佣金只保留 50%，自 2021-10-15 起，至 2022-03-01 前'],
    ['fifth-program', 'classes', '推广者的等级按已付销售额分为 trail 或 summit（5000.000 KWD 起）'],
  ])('%s %s', (program, path, words) => {
    const terms = termsOf(program);
    const placed = clausesOf(terms).find((one) => one.path === path);
    expect(placed && describePlaced(terms, placed, 'zh')).toBe(words);
  });

  test.each(Object.keys(documents))('every clause of %s has a sentence without any English in it', (name) => {
    const terms = termsOf(name);
    for (const placed of clausesOf(terms)) {
      const words = describePlaced(terms, placed, 'zh');
      expect(words).toMatch(/\p{Script=Han}/u);
      expect(words).not.toMatch(/undefined|\[object| (?:the|is|are|of|when|and|or) |[。.]$| {2}| [，；（）]/u);
    }
  });

  test('every fact has its words', () => {
    for (const { path } of catalogue.facts) {
      expect(factWords(path, 'zh')).toMatch(/\p{Script=Han}/u);
      expect(factWords(path, 'zh')).not.toMatch(/[a-z]{2}/);
    }
    expect(builtInFact('order.plugin')).toBeUndefined();
    expect(factWords('order.plugin', 'zh')).toBe('订单的 plugin');
  });
});
