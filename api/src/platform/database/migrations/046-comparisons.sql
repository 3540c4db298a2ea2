-- Comparisons of everybody with a list that are not through yet: whoever finds one that nobody works on goes on with it.
create table sanctions_comparison (
  organization_id uuid not null references organization (id),
  list text not null,
  -- The version that is compared; a newer one takes its place.
  version_id uuid not null,
  -- The last affiliate that was compared.
  after uuid not null,
  -- By the wall clock: until then somebody works on it.
  taken_until timestamptz not null,
  primary key (organization_id, list)
);
create index sanctions_comparison_left on sanctions_comparison (taken_until);
grant select, insert, update, delete on sanctions_comparison to tributary_app;
