-- Why: a row of a dataset as it was took a third of the database, nearly all of it words that
-- every row has. Cells are now packed (see store::packed): deflated, with a dictionary that the
-- rows of a release share. Rows of before are packed by the step that runs this file.

alter table dataset add column dictionary blob not null default x'';
alter table record add column packed blob not null default x'';
