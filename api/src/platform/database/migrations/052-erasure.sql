-- Who is erased gets no news, and rows of files that were turned away name them no more.
grant delete on newsletter_subscription to tributary_app;
grant update (message, fields, cells) on import_refusal to tributary_app;
