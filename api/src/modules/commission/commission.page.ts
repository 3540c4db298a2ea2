import type { SqlValue } from '../../platform/database/sql.ts';
import type { Page } from '../../platform/graphql/connection.ts';
import { sliceOf } from '../../platform/ids.ts';
import { statusCondition } from '../order/index.ts';
import type { CommissionArgs } from './commission.input.ts';

/** What the list is narrowed to, as ids. */
export interface CommissionFilter extends Pick<CommissionArgs, 'affiliate' | 'status' | 'from' | 'to' | 'sort' | 'descending'> {
  readonly organizationId: string;
  /** Undefined: all programs of the organization. */
  readonly programId: string | undefined;
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
  const { organizationId, programId, own, affiliate, status, from, to, now } = filter;
  if (programId === undefined) add('m.program_id in (select id from program where organization_id = ?)', organizationId);
  else add('m.program_id = ?', programId);
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

/** The page's rows of `commission` first, then by key what stands beside each. The texts are as few as the filters' combinations. */
export function pageStatement(filter: CommissionFilter, page: Page): Conditions {
  const { text, values } = conditionsOf(filter);
  const columns = filter.sort === 'placed' ? 'm.placed_at, m.order_id, m.affiliate_id' : 'm.order_id, m.affiliate_id';
  const types = filter.sort === 'placed' ? ['timestamptz', 'uuid', 'uuid'] : ['uuid', 'uuid'];
  const order = columns.replaceAll(/(, |$)/g, (end) => `${filter.descending ? ' desc' : ''}${end}`);
  let used = values.length;
  const after =
    page.after === undefined
      ? ''
      : `and (${columns}) ${filter.descending ? '<' : '>'} (${types.map((type) => `$${++used}::${type}`).join(', ')})`;
  return {
    text: `select m.order_id as "orderId", m.revision, m.program_id as "programId", m.affiliate_id as "affiliateId", m.status, m.unit, m.amount, m.placed_at as "placedAt",
        m.available_at as "availableAt", m.expires_at as "expiresAt", m.decided_at as "decidedAt", d.terms_version_id as "termsVersionId", d.rules, d.line_amounts as "lineAmounts", d.cause,
        o.external_id as "externalId", o.told_at as "toldAt", o.customer_id as "customerId", o.visitor, o.click_ref as "clickRef", o.revision as "newest", o.affiliate_id as "attributedTo",
        a.external_id as "affiliateExternalId", a.country as "affiliateCountry", a.created_at as "affiliateCreatedAt"
      from (select * from commission m where ${text} ${after} order by ${order} limit $${++used} offset $${++used}) m
      join order_record o on o.id = m.order_id
      join decision d on d.order_id = m.order_id and d.revision = m.revision
      join affiliate a on a.id = m.affiliate_id
      order by ${order}`,
    values: [...values, ...(page.after ?? []), page.limit, page.offset],
  };
}

export function countStatement(filter: CommissionFilter): Conditions {
  const { text, values } = conditionsOf(filter);
  return { text: `select count(*) from commission m where ${text}`, values };
}
