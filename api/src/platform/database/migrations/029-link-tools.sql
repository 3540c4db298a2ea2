-- Products as they are now, codes that look alike, and the link that an affiliate has from the first instant on.

-- What the feed said last of each product: what is looked for among millions need not look through all that was ever said.
create table product (
  slice smallint not null,
  program_id uuid not null,
  external_id text not null,
  seen_at timestamptz(3) not null,
  url_key text,
  category text,
  price bigint not null,
  -- It can be had, and its store takes part.
  offered boolean not null,
  content json not null,
  -- Words of title, id and category, each behind the end of the program's id: a search reads one program's.
  words tsvector not null,
  primary key (slice, program_id, external_id)
);
create index product_by_url on product (program_id, url_key, seen_at) where url_key is not null;
create index product_by_category on product (program_id, category, price, external_id collate "C") where offered and category is not null;
create index product_by_words on product using gin (words);

-- What the feed said before had no titles.
insert into product (slice, program_id, external_id, seen_at, url_key, category, price, offered, content, words)
  select slice, program_id, external_id, seen_at, url_key, category, coalesce(price, 0), available and participates, content,
    array_to_tsvector(array(
      select distinct right(program_id::text, 8) || ':' || left(word, 40)
      from regexp_split_to_table(lower(external_id || ' ' || coalesce(category, '')), '[^[:alnum:]]+') as word where word <> ''))
  from (
    select distinct on (slice, program_id, external_id) * from product_version order by slice, program_id, external_id, seen_at desc
  ) newest;

-- Directory of what codes look like: of two that are taken for each other one would lead to somebody else.
create table code_shape (
  slice smallint not null,
  shape text not null check (shape <> ''),
  code text not null,
  primary key (slice, shape)
);

-- As the application computes them, for codes that are there already.
create function slice_of_text(given text) returns smallint language plpgsql immutable as $$
declare hash bigint := 2166136261;
begin
  for i in 1..length(given) loop
    hash := ((hash # ascii(substr(given, i, 1))) * 16777619) & 4294967295;
  end loop;
  return (hash % 64)::smallint;
end $$;
insert into code_shape (slice, shape, code)
  select slice_of_text(shape), shape, code from (
    select translate(replace(replace(replace(replace(code, '-', ''), 'vv', 'w'), 'rn', 'm'), 'cl', 'd'), 'iloqszbgv', '11005289u') as shape,
      code, made_at from link_code
  ) known order by made_at on conflict do nothing;
drop function slice_of_text(text);

-- The one that the terms give to every affiliate.
alter table link add column personal boolean not null default false;
create unique index link_personal on link (affiliate_id, program_id) where personal;

create trigger append_only before update or delete on code_shape for each row execute function refuse_change();
create trigger append_only_all before truncate on code_shape for each statement execute function refuse_change();

grant select, insert, update on product to tributary_app;
grant select, insert on code_shape to tributary_app;
