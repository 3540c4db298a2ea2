-- Pages of products by fixed keys, of any number on one path; words of scripts that put no spaces between them by pairs of letters.

-- The first 63 bits of the SHA-256 of host and path, and of the query; zero: there is none. Addresses may be longer than an index takes.
alter table product add column page bigint, add column page_query bigint;
alter table product_version add column page bigint, add column page_query bigint;

-- As the application computes them, for what is there already.
create function page_key_of(given text) returns bigint language sql immutable as $$
  select (('x' || substr(encode(sha256(convert_to(given, 'UTF8')), 'hex'), 1, 16))::bit(64) >> 1)::bigint
$$;
-- A name or a value as browsers write it in a query.
create function form_text_of(given text) returns text language plpgsql immutable as $$
declare
  bytes bytea := convert_to(replace(given, '+', ' '), 'UTF8');
  place int := 0;
  code int;
  found text := '';
begin
  if given ~ '^[A-Za-z0-9*._-]*$' then return given; end if;
  while place < length(bytes) loop
    code := get_byte(bytes, place);
    if code = 37 and convert_from(substring(bytes from place + 2 for 2), 'LATIN1') ~ '^[0-9A-Fa-f]{2}$' then
      code := get_byte(decode(convert_from(substring(bytes from place + 2 for 2), 'LATIN1'), 'hex'), 0);
      place := place + 2;
    end if;
    found := found || case
      when chr(nullif(code, 0)) ~ '^[A-Za-z0-9*._-]$' and code < 128 then chr(code)
      when code = 32 then '+'
      else '%' || upper(lpad(to_hex(code), 2, '0')) end;
    place := place + 1;
  end loop;
  return found;
end $$;
create function page_query_of(url text) returns bigint language plpgsql immutable as $$
declare
  query text := split_part(url, '#', 1);
  told text;
begin
  if position('?' in query) = 0 then return 0; end if;
  select string_agg(pair, '&' order by pair collate "C") into told from (
    select form_text_of(split_part(part, '=', 1)) || '=' || form_text_of(case when position('=' in part) = 0 then '' else substr(part, position('=' in part) + 1) end) as pair
    from unnest(string_to_array(substr(query, position('?' in query) + 1), '&')) as part where part <> ''
  ) read where pair !~ '^(utm_.*|gclid|fbclid|msclkid|click_id)=';
  return case when told is null then 0 else page_key_of(told) end;
end $$;

update product set page = page_key_of(url_key), page_query = page_query_of(content ->> 'url') where url_key is not null;
update product_version set page = page_key_of(url_key), page_query = page_query_of(content ->> 'url') where url_key is not null;

drop function page_query_of(text);
drop function form_text_of(text);
drop function page_key_of(text);

alter table product drop column url_key;
alter table product_version drop column url_key;
create index product_by_page on product (program_id, page, page_query desc, seen_at desc, external_id collate "C") where page is not null;

-- Each two letters of a run, with their places, beside the words that a dictionary found.
with told as (
  select slice, program_id, external_id,
    lower(normalize(concat_ws(' ', content ->> 'title', external_id, category), NFKC)) as text
  from product
), run as (
  select t.slice, t.program_id, t.external_id, m.number, m.found[1] as letters,
    sum(length(m.found[1]) + 1) over (partition by t.slice, t.program_id, t.external_id order by m.number) - length(m.found[1]) as begins
  from told t cross join lateral regexp_matches(t.text,
    '([\u0E01-\u0E3A\u0E40-\u0E4E\u0E50-\u0E59\u0E81-\u0EDF\u1000-\u1049\u1050-\u109D\u1780-\u17D3\u17E0-\u17E9\u3005-\u3007\u3041-\u309F\u30A1-\u30FA\u30FC-\u30FF\u31F0-\u31FF\u3400-\u4DBF\u4E00-\u9FFF\uF900-\uFAFF\U00020000-\U000323AF]+)',
    'g') with ordinality as m (found, number)
), pair as (
  select slice, program_id, external_id, substr(letters, place, 2) as letters, string_agg((begins + place - 1)::text, ',' order by number, place) as places
  from run cross join lateral generate_series(1, length(letters)) as place
  group by 1, 2, 3, 4
), entry as (
  select slice, program_id, external_id,
    string_agg('''' || right(program_id::text, 8) || ':' || letters || ''':' || places, ' ')::tsvector as words
  from pair group by 1, 2, 3
)
update product p set words = p.words || e.words from entry e
where p.slice = e.slice and p.program_id = e.program_id and p.external_id = e.external_id;
