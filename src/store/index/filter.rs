//! A filter as a set of ranks.

use super::bits::{Bits, Members};
use super::{Day, Index};
use crate::model::date::PartialDate;
use crate::model::filter::{Dimension, Filter, KilledBy};
use crate::store::error::StoreError;
use rusqlite::Connection;

/// The incidents of a filter. Where nothing is left out there is no set.
pub struct Found<'i> {
    pub(super) index: &'i Index,
    pub(super) filter: &'i Filter,
    /// What is left by dates, tolls and words, whatever is chosen of dimensions.
    common: Option<Bits>,
    pub(super) set: Option<Bits>,
}

impl<'i> Found<'i> {
    /// The incidents of `filter`.
    ///
    /// # Errors
    /// [`StoreError::BadSearch`], or what SQLite says to a search.
    pub fn of(index: &'i Index, db: &Connection, filter: &'i Filter) -> Result<Self, StoreError> {
        let common = index.common(db, filter)?;
        let mut found = Self { index, filter, common, set: None };
        found.set = found.without(&[]);
        Ok(found)
    }

    /// What would be found if nothing were chosen of these dimensions.
    pub(super) fn without(&self, dimensions: &[Dimension]) -> Option<Bits> {
        let mut set = self.common.clone();
        let chosen = |d: Dimension| self.filter.chosen.get(&d).filter(|_| !dimensions.contains(&d));
        let pair = (chosen(Dimension::Perpetrator), chosen(Dimension::Stance));
        for &dimension in Dimension::ALL {
            let Some(values) = chosen(dimension) else { continue };
            let any: Vec<&Members> = match (dimension, pair) {
                (Dimension::Perpetrator, (_, Some(_))) => continue,
                // Together they ask in which way that very actor is named.
                (Dimension::Stance, (Some(actors), Some(stances))) => {
                    let pairs = actors.iter().flat_map(|a| stances.iter().map(move |s| (a, s)));
                    pairs.filter_map(|(a, s)| self.index.pair(a, s)).collect()
                }
                _ => {
                    let of = |v: &String| self.index.members(self.filter.facet(dimension), v);
                    values.iter().filter_map(of).collect()
                }
            };
            restrict(&mut set, self.index.union(any));
        }
        set
    }
}

/// Leaves in `set`, or in everything, only what is in `other` too.
fn restrict(set: &mut Option<Bits>, other: Bits) {
    match set {
        Some(set) => set.keep(&other),
        None => *set = Some(other),
    }
}

impl Index {
    /// Incidents in which an actor is named in a way.
    pub(super) fn pair(&self, actor: &str, stance: &str) -> Option<&Members> {
        self.members(super::PAIRS, &format!("{actor}:{stance}"))
    }

    pub(super) fn union<'m>(&self, sets: impl IntoIterator<Item = &'m Members>) -> Bits {
        let mut all = Bits::none(self.keys.len());
        sets.into_iter().for_each(|set| all.add(set));
        all
    }

    fn common(&self, db: &Connection, filter: &Filter) -> Result<Option<Bits>, StoreError> {
        let mut set = None;
        if let Some(q) = &filter.q {
            set = Some(self.search(db, q)?);
        }
        if let Some(killed) = filter.killed {
            let column = match filter.killed_by {
                KilledBy::Low => &self.low,
                KilledBy::High => &self.high,
            };
            // An incident without a toll has none here, and nobody can ask for 0 or more.
            restrict(&mut set, Bits::of_column(column, |toll| toll >= killed.max(1)));
        }
        if let Some(from) = filter.from {
            restrict(&mut set, self.ends_from(from));
        }
        if let Some(to) = filter.to {
            let to = Day::of(to.last());
            let first = self.start[..self.dated].partition_point(|start| *start > to);
            restrict(&mut set, Bits::range(first..self.dated, self.keys.len()));
        }
        Ok(set)
    }

    /// What may have happened on the first day of `from` or after it.
    fn ends_from(&self, from: PartialDate) -> Bits {
        let from = Day::of(from.first());
        let starting = self.start[..self.dated].partition_point(|start| *start >= from);
        let mut set = Bits::range(0..starting, self.keys.len());
        // Of those that start before it, some end after it.
        let mut rank = starting;
        while rank < self.dated && self.ends[rank / super::BLOCK] >= from {
            if self.end[rank] >= from {
                set.insert(rank as u32);
            }
            rank += 1;
        }
        set
    }
}
