-- No withdrawal is in two batches that are not discarded, and none of a discarded batch is on its way.
-- of: select count(*) from payout_batch
select 'withdrawal ' || w.external_id || ' is in ' || string_agg(b.name, ' and ') as difference
from payout_line l join payout_batch b on b.id = l.batch_id join withdrawal w on w.affiliate_id = l.affiliate_id and w.id = l.withdrawal_id
where l.status not in ('deferred', 'dropped') group by w.affiliate_id, w.id, w.external_id having count(*) > 1
union all
select 'line ' || l.id || ' of the batch ' || b.name || ', which is ' || b.status || ', is ' || l.status
from payout_line l join payout_batch b on b.id = l.batch_id
where (b.status = 'discarded' and l.status not in ('deferred', 'dropped'))
  or (b.status in ('open', 'frozen', 'approved') and l.status not in ('deferred', 'collected', 'dropped'))
  or (b.status = 'sent' and l.status = 'collected')
