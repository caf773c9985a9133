//! Writing very many incidents in one transaction.

use super::error::{StoreError, during};
use rusqlite::Transaction;

/// Kilobytes that sorting takes, and pages meanwhile: less than writing has taken, so that memory
/// is the same however many rows there are. What is sorted waits in a file.
const SORT_KB: i64 = 8_000;

/// The indexes by which lists of incidents are sorted, put aside. Rows come in no order of theirs,
/// so that each of very many would write other pages of them; made anew in the end they take
/// seconds. A transaction that is taken back has them as they were.
#[derive(Debug)]
#[must_use = "without its end the indexes are gone"]
pub struct Bulk {
    indexes: Vec<String>,
}

impl Bulk {
    /// Puts the indexes aside.
    ///
    /// # Errors
    /// What SQLite says.
    pub fn begin(tx: &Transaction) -> Result<Self, StoreError> {
        during("put indexes aside", || {
            let mut found = tx.prepare(
                "select name, sql from sqlite_schema where type = 'index' and tbl_name = 'incident'
                   and name in ('incident_newest', 'incident_oldest', 'incident_deadliest')",
            )?;
            let found: Vec<(String, String)> = found
                .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?
                .collect::<Result<_, _>>()?;
            for (name, _) in &found {
                tx.execute_batch(&format!("drop index {name}"))?;
            }
            Ok(Self { indexes: found.into_iter().map(|(_, sql)| sql).collect() })
        })
    }

    /// Makes them anew.
    ///
    /// # Errors
    /// What SQLite says.
    pub fn end(self, tx: &Transaction) -> Result<(), StoreError> {
        during("make indexes anew", || {
            // To sort takes as much memory as pages may.
            tx.pragma_update(None, "cache_size", -SORT_KB)?;
            self.indexes.iter().try_for_each(|sql| Ok(tx.execute_batch(sql)?))
        })
    }
}
