//! The database checked against itself.

use super::error::{StoreError, during};
use crate::model::passage::Passage;
use rusqlite::Connection;

/// A version of a source with all that refers to its text.
#[derive(Debug, Clone, PartialEq)]
pub struct Audited {
    /// Readable id, with the version when it is not the current one.
    pub name: String,
    /// The stored text.
    pub text: String,
    /// SHA-256 that the text had when it was imported.
    pub sha256: String,
    /// Every passage of every account, retired ones included.
    pub passages: Vec<Passage>,
}

/// What SQLite finds wrong with the file and the references in it; nothing when it is whole.
///
/// # Errors
/// When it cannot be asked.
pub fn structure(db: &Connection) -> Result<Vec<String>, StoreError> {
    during("check the database", || {
        let mut wrong: Vec<String> = db
            .prepare("pragma integrity_check")?
            .query_map([], |row| row.get(0))?
            .collect::<Result<_, _>>()?;
        wrong.retain(|line| line != "ok");
        let mut statement = db.prepare("pragma foreign_key_check")?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let (table, parent): (String, String) = (row.get(0)?, row.get(2)?);
            wrong.push(format!("a row of {table} refers to a missing row of {parent}"));
        }
        Ok(wrong)
    })
}

/// Every version of every source, one in memory at a time.
///
/// # Errors
/// What SQLite says.
pub fn sources(db: &Connection, mut f: impl FnMut(Audited)) -> Result<(), StoreError> {
    during("check sources and passages", || {
        let mut passages = db.prepare(
            "select p.start_byte, p.end_byte, p.quote from passage p
             join account a using (account_id) where a.source_id = ?1",
        )?;
        let mut statement = db.prepare(
            "select source_id, slug, version, retired_run is null as current, text, sha256
             from source order by source_id",
        )?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let (slug, version): (String, i64) = (row.get("slug")?, row.get("version")?);
            f(Audited {
                name: match row.get("current")? {
                    true => slug,
                    false => format!("{slug} (version {version})"),
                },
                text: row.get("text")?,
                sha256: row.get("sha256")?,
                passages: passages
                    .query_map([row.get::<_, i64>("source_id")?], |row| {
                        Ok(Passage {
                            start: row.get(0)?,
                            end: row.get(1)?,
                            quote: row.get(2)?,
                            page: None,
                        })
                    })?
                    .collect::<Result<_, _>>()?,
            });
        }
        Ok(())
    })
}
