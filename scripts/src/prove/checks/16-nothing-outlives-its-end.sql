-- No lot has anything left after its end.
-- of: select count(*) from lot where expires_at is not null
select 'lot ' || l.id || ' of affiliate ' || l.affiliate_id || ' ended at ' || l.expires_at || ' and has ' || l.remaining || ' ' || l.unit || ' left' as difference
from lot l join program p on p.id = l.program_id join organization o on o.id = p.organization_id
where l.expires_at <= coalesce(o.clock, now() - interval '5 minutes') and l.credited > l.taken_back + l.consumed + l.expired
