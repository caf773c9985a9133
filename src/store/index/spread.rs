//! How a set lies over the ranks. Filters by date take whole stretches of them, so that most of
//! what a value has in such a set can be told without a look at each incident.

use super::BLOCK;
use super::bits::Bits;
use std::ops::Range;

/// A set with its stretches, in order. Between them it has nothing.
pub(super) struct Spread<'s> {
    pub set: &'s Bits,
    pub stretches: Vec<Stretch>,
    /// How many ranks it has.
    pub len: usize,
}

/// Blocks that follow one another, in each of which a set has some ranks, or in each all.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Stretch {
    pub blocks: Range<usize>,
    /// Whether the set has every rank of them.
    pub whole: bool,
}

impl Stretch {
    /// Its ranks, as if the last block were full.
    pub fn ranks(&self) -> Range<usize> {
        self.blocks.start * BLOCK..self.blocks.end * BLOCK
    }
}

impl<'s> Spread<'s> {
    pub fn of(set: &'s Bits) -> Self {
        let (mut stretches, mut len): (Vec<Stretch>, usize) = (Vec::new(), 0);
        for block in 0..set.end().div_ceil(BLOCK) {
            let ranks = block * BLOCK..((block + 1) * BLOCK).min(set.end());
            let here = set.len_in(ranks.clone());
            if here == 0 {
                continue;
            }
            len += here;
            let whole = here == ranks.len();
            match stretches.last_mut() {
                Some(last) if last.blocks.end == block && last.whole == whole => {
                    last.blocks.end += 1;
                }
                _ => stretches.push(Stretch { blocks: block..block + 1, whole }),
            }
        }
        Self { set, stretches, len }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stretches_are_whole_or_have_some() {
        let end = 5 * BLOCK + 7;
        let mut set = Bits::range(BLOCK..3 * BLOCK, end);
        set.insert(4 * BLOCK as u32);
        let stretch = |blocks, whole| Stretch { blocks, whole };
        let expected = [stretch(1..3, true), stretch(4..5, false)];
        assert_eq!(Spread::of(&set).stretches, expected);
        // The last block is whole with fewer ranks.
        let all = Bits::range(0..end, end);
        assert_eq!(Spread::of(&all).stretches, [stretch(0..6, true)]);
        assert_eq!(Spread::of(&Bits::none(end)).stretches, []);
    }
}
