-- Finds customers of one affiliate who share a store or a payer.
create index customer_by_store on customer (program_id, tied_affiliate_id, (attributes ->> 'store'))
  where attributes ->> 'store' is not null and tied_affiliate_id is not null;
create index order_by_payer on order_record (program_id, (content #>> '{attributes,payer}')) where content #>> '{attributes,payer}' is not null;
