import { builtInFact } from '../../catalogue.ts';
import { spaced } from '../condition.ts';
import { led } from './phrases.ts';

/** How Chinese sentences name the facts that need no declaration. */
export const FACTS: Readonly<Record<string, string>> = {
  'order.placedAt': '下单时间',
  'order.country': '收货国家',
  'order.price': '订单总价',
  'order.goods': '商品总价',
  'order.shipping': '运费',
  'order.platform': '下单平台',
  'order.discounts': '订单所用优惠',
  'order.isFirstOfCustomer': '是否客户首单',
  'order.paidAt': '付款时间',
  'order.shippedAt': '发货时间',
  'order.completedAt': '完成时间',
  'order.confirmedAt': '确认时间',
  'order.spam': '垃圾标记',
  'order.spamClearedAt': '垃圾标记解除时间',
  'line.sku': '行的 SKU',
  'line.product': '行的商品',
  'line.store': '行的店铺',
  'line.category': '行的类目',
  'line.kind': '行的种类',
  'line.price': '行的单价',
  'line.quantity': '行的数量',
  'line.rate': '行自带的比例',
  'line.forbidden': '商品是否被禁',
  'click.at': '点击时间',
  'click.country': '点击所在国家',
  'click.page': '链接的页面',
  'click.product': '链接的商品',
  'click.store': '链接的店铺',
  'click.channel': '点击的渠道',
  'click.keyword': '关键词',
  'click.referrer': '来路页面',
  'click.method': '点击的方式',
  'click.fetchDest': '浏览器所取内容',
  'click.fromMarkedSource': '点击是否来自违规来源',
  'affiliate.class': '推广者的等级',
  'affiliate.country': '推广者所在国家',
  'affiliate.documents': '推广者已接受的文件',
  'affiliate.sourceKinds': '推广者的流量来源种类',
  'customer.registeredAt': '客户的注册时间',
  'customer.place': '客户的名次',
};

const LEVELS: Readonly<Record<string, string>> = { order: '订单', line: '行', click: '点击', customer: '客户', affiliate: '推广者' };

/** Names that terms like to give to facts of their own. */
const NAMES: Readonly<Record<string, string>> = { type: '类型', kind: '种类', country: '国家', class: '等级' };

export const levelWords = (level: string): string => LEVELS[level] ?? level;

/** "收货国家", "订单的 plugin": what a document declares has the name that it gives it. */
export function factWords(path: string): string {
  const known = builtInFact(path) && FACTS[path];
  if (known) return known;
  const [level = '', name] = path.split('.');
  return name === undefined ? path : `${levelWords(level)}的${led(NAMES[name] ?? spaced(name))}`;
}
