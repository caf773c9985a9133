//! What is counted of a found set.

use super::Index;
use super::bits::{Bits, Members};
use super::filter::Found;
use super::spread::Spread;
use super::tally::Tally;
use crate::model::filter::{Dimension, Lanes};
use crate::store::chart::{Lane, Period};
use crate::store::counted::Counted;
use crate::store::incident::Overview;
use std::collections::{BTreeMap, BTreeSet};

/// A set in which values are counted.
struct Counting<'s> {
    spread: Spread<'s>,
    /// What it has of each rare value, by their numbers.
    rare: Vec<u64>,
}

impl<'s> Counting<'s> {
    fn of(index: &Index, set: &'s Bits) -> Self {
        let spread = Spread::of(set);
        let rare = index.rare.count(index.lists(), &spread);
        Self { spread, rare }
    }
}

impl Found<'_> {
    /// How many there are.
    pub fn len(&self) -> u64 {
        self.set.as_ref().map_or(self.index.keys.len() as u64, Bits::len)
    }

    /// As [`facets`](crate::store::incident::facets).
    pub fn facets(&self) -> BTreeMap<Dimension, Counted> {
        let chosen = |d: Dimension| self.filter.chosen.get(&d);
        // Dimensions of which nothing is chosen share one set.
        let open = self.set.as_ref().map(|set| Counting::of(self.index, set));
        let count = |&dimension: &Dimension| {
            let pair = [Dimension::Perpetrator, Dimension::Stance];
            let paired = match dimension {
                Dimension::Perpetrator => chosen(Dimension::Stance),
                Dimension::Stance => chosen(Dimension::Perpetrator),
                _ => None,
            };
            let counts = match (paired, chosen(dimension)) {
                // What perpetrator and stance list together are pairs: each is counted by the
                // other.
                (Some(partners), _) => {
                    self.index.count_pairs(dimension, partners, self.without(&pair).as_ref())
                }
                (None, Some(_)) => {
                    let set = self.without(&[dimension]);
                    let set = set.as_ref().map(|set| Counting::of(self.index, set));
                    self.count(dimension, set.as_ref())
                }
                (None, None) => self.count(dimension, open.as_ref()),
            };
            (dimension, counts)
        };
        Dimension::ALL.iter().map(count).collect()
    }

    fn count(&self, dimension: Dimension, set: Option<&Counting<'_>>) -> Counted {
        let Some(values) = self.index.values.get(self.filter.facet(dimension)) else {
            return Counted::default();
        };
        let Some(set) = set else {
            return Counted::new(&values.names, values.members.iter().map(Members::len).collect());
        };
        let mut rare = values.first_rare.map_or(&[][..], |first| &set.rare[first..]).iter();
        let count = |members: &Members| match members.list().and_then(|_| rare.next()) {
            Some(count) => *count,
            None => members.len_in(&set.spread),
        };
        Counted::new(&values.names, values.members.iter().map(count).collect())
    }

    /// As [`overview`](crate::store::incident::overview).
    pub fn overview(&self, tally: &Tally) -> Overview {
        let index = self.index;
        let sources = index.values("source");
        Overview {
            incidents: self.len(),
            sources: match &self.set {
                None => sources.count(),
                Some(set) => sources.filter(|(_, members)| members.meets(set)).count(),
            } as u64,
            claims: tally.claims(),
            first: self.oldest().and_then(|rank| index.start[rank].date()),
            last: self.latest_end().date(),
            undated: tally.undated(),
        }
    }

    /// Sums by month, for what else is asked here.
    pub fn tally(&self) -> Tally {
        let index = self.index;
        match &self.set {
            None => index.all.clone(),
            // The smaller part is walked through.
            Some(set) if set.len() * 2 > index.keys.len() as u64 => {
                index.all.without(&Tally::of(index, set, true))
            }
            Some(set) => Tally::of(index, set, false),
        }
    }

    /// As [`periods`](crate::store::chart::periods).
    pub fn periods(&self, tally: &Tally) -> Vec<Period> {
        tally.periods(self.index)
    }

    /// As [`lanes`](crate::store::chart::lanes).
    pub fn lanes(&self, by: Lanes, kinds: &BTreeMap<String, &'static str>) -> Vec<Lane> {
        let index = self.index;
        let everything = || Bits::range(0..index.keys.len(), index.keys.len());
        let mut rest = self.set.clone().unwrap_or_else(everything);
        let mut lanes = Vec::new();
        for (name, members) in self.lane_members(by, kinds) {
            let mut lane = index.union(members);
            if let Some(set) = &self.set {
                lane.keep(set);
            }
            rest.remove(&lane);
            lanes.push((Some(name.to_owned()), lane));
        }
        lanes.insert(0, (None, rest));
        lanes.retain(|(_, set)| set.len() > 0);
        let lane = |(of, set): (Option<String>, Bits)| {
            let tally = Tally::of(index, &set, false);
            Lane { of, periods: tally.periods(index), undated: tally.undated() }
        };
        lanes.into_iter().map(lane).collect()
    }

    /// The values that make up each lane.
    fn lane_members<'a>(
        &'a self,
        by: Lanes,
        kinds: &'a BTreeMap<String, &'static str>,
    ) -> BTreeMap<&'a str, Vec<&'a Members>> {
        let mut lanes: BTreeMap<&str, Vec<&Members>> = BTreeMap::new();
        let kind = |actor: &str| kinds.get(actor).copied().unwrap_or("unknown");
        match (by, self.filter.chosen.get(&Dimension::Stance)) {
            (Lanes::Region, _) => {
                let dimension = match self.filter.facet(Dimension::Region) {
                    "region_then" => "region_then",
                    _ => "region_now",
                };
                for (value, members) in self.index.values(dimension) {
                    lanes.entry(value).or_default().push(members);
                }
            }
            (Lanes::Perpetrator, None) => {
                for (actor, members) in self.index.values(Dimension::Perpetrator.as_str()) {
                    lanes.entry(kind(actor)).or_default().push(members);
                }
            }
            (Lanes::Perpetrator, Some(stances)) => {
                for (actor, stance, members) in self.index.pairs() {
                    if stances.contains(stance) {
                        lanes.entry(kind(actor)).or_default().push(members);
                    }
                }
            }
        }
        lanes
    }

    /// Rank of the one that starts first.
    fn oldest(&self) -> Option<usize> {
        match &self.set {
            None => self.index.dated.checked_sub(1),
            Some(set) => set.last_below(self.index.dated),
        }
    }

    /// The last day on which one of them may have happened.
    fn latest_end(&self) -> super::Day {
        let mut latest = super::Day::default();
        for (block, reach) in self.index.ends.iter().enumerate() {
            if latest >= *reach {
                break;
            }
            let start = block * super::BLOCK;
            let ranks = start..(start + super::BLOCK).min(self.index.keys.len());
            let mut look = |rank: usize| latest = latest.max(self.index.end[rank]);
            match &self.set {
                None => ranks.for_each(&mut look),
                Some(set) => set.each_in(ranks, false, look),
            }
        }
        latest
    }
}

impl Index {
    /// Each actor with each way in which it is named.
    fn pairs(&self) -> impl Iterator<Item = (&str, &str, &Members)> {
        self.values(super::PAIRS).filter_map(|(value, members)| {
            value.split_once(':').map(|(actor, stance)| (actor, stance, members))
        })
    }

    /// Of `set`, by actor those named in one of the ways `partners`; or by way those that name
    /// one of the actors `partners`.
    fn count_pairs(
        &self,
        dimension: Dimension,
        partners: &BTreeSet<String>,
        set: Option<&Bits>,
    ) -> Counted {
        let mut wanted: BTreeMap<&str, Vec<&Members>> = BTreeMap::new();
        for (actor, stance, members) in self.pairs() {
            let (value, partner) = match dimension {
                Dimension::Perpetrator => (actor, stance),
                _ => (stance, actor),
            };
            if partners.contains(partner) {
                wanted.entry(value).or_default().push(members);
            }
        }
        let spread = set.map(Spread::of);
        let count = |sets: Vec<&Members>| match (&sets[..], set) {
            ([one], _) => in_set(one, spread.as_ref()),
            (_, None) => self.union(sets).len(),
            (_, Some(set)) => {
                let mut all = self.union(sets);
                all.keep(set);
                all.len()
            }
        };
        wanted.into_iter().map(|(value, sets)| (value, count(sets))).collect()
    }
}

fn in_set(members: &Members, set: Option<&Spread<'_>>) -> u64 {
    set.map_or_else(|| members.len(), |set| members.len_in(set))
}
