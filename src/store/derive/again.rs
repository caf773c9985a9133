//! Deriving every incident again, as a program does that knows more than the one before. One
//! walk through the incidents in the order of their keys, which reads each page of the file once:
//! this thread reads and writes, and another works out what derives. Only what is different from
//! before is written, but for the words, of which the database keeps nothing but an index.

use super::{Derived, Deriving, count_none, forget, write};
use crate::knowledge::Knowledge;
use crate::store::error::{StoreError, during};
use crate::store::incident::Batch;
use crate::store::table::{number, text};
use rusqlite::types::{ToSqlOutput, Value, ValueRef};
use rusqlite::{Transaction, params_from_iter};
use std::collections::{HashSet, VecDeque};
use std::sync::mpsc::{Receiver, Sender, channel, sync_channel};
use std::thread;

/// Incidents that are read together.
const TOGETHER: usize = 500;

/// Batches that were read and wait to be worked out or written.
const AHEAD: usize = 3;

/// Columns of an incident from its title on: see [`Derived::columns`].
const COLUMNS: usize = 14;

/// An incident as it stands in the database.
struct Stored {
    key: i64,
    slug: String,
    columns: Vec<Value>,
}

/// Derives every incident again, and keeps the hash of the data files that it was done with.
/// `told` hears now and then how many are done, of how many.
///
/// # Errors
/// What SQLite says.
pub fn derive_all(
    tx: &Transaction,
    known: &Knowledge,
    hash: &str,
    mut told: impl FnMut(u64, u64),
) -> Result<(), StoreError> {
    during("derive all incidents", || {
        tx.execute("update content set knowledge = ?1", [hash])?;
        tx.execute("insert into incident_text (incident_text) values ('delete-all')", [])?;
        let all: u64 =
            tx.query_row("select count(*) from incident where account_count > 0", [], |row| {
                row.get(0)
            })?;
        let mut deriving = Deriving::default();
        let mut done = 0;
        thread::scope(|scope| {
            let (to_derive, read) = sync_channel(AHEAD);
            let (to_write, derived) = channel();
            scope.spawn(move || work_out(&read, &to_write, known));
            let mut waiting = VecDeque::new();
            let mut last = i64::MIN;
            loop {
                let stored = next(tx, last)?;
                let Some(end) = stored.last().map(|one| one.key) else { break };
                last = end;
                let listed = stored.iter().map(|one| (one.key, one.slug.clone())).collect();
                // Where the other thread has ended it has panicked, which ends this one too.
                let _ = to_derive.send(Batch::read(tx, listed)?);
                waiting.push_back(stored);
                if waiting.len() > AHEAD {
                    done += settle(tx, &mut waiting, &derived, &mut deriving)?;
                    told(done, all);
                }
            }
            drop(to_derive);
            while !waiting.is_empty() {
                done += settle(tx, &mut waiting, &derived, &mut deriving)?;
                told(done, all);
            }
            deriving.finish(tx)
        })
    })
}

/// The next incidents that anything tells.
fn next(tx: &Transaction, after: i64) -> Result<Vec<Stored>, StoreError> {
    let mut statement = tx.prepare_cached(
        "select incident_id, slug, title, kind, date_start, date_end, date_precision, sort_date,
           sort_killed, killed_low, killed_high, killed_open, status, claim_count, account_count,
           facets
         from incident not indexed where incident_id > ?1 and account_count > 0
         order by incident_id limit ?2",
    )?;
    let found = statement.query_map((after, TOGETHER), |row| {
        Ok(Stored {
            key: row.get(0)?,
            slug: row.get(1)?,
            columns: (2..2 + COLUMNS).map(|at| row.get(at)).collect::<Result<_, _>>()?,
        })
    })?;
    Ok(found.collect::<Result<_, _>>()?)
}

/// What derives from incidents, by their ids, in order; nothing from one that nothing tells.
type Worked = Result<VecDeque<(String, Derived)>, StoreError>;

fn work_out(read: &Receiver<Batch>, to_write: &Sender<Worked>, known: &Knowledge) {
    for batch in read {
        let derived = batch.incidents().map(|incidents| {
            let derived = |incident| {
                let derived = Derived::of(&incident, known);
                (incident.id, derived)
            };
            incidents.into_iter().map(derived).collect()
        });
        if to_write.send(derived).is_err() {
            return;
        }
    }
}

/// Writes what is different in the incidents that have waited for longest, and gives how many
/// they are.
fn settle(
    tx: &Transaction,
    waiting: &mut VecDeque<Vec<Stored>>,
    derived: &Receiver<Worked>,
    deriving: &mut Deriving,
) -> Result<u64, StoreError> {
    let Some(stored) = waiting.pop_front() else { return Ok(0) };
    let mut derived = match derived.recv() {
        Ok(derived) => derived?,
        Err(_) => return Err(StoreError::Damaged("what derives was not worked out".to_owned())),
    };
    let count = stored.len() as u64;
    for one in stored {
        let own = derived.pop_front_if(|(slug, _)| *slug == one.slug);
        match own {
            Some((_, own)) => compare(tx, &one, own, deriving)?,
            None => {
                forget(tx, one.key, deriving)?;
                count_none(tx, one.key)?;
            }
        }
    }
    Ok(count)
}

/// Has the words of an incident written, and of all else what is different.
fn compare(
    tx: &Transaction,
    stored: &Stored,
    mut derived: Derived,
    deriving: &mut Deriving,
) -> Result<(), StoreError> {
    let [columns @ .., before] = stored.columns.as_slice() else { return Ok(()) };
    let before: Vec<i64> = match before {
        Value::Text(keys) => serde_json::from_str(keys).ok(),
        _ => None,
    }
    .ok_or_else(|| StoreError::Damaged(format!("the facet values of {:?}", stored.slug)))?;
    let keys = deriving.keys(tx, &derived.values)?;
    let was: HashSet<i64> = before.iter().copied().collect();
    let is: HashSet<i64> = keys.iter().copied().collect();
    for gone in was.difference(&is) {
        tx.prepare_cached(
            "delete from facet_entry where facet_value_id = ?1 and incident_id = ?2",
        )?
        .execute([gone, &stored.key])?;
    }
    let new = keys.iter().copied().filter(|key| !was.contains(key)).collect();
    let words = std::mem::take(&mut derived.words);
    deriving.wait(tx, stored.key, words, new)?;
    let facets = super::facets(&keys);
    let now = derived.columns(&facets);
    let same = columns.iter().zip(&now).all(|(was, is)| value(is) == ValueRef::from(was));
    if !same {
        return write(tx, stored.key, &derived, &facets);
    }
    if keys != before {
        tx.prepare_cached("update incident set facets = ?1 where incident_id = ?2")?
            .execute(params_from_iter([text(&facets), number(stored.key)]))?;
    }
    Ok(())
}

/// The value of a column that is to be written.
fn value<'v>(of: &'v ToSqlOutput<'_>) -> ValueRef<'v> {
    match of {
        ToSqlOutput::Borrowed(value) => *value,
        ToSqlOutput::Owned(value) => value.into(),
        _ => ValueRef::Null,
    }
}
