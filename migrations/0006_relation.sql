-- Why: a text itself links some of its incidents: one is told as retaliation for another, or so
-- many days after it. Such a link is a fact of the text like any other, with its words; it is
-- retired with the accounts that it joins.

create table relation (
  relation_id integer primary key,
  account_id integer not null references account on delete cascade,        -- the later one
  other_account_id integer not null references account on delete cascade,  -- the earlier one
  kind text not null check (kind in ('answer', 'after')),
  start_byte integer not null,
  end_byte integer not null,
  quote text not null,                 -- the sentence that says so
  check (0 <= start_byte and start_byte <= end_byte),
  unique (account_id, other_account_id, kind, start_byte)
) strict;
-- The page of an incident, from the other side.
create index relation_other on relation (other_account_id);
