-- Orders with a refund that does not fit them, told before the order was known or before it was corrected: staff find them by this.
alter table order_record add column misfit boolean not null default false;
create index order_with_misfit on order_record (program_id, id) where misfit;
grant update (misfit) on order_record to tributary_app;
