-- Why: an import of very many rows spends its time here. Each row of a dataset was deflated with a
-- dictionary that had to be read anew for it; they are packed by the step that runs this file
-- (see store::packed). And for each of the sixteen or so values of an incident SQLite looked up
-- that the value is there, though its key comes from that very table.

drop view facet;
create table new_facet_entry (
  facet_value_id integer not null,     -- of facet_value; a reference would be looked up each time
  incident_id integer not null,        -- of incident; a reference would want an index of its own
  primary key (facet_value_id, incident_id)
) strict, without rowid;
insert into new_facet_entry select * from facet_entry order by facet_value_id, incident_id;
drop table facet_entry;
alter table new_facet_entry rename to facet_entry;
create view facet as
  select v.dimension, v.value, e.incident_id from facet_value v join facet_entry e using (facet_value_id);
