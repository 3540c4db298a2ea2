-- The click that tied a customer, by the caller's id: referrals are counted by its link, mark, country and channel.
-- Of customers who were tied before nobody wrote it down; they stay where they are counted.
alter table customer add column tied_click text;
grant update (tied_click) on customer to tributary_app;

create or replace view report_referral_facts as
  select c.tied_affiliate_id as affiliate_id, c.program_id, report_day_of(c.program_id, c.tied_at) as day, coalesce(k.content ->> 'link', '') as link,
    coalesce(k.content ->> 'subId', '') as sub, coalesce(k.content ->> 'country', '') as country, coalesce(k.content ->> 'channel', '') as channel
  from customer c left join report_named_click k on k.program_id = c.program_id and k.external_id = c.tied_click
  where c.tied_affiliate_id is not null;
