//! Rows of datasets, as import finds, adds and retires them.

mod cells;

pub(super) use cells::Release;
pub use cells::{Cells, Rows};

use super::error::{StoreError, during};
use super::load;
use super::table::{self, Values, number, text};
use crate::model::date::DateSpan;
use rusqlite::types::{ToSqlOutput, ValueRef};
use rusqlite::{Connection, OptionalExtension, Row, Transaction, params};
use serde::Serialize;

/// A row as import finds it again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Known {
    /// Key in the database.
    pub record: i64,
    /// Key of its account.
    pub account: i64,
    /// Key of the incident that it was found to tell, whatever that is shown as.
    pub incident: i64,
    /// See [`New::text_hash`].
    pub text_hash: i64,
    /// See [`New::draft_hash`].
    pub draft_hash: i64,
    /// Whether it was withdrawn, and not replaced.
    pub withdrawn: bool,
}

/// The latest version of the row `key` of the dataset whose first version is `first`.
///
/// # Errors
/// What SQLite says.
pub fn find(db: &Connection, first: i64, key: &str) -> Result<Option<Known>, StoreError> {
    during("find a record", || {
        Ok(db
            .prepare_cached(
                "select r.record_id, a.account_id, coalesce(a.own_incident, a.incident_id),
                   r.text_hash, r.draft_hash,
                   r.retired_run is not null
                 from record r join account a using (record_id)
                 where r.first_id = ?1 and r.key = ?2
                 order by r.record_id desc, a.account_id desc limit 1",
            )?
            .query_row(params![first, key], known)
            .optional()?)
    })
}

fn known(row: &Row) -> rusqlite::Result<Known> {
    Ok(Known {
        record: row.get(0)?,
        account: row.get(1)?,
        incident: row.get(2)?,
        text_hash: row.get(3)?,
        draft_hash: row.get(4)?,
        withdrawn: row.get(5)?,
    })
}

/// A row to be stored.
#[derive(Debug, Clone, Copy)]
pub struct New<'a> {
    /// The import run.
    pub run: i64,
    /// Key of the version of the source that brings it.
    pub source: i64,
    /// Key of the first version of that source.
    pub first: i64,
    /// The dataset's own id of the event.
    pub key: &'a str,
    /// Line of the file, from 1.
    pub line: u64,
    /// Its cells, packed with the dictionary of the version: see [`packed`](super::packed).
    pub cells: &'a [u8],
    /// The first 8 bytes of the SHA-256 of its text, big end first.
    pub text_hash: i64,
    /// The same of what was read from it.
    pub draft_hash: i64,
}

/// Stores a row and gives its key.
///
/// # Errors
/// What SQLite says.
pub fn add(tx: &Transaction, row: New) -> Result<i64, StoreError> {
    during("store a record", || {
        let key = next(tx)?;
        table::insert(tx, RECORD, &[record(key, row)])?;
        Ok(key)
    })
}

/// The key of the next row.
pub(super) fn next(tx: &Transaction) -> rusqlite::Result<i64> {
    tx.prepare_cached("select coalesce(max(record_id), 0) + 1 from record")?
        .query_row([], |row| row.get(0))
}

/// Where rows are written, with the columns of [`record()`].
pub(super) const RECORD: &str = "record (record_id, source_id, first_id, key, line, packed, \
    text_hash, draft_hash, added_run)";

/// The row of a row.
pub(super) fn record(key: i64, row: New<'_>) -> Values<'_, 9> {
    [
        number(key),
        number(row.source),
        number(row.first),
        text(row.key),
        number(i64::try_from(row.line).unwrap_or(i64::MAX)),
        ToSqlOutput::Borrowed(ValueRef::Blob(row.cells)),
        number(row.text_hash),
        number(row.draft_hash),
        number(row.run),
    ]
}

/// Marks a row and what it says as no longer current.
///
/// # Errors
/// What SQLite says.
pub fn retire(tx: &Transaction, run: i64, record: i64) -> Result<(), StoreError> {
    during("retire a record", || {
        tx.prepare_cached("update record set retired_run = ?1 where record_id = ?2")?
            .execute([run, record])?;
        tx.prepare_cached(
            "update account set retired_run = ?1 where record_id = ?2 and retired_run is null",
        )?
        .execute([run, record])?;
        Ok(())
    })
}

/// What a release changed in its dataset, in rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct Numbers {
    /// Rows that were not there before.
    pub added: u64,
    /// Rows that say something else.
    pub changed: u64,
    /// Rows that are not there any more.
    pub withdrawn: u64,
    /// Rows as they were.
    pub unchanged: u64,
    /// Rows that could not be read, and what others leave open.
    pub problems: u64,
}

/// Makes the source `source` a version of the dataset whose first version is `first`; its rows
/// are packed with `dictionary`.
///
/// # Errors
/// What SQLite says.
pub fn add_dataset(
    tx: &Transaction,
    source: i64,
    first: i64,
    file_sha256: &str,
    header: &[String],
    dictionary: &[u8],
) -> Result<(), StoreError> {
    during("store a dataset", || {
        let header = serde_json::to_string(header).expect("texts are always JSON");
        tx.execute(
            "insert into dataset values (?1, ?2, ?3, ?4, 0, 0, 0, 0, 0, 0, 0, 0, ?5)",
            params![source, first, file_sha256, header, dictionary],
        )?;
        Ok(())
    })
}

/// Counts what the dataset has now that all rows of the release are in.
///
/// # Errors
/// What SQLite says.
pub fn close_dataset(
    tx: &Transaction,
    source: i64,
    first: i64,
    numbers: &Numbers,
) -> Result<(), StoreError> {
    during("count the records of a dataset", || {
        tx.execute(
            "update dataset set added = ?3, changed = ?4, withdrawn = ?5, unchanged = ?6,
               problems = ?7, (records, incidents, claims) =
               (select count(*), count(distinct a.incident_id), coalesce(sum(
                  (select count(*) from claim c where c.account_id = a.account_id)), 0)
                from account a where a.retired_run is null and a.source_id in
                  (select source_id from dataset where first_id = ?2))
             where source_id = ?1",
            params![
                source, first, numbers.added, numbers.changed, numbers.withdrawn,
                numbers.unchanged, numbers.problems,
            ],
        )?;
        Ok(())
    })
}

/// Key of the first version of a source that is a dataset.
///
/// # Errors
/// What SQLite says.
pub fn first_of(db: &Connection, source: i64) -> Result<Option<i64>, StoreError> {
    db.prepare_cached("select first_id from dataset where source_id = ?1")
        .and_then(|mut s| s.query_row([source], |row| row.get(0)).optional())
        .map_err(StoreError::sql("look for a dataset"))
}

/// How many current rows a dataset has.
///
/// # Errors
/// What SQLite says.
pub fn count(db: &Connection, first: i64) -> Result<u64, StoreError> {
    db.prepare_cached("select count(*) from record where first_id = ?1 and retired_run is null")
        .and_then(|mut s| s.query_row([first], |row| row.get(0)))
        .map_err(StoreError::sql("count records"))
}

/// Whether a dataset has a current row with this key.
///
/// # Errors
/// What SQLite says.
pub fn is_current(db: &Connection, first: i64, key: &str) -> Result<bool, StoreError> {
    db.prepare_cached(
        "select 1 from record where first_id = ?1 and key = ?2 and retired_run is null",
    )
    .and_then(|mut s| s.exists(params![first, key]))
    .map_err(StoreError::sql("look for a record"))
}

/// Key of the incident that a current row tells.
///
/// # Errors
/// What SQLite says.
pub fn incident(db: &Connection, record: i64) -> Result<i64, StoreError> {
    db.prepare_cached(
        "select coalesce(own_incident, incident_id) from account
         where record_id = ?1 and retired_run is null",
    )
    .and_then(|mut s| s.query_row([record], |row| row.get(0)))
    .map_err(StoreError::sql("look for the incident of a record"))
}

/// Keys of the current rows of a dataset for which `gone` holds, with the dataset's own ids.
///
/// # Errors
/// What SQLite says.
pub fn current(
    db: &Connection,
    first: i64,
    gone: impl Fn(i64) -> bool,
) -> Result<Vec<(i64, String)>, StoreError> {
    during("list the records of a dataset", || {
        let mut statement = db.prepare_cached(
            "select record_id, key from record where first_id = ?1 and retired_run is null
             order by key, record_id",
        )?;
        let mut rows = statement.query([first])?;
        let mut found = Vec::new();
        while let Some(row) = rows.next()? {
            let record = row.get(0)?;
            if gone(record) {
                found.push((record, row.get(1)?));
            }
        }
        Ok(found)
    })
}

/// First versions of the current datasets of a shape, other than `first`.
///
/// # Errors
/// What SQLite says.
pub fn siblings(db: &Connection, shape: &str, first: i64) -> Result<Vec<i64>, StoreError> {
    during("list datasets of a shape", || {
        Ok(db
            .prepare_cached(
                "select d.first_id from dataset d join source s using (source_id)
                 where s.retired_run is null and s.shape = ?1 and d.first_id <> ?2
                 order by d.first_id",
            )?
            .query_map(params![shape, first], |row| row.get(0))?
            .collect::<Result<_, _>>()?)
    })
}

/// A place that another source than a dataset names.
#[derive(Debug, Clone, PartialEq)]
pub struct Elsewhere {
    /// Its id.
    pub place: String,
    /// Degrees north and east, where they stand for the place or its surroundings.
    pub point: Option<(f64, f64)>,
    /// When something happened there.
    pub date: DateSpan,
    /// Key of the incident, as itself.
    pub incident: i64,
}

/// Tells `f` each place of each current account of other sources than the dataset with this
/// first version. Cercles and regions are left out.
///
/// # Errors
/// What SQLite says.
pub fn told_elsewhere(
    db: &Connection,
    first: i64,
    mut f: impl FnMut(Elsewhere),
) -> Result<(), StoreError> {
    during("list what other sources tell", || {
        let mut statement = db.prepare_cached(
            "select p.place, coalesce(a.own_incident, a.incident_id), p.lat, p.lon, p.precision,
               a.date_start, a.date_end, a.date_precision
             from account a join account_place p using (account_id)
             where a.retired_run is null and p.precision not in ('cercle', 'region')
               and a.source_id not in (select source_id from dataset where first_id = ?1)",
        )?;
        let mut rows = statement.query([first])?;
        while let Some(row) = rows.next()? {
            let (lat, lon): (Option<f64>, Option<f64>) = (row.get(2)?, row.get(3)?);
            let exact: bool = row.get_ref(4)?.as_str().is_ok_and(|word| word != "unknown");
            f(Elsewhere {
                place: row.get(0)?,
                point: lat.zip(lon).filter(|_| exact),
                date: load::span(row, 5)?,
                incident: row.get(1)?,
            });
        }
        Ok(())
    })
}

/// The names of the columns of one version of a dataset.
///
/// # Errors
/// What SQLite says; [`StoreError::Damaged`] where they are no list of names.
pub fn header(db: &Connection, source: i64) -> Result<Vec<String>, StoreError> {
    let text: String = db
        .prepare_cached("select header from dataset where source_id = ?1")
        .and_then(|mut s| s.query_row([source], |row| row.get(0)))
        .map_err(StoreError::sql("read the columns of a dataset"))?;
    list(&text)
}

/// A JSON array of texts.
pub(super) fn list(text: &str) -> Result<Vec<String>, StoreError> {
    serde_json::from_str(text).map_err(|e| StoreError::Damaged(format!("cells {text:?}: {e}")))
}
