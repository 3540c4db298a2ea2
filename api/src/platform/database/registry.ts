/**
 * Where every table lives when the data is spread over several PostgreSQL nodes. On one node this changes nothing,
 * but a test holds the migrations to it: keys lead every primary key and stand in every unique index.
 *
 * - `reference`: rarely written, copied to every node.
 * - `sharded`: rows with the same `key` live together; one business act writes one key at a time.
 * - `control`: on the coordinator only.
 */
export type Placement = { kind: 'reference' } | { kind: 'control' } | { kind: 'sharded'; key: string };

const reference: Placement = { kind: 'reference' };
const control: Placement = { kind: 'control' };
const by = (key: string): Placement => ({ kind: 'sharded', key });

export const registry: Record<string, Placement> = {
  organization: reference,
  program: reference,
  terms_version: reference,
  program_switch: reference,
  forbidden_product: reference,
  api_token: control,
  staff_grant: control,
  audit_entry: control,
  audit_head: control,
  approval: control,
  second_person_rule: control,
  sweep_run: control,
  payout_batch: control,
  payout_part: control,
  staff_member: control,
  staff_account: control,
  staff_session: control,
  staff_verification: control,
  staff_two_factor: control,
  staff_used_code: control,
  sign_in_attempt: control,
  factor_reset: control,
  mail: control,
  postback_key: control,
  webhook_endpoint: control,
  webhook_delivery: control,
  webhook_attempt: control,
  affiliate_person: control,
  mail_code: control,
  sign_up_setting: control,
  request_setting: control,
  privacy_act: control,

  affiliate: by('id'),
  affiliate_profile: by('affiliate_id'),
  enrollment: by('affiliate_id'),
  enrollment_event: by('affiliate_id'),
  traffic_source: by('affiliate_id'),
  activity: by('affiliate_id'),
  adjustment: by('affiliate_id'),
  payout_method: by('affiliate_id'),
  withdrawal: by('affiliate_id'),
  withdrawal_event: by('affiliate_id'),
  payout_line: by('affiliate_id'),
  redemption: by('affiliate_id'),
  link: by('affiliate_id'),
  compliance_case: by('affiliate_id'),
  affiliate_warning: by('affiliate_id'),
  class_request: by('affiliate_id'),
  affiliate_request: by('affiliate_id'),
  request_message: by('affiliate_id'),
  commission: by('affiliate_id'),
  customer_place: by('affiliate_id'),
  ledger_cause: by('affiliate_id'),
  ledger_entry: by('affiliate_id'),
  ledger_posting: by('affiliate_id'),
  ledger_balance: by('affiliate_id'),
  lot: by('affiliate_id'),

  fact_key: by('slice'),
  link_code: by('slice'),
  lock_name: by('slice'),
  visitor_click: by('slice'),
  product_version: by('slice'),
  waiting_event: by('slice'),
  revisit_queue: by('slice'),
  click: by('bucket'),
  customer: by('id'),
  customer_profile: by('customer_id'),
  order_record: by('id'),
  order_event: by('order_id'),
  decision: by('order_id'),
};
