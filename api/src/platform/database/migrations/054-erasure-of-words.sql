-- Sites on which a tag was seen, why a message to somebody's address failed, and what a request was about in own words, go with who is erased.
grant delete on tag_sighting to tributary_app;

drop trigger append_only on webhook_attempt;
create trigger append_only before update or delete on webhook_attempt for each row execute function refuse_change_but_erasure('failure');
grant update (failure) on webhook_attempt to tributary_app;

-- Its own id stands for what a request was about, so that two that are open stay two.
create or replace function refuse_change_of_request() returns trigger language plpgsql as $$
begin
  if (new.affiliate_id, new.program_id, new.id, new.external_id, new.kind, new.ref_id, new.opened_at, new.opened_by)
     is not distinct from (old.affiliate_id, old.program_id, old.id, old.external_id, old.kind, old.ref_id, old.opened_at, old.opened_by)
    and (new.subject = new.id::text or new.subject is not distinct from old.subject)
    and (new.details is null or new.details::text is not distinct from old.details::text)
    and (old.closed_at is null or (new.state, new.changed_at, new.assignee_id, new.assignee, new.closed_at, new.closed_by)
      is not distinct from (old.state, old.changed_at, old.assignee_id, old.assignee, old.closed_at, old.closed_by)) then return new; end if;
  raise exception 'a request is closed once, and what was asked stays' using errcode = 'insufficient_privilege';
end $$;
grant update (subject) on affiliate_request to tributary_app;
