//! Sums by month over the columns.

use super::Index;
use super::bits::Bits;
use crate::store::chart::Period;
use std::ops::Range;

/// Incidents that follow one another because they start in the same month.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Run {
    pub year: i16,
    /// From 1 to 12. In January stand those too of which only the year is known.
    pub month: i8,
    pub ranks: Range<usize>,
}

/// What some incidents come to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
struct Sum {
    incidents: u64,
    low: u64,
    high: u64,
    /// Of them, those with a claim of deaths that has no upper end.
    open: u64,
    claims: u64,
}

impl Sum {
    fn add(&mut self, other: Self) {
        self.incidents += other.incidents;
        self.low += other.low;
        self.high += other.high;
        self.open += other.open;
        self.claims += other.claims;
    }

    fn take(&mut self, other: Self) {
        self.incidents -= other.incidents;
        self.low -= other.low;
        self.high -= other.high;
        self.open -= other.open;
        self.claims -= other.claims;
    }
}

/// What the incidents of a set come to.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Tally {
    /// For each run those of its month, and those of its year of which no month is known.
    months: Vec<[Sum; 2]>,
    undated: Sum,
}

impl Tally {
    /// Of these incidents; of all the others where `inverted`.
    pub(super) fn of(index: &Index, set: &Bits, inverted: bool) -> Self {
        let has_all = |ranks: &Range<usize>| match inverted {
            true => set.len_in(ranks.clone()) == 0,
            false => set.len_in(ranks.clone()) == ranks.len(),
        };
        let sum = |ranks: &Range<usize>| {
            let (mut all, mut unknown) = (Sum::default(), Sum::default());
            set.each_in(ranks.clone(), inverted, |rank| {
                let (low, high) = (index.low[rank].into(), index.high[rank].into());
                let (signs, claims) = (index.signs[rank], index.claims[rank].into());
                let open = u64::from(signs & super::OPEN);
                let one = Sum { incidents: 1, low, high, open, claims };
                all.add(one);
                // Few: to choose between two sums for each would take longer.
                if signs & super::YEAR != 0 {
                    unknown.add(one);
                }
            });
            let mut known = all;
            known.take(unknown);
            [known, unknown]
        };
        let [undated, _] = sum(&(index.dated..index.keys.len()));
        let months = index.runs.iter().enumerate().map(|(at, run)| {
            // Known already, unless this is where they are summed for the first time.
            match index.all.months.get(at) {
                Some(all) if has_all(&run.ranks) => *all,
                _ => sum(&run.ranks),
            }
        });
        Self { months: months.collect(), undated }
    }

    /// What is left of it without `other`, which is a part of it.
    pub fn without(&self, other: &Self) -> Self {
        let mut left = self.clone();
        let sums = left.months.iter_mut().flatten().zip(other.months.iter().flatten());
        sums.for_each(|(sum, other)| sum.take(*other));
        left.undated.take(other.undated);
        left
    }

    /// Casualty figures.
    pub fn claims(&self) -> u64 {
        let dated: u64 = self.months.iter().flatten().map(|sum| sum.claims).sum();
        dated + self.undated.claims
    }

    /// Incidents without a date.
    pub fn undated(&self) -> u64 {
        self.undated.incidents
    }

    /// By month, in order; in each year first those whose month is not known.
    pub fn periods(&self, index: &Index) -> Vec<Period> {
        let runs = index.runs.iter().zip(&self.months).rev();
        let periods = runs.flat_map(|(run, [known, unknown])| {
            [(None, unknown), (Some(run.month), known)].map(|(month, sum)| (run.year, month, sum))
        });
        let periods = periods.filter(|(.., sum)| sum.incidents > 0);
        let period = |(year, month, sum): (i16, Option<i8>, &Sum)| Period {
            year,
            month,
            incidents: sum.incidents,
            low: sum.low,
            high: sum.high,
            open: sum.open > 0,
        };
        periods.map(period).collect()
    }

    /// Memory, in bytes.
    pub fn bytes(&self) -> usize {
        size_of_val(&*self.months)
    }
}
