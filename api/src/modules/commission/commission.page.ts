import type { SqlValue } from '../../platform/database/sql.ts';
import type { Page } from '../../platform/graphql/connection.ts';
import { sliceOf } from '../../platform/ids.ts';
import { statusCondition } from '../order/index.ts';
import type { CommissionArgs } from './commission.input.ts';

/** What the list is narrowed to, as ids. */
export interface CommissionFilter extends Pick<CommissionArgs, 'affiliate' | 'status' | 'from' | 'to' | 'sort' | 'descending'> {
  readonly organizationId: string;
  /** Undefined: the affiliate says it already. */
  readonly programs: readonly string[] | undefined;
  /** Of an affiliate's token: only its own. */
  readonly own: string | null;
  /** Business time. */
  readonly now: number;
}

interface Conditions {
  readonly text: string;
  readonly values: SqlValue[];
}

function conditionsOf(filter: CommissionFilter): Conditions {
  const values: SqlValue[] = [];
  const parts: string[] = [];
  const add = (text: string, ...more: SqlValue[]) => {
    let used = values.length;
    parts.push(text.replaceAll('?', () => `$${++used}`));
    values.push(...more);
  };
  const { organizationId, programs, own, affiliate, status, from, to, now } = filter;
  if (programs?.length === 1) add('m.program_id = ?', programs[0]);
  else if (programs) add('m.program_id = any(?::uuid[])', programs);
  if (own !== null) add('m.affiliate_id = ?', own);
  if (affiliate != null) {
    const named = "select fact_id from fact_key where slice = ? and scope_id = ? and kind = 'affiliate' and external_id = ?";
    add(`m.affiliate_id = (${named})`, sliceOf(affiliate), organizationId, affiliate);
  }
  if (status != null) {
    const { text, usesNow } = statusCondition('m', status);
    add(text, ...(usesNow ? [new Date(now)] : []));
  }
  if (from != null) add('m.placed_at >= ?', new Date(from));
  if (to != null) add('m.placed_at < ?', new Date(to));
  return { text: parts.join(' and '), values };
}

const COLUMNS = `m.order_id as "orderId", m.revision, m.program_id as "programId", m.affiliate_id as "affiliateId", m.status, m.unit, m.amount, m.placed_at as "placedAt",
  m.available_at as "availableAt", m.decided_at as "decidedAt", d.terms_version_id as "termsVersionId", d.rules, o.external_id as "externalId", o.affiliate_id as "attributedTo",
  a.external_id as "affiliateExternalId", a.country as "affiliateCountry"`;
const MORE_COLUMNS = `, m.expires_at as "expiresAt", d.line_amounts as "lineAmounts", d.cause, o.told_at as "toldAt", o.customer_id as "customerId", o.visitor, o.click_ref as "clickRef", o.misfit,
  o.revision as "newest", a.created_at as "affiliateCreatedAt"`;

/** What the columns of every page suffice for. */
const SUFFICIENT = new Set(
  `id orderExternalId status amount.value amount.unit because availableAt revision decidedAt order.id order.externalId order.placedAt
  affiliate.id affiliate.externalId affiliate.country __typename amount.__typename order.__typename affiliate.__typename`.split(/\s+/),
);

/** Whether a page has to be read with all columns, for fields beyond those that lists usually show. */
export function needsMore(fields: ReadonlySet<string>): boolean {
  return ![...fields].every((field) => SUFFICIENT.has(field));
}

/** With a length that it knows PostgreSQL plans the statement once for all; more is fetched than is shown. */
const LENGTHS = [21, 51, 101];

/** Pages as most ask for them are prepared; of the others there are as many texts as combinations of filters. */
export function isUsual({ status, from, to }: CommissionFilter, { limit, offset }: Page): boolean {
  return status == null && from == null && to == null && offset === 0 && limit <= LENGTHS[0]!;
}

/** The page's rows of `commission` first, then by key what stands beside each. */
export function pageStatement(filter: CommissionFilter, page: Page, more: boolean): Conditions {
  const { text, values } = conditionsOf(filter);
  const columns = filter.sort === 'placed' ? 'm.placed_at, m.order_id, m.affiliate_id' : 'm.order_id, m.affiliate_id';
  const types = filter.sort === 'placed' ? ['timestamptz', 'uuid', 'uuid'] : ['uuid', 'uuid'];
  const order = columns.replaceAll(/(, |$)/g, (end) => `${filter.descending ? ' desc' : ''}${end}`);
  const bound = [...values];
  const bind = (value: SqlValue) => `$${bound.push(value)}`;
  const last = page.after?.map((value, index) => `${bind(value)}::${types[index]}`).join(', ');
  const after = last === undefined ? '' : `and (${columns}) ${filter.descending ? '<' : '>'} (${last})`;
  const offset = page.offset === 0 ? '' : `offset ${bind(page.offset)}`;
  return {
    text: `select ${COLUMNS}${more ? MORE_COLUMNS : ''}
      from (select * from commission m where ${text} ${after} order by ${order} limit ${LENGTHS.find((length) => length >= page.limit)} ${offset}) m
      join order_record o on o.id = m.order_id
      join decision d on d.order_id = m.order_id and d.revision = m.revision
      join affiliate a on a.id = m.affiliate_id
      order by ${order}`,
    values: bound,
  };
}

export function countStatement(filter: CommissionFilter): Conditions {
  const { text, values } = conditionsOf(filter);
  return { text: `select count(*) from commission m where ${text}`, values };
}
