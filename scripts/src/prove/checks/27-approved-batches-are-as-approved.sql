-- Every batch that left was approved, by somebody else than who froze it where that is asked for, and what it sent was paid for by an entry of its own.
-- of: select count(*) from payout_batch where status in ('approved', 'sending', 'sent')
select 'the batch ' || b.name || ' is ' || b.status || ' without a second person' as difference
from payout_batch b where b.status in ('approved', 'sending', 'sent') and (b.approved_actor is null or (b.two_people and b.approved_actor = b.frozen_actor))
union all
select 'line ' || l.id || ' of the batch ' || b.name || ' is ' || l.status || ' without an entry that sent it'
from payout_line l join payout_batch b on b.id = l.batch_id
where l.status in ('sent', 'unknown', 'paid', 'failed', 'returned')
  and not exists (select from ledger_cause c where c.affiliate_id = l.affiliate_id and c.cause_id = l.withdrawal_id and c.sequence = 1)
