-- Whatever is reviewed, approved or paid is of an amount: before its cut-off a request has none.
alter table withdrawal add check (status in ('requested', 'rejected') or amount is not null);
