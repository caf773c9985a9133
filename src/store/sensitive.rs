//! Sensitive sources: marking them, and the database as it is without them.

use super::derive::{Deriving, derive_with};
use super::error::{StoreError, during};
use super::identity;
use crate::knowledge::Knowledge;
use crate::model::id::{base_id, is_of};
use rusqlite::backup::Backup;
use rusqlite::{Connection, OptionalExtension, Transaction, params};

/// Marks the current version of a source, or takes the mark away, and gives whether it was
/// marked before; nothing where there is no such source.
///
/// # Errors
/// What SQLite says.
pub fn mark(tx: &Transaction, id: &str, sensitive: bool) -> Result<Option<bool>, StoreError> {
    during("mark a source", || {
        let before = tx
            .prepare_cached("select sensitive from source where slug = ?1 and retired_run is null")?
            .query_row([id], |row| row.get(0))
            .optional()?;
        if before == Some(!sensitive) {
            tx.prepare_cached(
                "update source set sensitive = ?2 where slug = ?1 and retired_run is null",
            )?
            .execute(params![id, sensitive])?;
        }
        Ok(before)
    })
}

/// A copy of the database in which the sensitive sources tell nothing, or nothing when there
/// are none. All that derives from accounts is derived again, so that no list, count, toll or
/// id holds what only they say. Nobody else sees the copy; it goes with the connection.
///
/// # Errors
/// What SQLite says.
pub fn without(db: &Connection, known: &Knowledge) -> Result<Option<Connection>, StoreError> {
    during("leave out sensitive sources", || {
        let any = "select 1 from source where sensitive = 1 and retired_run is null";
        if !db.prepare_cached(any)?.exists([])? {
            return Ok(None);
        }
        let mut copy = copy(db)?;
        let tx = copy.transaction()?;
        let touched = retire(&tx)?;
        let mut deriving = Deriving::default();
        for incident in touched {
            rename(&tx, incident)?;
            derive_with(&tx, incident, known, &mut deriving)?;
        }
        deriving.finish(&tx)?;
        tx.commit()?;
        copy.execute_batch("pragma query_only = on")?;
        Ok(Some(copy))
    })
}

/// The whole database in a file without a name, which the system removes with the connection.
fn copy(db: &Connection) -> Result<Connection, StoreError> {
    let mut copy = Connection::open("")?;
    Backup::new(db, &mut copy)?.step(-1)?;
    copy.execute_batch(
        "pragma foreign_keys = on; pragma trusted_schema = off; pragma temp_store = memory;
         pragma cache_size = -16000;",
    )?;
    copy.set_prepared_statement_cache_capacity(64);
    Ok(copy)
}

/// Retires the sensitive sources and what any version of them tells, and gives the keys of
/// the incidents that they ever told.
fn retire(tx: &Transaction) -> Result<Vec<i64>, StoreError> {
    tx.execute_batch(
        "create temp table sensitive_source as select source_id from source where slug in
           (select slug from source where sensitive = 1 and retired_run is null)",
    )?;
    let touched = tx
        .prepare(
            "select distinct incident_id from account
             where source_id in (select source_id from sensitive_source) order by 1",
        )?
        .query_map([], |row| row.get(0))?
        .collect::<Result<_, _>>()?;
    for table in ["account", "source"] {
        tx.execute(
            &format!(
                "update {table} set retired_run = (select max(import_run_id) from import_run)
                 where retired_run is null and source_id in (select source_id from sensitive_source)"
            ),
            [],
        )?;
    }
    Ok(touched)
}

/// Gives an incident another id where its own says what nobody tells any more: an id is made
/// of a day and a place.
fn rename(tx: &Transaction, key: i64) -> Result<(), StoreError> {
    let slug = identity::slug(tx, key)?;
    let bases: Vec<String> = identity::shown_drafts(tx, key)?.iter().map(base_id).collect();
    let Some(base) = bases.first().filter(|_| !bases.iter().any(|base| is_of(&slug, base))) else {
        return Ok(());
    };
    let mut other = base.clone();
    let mut n = 1;
    while tx.prepare_cached("select 1 from incident where slug = ?1")?.exists([&other])? {
        n += 1;
        other = format!("{base}-{n}");
    }
    tx.prepare_cached("update incident set slug = ?2 where incident_id = ?1")?
        .execute(params![key, other])?;
    Ok(())
}
