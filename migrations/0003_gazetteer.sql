-- Why: people decide which incidents are one and can take it back; and they load places of
-- their own for the parser to know.

-- What people decide about incidents never changes what each account was found to tell:
-- own_incident keeps that, incident_id is where it is shown. So a decision can be undone, and
-- an import that finds an account again need not know of it.
alter table incident add column shown_as integer references incident;      -- null: as itself
alter table account add column own_incident integer references incident;   -- null: incident_id
-- Joining and parting: what is shown as an incident.
create index incident_shown on incident (shown_as) where shown_as is not null;
-- Joining, parting and importing: the accounts of an incident that is shown as another.
create index account_own on account (own_incident) where own_incident is not null;

-- Slug of the incident that a person parted from the other of the pair, which rules had joined
-- to it; null otherwise. `reason` holds a word of matching::Reason.
alter table match add column parted text;
update match set reason = 'person' where reason = 'decided by a person';
update match set reason = 'little' where decision = 'open';

-- Import asks: which incidents happened near this point?
create index account_place_point on account_place (lat, lon) where lat is not null;

-- A file of places that the user loaded.
create table gazetteer (
  gazetteer_id integer primary key,
  name text not null unique,           -- file name, by which it is listed and removed
  sha256 text not null,                -- of the file
  credit text not null,                -- whom to name where its places are shown
  loaded_at text not null              -- UTC, RFC 3339
) strict;

create table gazetteer_place (
  gazetteer_id integer not null references gazetteer on delete cascade,
  ordinal integer not null,            -- order in the file
  name text not null,
  aliases text not null,               -- separated with |
  cercle text not null,                -- of before 2012 or of 2023; '' where the file has none
  region text not null,                -- slug; '' where the file has none
  lat real,
  lon real,
  primary key (gazetteer_id, ordinal)
) strict, without rowid;
