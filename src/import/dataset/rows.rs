//! What becomes of each row of a dataset: new, changed, as it was, or one incident with what
//! another source tells.

use super::others::Others;
use super::prepare::Row;
use super::{Change, Release};
use crate::import::Counts;
use crate::knowledge::Knowledge;
use crate::matching::{Choice, Verdict, choose};
use crate::model::document::Problem;
use crate::model::record::Field;
use crate::store::account::{self, Slot};
use crate::store::bulk::Bulk;
use crate::store::derive::{self, Deriving};
use crate::store::packed::unpack;
use crate::store::record::{self, Known, New, Rows};
use crate::store::single::{Placed, Single, Singles};
use crate::store::{StoreError, decision, identity};
use rusqlite::Transaction;
use std::collections::HashSet;

/// Changes that are told one by one, and problems that are kept, at most.
pub(super) const TOLD: usize = 1_000;

/// Rows that wait for a choice between incidents of other sources, at most.
const HELD: usize = 20_000;

/// New rows from which on indexes are made anew in the end, if they are also a tenth of all
/// incidents.
const MANY: u64 = 5_000;

/// A dataset being written.
pub(super) struct Writer<'a> {
    pub tx: &'a Transaction<'a>,
    pub known: &'a Knowledge,
    /// The import run.
    pub run: i64,
    /// Key of this version of the source.
    pub source: i64,
    /// Key of its first version.
    pub first: i64,
    /// With what its rows are packed.
    pub dictionary: &'a [u8],
    /// First versions of other datasets of the same shape.
    pub siblings: Vec<i64>,
    pub others: Others,
    /// Rows of this file that are current now.
    pub seen: Seen,
    pub deriving: Deriving,
    /// Rows that other incidents may be, with their verdicts.
    pub held: Vec<(Row, Vec<(i64, Verdict)>)>,
    /// Their ids.
    pub held_ids: HashSet<String>,
    /// New incidents of rows that wait to be written.
    pub singles: Singles,
    /// Rows stored.
    pub rows: u64,
    /// Rows from which on indexes are put aside.
    pub many: u64,
    /// Indexes put aside.
    pub bulk: Option<Bulk>,
    pub counts: Counts,
    pub release: Release,
}

/// How many rows are many for a database with so many incidents.
pub(super) fn many(incidents: u64) -> u64 {
    MANY.max(incidents / 10)
}

impl Writer<'_> {
    /// Stores a row, or what is wrong with it.
    pub fn put(&mut self, row: Result<Row, Problem>, file: &str) -> Result<(), StoreError> {
        let mut row = match row {
            Ok(row) => row,
            Err(problem) => {
                self.release.problem(problem);
                return Ok(());
            }
        };
        self.deriving.learn(&mut row.values);
        for problem in std::mem::take(&mut row.open) {
            self.release.problem(problem);
        }
        if self.singles.has(&row.key) || self.held_ids.contains(&row.key) {
            self.repeated(&row, file);
            return Ok(());
        }
        match record::find(self.tx, self.first, &row.key)? {
            Some(old) if self.seen.has(old.record) => self.repeated(&row, file),
            Some(old) if old.withdrawn => self.returned(row, old)?,
            Some(old) if (old.text_hash, old.draft_hash) == (row.text_hash, row.draft_hash) => {
                self.seen.add(old.record);
                self.release.unchanged += 1;
                self.counts.unchanged += 1;
            }
            Some(old) => self.changed(row, old)?,
            None => self.unknown(row)?,
        }
        Ok(())
    }

    /// Decides what still waits, and withdraws the rows that this file does not have.
    pub fn finish(&mut self) -> Result<(), StoreError> {
        self.flush()?;
        self.singles.settle(self.tx)?;
        let gone = record::current(self.tx, self.first, |record| !self.seen.has(record))?;
        for (record, key) in gone {
            let incident = record::incident(self.tx, record)?;
            record::retire(self.tx, self.run, record)?;
            self.derive(incident)?;
            if identity::accounts(self.tx, incident)?.is_empty() {
                decision::forget_doubts(self.tx, &identity::slug(self.tx, incident)?)?;
            }
            self.release.withdraw(key);
            self.counts.dropped += 1;
        }
        self.deriving.finish(self.tx)?;
        self.bulk.take().map_or(Ok(()), |bulk| bulk.end(self.tx))
    }

    /// The same id again in one file: the first row stands.
    fn repeated(&mut self, row: &Row, file: &str) {
        self.release.problem(Problem {
            file: file.to_owned(),
            line: usize::try_from(row.line).unwrap_or(usize::MAX),
            expected: "an id that no row before it has".to_owned(),
            found: format!("{:?} again; the first row with it stands", row.key),
        });
    }

    /// A row that was withdrawn and is there again.
    fn returned(&mut self, row: Row, old: Known) -> Result<(), StoreError> {
        if !identity::accounts(self.tx, old.incident)?.is_empty() {
            // Meanwhile other sources tell it: whether this is theirs is asked anew.
            return self.unknown(row);
        }
        self.release.added += 1;
        self.counts.added += 1;
        self.add(&row, old.incident)?;
        self.derive(old.incident)
    }

    fn changed(&mut self, row: Row, old: Known) -> Result<(), StoreError> {
        let fields = match old.text_hash == row.text_hash {
            // The same cells, read in another way.
            true => Vec::new(),
            false => {
                let before = Rows::default().get(self.tx, old.record)?;
                let header = record::header(self.tx, self.source)?;
                let cells = unpack(self.dictionary, &row.packed)?;
                Field::differing((&before.header, &before.cells), (&header, &cells))
            }
        };
        record::retire(self.tx, self.run, old.record)?;
        self.add(&row, old.incident)?;
        self.derive(old.incident)?;
        self.counts.changed += 1;
        self.release.change(Change { key: row.key, line: row.line, fields });
        Ok(())
    }

    /// A row with an id that the dataset never had.
    fn unknown(&mut self, row: Row) -> Result<(), StoreError> {
        self.release.added += 1;
        for &sibling in &self.siblings {
            if let Some(same) = record::find(self.tx, sibling, &row.key)? {
                self.counts.joined += 1;
                self.release.elsewhere += 1;
                return self.join(&row, same.incident);
            }
        }
        let actors = &self.known.actors;
        let wholes = |actor: &str| -> Vec<String> {
            actors.with_wholes(actor).into_iter().map(str::to_owned).collect()
        };
        let verdicts = self.others.verdicts(self.tx, &row.draft, &wholes)?;
        if verdicts.is_empty() {
            return self.alone(row).map(|_| ());
        }
        self.held_ids.insert(row.key.clone());
        self.held.push((row, verdicts));
        match self.held.len() < HELD {
            true => Ok(()),
            false => self.flush(),
        }
    }

    /// Chooses among the incidents that the rows which wait may tell of.
    fn flush(&mut self) -> Result<(), StoreError> {
        let held = std::mem::take(&mut self.held);
        self.held_ids.clear();
        let mut verdicts: Vec<Vec<(usize, Verdict)>> = Vec::new();
        for (_, found) in &held {
            let mut open = Vec::new();
            for (key, verdict) in found {
                if !self.others.is_taken(self.tx, *key)? {
                    open.push((usize::try_from(*key).unwrap_or(0), *verdict));
                }
            }
            verdicts.push(open);
        }
        let key_of = |c: usize| i64::try_from(c).unwrap_or(0);
        for (choice, (row, _)) in choose(&verdicts).into_iter().zip(held) {
            match choice {
                Choice::Join(c) => {
                    self.counts.joined += 1;
                    self.join(&row, key_of(c))?;
                }
                Choice::New(doubts) => {
                    let slug = self.alone(row)?;
                    for (c, score, why) in doubts {
                        let other = identity::slug(self.tx, key_of(c))?;
                        decision::doubt(self.tx, &slug, &other, score, why)?;
                        self.counts.doubtful += 1;
                    }
                }
            }
        }
        Ok(())
    }

    /// A row that tells of an incident which is there already.
    fn join(&mut self, row: &Row, incident: i64) -> Result<(), StoreError> {
        self.others.take(self.tx, incident)?;
        self.add(row, incident)?;
        self.derive(incident)
    }

    /// A row that tells of an incident of its own, and gives the id of that. The incident of a
    /// row that was withdrawn stays its own: the row may come back.
    fn alone(&mut self, row: Row) -> Result<String, StoreError> {
        self.counts.added += 1;
        let ordinal = self.next_row()?;
        let Row {
            key,
            line,
            packed: cells,
            draft,
            text_hash,
            draft_hash,
            derived,
            values,
            base,
            ..
        } = row;
        let single =
            Single { key, line, cells, text_hash, draft_hash, draft, derived, values, ordinal };
        let Placed { record, slug } =
            self.singles.add(self.tx, single, base, &mut self.deriving)?;
        self.seen.add(record);
        Ok(slug)
    }

    /// Adds a row to an incident that is there already.
    fn add(&mut self, row: &Row, incident: i64) -> Result<(), StoreError> {
        let ordinal = self.next_row()?;
        self.singles.settle(self.tx)?;
        let record = record::add(
            self.tx,
            New {
                run: self.run,
                source: self.source,
                first: self.first,
                key: &row.key,
                line: row.line,
                cells: &row.packed,
                text_hash: row.text_hash,
                draft_hash: row.draft_hash,
            },
        )?;
        self.seen.add(record);
        let slot =
            Slot { run: self.run, source: self.source, record: Some(record), incident, ordinal };
        account::add(self.tx, slot, &row.draft).map(|_| ())
    }

    /// The place of the next row in the order of the source.
    fn next_row(&mut self) -> Result<u64, StoreError> {
        let ordinal = self.rows;
        self.rows += 1;
        if self.rows == self.many {
            self.bulk = Some(Bulk::begin(self.tx)?);
        }
        Ok(ordinal)
    }

    fn derive(&mut self, incident: i64) -> Result<(), StoreError> {
        derive::derive_with(self.tx, incident, self.known, &mut self.deriving)
    }
}

/// A set of keys that are given out one after the other: a bit for each.
#[derive(Debug, Default)]
pub(super) struct Seen(Vec<u64>);

impl Seen {
    fn place(key: i64) -> (usize, u64) {
        let key = usize::try_from(key).unwrap_or(0);
        (key / 64, 1 << (key % 64))
    }

    fn add(&mut self, key: i64) {
        let (word, bit) = Self::place(key);
        if self.0.len() <= word {
            self.0.resize(word + 1, 0);
        }
        self.0[word] |= bit;
    }

    fn has(&self, key: i64) -> bool {
        let (word, bit) = Self::place(key);
        self.0.get(word).is_some_and(|bits| bits & bit != 0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_set_of_keys_has_what_was_added() {
        let mut seen = Seen::default();
        for key in [1, 63, 64, 1_000] {
            seen.add(key);
        }
        let found: Vec<i64> = (0..2_000).filter(|key| seen.has(*key)).collect();
        assert_eq!(found, [1, 63, 64, 1_000]);
    }
}
