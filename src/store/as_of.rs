//! The database as it was known on an earlier day.

use super::derive::{Deriving, derive_with};
use super::error::{StoreError, during};
use super::{Db, copy, open_writer};
use crate::knowledge::Knowledge;
use jiff::civil::Date;
use rusqlite::{Connection, Transaction};
use tempfile::TempDir;

/// A copy of a database without what was imported later than on some day. It is gone with the
/// value.
pub struct Past {
    db: Db,
    _folder: TempDir,
}

impl Past {
    /// The database as it was known at the end of `day` (UTC): what later imports added is left
    /// out, what they retired is there again, and all that derives from it is derived again.
    /// Which incidents are one, and what people corrected, is as it is now.
    ///
    /// # Errors
    /// When it cannot be copied, or what SQLite says.
    pub fn of(db: &Db, day: Date, known: &Knowledge) -> Result<Self, StoreError> {
        let folder = tempfile::tempdir().map_err(|e| StoreError::NotWritable {
            path: std::env::temp_dir(),
            reason: e.to_string(),
        })?;
        let path = folder.path().join("past.db");
        copy(db.path(), &path)?;
        let mut writer = open_writer(&path)?;
        during("go back to an earlier day", || go_back(&mut writer, day, known))?;
        drop(writer);
        Ok(Self { db: Db::open_to_read(&path)?, _folder: folder })
    }

    /// As [`Past::of`]; none where nothing was imported after `day`, and the database is what it
    /// was then.
    ///
    /// # Errors
    /// As [`Past::of`].
    pub fn if_other(db: &Db, day: Date, known: &Knowledge) -> Result<Option<Self>, StoreError> {
        match db.read(|db| is_past(db, day))? {
            true => Self::of(db, day, known).map(Some),
            false => Ok(None),
        }
    }

    /// The copy.
    pub fn db(&self) -> &Db {
        &self.db
    }
}

/// Whether anything was imported after `day` (UTC).
///
/// # Errors
/// What SQLite says.
pub fn is_past(db: &Connection, day: Date) -> Result<bool, StoreError> {
    db.prepare_cached("select 1 from import_run where substr(started_at, 1, 10) > ?1")
        .and_then(|mut s| s.exists([day.to_string()]))
        .map_err(StoreError::sql("look for later imports"))
}

/// In this order nothing refers to what is gone.
const REMOVE: [&str; 9] = [
    "delete from claim where account_id in
       (select account_id from account where added_run in (select run from later))",
    "delete from attribution where account_id in
       (select account_id from account where added_run in (select run from later))",
    "delete from account_victim where account_id in
       (select account_id from account where added_run in (select run from later))",
    "delete from account_place where account_id in
       (select account_id from account where added_run in (select run from later))",
    "delete from account where added_run in (select run from later)",
    "delete from record where added_run in (select run from later)",
    "delete from source where added_run in (select run from later)",
    "update account set retired_run = null where retired_run in (select run from later)",
    "update record set retired_run = null where retired_run in (select run from later)",
];

fn go_back(writer: &mut Connection, day: Date, known: &Knowledge) -> Result<(), StoreError> {
    // Every reference is looked after here; to look for each row that goes would take too long.
    writer.execute_batch("pragma foreign_keys = off")?;
    let tx = writer.transaction()?;
    prepare(&tx, day)?;
    for sql in REMOVE {
        tx.execute(sql, [])?;
    }
    tx.execute(
        "update source set retired_run = null where retired_run in (select run from later)",
        [],
    )?;
    for table in ["dataset", "problem", "page"] {
        let sql =
            format!("delete from {table} where source_id not in (select source_id from source)");
        tx.execute(&sql, [])?;
    }
    tx.execute(
        "delete from relation where account_id not in (select account_id from account)
           or other_account_id not in (select account_id from account)",
        [],
    )?;
    tx.execute("delete from passage where account_id not in (select account_id from account)", [])?;
    // An id that was joined later is its own again.
    tx.execute(
        "delete from incident_alias where slug in
           (select i.slug from incident i join account a using (incident_id)
            where a.retired_run is null)",
        [],
    )?;
    let mut deriving = Deriving::default();
    let touched: Vec<i64> = tx
        .prepare("select incident_id from touched")?
        .query_map([], |row| row.get(0))?
        .collect::<Result<_, _>>()?;
    touched.into_iter().try_for_each(|key| derive_with(&tx, key, known, &mut deriving))?;
    deriving.finish(&tx)?;
    tx.execute("delete from import_run where import_run_id in (select run from later)", [])?;
    tx.commit()?;
    Ok(())
}

fn prepare(tx: &Transaction, day: Date) -> Result<(), StoreError> {
    let day = day.to_string();
    tx.execute(
        "create temp table later as
           select import_run_id as run from import_run where substr(started_at, 1, 10) > ?1",
        [day],
    )?;
    tx.execute(
        "create temp table touched as
           select distinct incident_id from account
           where added_run in (select run from later) or retired_run in (select run from later)",
        [],
    )?;
    Ok(())
}
