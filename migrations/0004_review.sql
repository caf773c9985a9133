-- Why: what people make of parsed incidents. Once somebody has confirmed, corrected, split,
-- merged or rejected an incident of a source, the list of its incidents is theirs: imports keep
-- it and only note what the parser would say instead. Every change stands in the log.

-- SHA-256 of the list that stands in place of the parse; null while the parse stands.
alter table source add column review_sha256 text;
-- SHA-256 of the file beside the document from which such a list was last taken.
alter table source add column beside_sha256 text;

-- What the parser says of a source whose list is a person's: drafts as a JSON array.
create table reading (
  source_id integer primary key references source on delete cascade,
  drafts text not null
) strict;

-- Drafts that are no incidents of their source, and not to be proposed again.
create table rejected (
  rejected_id integer primary key,
  source_id integer not null references source on delete cascade,
  title text not null,
  start_byte integer not null,
  end_byte integer not null,
  quote text not null,
  reviewed_by text not null,
  reviewed_at text not null,
  why text,
  check (0 <= start_byte and start_byte <= end_byte)
) strict;
-- The page on which a source is reviewed, and import.
create index rejected_source on rejected (source_id);

-- Every change by a person, for good. Source and incident by the ids that they had then.
create table review_log (
  review_log_id integer primary key,
  source text not null,
  incident text not null,
  at text not null,                    -- UTC, RFC 3339
  who text not null,
  action text not null check (action in ('accept', 'correct', 'split', 'merge', 'reject', 'add')),
  why text,
  old text not null,                   -- what was said before: drafts as a JSON array
  new text not null                    -- what is said since
) strict;
-- The page of an incident: its history.
create index review_log_incident on review_log (incident);
