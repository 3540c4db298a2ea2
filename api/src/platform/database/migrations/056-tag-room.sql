-- Hosts on which a tag is said to have been seen make room for others.
grant delete on tag_sighting to tributary_app;
