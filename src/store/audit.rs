//! The database checked against itself.

use super::error::{StoreError, during};
use super::record::Rows;

use crate::model::hash::hash64;
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
    /// Every passage of every account and of every link between incidents, retired ones
    /// included.
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

/// Checks every row of every dataset, retired ones included, and gives how many there are.
/// `wrong` is told of each whose text is not what was imported, or of which a fact lies outside
/// its text, by source and key.
///
/// # Errors
/// What SQLite says.
pub fn records(db: &Connection, mut wrong: impl FnMut(&str, &str)) -> Result<u64, StoreError> {
    during("check records", || {
        let mut facts = db.prepare(
            "select start_byte, end_byte from account_place where account_id = ?1
             union all select start_byte, end_byte from attribution where account_id = ?1
             union all select start_byte, end_byte from account_victim where account_id = ?1
             union all select start_byte, end_byte from claim where account_id = ?1",
        )?;
        let mut statement = db.prepare(
            "select r.source_id, r.key, r.packed, r.text_hash, s.slug, a.account_id, a.whole_start,
               a.whole_end, coalesce(a.date_passage_start, 0) as date_start,
               coalesce(a.date_passage_end, 0) as date_end
             from record r join source s using (source_id) left join account a using (record_id)
             order by r.record_id",
        )?;
        let mut rows = statement.query([])?;
        let (mut cells, mut count) = (Rows::default(), 0);
        while let Some(row) = rows.next()? {
            count += 1;
            let (source, key): (String, String) = (row.get("slug")?, row.get("key")?);
            let text = match cells.read(db, row) {
                Ok(record) => record.text(),
                Err(StoreError::Damaged(_)) => {
                    wrong(&source, &key);
                    continue;
                }
                Err(error) => return Err(error),
            };
            let mut whole = hash64(&text) == row.get::<_, i64>("text_hash")?;
            if let Some(account) = row.get::<_, Option<i64>>("account_id")? {
                let own = [
                    (row.get("whole_start")?, row.get("whole_end")?),
                    (row.get("date_start")?, row.get("date_end")?),
                ];
                let ranges = facts
                    .query_map([account], |row| Ok((row.get(0)?, row.get(1)?)))?
                    .collect::<Result<Vec<(usize, usize)>, _>>()?;
                whole &= own.iter().chain(&ranges).all(|(from, to)| text.get(*from..*to).is_some());
            }
            if !whole {
                wrong(&source, &key);
            }
        }
        Ok(count)
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
             join account a using (account_id) where a.source_id = ?1
             union all
             select r.start_byte, r.end_byte, r.quote from relation r
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
