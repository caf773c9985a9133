//! Rows of datasets, as import finds, adds and retires them.

use super::error::{StoreError, during};
use crate::model::record;
use rusqlite::{Connection, OptionalExtension, Row, Transaction, params};
use std::collections::HashMap;
use std::sync::Arc;

/// A row as import finds it again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Known {
    /// Key in the database.
    pub record: i64,
    /// Key of its account.
    pub account: i64,
    /// Key of the incident that it tells.
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
                "select r.record_id, a.account_id, a.incident_id, r.text_hash, r.draft_hash,
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
    /// Its cells, as a JSON array.
    pub cells: &'a str,
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
        tx.prepare_cached(
            "insert into record (source_id, first_id, key, line, cells, text_hash, draft_hash,
               added_run)
             values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
        )?
        .execute(params![
            row.source, row.first, row.key, row.line, row.cells, row.text_hash, row.draft_hash,
            row.run,
        ])?;
        Ok(tx.last_insert_rowid())
    })
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

/// A row as it was.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cells {
    /// The dataset's own id of the event.
    pub key: String,
    /// Names of the columns.
    pub header: Arc<Vec<String>>,
    /// What stands in them.
    pub cells: Vec<String>,
}

impl Cells {
    /// The text in which its passages lie.
    pub fn text(&self) -> String {
        record::text(&self.header, &self.cells)
    }
}

/// Rows as they were, read one by one; the columns of each version are read once.
#[derive(Debug, Default)]
pub struct Rows(HashMap<i64, Arc<Vec<String>>>);

impl Rows {
    /// The row with this key in the database.
    ///
    /// # Errors
    /// What SQLite says; [`StoreError::Damaged`] where its cells are no list of texts.
    pub fn get(&mut self, db: &Connection, record: i64) -> Result<Cells, StoreError> {
        let (source, key, cells): (i64, String, String) = db
            .prepare_cached("select source_id, key, cells from record where record_id = ?1")
            .and_then(|mut s| {
                s.query_row([record], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
            })
            .map_err(StoreError::sql("read a record"))?;
        let header = match self.0.get(&source) {
            Some(header) => Arc::clone(header),
            None => {
                let header = Arc::new(header(db, source)?);
                self.0.insert(source, Arc::clone(&header));
                header
            }
        };
        Ok(Cells { key, header, cells: list(&cells)? })
    }
}
