-- On which hosts the publisher tag of an affiliate was fetched, and when last.
create table tag_sighting (
  affiliate_id uuid not null,
  program_id uuid not null,
  host text not null check (host <> ''),
  first_seen_at timestamptz(3) not null,
  last_seen_at timestamptz(3) not null check (last_seen_at >= first_seen_at),
  primary key (affiliate_id, program_id, host)
);

grant select, insert on tag_sighting to tributary_app;
grant update (last_seen_at) on tag_sighting to tributary_app;
