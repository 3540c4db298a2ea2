-- Views of lists that staff keep: a name, and how the list is filtered.
create table saved_view (
  organization_id uuid not null references organization (id),
  id uuid not null,
  list text not null check (list ~ '^[a-z]{1,40}$'),
  name text not null check (length(name) between 1 and 100),
  -- What stands behind the ? of the page's address.
  search text not null check (length(search) <= 2000),
  is_shared boolean not null,
  owner_id uuid not null,
  owner text not null,
  saved_at timestamptz not null default now(),
  primary key (organization_id, id)
);
create unique index saved_view_by_name on saved_view (organization_id, owner_id, list, name);
create index saved_view_shared on saved_view (organization_id, list) where is_shared;
grant select, insert, delete on saved_view to tributary_app;
grant update (search, is_shared, owner, saved_at) on saved_view to tributary_app;
