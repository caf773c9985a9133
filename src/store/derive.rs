//! What derives from the accounts of an incident: its own columns, the values under which it
//! is found, and its words. It can be computed again at any time.

/// All of them again.
mod again;
/// Under which values and words an incident is found.
mod terms;

pub use again::derive_all;
pub use terms::{values, words};

use super::error::{StoreError, during};
use super::table::{self, Values, number, position, some_text, text};
use super::{identity, load};
use crate::knowledge::Knowledge;
use crate::model::claim::Measure;
use crate::model::incident::Incident;
use rusqlite::{Connection, OptionalExtension, Transaction, params, params_from_iter};
use rustc_hash::FxHashMap;
use std::collections::{BTreeMap, BTreeSet};

/// All that derives from an incident's accounts, ready to be written.
#[derive(Debug, Clone)]
pub struct Derived {
    title: String,
    kind: &'static str,
    date_start: Option<String>,
    date_end: Option<String>,
    date_precision: &'static str,
    /// Lowest and highest toll, and whether it may be higher.
    killed: Option<(u32, u32, bool)>,
    status: &'static str,
    claims: usize,
    accounts: usize,
    values: BTreeSet<(&'static str, String)>,
    pub(super) words: String,
}

impl Derived {
    /// What derives from `incident`; its id does not matter.
    pub fn of(incident: &Incident, known: &Knowledge) -> Self {
        let toll = incident.toll(Measure::Killed);
        Self {
            title: incident.title.clone(),
            kind: incident.kind.as_str(),
            date_start: incident.date.start().map(|d| d.to_string()),
            date_end: incident.date.end().map(|d| d.to_string()),
            date_precision: incident.date.precision().as_str(),
            killed: toll.map(|t| (t.low, t.high, t.open)),
            status: incident.status().as_str(),
            claims: incident.claims().count(),
            accounts: incident.accounts.len(),
            values: values(incident, known),
            words: words(incident, known),
        }
    }

    /// The columns of the incident, in the order of [`INCIDENT`], from its title on; `facets`
    /// are the keys of its values.
    fn columns<'a>(&'a self, facets: &'a str) -> Values<'a, 14> {
        let sort_date = self.date_start.as_deref().unwrap_or_default();
        let (low, high, open) = self.killed.map_or((None, None, false), |(low, high, open)| {
            (Some(i64::from(low)), Some(i64::from(high)), open)
        });
        [
            text(&self.title),
            text(self.kind),
            some_text(self.date_start.as_ref()),
            some_text(self.date_end.as_ref()),
            text(self.date_precision),
            text(sort_date),
            number(high.unwrap_or(-1)),
            number(low),
            number(high),
            number(i64::from(open)),
            text(self.status),
            position(self.claims),
            position(self.accounts),
            text(facets),
        ]
    }

    /// The row of a new incident.
    pub(super) fn row<'a>(&'a self, key: i64, slug: &'a str, facets: &'a str) -> Values<'a, 16> {
        let mut columns = [number(key), text(slug)].into_iter().chain(self.columns(facets));
        std::array::from_fn(|_| columns.next().expect("two and fourteen are sixteen"))
    }
}

/// Where incidents are written, with the columns of [`Derived::row`].
pub(super) const INCIDENT: &str = "incident (incident_id, slug, title, kind, date_start, \
    date_end, date_precision, sort_date, sort_killed, killed_low, killed_high, killed_open, \
    status, claim_count, account_count, facets)";

/// Numbers for values, from nought on, given where incidents are worked out, so that a value is
/// looked up there and not where they are written.
#[derive(Debug, Default)]
pub struct Numbers {
    known: FxHashMap<&'static str, FxHashMap<String, u32>>,
    next: u32,
}

/// The values of an incident by their numbers. Those that are new must be learnt in the order in
/// which they were numbered, whether the incident is written or not: see [`Deriving::learn`].
#[derive(Debug, Default)]
pub struct Numbered {
    numbers: Vec<u32>,
    new: Vec<(&'static str, String)>,
}

/// A value that has a number.
#[derive(Debug)]
enum Learnt {
    /// Not asked for yet.
    Named(&'static str, String),
    /// By its key.
    Key(i64),
}

impl Numbers {
    /// Takes the values of an incident and gives their numbers.
    pub fn take(&mut self, derived: &mut Derived) -> Numbered {
        let mut taken = Numbered::default();
        for (dimension, value) in std::mem::take(&mut derived.values) {
            let known = self.known.entry(dimension).or_default();
            let number = match known.get(&value) {
                Some(number) => *number,
                None => {
                    let number = self.next;
                    self.next += 1;
                    taken.new.push((dimension, value.clone()));
                    known.insert(value, number);
                    number
                }
            };
            taken.numbers.push(number);
        }
        taken
    }
}

/// Bytes of words that wait to be written together: beyond it they are written.
const WAITING: usize = 4 << 20;

/// Entries that are written with one call.
const ENTRIES: usize = 4_096;

/// What incidents share that are derived one after the other. [`Deriving::finish`] must follow.
#[derive(Debug, Default)]
pub struct Deriving {
    /// Keys of the values under which incidents are found, as far as they were asked for.
    keys: FxHashMap<&'static str, FxHashMap<String, i64>>,
    /// The values that have numbers, by these.
    numbered: Vec<Learnt>,
    /// Words and keys of values that wait, by incident. SQLite writes its index of words out
    /// before most statements that follow, which takes as long for one incident as for many;
    /// and entries that are sorted by their values are written side by side.
    waiting: BTreeMap<i64, (String, Vec<i64>)>,
    /// Bytes of the words that wait.
    bytes: usize,
}

impl Deriving {
    /// Writes what waits.
    ///
    /// # Errors
    /// What SQLite says.
    pub fn finish(&mut self, tx: &Transaction) -> Result<(), StoreError> {
        during("write the words and values of incidents", || {
            let waiting = std::mem::take(&mut self.waiting);
            self.bytes = 0;
            let mut insert =
                tx.prepare_cached("insert into incident_text (rowid, words) values (?1, ?2)")?;
            let mut by_value = FxHashMap::<i64, Vec<i64>>::default();
            for (key, (words, values)) in waiting {
                insert.execute(params![key, words])?;
                values.into_iter().for_each(|value| by_value.entry(value).or_default().push(key));
            }
            let mut by_value: Vec<_> = by_value.into_iter().collect();
            by_value.sort_unstable_by_key(|(value, _)| *value);
            let mut rows = Vec::with_capacity(ENTRIES);
            for (value, keys) in by_value {
                for key in keys {
                    if rows.len() == ENTRIES {
                        table::insert(tx, "facet_entry", &rows)?;
                        rows.clear();
                    }
                    rows.push([number(value), number(key)]);
                }
            }
            Ok(table::insert(tx, "facet_entry", &rows)?)
        })
    }

    /// Has the words and values of an incident written, now or later, and gives the keys of the
    /// values as its column has them. It must have neither.
    fn enter(
        &mut self,
        tx: &Transaction,
        key: i64,
        words: String,
        values: &BTreeSet<(&'static str, String)>,
    ) -> Result<String, StoreError> {
        let keys = self.keys(tx, values)?;
        let facets = facets(&keys);
        self.wait(tx, key, words, keys)?;
        Ok(facets)
    }

    /// The keys of values, in their order.
    fn keys(
        &mut self,
        tx: &Transaction,
        values: &BTreeSet<(&'static str, String)>,
    ) -> Result<Vec<i64>, StoreError> {
        values.iter().map(|(dimension, value)| self.key(tx, dimension, value)).collect()
    }

    /// Notes which values the next numbers stand for.
    pub fn learn(&mut self, values: &mut Numbered) {
        let new = values.new.drain(..);
        self.numbered.extend(new.map(|(dimension, value)| Learnt::Named(dimension, value)));
    }

    /// As `enter`, with values by their numbers, which were learnt before.
    pub(super) fn enter_numbered(
        &mut self,
        tx: &Transaction,
        key: i64,
        words: String,
        values: &Numbered,
    ) -> Result<String, StoreError> {
        let mut keys = Vec::with_capacity(values.numbers.len());
        for number in &values.numbers {
            let at = *number as usize;
            let key = match &mut self.numbered[at] {
                Learnt::Key(key) => *key,
                Learnt::Named(dimension, value) => {
                    let (dimension, value) = (*dimension, std::mem::take(value));
                    let key = self.key(tx, dimension, &value)?;
                    self.numbered[at] = Learnt::Key(key);
                    key
                }
            };
            keys.push(key);
        }
        let facets = facets(&keys);
        self.wait(tx, key, words, keys)?;
        Ok(facets)
    }

    /// Has words of an incident written, and entries under values that it is not entered under.
    fn wait(
        &mut self,
        tx: &Transaction,
        key: i64,
        words: String,
        keys: Vec<i64>,
    ) -> Result<(), StoreError> {
        self.bytes += words.len();
        self.waiting.insert(key, (words, keys));
        if self.bytes >= WAITING {
            self.finish(tx)?;
        }
        Ok(())
    }

    /// Takes back what waits of an incident; false when nothing does.
    fn take_back(&mut self, key: i64) -> bool {
        let waiting = self.waiting.remove(&key);
        self.bytes -= waiting.as_ref().map_or(0, |(words, _)| words.len());
        waiting.is_some()
    }

    /// The key of a value, which is written out when it is new.
    fn key(
        &mut self,
        tx: &Transaction,
        dimension: &'static str,
        value: &str,
    ) -> Result<i64, StoreError> {
        let keys = self.keys.entry(dimension).or_default();
        if let Some(key) = keys.get(value) {
            return Ok(*key);
        }
        let found: Option<i64> = tx
            .prepare_cached(
                "select facet_value_id from facet_value where dimension = ?1 and value = ?2",
            )?
            .query_row([dimension, value], |row| row.get(0))
            .optional()?;
        let key = match found {
            Some(key) => key,
            None => {
                tx.prepare_cached("insert into facet_value (dimension, value) values (?1, ?2)")?
                    .execute([dimension, value])?;
                tx.last_insert_rowid()
            }
        };
        keys.insert(value.to_owned(), key);
        Ok(key)
    }
}

/// The keys of an incident's values as its column has them.
fn facets(keys: &[i64]) -> String {
    serde_json::to_string(keys).expect("numbers are always JSON")
}

/// Computes again all that derives from the accounts of an incident, as what it is shown.
///
/// # Errors
/// What SQLite says.
pub fn derive(tx: &Transaction, key: i64, known: &Knowledge) -> Result<(), StoreError> {
    let mut deriving = Deriving::default();
    derive_with(tx, key, known, &mut deriving)?;
    deriving.finish(tx)
}

/// As [`derive()`], for many incidents one after the other.
///
/// # Errors
/// What SQLite says.
pub fn derive_with(
    tx: &Transaction,
    key: i64,
    known: &Knowledge,
    deriving: &mut Deriving,
) -> Result<(), StoreError> {
    during("derive an incident", || {
        forget(tx, key, deriving)?;
        let shown = identity::shown(tx, key)?;
        if shown != key {
            count_none(tx, key)?;
            forget(tx, shown, deriving)?;
        }
        let key = shown;
        match load::incidents(tx, &[key])?.pop() {
            Some(incident) => {
                let mut derived = Derived::of(&incident, known);
                let words = std::mem::take(&mut derived.words);
                let facets = deriving.enter(tx, key, words, &derived.values)?;
                write(tx, key, &derived, &facets)
            }
            None => count_none(tx, key),
        }
    })
}

/// Notes that nothing tells an incident as itself any more.
fn count_none(tx: &Transaction, key: i64) -> Result<(), StoreError> {
    tx.prepare_cached("update incident set account_count = 0 where incident_id = ?1")?
        .execute([key])?;
    Ok(())
}

/// Removes the values and words of an incident.
fn forget(tx: &Transaction, key: i64, deriving: &mut Deriving) -> Result<(), StoreError> {
    if !deriving.take_back(key) {
        tx.prepare_cached(
            "delete from facet_entry where incident_id = ?1 and facet_value_id in
               (select value from json_each((select facets from incident where incident_id = ?1)))",
        )?
        .execute([key])?;
        tx.prepare_cached("delete from incident_text where rowid = ?1")?.execute([key])?;
    }
    tx.prepare_cached("update incident set facets = '[]' where incident_id = ?1")?
        .execute([key])?;
    Ok(())
}

/// Writes the columns that derive from the accounts of an incident.
fn write(tx: &Transaction, key: i64, derived: &Derived, facets: &str) -> Result<(), StoreError> {
    tx.prepare_cached(
        "update incident set title = ?1, kind = ?2, date_start = ?3, date_end = ?4,
           date_precision = ?5, sort_date = ?6, sort_killed = ?7, killed_low = ?8,
           killed_high = ?9, killed_open = ?10, status = ?11, claim_count = ?12,
           account_count = ?13, facets = ?14
         where incident_id = ?15",
    )?
    .execute(params_from_iter(derived.columns(facets).into_iter().chain([number(key)])))?;
    Ok(())
}

/// Hash of the data files from which all incidents were last derived; empty when never.
///
/// # Errors
/// What SQLite says.
pub fn knowledge(db: &Connection) -> Result<String, StoreError> {
    db.query_row("select knowledge from content", [], |row| row.get(0))
        .map_err(StoreError::sql("read the hash of the data files"))
}
