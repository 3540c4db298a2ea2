-- What product feeds said last, beside what decisions read of products.

create table feed_product (
  slice smallint not null,
  program_id uuid not null,
  external_id text not null,
  -- The feed whose product it is: the last one that named it.
  feed text not null,
  -- Of all that the feed said; the same again is not taken in again.
  hash bytea not null,
  -- The import that named it last.
  import_id uuid not null,
  -- It was in a feed that had all of its products, and then in one no more.
  gone boolean not null default false,
  -- When what affiliates see of it changed last, by business time.
  changed_at timestamptz(3) not null,
  -- What only affiliates need: the title, the picture, the brand and so on.
  details json not null,
  primary key (slice, program_id, external_id)
) with (fillfactor = 70);
create index feed_product_changed on feed_product (program_id, changed_at, external_id collate "C");

alter table import_job add column source text;

grant select, insert on feed_product to tributary_app;
grant update (feed, hash, import_id, gone, changed_at, details) on feed_product to tributary_app;
