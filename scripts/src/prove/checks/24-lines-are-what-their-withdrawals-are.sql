-- Every line that a batch has taken is what its withdrawal is, pays what it takes from the books, and to the person whose it is.
-- of: select count(*) from payout_line where status <> 'deferred'
select 'line ' || l.id || ' of batch ' || b.name || ' is ' || l.status || ' with ' || l.points || ', its withdrawal ' || coalesce(w.external_id || ' is ' || w.status || ' with ' || coalesce(w.amount, 0), 'is not there') as difference
from payout_line l join payout_batch b on b.id = l.batch_id left join withdrawal w on w.affiliate_id = l.affiliate_id and w.id = l.withdrawal_id and w.program_id = l.program_id
where l.status not in ('deferred', 'dropped')
  and (w.id is null or l.points is distinct from w.amount or l.unit <> w.unit or w.status <> case l.status when 'collected' then 'approved' else l.status end)
