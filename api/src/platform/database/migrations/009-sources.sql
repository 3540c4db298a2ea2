-- What ad accounts declare of their ads, and the marks that staff set on sources, each from its instant on.

alter table traffic_source
  add column texts text[] not null default '{}',
  add column titles text[] not null default '{}',
  add column negative_keywords text[] not null default '{}';

alter table enrollment_event drop constraint enrollment_event_kind_check;
alter table enrollment_event add constraint enrollment_event_kind_check
  check (kind in ('status', 'class', 'quality-factor', 'permission', 'document', 'breach', 'source-breach'));
