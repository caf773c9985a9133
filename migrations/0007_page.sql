-- Why: a passage of a PDF names its page. The pages of a source are kept once, by the byte of
-- the text at which each begins; the page of a passage follows from its first byte.

create table page (
  source_id integer not null references source on delete cascade,
  number integer not null check (number >= 1),   -- counted from the first page of the file
  start_byte integer not null check (start_byte >= 0),
  primary key (source_id, number)
) strict, without rowid;
