-- Why: the house. Sources with their whole text; what each source says of an incident
-- (account) with a passage for every fact; incidents that join accounts; and tables derived
-- from them for filtering and searching.
--
-- Nothing that was imported is deleted: a changed source or row is retired by the import run
-- that replaced it, so that "as it was known on a date" can be asked of any table with
-- added_run and retired_run. Readers ask only for rows whose retired_run is null.

-- "MLTI": tells this program's databases from others.
pragma application_id = 0x4d4c5449;

-- One row. The version goes up with every change of content; it starts anywhere, so that two
-- databases hardly ever share one.
create table content (
  version integer not null,
  knowledge text not null default ''    -- SHA-256 of the data files that facets derive from
) strict;
insert into content (version) values (abs(random() % 1000000000000));

create table import_run (
  import_run_id integer primary key,
  started_at text not null,            -- UTC, RFC 3339
  program text not null                -- version that did it
) strict;

create table source (
  source_id integer primary key,
  slug text not null,                  -- as in /sources/{slug}; kept by later versions
  version integer not null default 1,
  origin text not null,                -- SHA-256 of the file's absolute path: tells a changed
                                       -- file from a new one without storing anybody's path
  file_name text not null,
  title text not null,
  publisher text,
  kind text not null,
  lang text not null,
  url text,
  published text,                      -- YYYY, YYYY-MM or YYYY-MM-DD
  retrieved text,
  licence text,
  shape text not null,                 -- how it was read
  text text not null,                  -- whole and never edited
  body_start integer not null,         -- first byte after the front matter
  sha256 text not null,                -- of text, lower-case hex
  parse_sha256 text not null,          -- of what was parsed from it: tells a better parser's
                                       -- reading of the same text from the same reading
  added_run integer not null references import_run,
  retired_run integer references import_run,
  unique (slug, version)
) strict;
-- Import asks: is this text, this link or this file here already?
create index source_sha256 on source (sha256);
create index source_origin on source (origin);
create index source_url on source (url) where url is not null;
-- Every list of sources: the current version of each.
create unique index source_current on source (slug) where retired_run is null;

-- What was not understood in a source, kept for its page.
create table problem (
  problem_id integer primary key,
  source_id integer not null references source on delete cascade,
  line integer not null,               -- from 1
  expected text not null,
  found text not null
) strict;
-- The page of a source.
create index problem_source on problem (source_id);

create table incident (
  incident_id integer primary key,
  slug text not null unique,           -- as in /incidents/{slug}
  -- The rest is derived from the accounts (see model::incident::Incident).
  title text not null,
  kind text not null,
  date_start text,
  date_end text,
  date_precision text not null,
  sort_date text not null,             -- date_start, or '' when undated
  sort_killed integer not null,        -- killed_high, or -1 when nobody claims any
  killed_low integer,                  -- overall toll; null when nobody claims any
  killed_high integer,
  killed_open integer not null default 0,
  status text not null,
  claim_count integer not null,        -- over all accounts
  account_count integer not null       -- 0: nothing tells it any more; the id still resolves
) strict;
-- The timeline, newest first, undated last.
create index incident_newest on incident (sort_date, slug) where account_count > 0;
-- The timeline, oldest first, undated last.
create index incident_oldest on incident (sort_date = '', sort_date, slug) where account_count > 0;
-- The timeline, deadliest first, then newest.
create index incident_deadliest on incident (sort_killed, sort_date, slug) where account_count > 0;

-- Ids that an incident had before it was joined with another.
create table incident_alias (
  slug text primary key,
  incident_id integer not null references incident on delete cascade
) strict, without rowid;

create table account (
  account_id integer primary key,
  incident_id integer not null references incident,
  source_id integer not null references source,
  ordinal integer not null,            -- order in the source
  main integer not null,
  title text not null,
  kind text not null,
  date_start text,
  date_end text,
  date_precision text not null,
  status text not null default 'parsed',
  reviewed_by text,
  reviewed_at text,
  added_run integer not null references import_run,
  retired_run integer references import_run
) strict;
-- Reading incidents: their accounts.
create index account_incident on account (incident_id) where retired_run is null;
-- The page of a source, and import: what it tells.
create index account_source on account (source_id);

-- One row for each fact of an account: the words that say it. What the fact is stands in the
-- table that points here.
create table passage (
  passage_id integer primary key,
  account_id integer not null references account on delete cascade,
  fact text not null check (fact in ('whole', 'date', 'place', 'attribution', 'victim', 'claim')),
  start_byte integer not null,
  end_byte integer not null,
  quote text not null,
  check (0 <= start_byte and start_byte <= end_byte)
) strict;
-- Reading accounts: their passages.
create index passage_account on passage (account_id);

create table account_place (
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
  passage_id integer not null references passage,
  primary key (account_id, ordinal)
) strict, without rowid;
-- Import asks: which incidents happened at this place?
create index account_place_place on account_place (place);

create table attribution (
  account_id integer not null references account on delete cascade,
  ordinal integer not null,
  actor text not null,
  name text not null,
  stance text not null,
  by_name text,
  by_actor text,
  passage_id integer not null references passage,
  primary key (account_id, ordinal)
) strict, without rowid;

create table account_victim (
  account_id integer not null references account on delete cascade,
  ordinal integer not null,
  victim_group text not null,
  passage_id integer not null references passage,
  primary key (account_id, ordinal)
) strict, without rowid;

create table claim (
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
  passage_id integer not null references passage,
  primary key (account_id, ordinal),
  check (min is null or max is null or min <= max)
) strict, without rowid;

-- Decisions about pairs of incidents that may be one. They last through re-imports, so they
-- name incidents by slug.
create table match (
  slug_a text not null,
  slug_b text not null,
  score real not null,
  reason text not null,
  decision text not null check (decision in ('open', 'same', 'different')),
  decided_at text,
  primary key (slug_a, slug_b),
  check (slug_a < slug_b)
) strict, without rowid;
-- Import asks for an incident's decisions from either side.
create index match_slug_b on match (slug_b);

-- Derived: the values under which an incident is found. A part is entered under its whole
-- too (Katiba Macina under JNIM), a place under its region then and now. Dimension
-- 'perpetrator_stance' holds actor:stance.
create table facet (
  dimension text not null,
  value text not null,
  incident_id integer not null references incident on delete cascade,
  primary key (dimension, value, incident_id)
) strict, without rowid;
-- Deriving an incident again: its old values.
create index facet_incident on facet (incident_id);

-- Derived: the words by which an incident is found.
create virtual table incident_text using fts5 (
  words, tokenize = "unicode61 remove_diacritics 2"
);
