-- What of a list could not be read: countries by names that are not known, and how many entries have such a one.
alter table sanctions_list
  add column unknown_countries text[] not null default '{}',
  add column unplaced int not null default 0 check (unplaced between 0 and entries);

-- What was compared when a match was found, as hashes: a match that was cleared is found anew by anything else.
alter table sanctions_match add column compared bytea[] not null default '{}';
grant update (compared) on sanctions_match to tributary_app;

-- Entries are looked for right after many of them have come in.
alter index sanctions_entry_by_keys set (fastupdate = off);
