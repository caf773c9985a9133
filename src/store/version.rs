//! Versions of sources, as import finds, adds and retires them.

use super::error::{StoreError, during};
use crate::model::document::{ParsedDocument, Problem};
use rusqlite::{Connection, OptionalExtension, Transaction, params, params_from_iter};

/// A current source as import finds it again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// Key of this version.
    pub key: i64,
    /// Its readable id.
    pub slug: String,
    /// Which version it is.
    pub version: i64,
    /// Import run that added it.
    pub added_run: i64,
    /// Which file it came from.
    pub origin: String,
    /// SHA-256 of its text.
    pub sha256: String,
    /// SHA-256 of what was parsed from it.
    pub parse_sha256: String,
}

/// By what a source is found again.
#[derive(Debug, Clone, Copy)]
pub enum By<'a> {
    /// The file it came from.
    Origin(&'a str),
    /// SHA-256 of its text.
    Text(&'a str),
    /// Link and kind of document.
    Link(&'a str, &'a str),
    /// Its readable id.
    Id(&'a str),
    /// Key of its first version.
    First(i64),
}

/// The first current source with this origin, text or link.
///
/// # Errors
/// What SQLite says.
pub fn find(db: &Connection, by: By) -> Result<Option<Found>, StoreError> {
    let first: String;
    let (condition, values) = match by {
        By::Origin(origin) => ("origin = ?1", vec![origin]),
        By::Text(sha256) => ("sha256 = ?1", vec![sha256]),
        By::Link(url, kind) => ("url = ?1 and kind = ?2", vec![url, kind]),
        By::Id(slug) => ("slug = ?1", vec![slug]),
        By::First(key) => {
            first = key.to_string();
            (
                "slug = (select slug from source where source_id = cast(?1 as integer))",
                vec![first.as_str()],
            )
        }
    };
    db.prepare_cached(&format!(
        "select source_id, slug, version, added_run, origin, sha256, parse_sha256 from source
         where {condition} and retired_run is null order by source_id limit 1"
    ))
    .and_then(|mut s| {
        s.query_row(params_from_iter(values), |row| {
            Ok(Found {
                key: row.get(0)?,
                slug: row.get(1)?,
                version: row.get(2)?,
                added_run: row.get(3)?,
                origin: row.get(4)?,
                sha256: row.get(5)?,
                parse_sha256: row.get(6)?,
            })
        })
        .optional()
    })
    .map_err(StoreError::sql("find a source"))
}

/// What import adds to a document.
#[derive(Debug, Clone, Copy)]
pub struct Stamp<'a> {
    /// The import run.
    pub run: i64,
    /// Which file it came from.
    pub origin: &'a str,
    /// SHA-256 of the text.
    pub sha256: &'a str,
    /// SHA-256 of what was parsed from it.
    pub parse_sha256: &'a str,
}

/// Stores a document, as the next version of `replaces` or under a new id made from `base`,
/// and gives its key and id.
///
/// # Errors
/// What SQLite says.
pub fn add(
    tx: &Transaction,
    doc: &ParsedDocument,
    stamp: Stamp,
    base: &str,
    replaces: Option<&Found>,
) -> Result<(i64, String), StoreError> {
    during("store a source", || {
        let (slug, version) = match replaces {
            Some(old) => {
                retire(tx, stamp.run, old.key)?;
                (old.slug.clone(), old.version + 1)
            }
            None => (free_slug(tx, base)?, 1),
        };
        let meta = &doc.meta;
        tx.prepare_cached(
            "insert into source (slug, version, origin, file_name, title, publisher, kind, lang,
               url, published, retrieved, licence, shape, text, body_start, sha256, parse_sha256,
               added_run, sensitive)
             values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17,
               ?18,
               -- A mark lasts: only a person takes it away.
               ?19 or exists (select 1 from source where source_id = ?20 and sensitive))",
        )?
        .execute(params![
            slug,
            version,
            stamp.origin,
            doc.file_name,
            meta.title,
            meta.publisher,
            meta.kind.as_str(),
            meta.lang.as_str(),
            meta.url,
            meta.published.map(|d| d.to_string()),
            meta.retrieved.map(|d| d.to_string()),
            meta.licence,
            doc.shape.as_str(),
            doc.text,
            doc.body_start,
            stamp.sha256,
            stamp.parse_sha256,
            stamp.run,
            meta.sensitive,
            replaces.map(|old| old.key),
        ])?;
        let key = tx.last_insert_rowid();
        doc.problems.iter().try_for_each(|problem| add_problem(tx, key, problem))?;
        let mut insert = tx.prepare_cached(
            "insert into page (source_id, number, start_byte) values (?1, ?2, ?3)",
        )?;
        for (number, start) in (1_i64..).zip(&doc.pages) {
            insert.execute(params![key, number, start])?;
        }
        Ok((key, slug))
    })
}

/// Keeps what was not understood in a source.
///
/// # Errors
/// What SQLite says.
pub fn add_problem(tx: &Transaction, key: i64, problem: &Problem) -> Result<(), StoreError> {
    tx.prepare_cached(
        "insert into problem (source_id, line, expected, found) values (?1, ?2, ?3, ?4)",
    )
    .and_then(|mut s| s.execute(params![key, problem.line, problem.expected, problem.found]))
    .map(|_| ())
    .map_err(StoreError::sql("keep a problem"))
}

/// Marks a version of a source as no longer current.
///
/// # Errors
/// What SQLite says.
pub fn retire(tx: &Transaction, run: i64, key: i64) -> Result<(), StoreError> {
    tx.prepare_cached("update source set retired_run = ?1 where source_id = ?2")
        .and_then(|mut s| s.execute([run, key]))
        .map(|_| ())
        .map_err(StoreError::sql("retire a source"))
}

fn free_slug(tx: &Transaction, base: &str) -> Result<String, StoreError> {
    let mut taken = tx.prepare_cached("select 1 from source where slug = ?1")?;
    let mut slug = base.to_owned();
    let mut n = 1;
    while taken.exists([&slug])? {
        n += 1;
        slug = format!("{base}-{n}");
    }
    Ok(slug)
}

/// Starts an import run and gives its key.
///
/// # Errors
/// What SQLite says.
pub fn start_run(tx: &Transaction) -> Result<i64, StoreError> {
    tx.execute(
        "insert into import_run (started_at, program) values (?1, ?2)",
        params![jiff::Timestamp::now().to_string(), env!("CARGO_PKG_VERSION")],
    )
    .map_err(StoreError::sql("start an import run"))?;
    Ok(tx.last_insert_rowid())
}
