-- What is said of a payment and cannot be so is a matter for staff until somebody settles it: what was given back and is said to be paid is out twice.
alter table withdrawal add column contradicted_at timestamptz(3), add column contradiction text;
update withdrawal w set contradicted_at = e.happened_at, contradiction = e.reason
  from (
    select distinct on (affiliate_id, withdrawal_id) affiliate_id, withdrawal_id, happened_at, coalesce(reason, '') as reason
    from withdrawal_event where kind = 'contradicted' order by affiliate_id, withdrawal_id, id desc
  ) e
  where w.affiliate_id = e.affiliate_id and w.id = e.withdrawal_id;
alter table withdrawal add check ((contradicted_at is null) = (contradiction is null));
create index withdrawal_contradicted on withdrawal (program_id, id) where contradicted_at is not null;
create index withdrawal_contradicted_of on withdrawal (affiliate_id, program_id) where contradicted_at is not null;

-- Somebody said that it failed while nobody knew whether it was paid.
alter table payout_line add column in_doubt boolean not null default false;

-- What the affiliate reads of a hold; why it is held is for staff.
alter table withdrawal add column held_message text;

grant update (contradicted_at, contradiction, held_message) on withdrawal to tributary_app;
grant update (in_doubt) on payout_line to tributary_app;
