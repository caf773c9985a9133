//! A page of a found set, in each order.

use super::Index;
use super::filter::Found;
use crate::model::filter::Sort;

/// Sets of which so many times more than all incidents are sorted rather than looked for in the
/// order of all.
const SPARSE: u64 = 32;

impl Found<'_> {
    /// Keys of the first `limit` from the incident with the key `from` on, or from the start,
    /// in the filter's order.
    pub fn keys(&self, from: Option<i64>, limit: usize) -> Vec<i64> {
        let index = self.index;
        let from = from.and_then(|key| index.ranks.get(usize::try_from(key).ok()?).copied());
        let holds = |rank: &u32| self.set.as_ref().is_none_or(|set| set.contains(*rank));
        let ranks: Vec<u32> = match (self.filter.sort, &self.set) {
            (Sort::Newest, Some(set)) => set.first(from.unwrap_or(0) as usize, limit),
            (Sort::Newest, None) => {
                (from.unwrap_or(0)..index.keys.len() as u32).take(limit).collect()
            }
            (Sort::Oldest, _) => index.oldest_from(from).filter(holds).take(limit).collect(),
            (Sort::Deadliest, Some(set)) if set.len() * SPARSE < index.keys.len() as u64 => {
                let mut ranks = set.first(0, usize::MAX);
                ranks.sort_unstable_by_key(|rank| index.toll_order(*rank));
                let start = from.map_or(0, |from| index.place(&ranks, from));
                ranks.into_iter().skip(start).take(limit).collect()
            }
            (Sort::Deadliest, _) => {
                let start = from.map_or(0, |from| index.place(&index.deadliest, from));
                index.deadliest[start..].iter().copied().filter(holds).take(limit).collect()
            }
        };
        ranks.into_iter().map(|rank| index.keys[rank as usize].into()).collect()
    }
}

impl Index {
    /// Ranks in the order oldest first, the undated last.
    fn oldest_from(&self, from: Option<u32>) -> impl Iterator<Item = u32> {
        let (dated, all) = (self.dated as u32, self.keys.len() as u32);
        let (dated_end, undated_end) = match from {
            None => (dated, all),
            Some(rank) if rank < dated => (rank + 1, all),
            Some(rank) => (0, rank + 1),
        };
        (0..dated_end).rev().chain((dated..undated_end).rev())
    }

    /// Where an incident stands, or would stand, among `ranks` in the order deadliest first.
    fn place(&self, ranks: &[u32], rank: u32) -> usize {
        let own = self.toll_order(rank);
        ranks.partition_point(|other| self.toll_order(*other) < own)
    }
}
