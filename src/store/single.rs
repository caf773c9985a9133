//! New incidents that one row of a dataset tells and nothing else, as most rows do: everything
//! of them is written once, and many together.

use super::account::{self, ACCOUNT, Facts, Slot};
use super::derive::{Derived, Deriving, INCIDENT, Numbered};
use super::error::{StoreError, during};
use super::record::{self, New, RECORD};
use super::{identity, table};
use crate::model::incident::Draft;
use rusqlite::Transaction;
use std::collections::{HashMap, HashSet};
use std::sync::mpsc::Sender;

/// Incidents that are written together.
const TOGETHER: usize = 32;

/// Ids of which the next number is kept, at most; of any other it is found again.
const NUMBERED: usize = 50_000;

/// A row that tells an incident of its own.
#[derive(Debug)]
pub struct Single {
    /// The dataset's own id of the event.
    pub key: String,
    /// Line of the file, from 1.
    pub line: u64,
    /// See [`New::cells`].
    pub cells: Vec<u8>,
    /// See [`New::text_hash`].
    pub text_hash: i64,
    /// See [`New::draft_hash`].
    pub draft_hash: i64,
    /// What it says.
    pub draft: Draft,
    /// What derives from that, but for its values.
    pub derived: Derived,
    /// The values under which it is found.
    pub values: Numbered,
    /// Its place in the order of the source.
    pub ordinal: u64,
}

/// Where a new incident stands, though it may not be written yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Placed {
    /// Key of the row.
    pub record: i64,
    /// Readable id of the incident.
    pub slug: String,
}

/// Keys that are to be given to the next incident.
#[derive(Debug, Clone, Copy)]
struct Keys {
    incident: i64,
    record: i64,
    account: i64,
}

impl Keys {
    /// The first that were never given.
    fn next(tx: &Transaction) -> rusqlite::Result<Self> {
        let (incident, record) = (identity::next(tx)?, record::next(tx)?);
        Ok(Self { incident, record, account: account::next(tx)? })
    }
}

/// An incident that waits, with all that was found out for it.
#[derive(Debug)]
struct Waiting {
    keys: Keys,
    slug: String,
    facets: String,
    single: Single,
}

/// Incidents that wait to be written. Keys are given out here meanwhile: before any other row,
/// account or incident is added, [`Singles::settle`] must be called.
#[derive(Debug)]
pub struct Singles {
    run: i64,
    source: i64,
    first: i64,
    waiting: Vec<Waiting>,
    /// The dataset's ids of those that wait.
    rows: HashSet<String>,
    /// Readable ids of those that wait.
    slugs: HashSet<String>,
    /// What the next gets; none where others may have been given meanwhile.
    next: Option<Keys>,
    /// The next number after an id that many ask for.
    numbers: HashMap<String, u32>,
    /// Where what was written goes: the thread that made it frees its memory soonest.
    spent: Option<Sender<Vec<Single>>>,
}

impl Singles {
    /// For the version `source` of the dataset whose first version is `first`.
    pub fn new(run: i64, source: i64, first: i64) -> Self {
        Self {
            run,
            source,
            first,
            waiting: Vec::with_capacity(TOGETHER),
            rows: HashSet::new(),
            slugs: HashSet::new(),
            next: None,
            numbers: HashMap::new(),
            spent: None,
        }
    }

    /// Where to send what was written, to be freed there.
    pub fn send_spent(&mut self, spent: Sender<Vec<Single>>) {
        self.spent = Some(spent);
    }

    /// Whether a row with this id waits to be written.
    pub fn has(&self, key: &str) -> bool {
        self.rows.contains(key)
    }

    /// Adds the incident of a row, under an id that was never given: `base` or the first of
    /// `base-2`, `base-3` …
    ///
    /// # Errors
    /// What SQLite says.
    pub fn add(
        &mut self,
        tx: &Transaction,
        mut single: Single,
        base: String,
        deriving: &mut Deriving,
    ) -> Result<Placed, StoreError> {
        during("add an incident", || {
            let keys = match self.next {
                Some(keys) => keys,
                None => Keys::next(tx)?,
            };
            let Keys { incident, record, account } = keys;
            let slug = self.unused(tx, base)?;
            let words = std::mem::take(&mut single.derived.words);
            let facets = deriving.enter_numbered(tx, incident, words, &single.values)?;
            self.next =
                Some(Keys { incident: incident + 1, record: record + 1, account: account + 1 });
            self.rows.insert(single.key.clone());
            self.slugs.insert(slug.clone());
            self.waiting.push(Waiting { keys, slug: slug.clone(), facets, single });
            if self.waiting.len() >= TOGETHER {
                self.write(tx)?;
            }
            Ok(Placed { record, slug })
        })
    }

    /// An id that was never given.
    fn unused(&mut self, tx: &Transaction, base: String) -> Result<String, StoreError> {
        let mut number = self.numbers.get(&base).copied().unwrap_or(1);
        let mut slug = identity::numbered_id(&base, number);
        while self.slugs.contains(&slug) || identity::is_given(tx, &slug)? {
            number += 1;
            slug = identity::numbered_id(&base, number);
        }
        if number > 1 {
            if self.numbers.len() >= NUMBERED {
                self.numbers.clear();
            }
            self.numbers.insert(base, number + 1);
        }
        Ok(slug)
    }

    /// Writes what waits.
    ///
    /// # Errors
    /// What SQLite says.
    pub fn write(&mut self, tx: &Transaction) -> Result<(), StoreError> {
        during("write incidents of rows", || {
            let (mut incidents, mut records) = (Vec::new(), Vec::new());
            let (mut accounts, mut facts) = (Vec::new(), Facts::default());
            for Waiting { keys, slug, facets, single } in &self.waiting {
                let Keys { incident, record, account } = *keys;
                incidents.push(single.derived.row(incident, slug, facets));
                let row = New {
                    run: self.run,
                    source: self.source,
                    first: self.first,
                    key: &single.key,
                    line: single.line,
                    cells: &single.cells,
                    text_hash: single.text_hash,
                    draft_hash: single.draft_hash,
                };
                records.push(record::record(record, row));
                let slot = Slot {
                    run: self.run,
                    source: self.source,
                    record: Some(record),
                    incident,
                    ordinal: single.ordinal,
                };
                accounts.push(account::account(account, slot, (incident, None), &single.draft));
                facts.of_row(account, &single.draft);
            }
            table::insert(tx, INCIDENT, &incidents)?;
            table::insert(tx, RECORD, &records)?;
            table::insert(tx, ACCOUNT, &accounts)?;
            facts.write(tx)?;
            let written: Vec<Single> = self.waiting.drain(..).map(|w| w.single).collect();
            // Where nobody takes it any more it is freed here.
            if let Some(spent) = &self.spent {
                let _ = spent.send(written);
            }
            self.rows.clear();
            self.slugs.clear();
            Ok(())
        })
    }

    /// Writes what waits; then others may add rows, accounts and incidents.
    ///
    /// # Errors
    /// What SQLite says.
    pub fn settle(&mut self, tx: &Transaction) -> Result<(), StoreError> {
        self.next = None;
        self.write(tx)
    }
}
