//! Whether two sources tell of the same incident. Pure: drafts in, verdicts out.
//!
//! Joining two incidents that are not one mixes their dead; leaving one apart counts them
//! twice. So only what clearly agrees is joined, and what might agree is listed for a person
//! to decide.

use crate::model::claim::{Measure, Toll, overall_toll};
use crate::model::date::{DatePrecision, DateSpan};
use crate::model::incident::{Draft, EventType, Place, PlacePrecision, Stance};
use std::collections::BTreeSet;

/// A span of more days than this says no more than a month does.
const SHORT_SPAN: i32 = 14;

/// How much better the best candidate must be than the next.
const CLEARLY: f64 = 0.12;

/// Doubtful candidates listed for one draft, at most.
const MAX_DOUBTFUL: usize = 3;

/// What two tellings are to each other.
#[derive(Debug, Clone, PartialEq)]
pub enum Verdict {
    /// One incident; how well they agree, from 0 to 1.
    Same(f64),
    /// Perhaps one: how well they agree, and what is in doubt.
    Doubtful(f64, &'static str),
    /// Two incidents.
    Different,
}

impl Verdict {
    /// How well the two agree, from 0 to 1.
    pub fn score(&self) -> f64 {
        match self {
            Self::Same(score) | Self::Doubtful(score, _) => *score,
            Self::Different => 0.0,
        }
    }
}

/// What is known of how actors belong together: an actor with the wholes that it is part of.
pub type Wholes<'a> = &'a dyn Fn(&str) -> Vec<String>;

/// Compares what two different documents say.
pub fn compare(a: &Draft, b: &Draft, wholes: Wholes) -> Verdict {
    if !share_a_place(a, b) {
        return Verdict::Different;
    }
    let (date, kind) = (date_fit(&a.date, &b.date), kind_fit(a.kind, b.kind));
    let (actors, figures) = (actor_fit(a, b, wholes), figure_fit(a, b));
    let score = score(a, b, date, kind, actors, figures);
    let supported = actors == Fit::Agree || figures == Fit::Agree;
    let opposed = actors == Fit::Differ || figures == Fit::Differ;
    let close = kind >= KindFit::Close;
    match date {
        DateFit::Apart => Verdict::Different,
        DateFit::Near if close && actors == Fit::Differ && figures == Fit::Differ => {
            Verdict::Doubtful(score, "neither perpetrators nor figures agree")
        }
        DateFit::Near if close => Verdict::Same(score),
        DateFit::Near if kind == KindFit::Loose && supported && !opposed => Verdict::Same(score),
        DateFit::Near => Verdict::Doubtful(score, "the kinds of event do not fit"),
        DateFit::Coarse if close && supported && actors != Fit::Differ => Verdict::Same(score),
        DateFit::Coarse if close => {
            Verdict::Doubtful(score, "the dates agree only in their month or long span")
        }
        DateFit::Coarse if kind == KindFit::Loose && supported && !opposed => {
            Verdict::Doubtful(score, "the kinds of event do not fit")
        }
        DateFit::Year if close && supported => {
            Verdict::Doubtful(score, "the dates agree only in their year")
        }
        DateFit::Undated if close && figures == Fit::Agree => {
            Verdict::Doubtful(score, "one of them has no date")
        }
        DateFit::Coarse | DateFit::Year | DateFit::Undated => Verdict::Different,
    }
}

/// Compares a draft with an incident that other documents tell: it must agree with one of
/// its accounts and contradict none.
pub fn compare_all(draft: &Draft, accounts: &[Draft], wholes: Wholes) -> Verdict {
    let verdicts: Vec<_> = accounts.iter().map(|a| compare(draft, a, wholes)).collect();
    let best = verdicts
        .iter()
        .max_by(|a, b| rank(a).total_cmp(&rank(b)))
        .cloned()
        .unwrap_or(Verdict::Different);
    let contradicted = verdicts.contains(&Verdict::Different)
        || (matches!(best, Verdict::Same(_))
            && accounts.iter().any(|a| kind_fit(draft.kind, a.kind) == KindFit::None));
    match best {
        Verdict::Same(score) if contradicted => {
            Verdict::Doubtful(score, "it agrees with only some accounts of the incident")
        }
        other => other,
    }
}

/// Same before doubtful before different, then by score.
fn rank(verdict: &Verdict) -> f64 {
    match verdict {
        Verdict::Same(score) => 2.0 + score,
        Verdict::Doubtful(score, _) => 1.0 + score,
        Verdict::Different => 0.0,
    }
}

/// What becomes of a draft.
#[derive(Debug, Clone, PartialEq)]
pub enum Choice {
    /// It tells of this candidate.
    Join(usize),
    /// It is an incident of its own, perhaps one of these candidates: index, score, reason.
    New(Vec<(usize, f64, &'static str)>),
}

/// Chooses for each draft of one document an incident of other documents, each at most once.
/// Each draft comes with its candidates and what [`compare_all`] says of them. Where two
/// pairings are about as good, none is chosen.
pub fn choose(verdicts: &[Vec<(usize, Verdict)>]) -> Vec<Choice> {
    let mut pairs: Vec<(f64, usize, usize)> = Vec::new();
    for (d, row) in verdicts.iter().enumerate() {
        for (c, verdict) in row {
            if let Verdict::Same(score) = verdict {
                pairs.push((*score, d, *c));
            }
        }
    }
    pairs.sort_by(|a, b| b.0.total_cmp(&a.0).then((a.1, a.2).cmp(&(b.1, b.2))));
    let mut joined = vec![None; verdicts.len()];
    let mut unclear = BTreeSet::new();
    let mut taken = BTreeSet::new();
    for &(score, d, c) in &pairs {
        if joined[d].is_some() || taken.contains(&c) || unclear.contains(&d) {
            continue;
        }
        let rivals: Vec<_> = pairs
            .iter()
            .filter(|&&(s, d2, c2)| {
                (d2, c2) != (d, c)
                    && (d2 == d || c2 == c)
                    && joined[d2].is_none()
                    && !taken.contains(&c2)
                    && s > score - CLEARLY
            })
            .collect();
        if rivals.is_empty() {
            joined[d] = Some(c);
            taken.insert(c);
        } else {
            unclear.insert(d);
            unclear.extend(rivals.iter().filter(|r| r.2 == c).map(|r| r.1));
        }
    }
    verdicts
        .iter()
        .zip(joined)
        .map(|(row, joined)| match joined {
            Some(c) => Choice::Join(c),
            None => Choice::New(doubts(row)),
        })
        .collect()
}

/// The most likely candidates of a draft that joined none.
fn doubts(row: &[(usize, Verdict)]) -> Vec<(usize, f64, &'static str)> {
    let mut doubts: Vec<_> = row
        .iter()
        .filter_map(|(c, verdict)| match verdict {
            Verdict::Same(score) => Some((*c, *score, "several fit about as well")),
            Verdict::Doubtful(score, reason) => Some((*c, *score, *reason)),
            Verdict::Different => None,
        })
        .collect();
    doubts.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    doubts.truncate(MAX_DOUBTFUL);
    doubts
}

/// A town, village or site: a place where two incidents on one day are probably one.
pub fn is_specific(place: &Place) -> bool {
    match place.precision {
        PlacePrecision::Exact | PlacePrecision::Near => true,
        PlacePrecision::Cercle | PlacePrecision::Region => false,
        PlacePrecision::Unknown => {
            let id = Some(place.id.as_str());
            !place.id.is_empty()
                && place.region_then.as_deref() != id
                && place.region_now.as_deref() != id
        }
    }
}

fn share_a_place(a: &Draft, b: &Draft) -> bool {
    let ids: BTreeSet<_> = specific_places(a).collect();
    specific_places(b).any(|id| ids.contains(id))
}

fn specific_places(draft: &Draft) -> impl Iterator<Item = &str> {
    let places = draft.places.iter().filter(|p| is_specific(p));
    places.map(|p| p.id.as_str())
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum DateFit {
    Near,
    Coarse,
    Year,
    Undated,
    Apart,
}

fn date_fit(a: &DateSpan, b: &DateSpan) -> DateFit {
    if a.start().is_none() || b.start().is_none() {
        return DateFit::Undated;
    }
    if !a.overlaps(b) {
        return DateFit::Apart;
    }
    let either = |p| a.precision() == p || b.precision() == p;
    if either(DatePrecision::Year) || days(a) > 62 || days(b) > 62 {
        DateFit::Year
    } else if either(DatePrecision::Month) || days(a) > SHORT_SPAN || days(b) > SHORT_SPAN {
        DateFit::Coarse
    } else {
        DateFit::Near
    }
}

fn days(span: &DateSpan) -> i32 {
    match (span.start(), span.end()) {
        (Some(a), Some(b)) => (b - a).get_days() + 1,
        _ => 0,
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum KindFit {
    /// Never one incident.
    None,
    /// One incident only where more speaks for it.
    Loose,
    /// Two words for the same thing.
    Close,
    Equal,
}

fn kind_fit(a: EventType, b: EventType) -> KindFit {
    use EventType::*;
    if a == b {
        return KindFit::Equal;
    }
    let pair = if a < b { (a, b) } else { (b, a) };
    match pair {
        (Massacre, Execution | Siege)
        | (ArmedClash, AttackOnArmedForces | Siege)
        | (AttackOnArmedForces, Bombing | Siege) => KindFit::Close,
        (Abduction, _) | (_, Abduction) => KindFit::None,
        (Massacre, Bombing | AttackOnArmedForces) | (AttackOnArmedForces | Bombing, Execution) => {
            KindFit::None
        }
        _ => KindFit::Loose,
    }
}

/// Whether a property that may be missing agrees.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fit {
    Agree,
    Unknown,
    Differ,
}

fn actor_fit(a: &Draft, b: &Draft, wholes: Wholes) -> Fit {
    let named = |draft: &Draft| -> BTreeSet<String> {
        let named = draft.attributions.iter();
        let named = named.filter(|at| at.stance != Stance::Denied);
        named.flat_map(|at| wholes(&at.actor)).collect()
    };
    let (a, b) = (named(a), named(b));
    match (a.is_empty() || b.is_empty(), a.is_disjoint(&b)) {
        (true, _) => Fit::Unknown,
        (false, true) => Fit::Differ,
        (false, false) => Fit::Agree,
    }
}

/// Whether the numbers of dead could be the same number.
fn figure_fit(a: &Draft, b: &Draft) -> Fit {
    match (killed(a), killed(b)) {
        (Some(a), Some(b)) => {
            let meet = a.low <= b.high && b.low <= a.high;
            let (small, large) = (a.high.min(b.high), a.high.max(b.high));
            if meet || (small > 0 && f64::from(large) <= 1.25 * f64::from(small)) {
                Fit::Agree
            } else if a.open || b.open || large <= small.saturating_mul(2) {
                Fit::Unknown
            } else {
                Fit::Differ
            }
        }
        _ => Fit::Unknown,
    }
}

/// The claimed dead; none where nobody gives a figure above nought.
fn killed(draft: &Draft) -> Option<Toll> {
    let claims = draft.claims.iter().map(|c| {
        let speaker = c.claimant.as_ref();
        (speaker.map_or("", |by| by.name.as_str()), c)
    });
    overall_toll(Measure::Killed, claims).filter(|toll| toll.high > 0)
}

fn score(a: &Draft, b: &Draft, date: DateFit, kind: KindFit, actors: Fit, figures: Fit) -> f64 {
    let fit = |fit| match fit {
        Fit::Agree => 1.0,
        Fit::Unknown => 0.5,
        Fit::Differ => 0.0,
    };
    let date = match date {
        DateFit::Near if a.date == b.date => 1.0,
        DateFit::Near => 0.8,
        DateFit::Coarse => 0.5,
        DateFit::Year => 0.2,
        DateFit::Undated | DateFit::Apart => 0.0,
    };
    let kind = match kind {
        KindFit::Equal => 1.0,
        KindFit::Close => 0.6,
        KindFit::Loose => 0.3,
        KindFit::None => 0.0,
    };
    let first = |d: &Draft| specific_places(d).next().map(str::to_owned);
    let place = if first(a) == first(b) { 1.0 } else { 0.6 };
    0.3 * date + 0.25 * kind + 0.15 * place + 0.15 * fit(actors) + 0.15 * fit(figures)
}

#[cfg(test)]
mod tests;
