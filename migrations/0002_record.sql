-- Why: event datasets. A dataset is a source whose text is what is known of the file; each of
-- its rows is a record with its cells as they were, and its account tells an incident from it.
-- A file may have millions of rows, so everything that a row needs is kept small: the passages
-- of a record are ranges of its text without a copy of the words, a value under which incidents
-- are found is written out once, and words for searching are not stored beside their index.

-- A source that is a dataset: one row for each version.
create table dataset (
  source_id integer primary key references source on delete cascade,
  first_id integer not null references source,  -- version 1: the same for all releases
  file_sha256 text not null,           -- of the file, lower-case hex
  header text not null,                -- names of the columns, a JSON array
  records integer not null,            -- current ones when this release was in
  incidents integer not null,          -- told by them
  claims integer not null,             -- casualty figures in them
  added integer not null,              -- what this release changed, in records
  changed integer not null,
  withdrawn integer not null,
  unchanged integer not null,
  problems integer not null            -- rows that could not be read; see problem for the first
) strict;

create table record (
  record_id integer primary key,
  source_id integer not null references source,   -- the release that brought it
  first_id integer not null references source,    -- version 1 of its dataset
  key text not null,                   -- the dataset's own id of the event
  line integer not null,               -- of the file, from 1
  cells text not null,                 -- in the order of the header, a JSON array
  text_hash integer not null,          -- of its text: see model::record. First 8 bytes of SHA-256
  draft_hash integer not null,         -- of what was read from it: tells a better reading
  added_run integer not null references import_run,
  retired_run integer references import_run
) strict;
-- Import and pages ask: the record with this key, and all current ones of a dataset by key.
create index record_key on record (first_id, key, retired_run);

-- The account of a record has its ranges here and in the tables of its facts, not in passage.
alter table account add column record_id integer references record;
-- Import and the page of a record ask for its account.
create index account_record on account (record_id) where record_id is not null;
alter table account add column whole_start integer;
alter table account add column whole_end integer;
alter table account add column date_passage_start integer;
alter table account add column date_passage_end integer;

create table new_place (
  account_id integer not null references account on delete cascade,
  ordinal integer not null,
  place text not null,                 -- slug of the place
  name text not null,                  -- as written
  region_then text,
  region_now text,
  cercle text,
  country text,
  lat real,
  lon real,
  precision text not null,
  passage_id integer references passage,
  start_byte integer,                  -- of the record's text, where there is no passage
  end_byte integer,
  primary key (account_id, ordinal),
  check ((passage_id is null) = (start_byte is not null and end_byte is not null))
) strict, without rowid;
insert into new_place select *, null, null from account_place;
drop table account_place;
alter table new_place rename to account_place;
create index account_place_place on account_place (place);

create table new_attribution (
  account_id integer not null references account on delete cascade,
  ordinal integer not null,
  actor text not null,
  name text not null,
  stance text not null,
  by_name text,
  by_actor text,
  passage_id integer references passage,
  start_byte integer,
  end_byte integer,
  primary key (account_id, ordinal),
  check ((passage_id is null) = (start_byte is not null and end_byte is not null))
) strict, without rowid;
insert into new_attribution select *, null, null from attribution;
drop table attribution;
alter table new_attribution rename to attribution;

create table new_victim (
  account_id integer not null references account on delete cascade,
  ordinal integer not null,
  victim_group text not null,
  passage_id integer references passage,
  start_byte integer,
  end_byte integer,
  primary key (account_id, ordinal),
  check ((passage_id is null) = (start_byte is not null and end_byte is not null))
) strict, without rowid;
insert into new_victim select *, null, null from account_victim;
drop table account_victim;
alter table new_victim rename to account_victim;

create table new_claim (
  account_id integer not null references account on delete cascade,
  ordinal integer not null,
  measure text not null,
  casualty_group text not null,
  min integer check (min >= 0),
  max integer check (max >= 0),
  qualifier text not null,
  claimant_name text,
  claimant_actor text,
  said_on text,
  partial integer not null,
  passage_id integer references passage,
  start_byte integer,
  end_byte integer,
  primary key (account_id, ordinal),
  check (min is null or max is null or min <= max),
  check ((passage_id is null) = (start_byte is not null and end_byte is not null))
) strict, without rowid;
insert into new_claim select *, null, null from claim;
drop table claim;
alter table new_claim rename to claim;

-- Derived: as before, but each value is written out once. What reads it reads the view.
drop table facet;
create table facet_value (
  facet_value_id integer primary key,
  dimension text not null,
  value text not null,
  unique (dimension, value)
) strict;
create table facet_entry (
  facet_value_id integer not null references facet_value,
  incident_id integer not null,        -- of incident; a reference would want an index of its own
  primary key (facet_value_id, incident_id)
) strict, without rowid;
create view facet as
  select v.dimension, v.value, e.incident_id from facet_value v join facet_entry e using (facet_value_id);
-- Keys of its values, a JSON array: which entries go when it is derived again.
alter table incident add column facets text not null default '[]';

drop table incident_text;
create virtual table incident_text using fts5 (
  words, tokenize = "unicode61 remove_diacritics 2", content = '', contentless_delete = 1
);

-- All of them are derived again.
update content set knowledge = '';
