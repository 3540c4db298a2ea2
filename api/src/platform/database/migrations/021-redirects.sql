-- Codes by which visitors reach links, and clicks that nobody made.

-- Directory of codes: a code leads to one link for ever, also when its affiliate has left.
create table link_code (
  slice smallint not null,
  code text not null check (code ~ '^[a-z0-9][a-z0-9-]{1,38}[a-z0-9]$'),
  program_id uuid not null references program (id),
  affiliate_id uuid not null,
  link_id uuid not null,
  made_at timestamptz(3) not null,
  made_by text not null,
  primary key (slice, code)
);

-- The code that every link has, and the one that its affiliate chose.
alter table link add column code text;
alter table link add column vanity text;

-- As the application computes it, for links that are there already.
create function slice_of_code(code text) returns smallint language plpgsql immutable as $$
declare hash bigint := 2166136261;
begin
  for i in 1..length(code) loop
    hash := ((hash # ascii(substr(code, i, 1))) * 16777619) & 4294967295;
  end loop;
  return (hash % 64)::smallint;
end $$;
update link set code = translate(substr(md5(gen_random_uuid()::text), 1, 12), '01', 'gh');
insert into link_code (slice, code, program_id, affiliate_id, link_id, made_at, made_by)
  select slice_of_code(code), code, program_id, affiliate_id, id, created_at, 'engine' from link;
drop function slice_of_code(text);
alter table link alter column code set not null;

-- What kind of program followed the link; null: a person, as far as one can tell.
alter table click add column automated text check (automated in ('bot', 'prefetch'));
alter table click add check (automated is null or not attributable);

create trigger append_only before update or delete on link_code for each row execute function refuse_change();
create trigger append_only_all before truncate on link_code for each statement execute function refuse_change();

grant select, insert on link_code to tributary_app;
grant update (vanity) on link to tributary_app;
