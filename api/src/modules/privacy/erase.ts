import { row, rows } from '../../platform/database/sql.ts';
import type { Transaction } from '../../platform/database/transaction.ts';
import { type UserError, userError } from '../../platform/graphql/user-error.ts';

/** The phone, and what it could be found by. What the customer is called by and what was decided stays. */
export async function eraseCustomer(tx: Transaction, id: string, now: Date): Promise<Date> {
  const known = await row<{ program: string; names: string[]; phone: string | null }>(
    tx,
    `select c.program_id as program, array_remove(array[c.external_id, c.visitor], null) as names, p.phone
     from customer c left join customer_profile p on p.customer_id = c.id where c.id = $1`,
    [id],
  );
  if (known) await emptyRefusals(tx, 'program_id = $1', known.program, known.names, known.phone === null ? [] : [known.phone]);
  await rows(tx, 'delete from customer_profile where customer_id = $1', [id]);
  const text = 'update customer set phone_hash = null, erased_at = coalesce(erased_at, $2) where id = $1 returning erased_at';
  return (await row<{ erased_at: Date }>(tx, text, [id, now]))!.erased_at;
}

/** Whoever takes part or waits for money can't be erased: that has to end first. */
export async function keepsAffiliate(tx: Transaction, id: string): Promise<UserError | undefined> {
  const taking = await row<{ key: string; status: string }>(
    tx,
    `select p.key, e.status from enrollment e join program p on p.id = e.program_id
     where e.affiliate_id = $1 and e.status not in ('rejected', 'terminated') order by p.key limit 1`,
    [id],
  );
  if (taking) return userError('CONFLICT', `The affiliate is ${taking.status} in ${taking.key}: end that first.`, ['affiliate']);
  const open = await row(
    tx,
    `select 1 from withdrawal where affiliate_id = $1 and status in ('requested', 'processing', 'approved', 'sent', 'unknown') limit 1`,
    [id],
  );
  return open ? userError('CONFLICT', 'Money is on its way to the affiliate: settle that first.', ['affiliate']) : undefined;
}

/** Names, addresses, accounts, and the words in which the affiliate told of itself. The tokens must be dead already. */
export async function eraseAffiliate(tx: Transaction, id: string, now: Date): Promise<Date> {
  const people = await rows<{ name: string | null; email: string | null }>(
    tx,
    `select name, email from affiliate_person where affiliate_id = $1
     union all select name, lower(email) from affiliate_profile where affiliate_id = $1`,
    [id],
  );
  const addresses = people.flatMap(({ email }) => email ?? []);
  const organization = 'organization_id = (select organization_id from affiliate where id = $1)';
  await emptyRefusals(tx, organization, id, [], [...addresses, ...people.flatMap(({ name }) => name ?? [])]);
  const newsletters = 'delete from newsletter_subscription where person_id in (select id from affiliate_person where affiliate_id = $1)';
  await rows(tx, newsletters, [id]);
  await rows(tx, 'delete from mail where recipient = any($1::text[])', [addresses]);
  await rows(tx, 'delete from mail_code where person_id in (select id from affiliate_person where affiliate_id = $1)', [id]);
  await rows(tx, 'update affiliate_person set name = null, email = null, removed_at = coalesce(removed_at, $2) where affiliate_id = $1', [
    id,
    now,
  ]);
  await rows(tx, 'update api_token set last_used_from = null where affiliate_id = $1', [id]);
  await rows(tx, 'delete from affiliate_profile where affiliate_id = $1', [id]);
  await rows(
    tx,
    `update payout_method set account = null, holder = null, bank = null, reason = null
     where affiliate_id = $1 and num_nonnulls(account, holder, bank, reason) > 0`,
    [id],
  );
  await rows(tx, 'update payout_line set account = null, holder = null, bank = null where affiliate_id = $1', [id]);
  await rows(
    tx,
    `update enrollment_event set subject = null, reason = null where affiliate_id = $1 and kind = 'status' and num_nonnulls(subject, reason) > 0`,
    [id],
  );
  await rows(tx, 'update affiliate_request set details = null where affiliate_id = $1 and details is not null', [id]);
  await rows(
    tx,
    `update affiliate_request set subject = id::text where affiliate_id = $1 and subject is not null and kind not in ('class', 'source-review', 'case')`,
    [id],
  );
  await rows(tx, `update request_message set text = null where affiliate_id = $1 and kind <> 'assigned' and text is not null`, [id]);
  await rows(tx, 'update case_evidence set text = null where affiliate_id = $1 and text is not null', [id]);
  await rows(tx, `update case_entry set text = null where affiliate_id = $1 and kind <> 'assigned' and text is not null`, [id]);
  // Whoever knows a name could find it by its hash.
  await rows(tx, `update sanctions_match set compared = '{}' where affiliate_id = $1 and status <> 'confirmed' and compared <> '{}'`, [id]);
  await rows(tx, `update traffic_source set name = 'erased', url = null where affiliate_id = $1`, [id]);
  await rows(tx, 'delete from tag_sighting where affiliate_id = $1', [id]);
  // Nothing is told to an address of theirs any more, nor is it kept.
  await rows(tx, `update webhook_endpoint set status = 'off', url = 'https://erased.invalid/' where affiliate_id = $1`, [id]);
  await rows(
    tx,
    `update webhook_delivery set status = 'dead' where status = 'waiting' and endpoint_id in (select id from webhook_endpoint where affiliate_id = $1)`,
    [id],
  );
  await rows(
    tx,
    `update webhook_attempt set failure = null
     where endpoint_id in (select id from webhook_endpoint where affiliate_id = $1) and answered is null and failure is not null`,
    [id],
  );
  const text = 'update affiliate set erased_at = coalesce(erased_at, $2) where id = $1 returning erased_at';
  return (await row<{ erased_at: Date }>(tx, text, [id, now]))!.erased_at;
}

/** Shorter ones stand in too many words. */
const SHORTEST_PART = 4;

/**
 * Rows of files that were turned away may name anybody. Of those that do only the place is left.
 * `imports`: a condition for imports by `$1`. `names`: what a cell holds and nothing else. `parts`: what stands somewhere in a cell.
 */
async function emptyRefusals(tx: Transaction, imports: string, of: string, names: string[], parts: string[]): Promise<void> {
  const lower = (texts: string[]) => texts.map((text) => text.trim().toLowerCase()).filter((text) => text !== '');
  const [within, whole] = [lower(parts).filter(({ length }) => length >= SHORTEST_PART), lower([...names, ...parts])];
  await rows(
    tx,
    `update import_refusal r set message = 'What it said was erased.', fields = '{}', cells = '{}'
     where r.import_id in (select id from import_job where ${imports}) and exists (
       select from unnest(r.cells) as c (cell) where lower(cell) = any($2::text[]) or exists (select from unnest($3::text[]) t (part) where strpos(lower(cell), part) > 0)
     )`,
    [of, whole, within],
  );
}
