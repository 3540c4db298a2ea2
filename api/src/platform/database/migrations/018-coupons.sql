-- Coupons that were bought with points: each is used once. The code itself stands nowhere; by its hash it is found.

create table coupon (
  affiliate_id uuid not null,
  id uuid not null,
  program_id uuid not null,
  -- The exchange that bought it.
  redemption_id uuid not null,
  code_hash bytea not null check (length(code_hash) = 32),
  -- Of the key that the code was made with.
  key_version int not null,
  worth bigint not null check (worth > 0),
  currency text not null,
  issued_at timestamptz(3) not null,
  expires_at timestamptz(3),
  -- A cart that holds it, and until when; what has lapsed holds nothing.
  held_for text,
  held_until timestamptz(3),
  used_for text,
  used_at timestamptz(3),
  used_by text,
  -- Staff refused the exchange: the points went back.
  void_at timestamptz(3),
  primary key (affiliate_id, id),
  check ((held_for is null) = (held_until is null)),
  check (num_nonnulls(used_for, used_at, used_by) in (0, 3)),
  check (used_at is null or void_at is null)
);
create unique index coupon_of_redemption on coupon (affiliate_id, redemption_id);
create index coupon_by_program on coupon (program_id, id);

-- What was used or void stays so, and what a coupon is never changes.
create function refuse_second_use() returns trigger language plpgsql as $$
begin
  if old.used_at is not null or old.void_at is not null then
    raise exception 'a coupon is used once' using errcode = 'insufficient_privilege';
  end if;
  return new;
end $$;
create trigger used_once before update on coupon for each row execute function refuse_second_use();
create trigger append_only before delete on coupon for each row execute function refuse_change();
create trigger append_only_all before truncate on coupon for each statement execute function refuse_change();
revoke all on function refuse_second_use from public;

grant select, insert on coupon to tributary_app;
grant update (held_for, held_until, used_for, used_at, used_by, void_at) on coupon to tributary_app;
