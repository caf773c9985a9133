//! What the timeline counts, in memory: a derived copy of exactly one version of the content.
//!
//! Incidents are numbered from 0 in the order newest first, undated last: their rank. There is
//! a column of each number that is summed or compared, and for each value of each dimension the
//! set of its incidents. A filter becomes a set, and everything that the timeline says of it is
//! counted from there; the incidents of a page are read from SQLite, which stays the truth.
//!
//! What is said here is what the SQL of `select`, `facet` and `chart` says; tests compare them.

mod bits;
mod build;
mod count;
mod filter;
mod keeper;
mod order;
mod rare;
mod spread;
mod tally;
mod words;

pub(super) use filter::Found;
pub(super) use keeper::Keeper;
pub(super) use tally::Tally;

use bits::Members;
use jiff::civil::Date;
use rare::Rare;
use std::collections::BTreeMap;
use std::sync::Arc;
use tally::Run;
use words::Words;

/// No rank: the incident is not listed.
const ABSENT: u32 = u32::MAX;

/// A sign of an incident: one of its claims of deaths has no upper end.
const OPEN: u8 = 1;

/// A sign: only the year of its date is known.
const YEAR: u8 = 2;

/// A sign: nobody claims any number of deaths.
const NO_TOLL: u8 = 4;

/// Ranks that are looked at together: to one entry of `Index::ends`, and where sets are counted.
/// A multiple of 64.
const BLOCK: usize = 1024;

/// The index. See the module.
pub struct Index {
    /// Version of the content.
    version: u64,
    /// `incident_id` by rank.
    keys: Vec<u32>,
    /// Rank by `incident_id`, or [`ABSENT`].
    ranks: Vec<u32>,
    /// First and last possible day by rank; those of undated incidents come before all others.
    start: Vec<Day>,
    end: Vec<Day>,
    /// Latest end from the first rank of each block on.
    ends: Vec<Day>,
    /// Toll of deaths, in people; 0 where nobody claims any.
    low: Vec<u32>,
    high: Vec<u32>,
    claims: Vec<u16>,
    signs: Vec<u8>,
    /// Incidents with a date: the ranks below.
    dated: usize,
    /// Ranks in the order deadliest first.
    deadliest: Vec<u32>,
    /// Months with their ranks, the latest first.
    runs: Vec<Run>,
    /// Incidents by dimension, as the `facet` table names it, and value.
    values: BTreeMap<String, Values>,
    /// What incidents have of the rare ones among them.
    rare: Rare,
    /// Of all incidents.
    all: Tally,
    words: Words,
}

/// The values of a dimension, with the incidents of each.
struct Values {
    /// Sorted.
    names: Arc<[Box<str>]>,
    /// Of the value at the same place.
    members: Vec<Members>,
    /// Number of the first that is rare, where they are counted as [`Rare`] counts.
    first_rare: Option<usize>,
}

/// The dimension of actors with the way in which each is named. Its values are looked up one by
/// one, and never all counted.
const PAIRS: &str = "perpetrator_stance";

impl Values {
    fn new(mut values: Vec<(Box<str>, Members)>) -> Self {
        values.sort_by(|(a, _), (b, _)| a.cmp(b));
        let (names, members): (Vec<_>, Vec<_>) = values.into_iter().unzip();
        Self { names: names.into(), members, first_rare: None }
    }

    fn iter(&self) -> impl Iterator<Item = (&str, &Members)> {
        self.names.iter().map(|name| &**name).zip(&self.members)
    }

    /// Memory, in bytes.
    fn bytes(&self) -> usize {
        let each = size_of::<(Box<str>, Members)>();
        self.iter().map(|(name, members)| each + name.len() + members.bytes()).sum()
    }
}

/// A day as a number that grows with time: year, month and day of the month in its bits. 0 for
/// no day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
struct Day(u32);

impl Day {
    fn of(date: Date) -> Self {
        let [year, month, day] = [date.year().into(), date.month().into(), date.day().into()];
        let part = |n: i32| u32::try_from(n).unwrap_or_default();
        Self(part(year) << 9 | part(month) << 5 | part(day))
    }

    /// Reads `YYYY-MM-DD`.
    fn parse(text: &str) -> Option<Self> {
        let number =
            |text: &str| text.bytes().all(|b| b.is_ascii_digit()).then(|| text.parse().ok());
        match (text.len(), text.as_bytes()) {
            (10, [.., b'-', _, _, b'-', _, _]) => {
                let [year, month, day] = [text.get(..4)?, text.get(5..7)?, text.get(8..)?];
                let [year, month, day]: [u32; 3] = [number(year)??, number(month)??, number(day)??];
                let real = (1..=12).contains(&month) && (1..=31).contains(&day);
                real.then_some(Self(year << 9 | month << 5 | day))
            }
            _ => None,
        }
    }

    fn year(self) -> i16 {
        i16::try_from(self.0 >> 9).unwrap_or(i16::MAX)
    }

    fn month(self) -> i8 {
        i8::try_from(self.0 >> 5 & 15).unwrap_or_default()
    }

    fn date(self) -> Option<Date> {
        let day = i8::try_from(self.0 & 31).unwrap_or_default();
        Date::new(self.year(), self.month(), day).ok()
    }
}

impl Index {
    /// The version of the content that it is of.
    pub fn version(&self) -> u64 {
        self.version
    }

    /// Incidents.
    pub fn incidents(&self) -> usize {
        self.keys.len()
    }

    /// Memory, in bytes, without what is kept of searches.
    pub fn bytes(&self) -> usize {
        size_of_val(&*self.keys)
            + size_of_val(&*self.ranks)
            + size_of_val(&*self.start)
            + size_of_val(&*self.end)
            + size_of_val(&*self.ends)
            + size_of_val(&*self.low)
            + size_of_val(&*self.high)
            + size_of_val(&*self.claims)
            + size_of_val(&*self.signs)
            + size_of_val(&*self.deadliest)
            + size_of_val(&*self.runs)
            + self.rare.bytes()
            + self.all.bytes()
            + self.values.values().map(Values::bytes).sum::<usize>()
    }

    /// The values of a dimension, sorted; none where it has none.
    fn values(&self, dimension: &str) -> impl Iterator<Item = (&str, &Members)> {
        self.values.get(dimension).into_iter().flat_map(Values::iter)
    }

    /// The incidents of each rare value that is counted, by dimension and value.
    fn lists(&self) -> impl Iterator<Item = &[u32]> + Clone {
        let counted = self.values.iter().filter(|(dimension, _)| *dimension != PAIRS);
        counted.flat_map(|(_, values)| values.members.iter().filter_map(Members::list))
    }

    /// Makes what is known of rare values.
    fn number_rare(&mut self) {
        let mut next = 0;
        for (_, values) in self.values.iter_mut().filter(|(dimension, _)| *dimension != PAIRS) {
            values.first_rare = Some(next);
            next += values.members.iter().filter(|members| members.list().is_some()).count();
        }
        self.rare = Rare::of(self.lists(), self.keys.len());
    }

    /// The incidents of a value.
    fn members(&self, dimension: &str, value: &str) -> Option<&Members> {
        let values = self.values.get(dimension)?;
        let at = values.names.binary_search_by(|other| (**other).cmp(value)).ok()?;
        values.members.get(at)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn days_grow_with_time_and_come_back() {
        let days = [date(1, 1, 1), date(1999, 12, 31), date(2000, 1, 1), date(2000, 2, 29)];
        for day in days {
            assert_eq!(Day::of(day).date(), Some(day));
            assert_eq!(Day::parse(&day.to_string()), Some(Day::of(day)), "{day}");
        }
        assert!(days.map(Day::of).is_sorted());
        assert!(Day::default() < Day::of(days[0]));
        assert_eq!(Day::default().date(), None);
    }

    #[test]
    fn err_texts_that_are_no_day() {
        for text in
            ["", "2022", "2022-13-01", "2022-00-01", "2022-01-32", "2022-1-011", "+022-01-01"]
        {
            assert_eq!(Day::parse(text), None, "{text:?}");
        }
    }
}
