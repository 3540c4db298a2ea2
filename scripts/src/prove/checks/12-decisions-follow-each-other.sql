-- The decisions of an order are numbered without a gap, and the lines of each sum to its amount.
-- of: select count(*) from decision
select 'order ' || order_id || ' has ' || count(*) || ' decisions, numbered ' || min(revision) || ' to ' || max(revision) as difference
from decision group by order_id having count(*) <> max(revision) or min(revision) <> 1
union all
select 'order ' || order_id || ', revision ' || revision || ': decided ' || amount || ', its lines are ' || array_to_string(line_amounts, ' + ')
from decision where amount <> coalesce((select sum(line) from unnest(line_amounts) as line), 0)
  or exists (select from unnest(line_amounts) as line where line < 0) or (status <> 'earning' and amount <> 0)
