import type { PayoutMethodKind } from '../../../payout/methods.ts';
import type {
  Activity,
  AdjustmentClause,
  Attribution,
  CapClause,
  Classes,
  Clause,
  Condition,
  DerivedFact,
  ExclusionClause,
  Expiry,
  Lifecycle,
  LinkRules,
  Onboarding,
  QualificationClause,
  RateClause,
  SourceRules,
  Span,
  Terms,
  TrafficClause,
  WithdrawalRules,
} from '../../document.ts';
import type { ClausePlace } from '../en/clauses.ts';
import type { Sentence } from '../language.ts';
import { plainName, valuesOf } from '../lists.ts';
import { describeCondition } from './condition.ts';
import { factWords } from './facts.ts';
import { anyOf, joined, led, listed, spanWords, trailed } from './phrases.ts';

const MODELS: Readonly<Record<Attribution['model'], string>> = {
  'visitor-clicks': '由访客的点击决定谁计佣',
  'named-click': '由订单所指的点击决定谁计佣',
  'customer-tie': '由客户所绑定的推广者计佣',
};

const reward: Sentence<Terms['reward']> = (terms, { unit, name, perCurrencyUnit }) =>
  unit === terms.program.currency
    ? `佣金以${led(name)}（${unit}）支付`
    : `佣金为${led(name)}，${perCurrencyUnit} 个等于 1 ${terms.program.currency}`;

const derived: Sentence<DerivedFact> = (terms, { fact, cases, otherwise }) => {
  const parts = cases.map((item) => `当${led(trailed(describeCondition(terms, item.when)))}时为${led(item.is)}`);
  return `${trailed(factWords(fact))}${parts.join('，')}，否则为${led(otherwise)}`;
};

const STEPS: Readonly<Record<Onboarding['steps'][number], string>> = {
  applied: '申请',
  approved: '批准',
  'contract-sent': '发出合同',
  active: '生效',
};

const onboarding: Sentence<Onboarding> = (_, { steps, automatic }) => {
  const way = steps.map((step) => STEPS[step]).join('，然后');
  return automatic ? `申请即时通过：${way}` : `申请由员工决定：${way}`;
};

const MEASURES: Readonly<Record<Classes['measure'], readonly [words: string, unit: (terms: Terms) => string]>> = {
  'paid-sales': ['已付销售额', ({ program }) => ` ${program.currency}`],
  'paid-orders': ['已付订单数', () => ''],
  'paying-customers': ['付费客户数', () => ''],
  commission: ['订单佣金', ({ reward: { unit } }) => ` ${unit}`],
};

const classes: Sentence<Classes> = (terms, { names, measure, thresholds }) => {
  const [words, unitOf] = MEASURES[measure];
  const unit = unitOf(terms);
  const needs = names.map((name) => {
    const { atLeast, above } = thresholds[name] ?? {};
    if (atLeast !== undefined) return `${name}（${atLeast}${unit} 起）`;
    return above === undefined ? name : `${name}（超过 ${above}${unit}）`;
  });
  return `推广者的等级按${words}分为${led(joined(needs, 'or'))}`;
};

const window: Sentence<Clause & Span & { when?: Condition }> = (terms, { id: _, when, ...row }) => {
  const length = `点击后 ${spanWords(row)}内有效`;
  return when ? `当${led(trailed(describeCondition(terms, when)))}时，${length}` : length;
};

const pageRanks: Sentence<NonNullable<Attribution['pageRanks']>> = (_, { ranks, personal }) => {
  const order = ranks.map((pages) => joined(pages, 'or')).join('，其次 ');
  return `页面更优的点击胜出：${order}；${trailed(joined(personal.pages, 'or'))}仅在其商品在订单中时才算，否则按 ${trailed(personal.fallback)}计`;
};

const binding: Sentence<Attribution['binding']> = (_, { by, window: limit }) => {
  const means = by.map((one) => (one === 'code' ? '推荐码' : '点击')).join('，其次按');
  return `客户在注册时按${means}绑定推广者${limit ? `；点击在 ${spanWords(limit)}内有效` : ''}`;
};

const traffic: Sentence<TrafficClause> = (terms, clause) => {
  const effects = [
    ...(clause.bars ? ['不计佣金'] : []),
    ...(clause.opensCase ? [clause.onConfirmation === 'terminate' ? '立案，经员工证实后账户即终止' : '立案'] : []),
    ...(clause.warns ? ['对推广者提出警告'] : []),
  ];
  const lifted = clause.unlessPermitted ? '，除非员工已许可该渠道' : '';
  return `当${led(trailed(describeCondition(terms, clause.when)))}时，该点击${effects.join('，并')}${lifted}`;
};

const qualification: Sentence<QualificationClause> = (terms, { rejectWhen }) => {
  if ('fact' in rejectWhen && rejectWhen.fact === 'order.discounts' && rejectWhen.containsAny !== undefined) {
    const several = valuesOf(terms, rejectWhen.containsAny).length > 1 ? '其中任一优惠' : '优惠';
    return `使用${several}的订单被拒：${listed(terms, rejectWhen.containsAny)}`;
  }
  return `当${led(trailed(describeCondition(terms, rejectWhen)))}时，订单被拒`;
};

const exclusion: Sentence<ExclusionClause> = (terms, { excludeWhen }) =>
  `当${led(trailed(describeCondition(terms, excludeWhen)))}时，该行不计佣金`;

const rate: Sentence<RateClause> = (terms, { when, rate: given }) =>
  when ? `当${led(trailed(describeCondition(terms, when)))}时，${rateWords(given)}` : rateWords(given);

function rateWords(given: RateClause['rate']): string {
  switch (given.kind) {
    case 'fixed':
      return `每行按价格的 ${given.percent}% 计佣`;
    case 'from-line':
      return `每行按自带的比例计佣，最低 ${given.atLeast}%，最高 ${given.atMost}%，没有比例的按 ${given.missing}%`;
    case 'table': {
      const by = given.table.by.map((fact) => factWords(fact));
      return `每行的比例取决于${led(joined(by, 'and'))}`;
    }
    case 'place-tiers': {
      const tiers = given.tiers.map((tier) => `第 ${tier.fromPlace} 名起 ${tier.percent}%`);
      return `每行的比例取决于客户在该推广者付费客户中的名次：${tiers.join('，')}`;
    }
  }
}

const adjustment: Sentence<AdjustmentClause> = (terms, clause) =>
  clause.kind === 'share'
    ? `当${led(trailed(describeCondition(terms, clause.when)))}时，佣金只保留 ${clause.percent}%`
    : '佣金按下单时推广者的质量系数折算';

const cap: Sentence<CapClause> = ({ reward: { unit } }, { amount }) => `每个订单至多计 ${amount} ${unit}，由各行按比例分摊`;

const available: Sentence<Lifecycle['available']> = (_, { after, plus }) => {
  const anchors = joined(
    after.map((fact) => factWords(fact)),
    'and',
  );
  const from = after.length > 1 ? `${trailed(anchors)}中最晚者` : anchors;
  return plus ? `佣金自${led(trailed(from))}起 ${spanWords(plus)}后可用` : `佣金自${led(trailed(from))}起可用`;
};

const expiry: Sentence<Expiry> = (_, { at }) => {
  if (at.kind === 'span') return `佣金可用 ${spanWords(at.span)}后失效`;
  return `佣金在变为可用${at.years === 0 ? '的当年' : `之后第 ${at.years} 年`}年底失效`;
};

const activity: Sentence<Activity> = ({ program }, { name, amounts }) => {
  const parts = Object.entries(amounts).map(([kind, amount]) =>
    'fixed' in amount
      ? `${trailed(plainName(kind))}得 ${amount.fixed}`
      : `${trailed(plainName(kind))}每满 1 ${program.currency} 得 ${amount.perWholeCurrencyUnit}`,
  );
  return `活动可得${led(name)}：${parts.join('，')}`;
};

const links: Sentence<LinkRules> = (terms, { hosts, exceptHosts }) => {
  const except = exceptHosts === undefined ? '' : `，但不得指向${led(anyOf(terms, exceptHosts))}`;
  return `链接可指向${led(anyOf(terms, hosts))}${except}`;
};

const mailing: Sentence<NonNullable<SourceRules['mailing']>> = (_, { kinds }) =>
  `种类为${led(trailed(joined(kinds, 'or')))}的流量来源须征得同意，并提供退订方式`;

const PARTS: Readonly<Record<'name' | 'domain', string>> = { name: '名称', domain: '域名' };

const brandInName: Sentence<NonNullable<SourceRules['brandInName']>> = (terms, { words, parts }) =>
  `${joined(
    parts.map((part) => PARTS[part]),
    'or',
  )}含有或近似${led(trailed(anyOf(terms, words)))}的流量来源会被标记待审`;

const adAccounts: Sentence<NonNullable<SourceRules['adAccounts']>> = (terms, { kinds, words }) =>
  `种类为${led(trailed(joined(kinds, 'or')))}的流量来源，若广告含有或近似${led(trailed(anyOf(terms, words)))}，或否定关键词缺少其中第一个，会被标记待审`;

const METHODS: Readonly<Record<PayoutMethodKind, string>> = {
  paypal: 'PayPal',
  'bank-transfer': '银行转账',
  'western-union': '西联汇款',
};

const SHARED: Readonly<Record<string, string>> = { phone: '手机号', payer: '付款人', store: '店铺' };

/** One sentence for each place where a clause can stand. */
export const sentences = {
  reward,
  'derived.*': derived,
  onboarding,
  'onboarding.countries': ((terms, clause) => `推广者只来自${led(anyOf(terms, clause.in))}`) as Sentence<{ in: string }>,
  'onboarding.warnCountries': ((terms, clause) => `来自${led(trailed(anyOf(terms, clause.in)))}的推广者会收到警告`) as Sentence<{
    in: string;
  }>,
  'onboarding.reapplication': ((_, { allowed, after }) => {
    if (!allowed) return '被拒者不得再次申请';
    return after === undefined ? '被拒者可立即再次申请' : `被拒者可在 ${spanWords(after)}后再次申请`;
  }) as Sentence<{ allowed: boolean; after?: Span }>,
  classes,
  'classes.rise': () => '等级在推广者申请并经员工批准后上升',
  attribution: ((_, { model }) => `${MODELS[model]}${model === 'visitor-clicks' ? '；相当者以最后一次为准' : ''}`) as Sentence<Attribution>,
  'attribution.windows.*': window,
  'attribution.pageRanks': pageRanks,
  'attribution.coupon': ((_, { beatsClicks }) =>
    beatsClicks ? '订单上的优惠码或推荐码优先于点击' : '订单上的优惠码或推荐码不起决定作用') as Sentence<Attribution['coupon']>,
  'attribution.binding': binding,
  'attribution.selfPurchase': ((_, { allowed }) => (allowed ? '推广者可从自己的订单计佣' : '任何人不得从自己的订单计佣')) as Sentence<
    Attribution['selfPurchase']
  >,
  'attribution.activeAtClick': () => '点击时未生效的推广者不从该点击计佣',
  'traffic.*': traffic,
  'sources.mailing': mailing,
  'sources.brandInName': brandInName,
  'sources.adAccounts': adAccounts,
  'sources.breach': () => '员工可将流量来源标为违规，并据此立案',
  'qualification.*': qualification,
  'exclusions.*': exclusion,
  'rates.*': rate,
  'adjustments.*': adjustment,
  'caps.*': cap,
  rounding: () => '金额逐行向下取整',
  'lifecycle.earnsFrom': ((_, { fact }) => `${trailed(factWords(fact))}之前订单不计佣金`) as Sentence<{ fact: string }>,
  'lifecycle.available': available,
  'lifecycle.removals.cancelled': () => '已取消的订单不计佣金',
  'lifecycle.removals.refunded': () => '全额退款的订单不计佣金',
  'lifecycle.removals.disputed': () => '争议未决或买家胜诉时，订单不计佣金',
  'lifecycle.removals.rejectedByMerchant': () => '商家拒绝的订单不计佣金',
  'lifecycle.partialRefund': () => '行中已退款的部分不计佣金',
  expiry,
  withdrawal: ((_, { methods }) =>
    `可用余额以${led(
      joined(
        methods.map((method) => METHODS[method]),
        'or',
      ),
    )}支付`) as Sentence<WithdrawalRules>,
  'withdrawal.overdraw': () => '提现不得超过可用余额',
  'withdrawal.whole': () => '提现须取出全部可用余额',
  'withdrawal.minimum': ((terms, { available: least }) => `提现须有可用余额 ${least} ${terms.reward.unit}`) as Sentence<{
    available: string;
  }>,
  'withdrawal.first': ((_, { payingCustomers }) => `首次提现须有 ${payingCustomers} 位付费客户`) as Sentence<{ payingCustomers: number }>,
  'withdrawal.oneAtATime': () => '已有提现未了结时不受理其他提现',
  'withdrawal.cutOff': ((_, { dayOfMonth }) => `每月 ${dayOfMonth} 日 00:00 结取余额`) as Sentence<{ dayOfMonth: number }>,
  'withdrawal.claim': () => '未了结的申请所涉余额不会失效',
  'withdrawal.currencies': ((_, { except }) => `不以${led(trailed(joined(except, 'or')))}支付`) as Sentence<{ except: string[] }>,
  'withdrawal.details': () => '收款信息一经提供，只能由员工更改',
  'withdrawal.payable': () => '提现须有可用于付款的收款信息',
  redemption: () => '积分可兑换优惠券、商品，或在结账时抵扣',
  'redemption.overdraw': () => '兑换不得超过可用余额',
  'redemption.coupon': ((terms, { minimumAvailable, validFor }) =>
    `兑换优惠券须有可用余额 ${minimumAvailable} ${terms.reward.unit}${validFor === undefined ? '' : `，优惠券有效 ${spanWords(validFor)}`}`) as Sentence<{
    minimumAvailable: string;
    validFor?: Span;
  }>,
  'redemption.coupon.activity': ((terms, { minimumAvailable, perCurrencyUnit }) =>
    `${trailed(terms.activity?.name ?? '')}也可兑换优惠券：${perCurrencyUnit} 个值 1 ${terms.program.currency}，且须有 ${minimumAvailable} 个可用`) as Sentence<{
    minimumAvailable: string;
    perCurrencyUnit: string;
  }>,
  'redemption.checkout': ((_, { hold }) => `结账抵扣的积分预留 ${spanWords(hold)}，随后使用或退回`) as Sentence<{ hold: Span }>,
  'redemption.checkout.minimum': ((terms, { available: least }) => `结账抵扣须有可用余额 ${least} ${terms.reward.unit}`) as Sentence<{
    available: string;
  }>,
  'redemption.product': ((terms, { minimumPrice }) =>
    `价格至少 ${minimumPrice} ${terms.program.currency} 的商品可用与其价格相等的积分兑换，不得另享优惠`) as Sentence<{
    minimumPrice: string;
  }>,
  closing: ((_, { afterDays, pending }) => {
    const usable = afterDays === 0 ? '佣金即时失效' : `佣金在 ${spanWords({ days: afterDays })}后失效`;
    const later = afterDays === 0 ? '可用时即失效' : `可用 ${spanWords({ days: afterDays })}后失效`;
    return `计划关闭时，${usable}；届时尚不可用者${pending === 'forfeited' ? '即时失效' : `在变为${later}`}`;
  }) as Sentence<{ afterDays: number; pending: string }>,
  activity,
  links,
  'links.similarProduct': () => '链接的商品下架后，改为展示相似商品',
  'links.checker': () => '推广者可查询商品的佣金',
  'links.search': () => '推广者可按文字查找商品，并按其编号生成链接',
  'links.personal': ((_, { page }) => `推广者自生效起有一个指向 ${trailed(page)}的链接`) as Sentence<{ page: string }>,
  'links.codes': ((terms, { words }) => `推广者自选的代码不得含有或近似${led(anyOf(terms, words))}`) as Sentence<{ words: string }>,
  'links.promotion': ((_, { texts }) =>
    `备有${led(
      trailed(
        joined(
          texts.map(({ language }) => language),
          'and',
        ),
      ),
    )}的发帖文字和海报`) as Sentence<{ texts: { language: string }[] }>,
  'customers.masking': ((_, { showLast }) => `推广者只能看到客户电话号码的后 ${showLast} 位`) as Sentence<{ showLast: number }>,
  'customers.independent': ((_, { by }) =>
    `同一推广者的客户如共用${joined(
      by.map((one) => SHARED[one] ?? one),
      'or',
    )}，即立案`) as Sentence<{ by: string[] }>,
  'customers.gift': ((_, { name, days }) => `被推荐的客户获得${led(name)}，为期 ${days} 天`) as Sentence<{ name: string; days: number }>,
  'requires.*': ((_, { fact }) => `订单须写明${led(factWords(fact))}`) as Sentence<{ fact: string }>,
} satisfies Readonly<Record<ClausePlace, Sentence<never>>>;
