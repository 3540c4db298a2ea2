-- Products that were told by calls are in what affiliates fetch, as those of feeds are: an empty feed, and nothing that a feed said.
insert into feed_product (slice, program_id, external_id, feed, hash, import_id, changed_at, details)
  select slice, program_id, external_id, '', '', '00000000-0000-0000-0000-000000000000', seen_at, '{}' from product on conflict do nothing;

-- Pages are looked for among products as they are now.
drop index product_version_by_url;
