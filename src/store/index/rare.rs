//! Values that few incidents have, counted from the incidents' side: there may be a hundred
//! thousand of them (places), and to look through the list of each takes longer than to walk
//! through the incidents of a set.

use super::spread::Spread;
use std::ops::Range;

/// Ranks that are walked through in the time in which one list is looked up.
const LOOK: usize = 32;

/// Stretches of a set that are worth a look at each list; more are walked through as one.
const STRETCHES: usize = 4;

/// The rare values of each incident, as nodes of a tree: a node stands for a value and all those
/// of its parent. Incidents with the same values, of which there are many, share a node, so that
/// to count an incident is one step, whatever it has.
#[derive(Debug, Default)]
pub(super) struct Rare {
    /// By rank. 0 is the root, which has no value.
    nodes: Box<[u32]>,
    /// Of each node but the root; parents come before their children.
    tree: Box<[Node]>,
    /// How many rare values there are.
    values: usize,
}

#[derive(Debug)]
struct Node {
    parent: u32,
    value: u32,
}

impl Rare {
    /// Of these lists of ranks below `end`, which are numbered in their order.
    pub fn of<'l>(lists: impl Iterator<Item = &'l [u32]>, end: usize) -> Self {
        let mut nodes = vec![0; end];
        let (mut tree, mut values) = (Vec::new(), 0);
        // By node, its latest child.
        let mut children = vec![0_u32];
        for (value, list) in (0..).zip(lists) {
            // Children beyond are of this value.
            let before = children.len() as u32;
            for rank in list {
                let parent = nodes[*rank as usize];
                if children[parent as usize] < before {
                    tree.push(Node { parent, value });
                    children[parent as usize] = tree.len() as u32;
                    children.push(0);
                }
                nodes[*rank as usize] = children[parent as usize];
            }
            values += 1;
        }
        Self { nodes: nodes.into(), tree: tree.into(), values }
    }

    /// How many of each of the same lists, in the order of their numbers, are in a set.
    pub fn count<'l>(
        &self,
        lists: impl Iterator<Item = &'l [u32]> + Clone,
        spread: &Spread<'_>,
    ) -> Vec<u64> {
        let mut counts = vec![0_u64; self.values];
        let mut met = vec![0_i64; self.tree.len() + 1];
        for ranks in stretches(spread) {
            // The smaller part of the stretch is walked through, where that saves enough.
            let saved = (spread.set.len_in(ranks.clone()) * 2).saturating_sub(ranks.len());
            let inverted = saved > self.values * LOOK;
            if inverted {
                let all = lists.clone().map(|list| within(list, &ranks));
                counts.iter_mut().zip(all).for_each(|(count, all)| *count += all);
            }
            let one = if inverted { -1 } else { 1 };
            spread.set.each_in(ranks, inverted, |rank| met[self.nodes[rank] as usize] += one);
        }
        // From the last on, so that each node has what its children have.
        for (at, node) in self.tree.iter().enumerate().rev() {
            let here = met[at + 1];
            met[node.parent as usize] += here;
            let count = &mut counts[node.value as usize];
            *count = count.wrapping_add_signed(here);
        }
        counts
    }

    /// Memory, in bytes.
    pub fn bytes(&self) -> usize {
        size_of_val(&*self.nodes) + size_of_val(&*self.tree)
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
fn within(list: &[u32], ranks: &Range<usize>) -> u64 {
    let before = |end: usize| list.partition_point(|rank| (*rank as usize) < end);
    (before(ranks.end) - before(ranks.start)) as u64
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
