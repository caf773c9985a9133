//! What a filter means, said once more in plain Rust: the SQL must agree with it.

use super::KNOWN;
use mali_timeline::model::claim::Measure;
use mali_timeline::model::filter::{Dimension, Filter, KilledBy, RegionAs, Sort};
use mali_timeline::model::incident::{Incident, Stance};
use mali_timeline::model::slug::fold;
use mali_timeline::store::derive::words;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

/// Ids of the incidents of `filter`, in its order.
pub fn ids(all: &[Incident], filter: &Filter) -> Vec<String> {
    let mut rows: Vec<_> = all.iter().filter(|i| holds(i, filter)).collect();
    let start = |i: &Incident| i.date.start();
    rows.sort_by_key(|i| i.id.clone());
    match filter.sort {
        Sort::Newest => rows.sort_by_key(|i| Reverse((start(i), i.id.clone()))),
        Sort::Oldest => rows.sort_by_key(|i| (start(i).is_none(), start(i), i.id.clone())),
        Sort::Deadliest => rows.sort_by_key(|i| {
            let killed = i.toll(Measure::Killed).map(|t| t.high);
            Reverse((killed, start(i), i.id.clone()))
        }),
    }
    rows.into_iter().map(|i| i.id.clone()).collect()
}

/// How many incidents each value would list.
pub fn facets(all: &[Incident], filter: &Filter) -> BTreeMap<Dimension, BTreeMap<String, u64>> {
    let mut counts = BTreeMap::new();
    for &dimension in Dimension::ALL {
        // What holds whatever is chosen here. Perpetrator and stance are asked as a pair.
        let mut without = filter.clone();
        without.chosen.remove(&dimension);
        let mut asked = without.chosen.clone();
        if matches!(dimension, Dimension::Perpetrator | Dimension::Stance) {
            without.chosen.remove(&Dimension::Perpetrator);
            without.chosen.remove(&Dimension::Stance);
        }
        asked.retain(|d, _| matches!(d, Dimension::Perpetrator | Dimension::Stance));
        let mut counted = BTreeMap::new();
        for incident in all.iter().filter(|i| holds(i, &without)) {
            // The others hold: what is left to ask is this dimension and, with it, its pair.
            let mut one =
                Filter { chosen: asked.clone(), region_as: filter.region_as, ..Filter::default() };
            for value in candidates(incident, dimension, filter.region_as) {
                one.chosen.insert(dimension, [value.clone()].into());
                if holds(incident, &one) {
                    *counted.entry(value).or_default() += 1;
                }
            }
        }
        counts.insert(dimension, counted);
    }
    counts
}

fn candidates(incident: &Incident, dimension: Dimension, region_as: RegionAs) -> BTreeSet<String> {
    match dimension {
        // Also those that only a denial names: with stance=denied they list something.
        Dimension::Perpetrator => actors(incident).into_iter().map(|(a, _)| a).collect(),
        other => values(incident, other, region_as),
    }
}

fn holds(incident: &Incident, filter: &Filter) -> bool {
    let chosen = |d: Dimension| filter.chosen.get(&d);
    let together = chosen(Dimension::Perpetrator).is_some() && chosen(Dimension::Stance).is_some();
    let by_value = filter.chosen.iter().all(|(dimension, wanted)| {
        let paired = matches!(dimension, Dimension::Perpetrator | Dimension::Stance) && together;
        paired || !values(incident, *dimension, filter.region_as).is_disjoint(wanted)
    });
    let by_pair = !together
        || actors(incident).iter().any(|(actor, stance)| {
            chosen(Dimension::Perpetrator).is_some_and(|c| c.contains(actor))
                && chosen(Dimension::Stance).is_some_and(|c| c.contains(stance.as_str()))
        });
    let killed = filter.killed.is_none_or(|n| {
        incident.toll(Measure::Killed).is_some_and(|toll| match filter.killed_by {
            KilledBy::Low => toll.low >= n,
            KilledBy::High => toll.high >= n,
        })
    });
    let from = filter.from.is_none_or(|d| incident.date.end().is_some_and(|end| end >= d.first()));
    let to = filter.to.is_none_or(|d| incident.date.start().is_some_and(|start| start <= d.last()));
    let by_words = filter.q.as_ref().is_none_or(|q| {
        let folded = fold(&words(incident, &KNOWN));
        let have: Vec<&str> = folded.split(' ').collect();
        let wanted = fold(q);
        let wanted: Vec<&str> = wanted.split(' ').collect();
        let (last, whole) = wanted.split_last().expect("a search has a word");
        whole.iter().all(|w| have.contains(w)) && have.iter().any(|h| h.starts_with(last))
    });
    by_value && by_pair && killed && from && to && by_words
}

/// Every actor named, as itself and as its wholes of that year, and how.
fn actors(incident: &Incident) -> BTreeSet<(String, Stance)> {
    let mut named = BTreeSet::new();
    for account in &incident.accounts {
        for a in &account.draft.attributions {
            let wholes = match account.draft.date.end() {
                Some(day) => KNOWN.actors.with_wholes_in(&a.actor, day.year()),
                None => KNOWN.actors.with_wholes(&a.actor),
            };
            named.extend(wholes.into_iter().map(|w| (w.to_owned(), a.stance)));
        }
    }
    named
}

fn values(incident: &Incident, dimension: Dimension, region_as: RegionAs) -> BTreeSet<String> {
    let accounts = incident.accounts.iter();
    match dimension {
        Dimension::Region => accounts
            .flat_map(|a| &a.draft.places)
            .flat_map(|p| match region_as {
                RegionAs::Either => [p.region_then.clone(), p.region_now.clone()],
                RegionAs::Then => [p.region_then.clone(), None],
                RegionAs::Now => [None, p.region_now.clone()],
            })
            .flatten()
            .collect(),
        Dimension::Place => accounts.flat_map(|a| &a.draft.places).map(|p| p.key()).collect(),
        Dimension::Perpetrator => actors(incident)
            .into_iter()
            .filter(|(_, stance)| *stance != Stance::Denied)
            .map(|(actor, _)| actor)
            .collect(),
        Dimension::Stance => {
            actors(incident).into_iter().map(|(_, stance)| stance.as_str().to_owned()).collect()
        }
        Dimension::Victim => accounts
            .flat_map(|a| &a.draft.victims)
            .flat_map(|v| KNOWN.victims.with_wholes(&v.group))
            .map(str::to_owned)
            .collect(),
        Dimension::Type => accounts.map(|a| a.draft.kind.as_str().to_owned()).collect(),
        Dimension::Source => accounts.map(|a| a.source.id.clone()).collect(),
        Dimension::Status => [incident.status().as_str().to_owned()].into(),
    }
}
