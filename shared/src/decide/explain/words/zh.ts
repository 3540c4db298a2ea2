import { led, trailed } from '../../../terms/words/zh/phrases.ts';
import type { Name, StepWords } from './step.ts';

const listed = (words: readonly string[]) => words.join('，');
const saw = (words: readonly string[]) => (words.length === 0 ? '' : `：${listed(words)}`);

const because = (reason: Name) => (reason === null ? '' : `：${reason}`);
const theCode = (code: Name) => (code === null ? '订单上的代码' : `订单上的代码 ${code} `);
const theClick = (click: Name) => (click === null ? '另一推广者的点击' : `点击 ${click} `);

const REMOVALS: Readonly<Record<string, string>> = {
  rejected: '订单不计佣金：商家拒绝了订单',
  voided: '订单不计佣金：员工作废了订单，因为它本不应被记录',
  cancelled: '订单不计佣金：订单已取消',
  refunded: '订单不计佣金：订单已全额退款',
  disputed: '争议未决期间订单不计佣金',
  'dispute-lost': '订单不计佣金：买家赢得争议',
};

export const zh: StepWords = {
  staffNobody: (reason) => `员工认定该订单不属于任何人${because(reason)}`,
  staffAttributed: (whom, reason) => `员工将该订单归属于${whom === null ? '另一推广者' : ` ${whom}`}${because(reason)}`,

  codeOfNobody: (code) => `${theCode(code)}不属于任何人，因此由点击决定`,
  codeOfInactive: (code) => `${theCode(code)}属于当时未生效的推广者，因此由点击决定`,
  codeWhileNotOpen: (code) => `${theCode(code)}不计，因为计划当时已暂停或关闭，因此由点击决定`,
  codeDecides: (code) => (code === null ? '订单上的代码属于另一推广者，由其计佣' : `由订单上的代码 ${code} 决定：${code} 计佣`),

  noCustomer: () => '订单没有写明客户，因此无人计佣',
  tied: (to) => (to === null ? '客户已绑定另一推广者，由其计佣' : `客户 ${to.customer} 已绑定 ${to.affiliate}，由其计佣`),
  tiedToNobody: (customer) => `客户${customer === null ? '' : ` ${customer} `}未绑定任何人，因此无人计佣`,

  noClick: (isNamed) => `${isNamed ? '订单没有写明已知的点击' : '没有已知的点击'}，因此无人计佣`,
  noneCounts: (clicks) => `${clicks === 1 ? '唯一的点击不计' : `${clicks} 次点击均不计`}，因此无人计佣`,

  click: (click, at, outcome) =>
    click === null ? `另一推广者于 ${at} 的点击${outcome}` : `${click.affiliate} 于 ${at} 的点击 ${click.id} ${outcome}`,
  wins: (isAlone) => (isAlone ? '胜出：没有其他可计的点击' : '胜出'),
  doesNotCount: (why) => `不计：${why}`,
  lost: (why) => `落选：${why}`,
  afterOrder: () => '当时订单已下',
  windowOver: (until) => `有效期至 ${until}`,
  wasNotOpen: () => '当时计划已暂停或关闭',
  wasNotActive: () => '当时推广者未生效',
  barredByRule: () => '规则不允许',
  barredWhen: (condition, unlessPermitted) => (unlessPermitted ? `${condition}，且未经许可` : condition),
  betterPage: (click) => `${theClick(click)}的页面更优`,
  sameInstant: (click) => `${theClick(click)}在同一时刻而编号更大`,
  later: (click, at) => `${theClick(click)}更晚${at === null ? '' : `，在 ${at}`}`,

  derived: (fact, value, seen) => `${trailed(fact)}为${led(value)}${saw(seen)}`,
  programClosed: () => '订单被拒：下单时计划已关闭',
  notOwn: () => '客户不是推广者本人',
  ownAllowed: () => '客户是推广者本人，这是允许的',
  own: () => '订单被拒：客户是推广者本人',
  passes: (seen) => `订单符合条件${saw(seen)}`,
  rejected: (why, seen) => `订单被拒，因为${led(why)}${saw(seen)}`,
  breach: (rule) => `对 ${rule} 的违规已证实，推广者不再计佣`,
  nothingTakenOff: (seen) => `不作扣减${saw(seen)}`,
  reduced: (percent, why, seen) => `佣金只保留 ${percent}%，因为${led(why)}${saw(seen)}`,
  scaled: (factor) => `佣金按推广者的质量系数 ${factor} 折算`,
  underCap: (sum, most) => `各行合计 ${sum}，未超过每单上限 ${most}`,
  capped: (sum, most, shares) =>
    `各行合计 ${sum}，超过每单上限 ${most}，分摊为：${listed(shares.map(({ sku, amount }) => `${sku} ${amount}`))}`,
  earns: (fact) => `订单计佣：${trailed(fact)}已知`,
  earnsNothingYet: (fact) => `订单暂不计佣：${trailed(fact)}未知`,
  noSuchLine: (sku) => `对 ${sku} 的退款不计：订单没有此行`,
  tooMuchRefunded: (sku) => `${sku} 的退款超过订单所有：按全部退款计`,
  removed: (kind, at) => `${REMOVALS[kind] ?? `订单不计佣金：${kind}`}${at === null ? '' : `，在 ${at}`}`,
  waits: (missing) => `尚不可用：${trailed(missing.join('、'))}未知`,
  usable: (from, until, seen) => `自 ${from} 起可用${until === null ? '' : `，至 ${until} 前`}${saw(seen)}`,

  kept: (line, seen) => `行 ${line} 不排除${saw(seen)}`,
  excluded: (line, why, seen) => `行 ${line} 不计佣金，因为${led(why)}${saw(seen)}`,
  waitsForPlace: (line) => `行 ${line} 尚无比例：客户在该推广者的付费客户中还没有名次`,
  rated: (line, percent, seen) => `行 ${line} 按 ${percent}% 计佣${saw(seen)}`,
  ratedWithoutOwn: (line, percent, seen) => `行 ${line} 按 ${percent}% 计佣，因为它没有自带的比例${saw(seen)}`,
  ratedByOwn: (line, percent, seen) => `行 ${line} 按自带的比例 ${percent}% 计佣${saw(seen)}`,
  ratedByBound: (line, percent, bound, stated, seen) =>
    `行 ${line} 按${bound === 'least' ? '最低' : '最高'}比例 ${percent}% 计佣：${listed([stated, ...seen])}`,
  worth: (left, placed) => (placed === null ? left : `${placed} 中剩余的 ${left}`),
  noRateYet: (line, worth) => `行 ${line}：${worth} 尚不计佣，因为还没有比例`,
  earned: (line, percent, worth, factors, amount, isExact) =>
    `行 ${line}：${worth} × ${percent}%${factors.map((factor) => ` × ${factor}`).join('')} 为 ${amount}${isExact ? '' : '，向下取整'}`,

  seenSet: (fact, values) => `${trailed(fact)}为${values.length === 0 ? '无' : led(values.join('、'))}`,
  seenUnknown: (fact) => `${trailed(fact)}未知`,
  seenAt: (fact, instant) => `${trailed(fact)}为 ${instant}`,
  seen: (fact, value) => `${trailed(fact)}为${led(value)}`,
};
