-- Codes that are chosen in a sandbox have its mark behind them, and leave the same codes to others.

alter table link_code drop constraint link_code_code_check;
alter table link_code add check (code ~ '^[a-z0-9][a-z0-9-]{1,38}[a-z0-9](\.[0-9a-f]{8})?$');

-- As the application computes it.
create function slice_of_text(given text) returns smallint language plpgsql immutable as $$
declare hash bigint := 2166136261;
begin
  for i in 1..length(given) loop
    hash := ((hash # ascii(substr(given, i, 1))) * 16777619) & 4294967295;
  end loop;
  return (hash % 64)::smallint;
end $$;

alter table link_code disable trigger append_only;
alter table code_shape disable trigger append_only;

-- Those that links have from the beginning are long and chosen by chance: they stay.
create temporary table chosen as
  select c.code, right(o.id::text, 8) as mark from link_code c
  join program p on p.id = c.program_id join organization o on o.id = p.organization_id and o.kind = 'sandbox'
  where not exists (select from link l where l.affiliate_id = c.affiliate_id and l.program_id = c.program_id and l.code = c.code);

with gone as (
  delete from code_shape s using chosen c where s.code = c.code returning s.shape, s.code, c.mark
)
insert into code_shape (slice, shape, code) select slice_of_text(shape || '.' || mark), shape || '.' || mark, code || '.' || mark from gone;
with gone as (
  delete from link_code l using chosen c where l.code = c.code returning l.*, c.mark
)
insert into link_code (slice, code, program_id, affiliate_id, link_id, made_at, made_by)
  select slice_of_text(code || '.' || mark), code || '.' || mark, program_id, affiliate_id, link_id, made_at, made_by from gone;
update link l set vanity = c.code || '.' || c.mark from chosen c, program p, organization o
  where l.vanity = c.code and p.id = l.program_id and o.id = p.organization_id and o.kind = 'sandbox';

drop table chosen;
drop function slice_of_text(text);
alter table link_code enable trigger append_only;
alter table code_shape enable trigger append_only;
