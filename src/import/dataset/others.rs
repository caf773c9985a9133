//! Incidents that other sources tell, and that a row of a dataset may tell of too.

use crate::matching::{Verdict, Wholes, compare_all, is_specific};
use crate::model::date::DateSpan;
use crate::model::incident::Draft;
use crate::store::StoreError;
use crate::store::identity::{self, Decision};
use crate::store::record;
use rusqlite::Transaction;
use std::collections::{BTreeSet, HashMap, HashSet};

/// Incidents of which the accounts are kept in memory, at most.
const CACHED: usize = 10_000;

/// When and where other sources place their incidents. It is read once, before the rows: rows
/// of one dataset never join each other.
pub(super) struct Others {
    by_place: HashMap<String, Vec<(DateSpan, i64)>>,
    /// What the accounts of an incident say, for those asked for last.
    accounts: HashMap<i64, Vec<Draft>>,
    /// Incidents that a row tells of already, and that no other row can join.
    taken: HashSet<i64>,
    /// Whether people have decided about any pairs.
    decisions: bool,
}

impl Others {
    /// The incidents that sources other than the dataset with this first version tell.
    pub fn read(tx: &Transaction, first: i64) -> Result<Self, StoreError> {
        let mut by_place: HashMap<String, Vec<(DateSpan, i64)>> = HashMap::new();
        record::told_elsewhere(tx, first, |place, date, incident| match by_place.get_mut(place) {
            Some(there) => there.push((date, incident)),
            None => {
                by_place.insert(place.to_owned(), vec![(date, incident)]);
            }
        })?;
        let decisions = identity::pairs(tx)?.iter().any(|p| p.decision != Decision::Open);
        Ok(Self { by_place, accounts: HashMap::new(), taken: HashSet::new(), decisions })
    }

    /// No further row can join this incident.
    pub fn take(&mut self, incident: i64) {
        self.taken.insert(incident);
    }

    /// Whether a row tells of this incident already.
    pub fn is_taken(&self, incident: i64) -> bool {
        self.taken.contains(&incident)
    }

    /// What the row is to each incident that it may tell of, with what people decided about
    /// `base`, the id that it would get. Those that are clearly others are left out.
    pub fn verdicts(
        &mut self,
        tx: &Transaction,
        draft: &Draft,
        base: &str,
        wholes: Wholes,
    ) -> Result<Vec<(i64, Verdict)>, StoreError> {
        let decided = match self.decisions {
            true => identity::decided(tx, base)?,
            false => Vec::new(),
        };
        let mut found: BTreeSet<i64> = decided.iter().map(|(key, _)| *key).collect();
        for place in draft.places.iter().filter(|p| is_specific(p)) {
            let there = self.by_place.get(&place.id).into_iter().flatten();
            let then = |date: &DateSpan| {
                date.start().is_none() || draft.date.start().is_none() || date.overlaps(&draft.date)
            };
            found.extend(there.filter(|(date, _)| then(date)).map(|(_, incident)| incident));
        }
        let mut verdicts = Vec::new();
        for key in found {
            if self.taken.contains(&key) {
                continue;
            }
            let decision = decided.iter().find(|(other, _)| *other == key).map(|(_, d)| *d);
            let verdict = match decision {
                Some(Decision::Different) => Verdict::Different,
                Some(Decision::Same) => Verdict::Same(1.0),
                _ => compare_all(draft, self.accounts(tx, key)?, wholes),
            };
            if verdict != Verdict::Different {
                verdicts.push((key, verdict));
            }
        }
        Ok(verdicts)
    }

    fn accounts(&mut self, tx: &Transaction, incident: i64) -> Result<&[Draft], StoreError> {
        if self.accounts.len() >= CACHED && !self.accounts.contains_key(&incident) {
            self.accounts.clear();
        }
        Ok(match self.accounts.entry(incident) {
            std::collections::hash_map::Entry::Occupied(found) => found.into_mut(),
            std::collections::hash_map::Entry::Vacant(free) => {
                free.insert(identity::accounts(tx, incident)?)
            }
        })
    }
}
