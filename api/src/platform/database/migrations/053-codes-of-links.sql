-- How many codes a link has taken.
create index link_code_of_link on link_code (affiliate_id, link_id);
