//! Incidents that other sources tell, and that a row of a dataset may tell of too.

use crate::matching::{Verdict, Wholes, compare_all, gap, is_specific};
use crate::model::date::DateSpan;
use crate::model::incident::{Draft, PlacePrecision};
use crate::store::StoreError;
use crate::store::identity;
use crate::store::record;
use rusqlite::Transaction;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

/// Incidents of which the accounts are kept in memory, at most.
const CACHED: usize = 10_000;

/// Cells of a degree, east and north: none is narrower than the furthest at which places are
/// compared, so that a cell and those around it hold all of them.
const CELLS: f64 = 4.0;

type Cell = (i32, i32);

/// When and where other sources place their incidents. It is read once, before the rows: rows
/// of one dataset never join each other.
pub(super) struct Others {
    by_place: HashMap<String, Vec<(DateSpan, i64)>>,
    by_cell: HashMap<Cell, Vec<(DateSpan, i64)>>,
    /// What the accounts of an incident say, for those asked for last.
    accounts: HashMap<i64, Vec<Draft>>,
    /// Incidents that a row tells of already, and that no other row can join, as shown.
    taken: HashSet<i64>,
}

fn cell((lat, lon): (f64, f64)) -> Cell {
    #[expect(clippy::cast_possible_truncation, reason = "degrees are a few hundred")]
    let at = |degrees: f64| (degrees * CELLS).floor() as i32;
    (at(lat), at(lon))
}

impl Others {
    /// The incidents that sources other than the dataset with this first version tell.
    pub fn read(tx: &Transaction, first: i64) -> Result<Self, StoreError> {
        let mut by_place: HashMap<String, Vec<(DateSpan, i64)>> = HashMap::new();
        let mut by_cell: HashMap<Cell, Vec<(DateSpan, i64)>> = HashMap::new();
        record::told_elsewhere(tx, first, |there| {
            let told = (there.date, there.incident);
            if let Some(point) = there.point {
                by_cell.entry(cell(point)).or_default().push(told);
            }
            by_place.entry(there.place).or_default().push(told);
        })?;
        Ok(Self { by_place, by_cell, accounts: HashMap::new(), taken: HashSet::new() })
    }

    /// No further row can join this incident.
    pub fn take(&mut self, tx: &Transaction, incident: i64) -> Result<(), StoreError> {
        self.taken.insert(identity::shown(tx, incident)?);
        Ok(())
    }

    /// Whether a row tells of this incident already.
    pub fn is_taken(&self, tx: &Transaction, incident: i64) -> Result<bool, StoreError> {
        Ok(self.taken.contains(&identity::shown(tx, incident)?))
    }

    /// What the row is to each incident that it may tell of. Those that are clearly others are
    /// left out; of those that people joined as one the likeliest stays.
    pub fn verdicts(
        &mut self,
        tx: &Transaction,
        draft: &Draft,
        wholes: Wholes,
    ) -> Result<Vec<(i64, Verdict)>, StoreError> {
        let mut best: BTreeMap<i64, (i64, Verdict)> = BTreeMap::new();
        for key in self.near(draft) {
            let shown = identity::shown(tx, key)?;
            if self.taken.contains(&shown) {
                continue;
            }
            let verdict = compare_all(draft, self.accounts(tx, key)?, wholes);
            let better = |(_, other): &(i64, Verdict)| verdict.rank() > other.rank();
            if verdict != Verdict::Different && best.get(&shown).is_none_or(better) {
                best.insert(shown, (key, verdict));
            }
        }
        Ok(best.into_values().collect())
    }

    /// Incidents of about that place and time, each as itself.
    fn near(&self, draft: &Draft) -> BTreeSet<i64> {
        let mut found = BTreeSet::new();
        let then = |date: &DateSpan| {
            date.start().is_none()
                || draft.date.start().is_none()
                || date.overlaps(&draft.date)
                || gap(date, &draft.date) == Some(1)
        };
        for place in draft.places.iter().filter(|p| is_specific(p)) {
            let mut add = |there: Option<&Vec<(DateSpan, i64)>>| {
                let there = there.into_iter().flatten();
                found.extend(there.filter(|(date, _)| then(date)).map(|(_, key)| *key));
            };
            add(self.by_place.get(&place.id));
            let point = place.lat.zip(place.lon);
            if let Some((lat, lon)) = point.filter(|_| place.precision <= PlacePrecision::Near)
                && !self.by_cell.is_empty()
            {
                let (row, column) = cell((lat, lon));
                for (north, east) in (-1..=1).flat_map(|n| (-1..=1).map(move |e| (n, e))) {
                    add(self.by_cell.get(&(row + north, column + east)));
                }
            }
        }
        found
    }

    fn accounts(&mut self, tx: &Transaction, incident: i64) -> Result<&[Draft], StoreError> {
        if self.accounts.len() >= CACHED && !self.accounts.contains_key(&incident) {
            self.accounts.clear();
        }
        Ok(match self.accounts.entry(incident) {
            std::collections::hash_map::Entry::Occupied(found) => found.into_mut(),
            std::collections::hash_map::Entry::Vacant(free) => {
                free.insert(identity::drafts(tx, incident)?)
            }
        })
    }
}
