-- Every lot is the sum of the postings that name it, and every posting that has to name a lot names one that is there.
-- of: select count(*) from lot
with moved as (
  select affiliate_id, lot_id,
    sum(amount) filter (where credit = 'owed' and debit in ('expense', 'held')) as credited,
    sum(amount) filter (where credit = 'expense' and debit in ('owed', 'breakage')) as taken_back,
    sum(amount) filter (where credit = 'expense' and debit = 'debt') as indebted,
    coalesce(sum(amount) filter (where debit = 'owed' and credit in ('reserved', 'redeemed', 'debt')), 0)
      - coalesce(sum(amount) filter (where credit = 'owed' and debit in ('reserved', 'redeemed', 'clearing')), 0) as consumed,
    coalesce(sum(amount) filter (where credit = 'breakage'), 0) - coalesce(sum(amount) filter (where debit = 'breakage'), 0) as expired
  from ledger_posting where lot_id is not null group by affiliate_id, lot_id
)
select 'lot ' || coalesce(l.id, m.lot_id) || ' of affiliate ' || coalesce(l.affiliate_id, m.affiliate_id) || ' has credited/taken back/in debt/consumed/expired ' ||
  case when l.id is null then 'no row' else concat_ws('/', l.credited, l.taken_back, l.indebted, l.consumed, l.expired) end || ', its postings ' ||
  concat_ws('/', coalesce(m.credited, 0), coalesce(m.taken_back, 0), coalesce(m.indebted, 0), coalesce(m.consumed, 0), coalesce(m.expired, 0)) as difference
from lot l full join moved m on m.affiliate_id = l.affiliate_id and m.lot_id = l.id
where l.id is null or (l.credited, l.taken_back, l.indebted, l.consumed, l.expired) is distinct from
  (coalesce(m.credited, 0), coalesce(m.taken_back, 0), coalesce(m.indebted, 0), coalesce(m.consumed, 0), coalesce(m.expired, 0))
