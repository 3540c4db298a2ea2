import type pg from 'pg';

/** Something that became known or was decided, where it stood in the order of recording. */
export interface Item {
  readonly kind: 'click' | 'registration' | 'order' | 'event' | 'correction' | 'activity' | 'row' | 'claim' | 'entry';
  readonly programId: string;
  readonly organizationId: string;
  /** Business time at which it became known. */
  readonly told: Date;
  readonly id: string;
  readonly by: string;
  /** The fact as told, in normal form; for a row or an entry the text of it, for a claim whose it is. */
  readonly content: string;
  /** Of a row: where it belongs. */
  readonly target: string | null;
}

const AT_ONCE = 1_000;
const NO_ID = '00000000-0000-0000-0000-000000000000';

/**
 * All facts and all acts of staff, organization by organization. Within one, business time only moves forward, and the ids
 * (which carry the instant of recording) put in order what became known at one instant.
 */
const TIMELINE = `
  with item as (
    select 'click' as kind, program_id, told_at as told, id, 'replay' as by, content::text as content, null as target from click
    union all
    select 'registration', c.program_id, c.told_at, c.id, 'replay', json_strip_nulls(json_build_object(
      'customer', c.external_id, 'visitor', c.visitor, 'click', c.click_ref, 'referralCode', c.referral_code, 'attributes', c.attributes, 'phone', p.phone,
      'occurredAt', case when c.registered_at <> c.told_at then to_char(c.registered_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') end))::text, null
    from customer c left join customer_profile p on p.customer_id = c.id where c.registered_at is not null
    union all
    select 'order', program_id, told_at, id, 'replay', content::text, null from order_record
    union all
    select case when kind in ('corrected', 'voided', 'undone', 'attributed') then 'correction' else 'event' end, program_id, told_at, id, told_by, content::text, null from order_event
    union all
    select 'event', program_id, told_at, id, told_by, content::text, null from waiting_event
    union all
    select 'activity', program_id, told_at, id, told_by, content::text, null from activity
    union all
    select 'row', program_id, holds_from, id, done_by, row_to_json(e)::text, 'enrollment_event' from enrollment_event e
    union all
    select 'row', program_id, holds_from, id, set_by, row_to_json(s)::text, 'program_switch' from program_switch s
    union all
    select 'row', program_id, closes_at, '${NO_ID}', 'clock', (to_jsonb(c) - 'begun_at' - 'marked_at')::text, 'program_closing' from program_closing c where begun_at is not null
    union all
    select 'row', program_id, holds_from, '${NO_ID}', set_by, row_to_json(f)::text, 'forbidden_product' from forbidden_product f
    union all
    select 'row', program_id, told_at, '${NO_ID}', 'replay', row_to_json(v)::text, 'product_version' from product_version v
    union all
    select 'row', program_id, declared_at, id, 'replay', row_to_json(t)::text, 'traffic_source' from traffic_source t
    union all
    select 'claim', program_id, requested_at, id, requested_by, json_build_object('affiliate_id', affiliate_id, 'program_id', program_id)::text, null from withdrawal
    union all
    select 'entry', program_id, happened_at, id, 'replay', row_to_json(e)::text, null from ledger_entry e
    where kind not like 'commission-%' and kind not in ('activity-earned', 'expired', 'forfeited', 'debt-settled')
  )
  select i.*, p.organization_id from item i join program p on p.id = i.program_id order by p.organization_id, i.told, i.id`;

interface Row {
  kind: Item['kind'];
  program_id: string;
  organization_id: string;
  told: Date;
  id: string;
  by: string;
  content: string;
  target: string | null;
}

/** `client` has a transaction open. */
export async function* readTimeline(client: pg.ClientBase): AsyncGenerator<Item> {
  await client.query(`declare timeline no scroll cursor for ${TIMELINE}`);
  for (;;) {
    const { rows } = await client.query<Row>(`fetch ${AT_ONCE} from timeline`);
    if (rows.length === 0) break;
    for (const { program_id, organization_id, ...item } of rows) yield { ...item, programId: program_id, organizationId: organization_id };
  }
  await client.query('close timeline');
}
