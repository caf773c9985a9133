//! The index is made in two walks through the incidents and one through their values.

use super::bits::{Bits, Growing};
use super::rare::Rare;
use super::tally::{Run, Tally};
use super::words::Words;
use super::{ABSENT, BLOCK, Day, Index, NO_TOLL, OPEN, Values, YEAR};
use crate::store::error::{StoreError, during};
use crate::store::version;
use rusqlite::types::ValueRef;
use rusqlite::{Connection, Row};
use rustc_hash::FxHashMap;
use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::ops::Range;

/// So many keys there may be to each listed incident: keys are never used again, so a database
/// whose incidents were often joined has gaps, but one that has mostly gaps is not ours.
const KEYS_EACH: usize = 16;

/// The same for small databases, in keys.
const KEYS_ANYWAY: usize = 100_000;

impl Index {
    /// The index of what `db`, which reads one moment, sees.
    ///
    /// # Errors
    /// [`StoreError::Damaged`] where a column has what this program does not write, or there are
    /// more incidents than can be numbered; or what SQLite says.
    pub fn build(db: &Connection) -> Result<Self, StoreError> {
        during("index the incidents", || {
            let (keys, ranks) = number(db)?;
            let mut index = Self {
                version: version(db)?,
                start: vec![Day::default(); keys.len()],
                end: vec![Day::default(); keys.len()],
                low: vec![0; keys.len()],
                high: vec![0; keys.len()],
                claims: vec![0; keys.len()],
                signs: vec![0; keys.len()],
                keys,
                ranks,
                ends: Vec::new(),
                dated: 0,
                deadliest: Vec::new(),
                runs: Vec::new(),
                values: BTreeMap::new(),
                rare: Rare::default(),
                all: Tally::default(),
                words: Words::default(),
            };
            let sets = index.read_columns(db)?;
            index.order();
            index.name_values(db, sets)?;
            index.number_rare();
            let everything = Bits::range(0..index.keys.len(), index.keys.len());
            index.all = Tally::of(&index, &everything, false);
            Ok(index)
        })
    }

    /// Fills the columns and gives the incidents of each value, by its key. What an incident
    /// is found under stands in its row as well: to walk through the entries of all values
    /// takes several times as long.
    fn read_columns(&mut self, db: &Connection) -> Result<FxHashMap<i64, Growing>, StoreError> {
        let mut found = FoundUnder::new(self.keys.len());
        // Without an index: one walk through the table.
        let mut statement = db.prepare(
            "select incident_id, date_start, date_end, date_precision, killed_low, killed_high,
               killed_open, claim_count, facets
             from incident not indexed where account_count > 0",
        )?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let rank = self.ranks[row.get::<_, usize>(0)?] as usize;
            self.start[rank] = day(row, 1)?;
            self.end[rank] = day(row, 2)?;
            if (self.start[rank] == Day::default()) != (self.end[rank] == Day::default()) {
                return Err(StoreError::Damaged("a date with one end".to_owned()));
            }
            let toll: (Option<u32>, Option<u32>) = (row.get(4)?, row.get(5)?);
            self.low[rank] = toll.0.unwrap_or(0);
            self.high[rank] = toll.1.unwrap_or(0);
            self.claims[rank] = row.get(7)?;
            self.signs[rank] = if toll.1.is_none() { NO_TOLL } else { 0 }
                | if row.get(6)? { OPEN } else { 0 }
                | if row.get_ref(3)?.as_str().is_ok_and(|word| word == "year") { YEAR } else { 0 };
            let facets = row.get_ref(8)?.as_str().unwrap_or_default();
            let keys = keys(facets).ok_or_else(|| StoreError::Damaged(facets.to_owned()))?;
            found.add(rank, keys)?;
        }
        Ok(found.sets())
    }

    /// Everything that follows from the columns.
    fn order(&mut self) {
        self.dated = self.start.partition_point(|day| *day > Day::default());
        let mut latest = Day::default();
        self.ends = self
            .end
            .chunks(BLOCK)
            .rev()
            .map(|block| {
                latest = block.iter().copied().fold(latest, Day::max);
                latest
            })
            .collect();
        self.ends.reverse();
        let mut deadliest: Vec<u32> = (0..self.keys.len() as u32).collect();
        // Ranks are unique, so that any sort will do.
        deadliest.sort_unstable_by_key(|rank| self.toll_order(*rank));
        self.deadliest = deadliest;
        for rank in 0..self.dated {
            let (year, month) = (self.start[rank].year(), self.start[rank].month());
            match self.runs.last_mut() {
                Some(run) if (run.year, run.month) == (year, month) => run.ranks.end = rank + 1,
                _ => self.runs.push(Run { year, month, ranks: rank..rank + 1 }),
            }
        }
    }

    /// By what incidents are in the order deadliest first: those without a toll last, then by
    /// rank.
    pub(super) fn toll_order(&self, rank: u32) -> (Reverse<u64>, u32) {
        let at = rank as usize;
        let none = self.signs[at] & NO_TOLL != 0;
        (Reverse(if none { 0 } else { u64::from(self.high[at]) + 1 }), rank)
    }

    /// Names the sets of values.
    fn name_values(
        &mut self,
        db: &Connection,
        mut sets: FxHashMap<i64, Growing>,
    ) -> Result<(), StoreError> {
        let mut statement =
            db.prepare("select facet_value_id, dimension, value from facet_value")?;
        let mut rows = statement.query([])?;
        let mut values = BTreeMap::<String, Vec<_>>::new();
        while let Some(row) = rows.next()? {
            // A value is kept when nothing is found under it any more.
            let Some(set) = sets.remove(&row.get(0)?) else { continue };
            let list = values.entry(row.get(1)?).or_default();
            list.push((row.get::<_, String>(2)?.into(), set.done()));
        }
        if let Some(key) = sets.keys().next() {
            return Err(StoreError::Damaged(format!("an incident of no facet value ({key})")));
        }
        self.values = values.into_iter().map(|(of, list)| (of, Values::new(list))).collect();
        Ok(())
    }
}

/// What each incident is found under. Rows come in the order of their keys; to put each into
/// the sets of its values at once would go to and fro in all of them, which takes longer than
/// all else. So they are written down first, and the sets are filled from rank to rank.
struct FoundUnder {
    /// Number of each value, by its key.
    numbers: FxHashMap<i64, u32>,
    /// Numbers of values, those of an incident together.
    values: Vec<u32>,
    /// Which of them are its own, by its rank.
    of: Vec<Range<usize>>,
}

impl FoundUnder {
    fn new(incidents: usize) -> Self {
        Self { numbers: FxHashMap::default(), values: Vec::new(), of: vec![0..0; incidents] }
    }

    fn add(
        &mut self,
        rank: usize,
        keys: impl Iterator<Item = Result<i64, StoreError>>,
    ) -> Result<(), StoreError> {
        let start = self.values.len();
        for key in keys {
            let next = self.numbers.len() as u32;
            self.values.push(*self.numbers.entry(key?).or_insert(next));
        }
        self.of[rank] = start..self.values.len();
        Ok(())
    }

    /// The incidents of each value, by its key.
    fn sets(self) -> FxHashMap<i64, Growing> {
        let end = self.of.len();
        let mut sets: Vec<_> = self.numbers.values().map(|_| Growing::new(end)).collect();
        for (rank, of) in (0..).zip(self.of) {
            self.values[of].iter().for_each(|value| sets[*value as usize].insert(rank));
        }
        let mut sets: Vec<_> = sets.into_iter().map(Some).collect();
        let set = |(key, number): (i64, u32)| Some((key, sets[number as usize].take()?));
        self.numbers.into_iter().filter_map(set).collect()
    }
}

/// The keys of all listed incidents, newest first, and the rank of each key.
fn number(db: &Connection) -> Result<(Vec<u32>, Vec<u32>), StoreError> {
    let mut keys: Vec<u32> = Vec::new();
    // The index of this order has all that is asked.
    let mut statement = db.prepare(
        "select incident_id from incident where account_count > 0
         order by sort_date desc, slug desc",
    )?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        keys.push(row.get(0)?);
    }
    keys.shrink_to_fit();
    let most = keys.iter().max().map_or(0, |key| *key as usize);
    if most > KEYS_ANYWAY.max(keys.len() * KEYS_EACH) {
        return Err(StoreError::Damaged(format!("{} incidents with keys to {most}", keys.len())));
    }
    let mut ranks = vec![ABSENT; most + 1];
    for (rank, key) in keys.iter().enumerate() {
        ranks[*key as usize] = rank as u32;
    }
    Ok((keys, ranks))
}

/// The whole numbers of a JSON array.
fn keys(array: &str) -> Option<impl Iterator<Item = Result<i64, StoreError>>> {
    let inside = array.strip_prefix('[')?.strip_suffix(']')?;
    let items = inside.split(',').filter(move |_| !inside.is_empty());
    Some(items.map(|item| {
        item.parse().map_err(|_| StoreError::Damaged(format!("the facet value {item:?}")))
    }))
}

fn day(row: &Row, column: usize) -> Result<Day, StoreError> {
    let bad = |found: &str| StoreError::Damaged(format!("the date {found:?}"));
    match row.get_ref(column)? {
        ValueRef::Null => Ok(Day::default()),
        value => {
            let text = value.as_str().map_err(|error| StoreError::Damaged(error.to_string()))?;
            Day::parse(text).ok_or_else(|| bad(text))
        }
    }
}
