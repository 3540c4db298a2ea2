-- Commissions are in the unit that their program pays in.
-- of: select count(*) from commission
select 'order ' || c.order_id || ' earns ' || c.unit || ', its program pays ' || p.unit as difference
from commission c join program p on p.id = c.program_id where c.unit <> p.unit
