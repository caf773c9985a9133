-- Why: some sources could harm somebody if they were passed on: an interview, a list, a leaked
-- report. Whoever keeps the database marks them, and an export that is to be safe to share
-- leaves out all that only they say.
alter table source add column sensitive integer not null default 0
  check (sensitive in (0, 1));
-- Safe exports ask: is there any?
create index source_sensitive on source (slug) where sensitive = 1;
