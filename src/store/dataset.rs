//! Datasets and their rows, as pages show them.

use super::error::{StoreError, during};
use super::incident::{Listing, Page};
use super::load;
use super::record::{Cells, Numbers, Rows, header};
use super::source::{Mark, marks};
use crate::model::source::SourceRef;
use rusqlite::{Connection, OptionalExtension, params};
use serde::Serialize;

/// A release of a dataset.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Release {
    /// Which version of the source it is, from 1.
    pub version: u64,
    /// Name of the file.
    pub file_name: String,
    /// SHA-256 of the file, lower-case hex.
    pub file_sha256: String,
    /// When it was imported: UTC, RFC 3339.
    pub imported: String,
    /// What it changed.
    #[serde(flatten)]
    pub numbers: Numbers,
}

/// A dataset as a whole.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Dataset {
    /// Names of the columns of the current release.
    pub header: Vec<String>,
    /// Current rows.
    pub records: u64,
    /// Incidents that they tell.
    pub incidents: u64,
    /// Casualty figures in them.
    pub claims: u64,
    /// Every release, the latest first.
    pub releases: Vec<Release>,
}

/// What the source `id` is as a dataset; none for a document.
///
/// # Errors
/// What SQLite says.
pub fn show(db: &Connection, id: &str) -> Result<Option<Dataset>, StoreError> {
    during("show a dataset", || {
        let found: Option<(i64, u64, u64, u64)> = db
            .prepare_cached(
                "select d.source_id, d.records, d.incidents, d.claims
                 from source s join dataset d using (source_id)
                 where s.slug = ?1 and s.retired_run is null",
            )?
            .query_row([id], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?)))
            .optional()?;
        let Some((key, records, incidents, claims)) = found else { return Ok(None) };
        let releases = db
            .prepare_cached(
                "select s.version, s.file_name, d.file_sha256, r.started_at, d.added, d.changed,
                   d.withdrawn, d.unchanged, d.problems
                 from source s join dataset d using (source_id)
                   join import_run r on r.import_run_id = s.added_run
                 where s.slug = ?1 order by s.version desc",
            )?
            .query_map([id], |row| {
                Ok(Release {
                    version: row.get(0)?,
                    file_name: row.get(1)?,
                    file_sha256: row.get(2)?,
                    imported: row.get(3)?,
                    numbers: Numbers {
                        added: row.get(4)?,
                        changed: row.get(5)?,
                        withdrawn: row.get(6)?,
                        unchanged: row.get(7)?,
                        problems: row.get(8)?,
                    },
                })
            })?
            .collect::<Result<_, _>>()?;
        Ok(Some(Dataset { header: header(db, key)?, records, incidents, claims, releases }))
    })
}

/// A row in a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Row {
    /// The dataset's own id of the event.
    pub key: String,
    /// Line of the file that brought it, from 1.
    pub line: u64,
    /// Title of what it tells.
    pub title: String,
    /// Id of the incident that it tells, or told.
    pub incident: String,
    /// Whether it was withdrawn.
    pub withdrawn: bool,
}

/// Rows of the dataset `id` by their keys, those that were withdrawn included.
///
/// # Errors
/// What SQLite says.
pub fn rows(db: &Connection, id: &str, page: &Page) -> Result<Listing<Row>, StoreError> {
    during("list the records of a dataset", || {
        let size = page.size.max(1);
        let mut statement = db.prepare_cached(
            "with latest as (
               select key, max(record_id) as record_id from record
               where first_id = (select min(source_id) from source where slug = ?1) and key > ?2
               group by key order by key limit ?3)
             select r.key, r.line, a.title, i.slug, r.retired_run is not null
             from latest l join record r using (record_id)
               join account a on a.account_id =
                 (select max(account_id) from account where record_id = r.record_id)
               join incident i using (incident_id)
             order by r.key",
        )?;
        let after = page.after.as_deref().unwrap_or_default();
        let mut rows: Vec<Row> = statement
            .query_map(params![id, after, size + 1], |row| {
                Ok(Row {
                    key: row.get(0)?,
                    line: row.get(1)?,
                    title: row.get(2)?,
                    incident: row.get(3)?,
                    withdrawn: row.get(4)?,
                })
            })?
            .collect::<Result<_, _>>()?;
        let more = rows.len() > size;
        rows.truncate(size);
        let next = rows.last().filter(|_| more).map(|row| row.key.clone());
        let total = db
            .prepare_cached(
                "select count(*) from record where retired_run is null
                   and first_id = (select min(source_id) from source where slug = ?1)",
            )?
            .query_row([id], |row| row.get(0))?;
        Ok(Listing { rows, next, total })
    })
}

/// A row as one release had it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Version {
    /// Its cells.
    pub cells: Cells,
    /// Line of the file, from 1.
    pub line: u64,
    /// Name of the file.
    pub file_name: String,
    /// When it was imported: UTC, RFC 3339.
    pub added: String,
    /// When it was replaced or withdrawn; none while it is current.
    pub retired: Option<String>,
}

/// A row with its history.
#[derive(Debug, Clone, PartialEq)]
pub struct Record {
    /// The dataset.
    pub source: SourceRef,
    /// Id of the incident that it tells, or told.
    pub incident: String,
    /// Title of what it tells.
    pub title: String,
    /// Every passage that supports a fact, in the order of the text of the first version below;
    /// nothing once the row is withdrawn.
    pub marks: Vec<Mark>,
    /// How it was in each release that changed it, the latest first. Never empty.
    pub versions: Vec<Version>,
}

/// The row `key` of the dataset `id`.
///
/// # Errors
/// What SQLite says.
pub fn record(db: &Connection, id: &str, key: &str) -> Result<Option<Record>, StoreError> {
    during("show a record", || {
        let mut statement = db.prepare_cached(
            "select r.record_id, r.line, v.file_name, n.started_at, o.started_at
             from record r join source v using (source_id)
               join import_run n on n.import_run_id = r.added_run
               left join import_run o on o.import_run_id = r.retired_run
             where r.key = ?2
               and r.first_id = (select min(source_id) from source where slug = ?1)
             order by r.record_id desc",
        )?;
        let mut found = statement.query([id, key])?;
        let (mut rows, mut versions, mut latest) = (Rows::default(), Vec::new(), None);
        while let Some(row) = found.next()? {
            let record: i64 = row.get(0)?;
            latest = latest.or(Some(record));
            versions.push(Version {
                cells: rows.get(db, record)?,
                line: row.get(1)?,
                file_name: row.get(2)?,
                added: row.get(3)?,
                retired: row.get(4)?,
            });
        }
        let Some(latest) = latest else { return Ok(None) };
        let (incident, title) = db
            .prepare_cached(
                "select i.slug, a.title from account a join incident i using (incident_id)
                 where a.record_id = ?1 order by a.account_id desc limit 1",
            )?
            .query_row([latest], |row| Ok((row.get(0)?, row.get(1)?)))?;
        let mut statement =
            db.prepare_cached("select * from source where slug = ?1 and retired_run is null")?;
        let mut found = statement.query([id])?;
        let Some(row) = found.next()? else { return Ok(None) };
        Ok(Some(Record {
            source: load::source_of(row)?,
            incident,
            title,
            marks: marks(db, "a.record_id = ?1", latest)?,
            versions,
        }))
    })
}
