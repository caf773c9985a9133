//! Sources with their texts and rows, for an export that can be imported again.

use super::error::StoreError;
use super::load::{self, word};
use super::record;
use super::select::Clause;
use crate::model::copy::{DatasetCopy, RowCopy, SourceCopy};
use crate::model::filter::Filter;
use rusqlite::{Connection, Row, Transaction, params, params_from_iter};
use std::collections::HashMap;
use std::collections::hash_map::Entry;

/// Calls `f` with each source of the incidents of a filter, in the order in which they were
/// first imported.
///
/// # Errors
/// [`StoreError::BadSearch`], what SQLite says, or what `f` returns.
pub fn sources<E: From<StoreError>>(
    db: &Connection,
    filter: &Filter,
    mut f: impl FnMut(SourceCopy) -> Result<(), E>,
) -> Result<(), E> {
    let failed = StoreError::sql("read the texts of a filter");
    let clause = Clause::of(filter)?;
    let sql = format!(
        "select s.source_id, s.slug, s.file_name, s.shape, s.body_start, s.text, d.file_sha256,
           d.header
         from source s left join dataset d using (source_id)
         where s.retired_run is null and s.slug in
           (select f.value from facet f where f.dimension = 'source' and f.incident_id in
             (select i.incident_id from incident i where {}))
         order by (select min(v.source_id) from source v where v.slug = s.slug)",
        clause.sql
    );
    let mut statement = db.prepare_cached(&sql).map_err(&failed)?;
    let mut rows = statement.query(params_from_iter(&clause.values)).map_err(&failed)?;
    while let Some(row) = rows.next().map_err(&failed)? {
        f(source(db, row)?)?;
    }
    Ok(())
}

fn source(db: &Connection, row: &Row) -> Result<SourceCopy, StoreError> {
    let header: Option<String> = row.get("header")?;
    let dataset = match header {
        None => None,
        Some(header) => Some(DatasetCopy {
            file_sha256: row.get("file_sha256")?,
            header: record::list(&header)?,
        }),
    };
    Ok(SourceCopy {
        source: row.get("slug")?,
        file_name: row.get("file_name")?,
        shape: word(row, "shape")?,
        body_start: row.get("body_start")?,
        pages: load::pages(db, row.get("source_id")?)?,
        text: row.get("text")?,
        dataset,
    })
}

/// Calls `f` with each row of a dataset that tells an incident of a filter: the datasets in the
/// order of [`sources`], their rows in that in which they were imported.
///
/// # Errors
/// [`StoreError::BadSearch`], what SQLite says, or what `f` returns.
pub fn rows<E: From<StoreError>>(
    db: &Connection,
    filter: &Filter,
    mut f: impl FnMut(RowCopy) -> Result<(), E>,
) -> Result<(), E> {
    let failed = StoreError::sql("read the rows of a filter");
    let clause = Clause::of(filter)?;
    // Only keys are sorted: all the cells would be much to hold.
    let keys = format!(
        "select r.record_id
         from account a
         join record r using (record_id)
         where a.retired_run is null and a.incident_id in
           (select i.incident_id from incident i where {})
         order by r.first_id, r.record_id",
        clause.sql
    );
    let (mut cells, mut headers) = (record::Rows::default(), HashMap::new());
    let mut keys = db.prepare_cached(&keys).map_err(&failed)?;
    let mut keys = keys.query(params_from_iter(&clause.values)).map_err(&failed)?;
    let mut row = db
        .prepare_cached(
            "select s.slug, r.source_id, r.key, r.line, r.packed,
               (select v.source_id from source v where v.slug = s.slug
                order by v.version desc limit 1) as latest
             from record r join source s using (source_id) where r.record_id = ?1",
        )
        .map_err(&failed)?;
    while let Some(key) = keys.next().map_err(&failed)? {
        let key: i64 = key.get(0).map_err(&failed)?;
        let mut found = row.query([key]).map_err(&failed)?;
        if let Some(row) = found.next().map_err(&failed)? {
            f(one(db, row, &mut cells, &mut headers)?)?;
        }
    }
    Ok(())
}

/// A row; `latest` has the columns of the latest version of each dataset, read once.
fn one(
    db: &Connection,
    row: &Row,
    cells: &mut record::Rows,
    latest: &mut HashMap<i64, Vec<String>>,
) -> Result<RowCopy, StoreError> {
    let read = cells.read(db, row)?;
    let header = match latest.entry(row.get("latest")?) {
        Entry::Occupied(known) => known.into_mut(),
        Entry::Vacant(new) => {
            let header = record::header(db, *new.key())?;
            new.insert(header)
        }
    };
    Ok(RowCopy {
        source: row.get("slug")?,
        key: read.key,
        line: row.get("line")?,
        header: Some(read.header.to_vec()).filter(|own| own != header),
        cells: read.cells,
    })
}

/// Marks an account that was just stored as reviewed.
///
/// # Errors
/// What SQLite says.
pub fn mark_reviewed(tx: &Transaction, source: i64, ordinal: u64) -> Result<(), StoreError> {
    tx.prepare_cached(
        "update account set status = 'reviewed'
         where source_id = ?1 and ordinal = ?2 and retired_run is null",
    )
    .and_then(|mut s| s.execute(params![source, ordinal]))
    .map_err(StoreError::sql("mark an account as reviewed"))?;
    Ok(())
}
