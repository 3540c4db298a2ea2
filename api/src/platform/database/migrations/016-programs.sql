-- Programs that pause and close: what staff decide of them are switches by the name `status`, in the order of deciding.

-- Why, when it was decided (business time), and of a closing until when affiliates may ask for what they have.
alter table program_switch add column reason text, add column set_at timestamptz(3), add column requests_until timestamptz(3);
alter table program_switch add constraint program_switch_status
  check (name <> 'status' or (value in ('open', 'paused', 'closed') and reason is not null and set_at is not null and holds_from >= set_at)),
  add constraint program_switch_requests_until check (requests_until is null or (name = 'status' and value = 'closed' and requests_until >= holds_from));

-- Nothing follows a closing that holds by then, whoever asks: closed stays closed.
create function refuse_after_closing() returns trigger language plpgsql as $$
begin
  if new.name = 'status' and exists (
    select from program_switch c where c.program_id = new.program_id and c.name = 'status' and c.value = 'closed' and c.holds_from <= new.set_at
      and not exists (select from program_switch l where l.program_id = c.program_id and l.name = 'status' and l.id > c.id and l.holds_from <= c.holds_from)
  ) then
    raise exception 'the program is closed, and stays so' using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger closed_stays_closed before insert on program_switch for each row execute function refuse_after_closing();
revoke all on function refuse_after_closing from public;

alter table second_person_rule drop constraint second_person_rule_kind_check;
alter table second_person_rule add constraint second_person_rule_kind_check check (kind in ('terms', 'withdrawal', 'adjustment', 'batch', 'closing'));
