-- What a program gives affiliates to promote with, and tells them.

create table creative (
  program_id uuid not null references program (id),
  external_id text not null,
  id uuid not null,
  kind text not null check (kind in ('banner', 'offer')),
  title text not null,
  -- Where it leads.
  url text not null,
  image text,
  width int check (width between 1 and 10000),
  height int check (height between 1 and 10000),
  -- The public code of an offer, which customers type in; no coupon for points.
  code text,
  details text,
  valid_from timestamptz(3),
  valid_until timestamptz(3),
  -- Whose alone it is; null: everybody's.
  affiliate_id uuid,
  made_at timestamptz(3) not null,
  made_by text not null,
  withdrawn_at timestamptz(3),
  primary key (program_id, external_id),
  check (kind <> 'banner' or (image is not null and width is not null and height is not null and code is null)),
  check (valid_until is null or valid_from is null or valid_until > valid_from)
);
create index creative_newest on creative (program_id, id);

create table news_item (
  program_id uuid not null references program (id),
  id uuid not null,
  title text not null,
  body text not null,
  published_at timestamptz(3) not null,
  published_by text not null,
  -- It goes by mail, too. Behind which subscription that is done; null: to nobody yet.
  by_mail boolean not null,
  mailed_after uuid,
  mailed_at timestamptz,
  primary key (program_id, id)
);
create index news_item_to_mail on news_item (id) where by_mail and mailed_at is null;

-- Who gets news by mail. The address is that of the person, and proven.
create table newsletter_subscription (
  program_id uuid not null references program (id),
  person_id uuid not null,
  id uuid not null,
  state text not null check (state in ('subscribed', 'left')),
  changed_at timestamptz(3) not null,
  primary key (program_id, person_id)
);
create unique index newsletter_subscription_by_id on newsletter_subscription (id);

-- Whom an affiliate turns to; the newest counts.
create table account_manager (
  affiliate_id uuid not null,
  program_id uuid not null,
  id uuid not null,
  name text,
  email text,
  set_at timestamptz(3) not null,
  set_by text not null,
  primary key (affiliate_id, program_id, id),
  check (name is not null or email is null)
);

-- How whoever gets a mail is left alone from then on, with one click.
alter table mail add column unsubscribe_url text;

create trigger append_only before update or delete on account_manager for each row execute function refuse_change();
create trigger append_only_all before truncate on account_manager for each statement execute function refuse_change();

grant select, insert on creative, news_item, newsletter_subscription, account_manager to tributary_app;
grant update (withdrawn_at) on creative to tributary_app;
grant update (mailed_after, mailed_at) on news_item to tributary_app;
grant update (state, changed_at) on newsletter_subscription to tributary_app;
