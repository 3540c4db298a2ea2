-- What was placed in the last days is found by a summary of pages: commissions come nearly in the order in which their orders are placed.
create index commission_by_placing on commission using brin (placed_at) with (pages_per_range = 32, autosummarize = on);
