-- Rows of it say nothing; they are there to be locked, and whoever misses one makes it. After a crash nobody holds a lock: that they are
-- gone then costs nothing, and that nobody logs them spares each fact of a new customer or visitor a page of the log.
alter table lock_name set unlogged;
