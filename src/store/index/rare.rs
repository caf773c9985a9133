//! Values that few incidents have, counted from the incidents' side: there may be a hundred
//! thousand of them (places), and to look through the list of each takes longer than to walk
//! through the incidents of a set.

use super::spread::Spread;
use std::ops::Range;

/// Ranks that are walked through in the time in which one list is looked up.
const LOOK: usize = 8;

/// Stretches of a set that are worth a look at each list; more are walked through as one.
const STRETCHES: usize = 4;

/// For each incident the numbers of its rare values.
#[derive(Debug, Default)]
pub(super) struct Rare {
    /// Where those of each rank begin, and in the end how many there are.
    starts: Box<[u32]>,
    numbers: Box<[u32]>,
    /// How many rare values there are.
    values: usize,
}

impl Rare {
    /// Of these lists of ranks below `end`, which are numbered in their order.
    pub fn of<'l>(lists: impl Iterator<Item = &'l [u32]> + Clone, end: usize) -> Self {
        let mut starts = vec![0; end + 1];
        lists.clone().flatten().for_each(|rank| starts[*rank as usize + 1] += 1);
        for at in 0..end {
            starts[at + 1] += starts[at];
        }
        let mut next = starts.clone();
        let mut numbers = vec![0; starts[end] as usize];
        let values = lists.clone().count();
        for (number, list) in (0..).zip(lists) {
            for rank in list {
                let next = &mut next[*rank as usize];
                numbers[*next as usize] = number;
                *next += 1;
            }
        }
        Self { starts: starts.into(), numbers: numbers.into(), values }
    }

    /// How many of each of the same lists, in the order of their numbers, are in a set.
    pub fn count<'l>(
        &self,
        lists: impl Iterator<Item = &'l [u32]> + Clone,
        spread: &Spread<'_>,
    ) -> Vec<u64> {
        let mut counts = vec![0_i64; self.values];
        for ranks in stretches(spread) {
            // The smaller part of the stretch is walked through, where that saves enough.
            let saved = (spread.set.len_in(ranks.clone()) * 2).saturating_sub(ranks.len());
            let inverted = saved > self.values * LOOK;
            if inverted {
                let all = lists.clone().map(|list| within(list, &ranks));
                counts.iter_mut().zip(all).for_each(|(count, all)| *count += all);
            }
            let one = if inverted { -1 } else { 1 };
            spread.set.each_in(ranks, inverted, |rank| {
                let of = self.starts[rank] as usize..self.starts[rank + 1] as usize;
                self.numbers[of].iter().for_each(|number| counts[*number as usize] += one);
            });
        }
        counts.into_iter().map(i64::unsigned_abs).collect()
    }

    /// Memory, in bytes.
    pub fn bytes(&self) -> usize {
        size_of_val(&*self.starts) + size_of_val(&*self.numbers)
    }
}

/// The stretches of a set, or one that holds them all.
fn stretches(spread: &Spread<'_>) -> Vec<Range<usize>> {
    let end = spread.set.end();
    let ranks = |stretch: &super::spread::Stretch| {
        let ranks = stretch.ranks();
        ranks.start..ranks.end.min(end)
    };
    match &spread.stretches[..] {
        [first, .., last] if spread.stretches.len() > STRETCHES => {
            let all = ranks(first).start..ranks(last).end;
            vec![all]
        }
        stretches => stretches.iter().map(ranks).collect(),
    }
}

/// How many of a sorted list are in a range.
fn within(list: &[u32], ranks: &Range<usize>) -> i64 {
    let before = |end: usize| list.partition_point(|rank| (*rank as usize) < end);
    (before(ranks.end) - before(ranks.start)) as i64
}

#[cfg(test)]
mod tests {
    use super::super::BLOCK;
    use super::super::bits::{Bits, stretches};
    use super::*;
    use proptest::prelude::*;

    const END: usize = 3 * BLOCK + 50;

    proptest! {
        #[test]
        fn rare_values_are_counted_as_their_ranks_are(
            lists in proptest::collection::vec(stretches(END), 0..5),
            set in stretches(END),
        ) {
            let sorted: Vec<Vec<u32>> = lists.iter().map(|l| l.iter().copied().collect()).collect();
            let each = || sorted.iter().map(Vec::as_slice);
            let mut bits = Bits::none(END);
            set.iter().for_each(|rank| bits.insert(*rank));
            let expected: Vec<u64> =
                lists.iter().map(|list| list.intersection(&set).count() as u64).collect();
            let rare = Rare::of(each(), END);
            prop_assert_eq!(rare.count(each(), &Spread::of(&bits)), expected);
        }
    }
}
