-- What a request for a class rested on, as it was then: the measure, what it came to, and what the class needed.

alter table class_request
  add column measure text,
  -- In minor units; `unit` is null for numbers of orders and customers.
  add column measured bigint,
  add column needed bigint,
  add column unit text,
  add column exponent smallint,
  -- Requests from before this was kept have none of it.
  add check (num_nonnulls(measure, measured, needed, exponent) in (0, 4)),
  add check (measured >= needed);
