-- The sums of reports, with what waits to be added, are those of clicks, referrals and orders.
-- of: select count(*) from report_day
with waiting as (select distinct program_id from report_queue),
facts as (
  select 'day' as kind, affiliate_id, program_id, day, country as one, channel as other, sum(clicks) as clicks, sum(barred) as barred, sum(referrals) as referrals,
    sum(orders) as orders, sum(rejected) as rejected, sum(sales) as sales, sum(commission) as commission from report_facts group by 1, 2, 3, 4, 5, 6
  union all
  select 'source', affiliate_id, program_id, day, link, sub, sum(clicks), sum(barred), sum(referrals), sum(orders), sum(rejected), sum(sales), sum(commission)
  from report_facts group by 1, 2, 3, 4, 5, 6
),
sums as (
  select 'day' as kind, affiliate_id, program_id, day, country as one, channel as other, clicks, barred, referrals, orders, rejected, sales, commission from report_day
  union all select 'source', affiliate_id, program_id, day, link, sub, clicks, barred, referrals, orders, rejected, sales, commission from report_source
)
select 'affiliate ' || coalesce(f.affiliate_id, s.affiliate_id) || ' on ' || coalesce(f.day, s.day) || ' (' || concat_ws(', ', coalesce(f.kind, s.kind), coalesce(f.one, s.one), coalesce(f.other, s.other)) ||
  '): the facts say ' || concat_ws(' ', f.clicks, f.barred, f.referrals, f.orders, f.rejected, f.sales, f.commission) || ', the sums ' ||
  concat_ws(' ', s.clicks, s.barred, s.referrals, s.orders, s.rejected, s.sales, s.commission) as difference
from facts f full join sums s using (kind, affiliate_id, program_id, day, one, other)
where coalesce(f.program_id, s.program_id) not in (select program_id from waiting)
  and (coalesce(f.clicks, 0), coalesce(f.barred, 0), coalesce(f.referrals, 0), coalesce(f.orders, 0), coalesce(f.rejected, 0), coalesce(f.sales, 0), coalesce(f.commission, 0))
    is distinct from (coalesce(s.clicks, 0), coalesce(s.barred, 0), coalesce(s.referrals, 0), coalesce(s.orders, 0), coalesce(s.rejected, 0), coalesce(s.sales, 0), coalesce(s.commission, 0))
