//! Sets of ranks, in the two forms that are small and fast here: a bit for every incident
//! where many belong to a set, a sorted list where few do.

use super::BLOCK;
use super::spread::Spread;
use std::ops::Range;

/// From this part of all incidents on, a bit for each is smaller than a list of four bytes each.
const MANY: usize = 32;

/// A set of ranks below a fixed end, one bit for each rank.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Bits {
    words: Box<[u64]>,
    end: usize,
}

impl Bits {
    /// No rank below `end`.
    pub fn none(end: usize) -> Self {
        Self { words: vec![0; end.div_ceil(64)].into(), end }
    }

    /// Every rank of `range`, which ends at `end` or before.
    pub fn range(range: Range<usize>, end: usize) -> Self {
        let mut bits = Self::none(end);
        for (at, word) in bits.words.iter_mut().enumerate() {
            *word = within(&range, at);
        }
        bits
    }

    /// The ranks for which `holds`.
    pub fn of_column<T: Copy>(column: &[T], holds: impl Fn(T) -> bool) -> Self {
        // Eight answers at a time: a byte for each, of which the product has one bit each in
        // its highest byte. That is half the work of putting 64 bits in place one by one.
        let eight = |values: &[T; 8]| {
            let answers = values.map(|value| u8::from(holds(value)));
            u64::from_le_bytes(answers).wrapping_mul(0x0102_0408_1020_4080) >> 56
        };
        let words = column.chunks(64).map(|chunk| {
            let (eights, rest) = chunk.as_chunks();
            let bytes = eights.iter().map(eight).enumerate();
            let word = bytes.fold(0, |word, (at, byte)| word | byte << (8 * at));
            let bits = rest.iter().map(|value| u64::from(holds(*value))).enumerate();
            bits.fold(word, |word, (at, bit)| word | bit << (8 * eights.len() + at))
        });
        Self { words: words.collect(), end: column.len() }
    }

    pub fn insert(&mut self, rank: u32) {
        let rank = rank as usize;
        self.words[rank / 64] |= 1 << (rank % 64);
    }

    pub fn contains(&self, rank: u32) -> bool {
        let rank = rank as usize;
        self.words[rank / 64] >> (rank % 64) & 1 == 1
    }

    /// All ranks are below.
    pub fn end(&self) -> usize {
        self.end
    }

    pub fn len(&self) -> u64 {
        count(&self.words)
    }

    /// How many of its ranks are in `range`.
    pub fn len_in(&self, range: Range<usize>) -> usize {
        let some = |at: usize| (self.words[at] & within(&range, at)).count_ones() as usize;
        let (first, last) = (range.start.div_ceil(64), range.end / 64);
        if first > last {
            return some(last);
        }
        let whole = count(&self.words[first..last]);
        let start = if first * 64 > range.start { some(first - 1) } else { 0 };
        let end = if last * 64 < range.end { some(last) } else { 0 };
        start + whole as usize + end
    }

    /// Leaves only what is in `other` too.
    pub fn keep(&mut self, other: &Self) {
        self.words.iter_mut().zip(&other.words).for_each(|(word, other)| *word &= other);
    }

    /// Adds what is in `other`.
    pub fn add(&mut self, other: &Members) {
        match other {
            Members::Few(ranks) => ranks.iter().for_each(|rank| self.insert(*rank)),
            Members::Many(Many { bits, .. }) => {
                self.words.iter_mut().zip(&bits.words).for_each(|(word, other)| *word |= other);
            }
        }
    }

    /// Takes away what is in `other`.
    pub fn remove(&mut self, other: &Self) {
        self.words.iter_mut().zip(&other.words).for_each(|(word, other)| *word &= !other);
    }

    /// Its ranks in `range`, in their order; those that are not in it where `inverted`.
    pub fn each_in(&self, range: Range<usize>, inverted: bool, mut f: impl FnMut(usize)) {
        let flip = if inverted { !0 } else { 0 };
        let words = range.start / 64..range.end.div_ceil(64);
        for at in words.clone() {
            let mut word = self.words[at] ^ flip;
            // Only the words at both ends have ranks outside.
            if at == words.start || at + 1 == words.end {
                word &= within(&range, at);
            }
            while word != 0 {
                f(at * 64 + word.trailing_zeros() as usize);
                word &= word - 1;
            }
        }
    }

    /// The last of its ranks below `end`.
    pub fn last_below(&self, end: usize) -> Option<usize> {
        let words =
            (0..end.div_ceil(64)).rev().map(|at| (at, self.words[at] & within(&(0..end), at)));
        let (at, word) = words.into_iter().find(|(_, word)| *word != 0)?;
        Some(at * 64 + 63 - word.leading_zeros() as usize)
    }

    /// The first `limit` of its ranks from `start` on.
    pub fn first(&self, start: usize, limit: usize) -> Vec<u32> {
        let mut found = Vec::with_capacity(limit.min(64));
        for at in start / 64..self.words.len() {
            let mut word = self.words[at] & within(&(start..self.end), at);
            while word != 0 && found.len() < limit {
                found.push(at as u32 * 64 + word.trailing_zeros());
                word &= word - 1;
            }
            if found.len() == limit {
                break;
            }
        }
        found
    }
}

fn count(words: &[u64]) -> u64 {
    words.iter().map(|word| u64::from(word.count_ones())).sum()
}

/// The bits of word `at` that stand for ranks of `range`.
fn within(range: &Range<usize>, at: usize) -> u64 {
    let start = range.start.clamp(at * 64, at * 64 + 64) - at * 64;
    let end = range.end.clamp(at * 64, at * 64 + 64) - at * 64;
    let below = |n: usize| if n == 64 { !0 } else { (1u64 << n) - 1 };
    below(end) & !below(start)
}

/// A set that is being filled, each rank once and in any order.
pub(super) struct Growing {
    members: Vec<u32>,
    /// Where the members are many.
    bits: Option<Bits>,
    end: usize,
}

impl Growing {
    /// Nothing yet; ranks will be below `end`.
    pub fn new(end: usize) -> Self {
        Self { members: Vec::new(), bits: None, end }
    }

    pub fn insert(&mut self, rank: u32) {
        match &mut self.bits {
            Some(bits) => bits.insert(rank),
            None => {
                self.members.push(rank);
                if self.members.len() * MANY >= self.end {
                    let mut bits = Bits::none(self.end);
                    self.members.iter().for_each(|rank| bits.insert(*rank));
                    (self.members, self.bits) = (Vec::new(), Some(bits));
                }
            }
        }
    }

    /// The set.
    pub fn done(self) -> Members {
        match self.bits {
            Some(bits) => Members::Many(Many::of(bits)),
            None => {
                let mut ranks = self.members;
                ranks.sort_unstable();
                Members::Few(ranks.into())
            }
        }
    }
}

/// The incidents of one value, in the smaller form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Members {
    /// In their order.
    Few(Box<[u32]>),
    Many(Many),
}

/// A set of many ranks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Many {
    bits: Bits,
    /// How many come before each block, and in the end how many there are.
    before: Box<[u32]>,
}

impl Many {
    fn of(bits: Bits) -> Self {
        let mut sum = 0;
        let blocks = bits.words.chunks(BLOCK / 64).map(|block| {
            sum += count(block) as u32;
            sum
        });
        let before = std::iter::once(0).chain(blocks).collect();
        Self { bits, before }
    }

    fn len(&self) -> u32 {
        self.before.last().copied().unwrap_or_default()
    }

    fn len_in(&self, spread: &Spread<'_>) -> u64 {
        // What every incident has: the one kind, source or status of a dataset.
        if self.len() as usize == self.bits.end {
            return spread.len as u64;
        }
        let stretches = spread.stretches.iter().map(|stretch| {
            let blocks = &stretch.blocks;
            if stretch.whole {
                return u64::from(self.before[blocks.end] - self.before[blocks.start]);
            }
            let end = (blocks.end * BLOCK / 64).min(self.bits.words.len());
            let words = blocks.start * BLOCK / 64..end;
            let both = self.bits.words[words.clone()].iter().zip(&spread.set.words[words]);
            both.map(|(a, b)| u64::from((a & b).count_ones())).sum()
        });
        stretches.sum()
    }
}

impl Members {
    /// These ranks, each below `end` and given once, in any order.
    pub fn of(ranks: impl IntoIterator<Item = u32>, end: usize) -> Self {
        let mut set = Growing::new(end);
        ranks.into_iter().for_each(|rank| set.insert(rank));
        set.done()
    }

    pub fn len(&self) -> u64 {
        match self {
            Self::Few(ranks) => ranks.len() as u64,
            Self::Many(many) => many.len().into(),
        }
    }

    /// How many of them are in a set.
    pub fn len_in(&self, spread: &Spread<'_>) -> u64 {
        match self {
            Self::Few(ranks) => {
                ranks.iter().filter(|rank| spread.set.contains(**rank)).count() as u64
            }
            Self::Many(many) => many.len_in(spread),
        }
    }

    /// Whether any of them is in `set`.
    pub fn meets(&self, set: &Bits) -> bool {
        match self {
            Self::Few(ranks) => ranks.iter().any(|rank| set.contains(*rank)),
            Self::Many(many) => many.bits.words.iter().zip(&set.words).any(|(a, b)| a & b != 0),
        }
    }

    /// The ranks, in their order, where they are few.
    pub fn list(&self) -> Option<&[u32]> {
        match self {
            Self::Few(ranks) => Some(ranks),
            Self::Many(_) => None,
        }
    }

    /// Memory, in bytes.
    pub fn bytes(&self) -> usize {
        match self {
            Self::Few(ranks) => size_of_val(&**ranks),
            Self::Many(many) => size_of_val(&*many.bits.words) + size_of_val(&*many.before),
        }
    }
}

/// Ranks of several blocks, in stretches of all, of some and of few.
#[cfg(test)]
pub(super) fn stretches(
    end: usize,
) -> impl proptest::strategy::Strategy<Value = std::collections::BTreeSet<u32>> {
    use proptest::prelude::*;
    let stretch = (0..end, 1..end, prop_oneof![Just(1_usize), Just(3), Just(500)]);
    proptest::collection::vec(stretch, 0..4).prop_map(move |stretches| {
        let ranks = stretches
            .into_iter()
            .flat_map(|(start, length, step)| (start..(start + length).min(end)).step_by(step));
        ranks.map(|rank| rank as u32).collect()
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::collection::btree_set;
    use proptest::prelude::*;

    const END: usize = 300;

    proptest! {
        #[test]
        fn both_forms_are_the_sets_that_they_stand_for(
            a in btree_set(0..END as u32, 0..END),
            b in btree_set(0..END as u32, 0..40),
            start in 0..END,
            length in 0..END,
        ) {
            let range = start..(start + length).min(END);
            let here = |rank: &&u32| range.contains(&(**rank as usize));
            let form = |set: &std::collections::BTreeSet<u32>| {
                let ranks: Vec<u32> = set.iter().copied().collect();
                let few = Members::Few(ranks.clone().into());
                let mut bits = Bits::none(END);
                bits.add(&few);
                (few, Members::Many(Many::of(bits.clone())), bits)
            };
            let ((few, many, bits), (few_b, many_b, bits_b)) = (form(&a), form(&b));
            prop_assert_eq!(bits.len(), a.len() as u64);
            prop_assert_eq!((few.len(), many.len()), (a.len() as u64, a.len() as u64));
            prop_assert_eq!(&Bits::of_column(&(0..END as u32).collect::<Vec<_>>(), |r| a.contains(&r)), &bits);
            let both = a.intersection(&b).count() as u64;
            for form in [&few_b, &many_b] {
                prop_assert_eq!(form.len_in(&Spread::of(&bits)), both);
                prop_assert_eq!(form.meets(&bits), both > 0);
            }
            let (mut inside, mut outside) = (Vec::new(), Vec::new());
            bits.each_in(range.clone(), false, |rank| inside.push(rank as u32));
            bits.each_in(range.clone(), true, |rank| outside.push(rank as u32));
            prop_assert_eq!(&inside, &a.iter().filter(here).copied().collect::<Vec<_>>());
            let all: Vec<u32> = (0..END as u32).collect();
            let without = all.iter().filter(here).filter(|rank| !a.contains(rank));
            prop_assert_eq!(&outside, &without.copied().collect::<Vec<_>>());
            let from = a.iter().filter(|rank| **rank as usize >= start).take(7);
            prop_assert_eq!(bits.first(start, 7), from.copied().collect::<Vec<_>>());
            let last = a.iter().rfind(|rank| (**rank as usize) < start).map(|rank| *rank as usize);
            prop_assert_eq!(bits.last_below(start), last);
            let mut kept = bits.clone();
            kept.keep(&bits_b);
            prop_assert_eq!(kept.len(), both);
            prop_assert_eq!(bits.len_in(range.clone()), a.iter().filter(here).count());
            let mut left = bits.clone();
            left.remove(&bits_b);
            prop_assert_eq!(left.len(), a.len() as u64 - both);
            let mut ranged = Bits::range(range.clone(), END);
            prop_assert_eq!(ranged.len(), range.len() as u64);
            ranged.add(&few);
            prop_assert!(a.iter().all(|rank| ranged.contains(*rank)));
        }
    }

    proptest! {
        #[test]
        fn stretches_are_counted_as_their_ranks_are(
            a in stretches(4 * BLOCK + 100),
            b in stretches(4 * BLOCK + 100),
        ) {
            let end = 4 * BLOCK + 100;
            let mut set = Bits::none(end);
            a.iter().for_each(|rank| set.insert(*rank));
            let spread = Spread::of(&set);
            let mut bits = Bits::none(end);
            b.iter().for_each(|rank| bits.insert(*rank));
            let both = a.intersection(&b).count() as u64;
            let few = Members::Few(b.iter().copied().collect());
            prop_assert_eq!(few.len_in(&spread), both);
            prop_assert_eq!(Members::Many(Many::of(bits)).len_in(&spread), both);
        }
    }

    #[test]
    fn the_smaller_form_is_taken() {
        let few = Members::of(vec![9, 3], 1_000);
        assert_eq!(few, Members::Few([3, 9].into()));
        let many = Members::of((0..40).rev(), 1_000);
        assert!(matches!(&many, Members::Many(many) if many.bits.len() == 40));
        assert_eq!((few.bytes(), many.bytes()), (8, 136));
    }
}
