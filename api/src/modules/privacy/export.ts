import { rows } from '../../platform/database/sql.ts';
import type { Transaction } from '../../platform/database/transaction.ts';
import type { Subject } from './subject.ts';

/**
 * Where something is known of a person, one statement a part; `$1` is our id. What others are is left out: of an affiliate its
 * customers, of a customer the affiliates.
 */
const PARTS: Record<Subject['kind'], Readonly<Record<string, string>>> = {
  customer: {
    customer: `select c.external_id as id, c.registered_at as "registeredAt", c.told_at as "toldAt", c.visitor, c.click_ref as click, c.referral_code as "referralCode",
      c.attributes, c.tied_at as "tiedAt", c.tied_by as "tiedBy", c.erased_at as "erasedAt" from customer c where c.id = $1`,
    profile: 'select phone from customer_profile where customer_id = $1',
    orders: `select o.external_id as id, o.placed_at as "placedAt", o.told_at as "toldAt", o.content, (select json_agg(json_build_object('kind', e.kind, 'at', e.happened_at, 'content', e.content) order by e.id)
      from order_event e where e.order_id = o.id) as events from order_record o where o.customer_id = $1 order by o.id`,
    clicks: `select k.external_id as id, k.clicked_at as "clickedAt", k.content from customer c join click k on k.program_id = c.program_id and k.visitor = c.visitor
      where c.id = $1 order by k.id`,
    cases: `select e.rule, e.status, e.opened_at as "openedAt", e.closed_at as "closedAt" from case_evidence v join compliance_case e
      on e.affiliate_id = v.affiliate_id and e.program_id = v.program_id and e.id = v.case_id where v.kind = 'customer' and v.ref_id = $1 order by e.id`,
    privacy: 'select kind, reason, done_at as "doneAt", done_by as "doneBy" from privacy_act where subject_id = $1 order by id',
  },
  affiliate: {
    affiliate: 'select external_id as id, country, created_at as "createdAt", erased_at as "erasedAt" from affiliate where id = $1',
    profile: 'select name, email from affiliate_profile where affiliate_id = $1',
    people: `select p.id, p.name, p.email, p.role, p.created_at as "createdAt", p.confirmed_at as "confirmedAt", p.removed_at as "removedAt" from affiliate_person p where p.affiliate_id = $1 order by p.id`,
    tokens: `select name, prefix, person_id as person, created_at as "createdAt", expires_at as "expiresAt", revoked_at as "revokedAt", last_used_at as "lastUsedAt", last_used_from as "lastUsedFrom"
      from api_token where affiliate_id = $1 order by id`,
    mails: `select m.recipient, m.subject, m.made_at as "madeAt", m.sent_at as "sentAt" from mail m where m.recipient in (select email from affiliate_person where affiliate_id = $1) order by m.id`,
    enrollments: `select p.key as program, e.status, e.class, e.customer_external_id as customer, e.created_at as "createdAt" from enrollment e join program p on p.id = e.program_id where e.affiliate_id = $1 order by e.id`,
    history: `select p.key as program, e.kind, e.value, e.subject, e.holds_from as "from", e.reason, e.done_by as "doneBy" from enrollment_event e join program p on p.id = e.program_id where e.affiliate_id = $1 order by e.id`,
    sources: 'select kind, name, url, declared_at as "declaredAt" from traffic_source where affiliate_id = $1 order by id',
    links: 'select external_id as id, url, sub_id as "subId", created_at as "createdAt" from link where affiliate_id = $1 order by id',
    activities: 'select external_id as id, content, happened_at as at from activity where affiliate_id = $1 order by id',
    classes:
      'select class, status, requested_at as "requestedAt", answered_at as "answeredAt", reason from class_request where affiliate_id = $1 order by id',
    requests: `select q.external_id as id, q.kind, q.state, q.subject, q.details, q.opened_at as "openedAt", q.closed_at as "closedAt", (select json_agg(json_build_object('kind', m.kind, 'side', m.side, 'text', m.text, 'at', m.said_at) order by m.id)
      from request_message m where m.affiliate_id = q.affiliate_id and m.program_id = q.program_id and m.request_id = q.id and m.kind not in ('note', 'assigned')) as thread
      from affiliate_request q where q.affiliate_id = $1 order by q.id`,
    contracts: `select p.key as program, c.terms_version as "termsVersion", encode(c.hash, 'hex') as hash, c.body as text, c.sent_at as "sentAt", c.signed_at as "signedAt" from contract c join program p on p.id = c.program_id where c.affiliate_id = $1 order by c.id`,
    warnings: 'select rule, raised_at as "raisedAt" from affiliate_warning where affiliate_id = $1 order by rule',
    cases: 'select rule, status, opened_at as "openedAt", closed_at as "closedAt" from compliance_case where affiliate_id = $1 order by id',
    payoutMethods:
      "select to_jsonb(m) - array['affiliate_id', 'program_id'] as method from payout_method m where affiliate_id = $1 order by id",
    withdrawals:
      'select external_id as id, status, unit, amount::text, requested_at as "requestedAt", decided_at as "decidedAt", reason from withdrawal where affiliate_id = $1 order by id',
    redemptions:
      'select external_id as id, kind, status, unit, points::text, redeemed_at as at from redemption where affiliate_id = $1 order by id',
    coupons:
      'select worth::text, currency, issued_at as "issuedAt", expires_at as "expiresAt", used_at as "usedAt" from coupon where affiliate_id = $1 order by id',
    sanctions:
      'select list, entry, kind, status, found_at as "foundAt", decided_at as "decidedAt" from sanctions_match where affiliate_id = $1 order by id',
    adjustments:
      'select external_id as id, kind, unit, amount::text, reason, done_at as at from adjustment where affiliate_id = $1 order by id',
    balances:
      'select p.key as program, b.unit, b.account, b.amount::text from ledger_balance b join program p on p.id = b.program_id where b.affiliate_id = $1 order by 1, 2, 3',
    counts:
      'select (select count(*)::int from click where affiliate_id = $1) as clicks, (select count(*)::int from commission where affiliate_id = $1) as commissions',
    privacy: 'select kind, reason, done_at as "doneAt", done_by as "doneBy" from privacy_act where subject_id = $1 order by id',
  },
};

/** All that is known of somebody, part by part. */
export async function collect(tx: Transaction, { kind, id }: Subject): Promise<Record<string, object[]>> {
  const found: Record<string, object[]> = {};
  for (const [part, text] of Object.entries(PARTS[kind])) found[part] = await rows<object>(tx, text, [id]);
  return found;
}
