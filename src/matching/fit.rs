//! How dates, kinds, actors and figures of two tellings agree.

use crate::model::claim::{CasualtyGroup, Measure, Toll, group_tolls, overall_toll};
use crate::model::date::{DatePrecision, DateSpan};
use crate::model::incident::{Draft, EventType, Stance};
use jiff::civil::Date;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// A span of more days than this dates no better than a month does.
const SHORT_SPAN: i32 = 5;

/// A span of more days than this dates no better than a year does.
const LONG_SPAN: i32 = 62;

/// What is known of how actors belong together: an actor with the wholes that it is part of.
pub type Wholes<'a> = &'a dyn Fn(&str) -> Vec<String>;

/// How two dates agree.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum DateFit {
    /// The same day or days.
    Same,
    /// A few days that overlap.
    Overlap,
    /// Within one month or long span.
    Coarse,
    /// Within one year.
    Year,
    /// A few days each, one day apart.
    NextDay,
    /// One has no date.
    Undated,
    /// They exclude each other.
    Apart,
}

impl DateFit {
    pub(super) fn of(a: &DateSpan, b: &DateSpan) -> Self {
        let (Some(days_a), Some(days_b)) = (days(a), days(b)) else {
            return Self::Undated;
        };
        let longest = days_a.max(days_b);
        if !a.overlaps(b) {
            return match gap(a, b) {
                Some(1) if longest <= SHORT_SPAN => Self::NextDay,
                _ => Self::Apart,
            };
        }
        let exact = |d: &DateSpan| d.precision() <= DatePrecision::Range;
        let either = |p| a.precision() == p || b.precision() == p;
        if either(DatePrecision::Year) || longest > LONG_SPAN {
            Self::Year
        } else if a == b && exact(a) && longest <= 2 * SHORT_SPAN {
            Self::Same
        } else if either(DatePrecision::Month) || longest > SHORT_SPAN {
            Self::Coarse
        } else {
            Self::Overlap
        }
    }

    pub(super) fn is_near(self) -> bool {
        matches!(self, Self::Same | Self::Overlap)
    }

    /// How well they agree, from 0 to 1.
    pub fn part(self) -> f64 {
        match self {
            Self::Same => 1.0,
            Self::Overlap => 0.8,
            Self::Coarse => 0.5,
            Self::NextDay => 0.4,
            Self::Year => 0.2,
            Self::Undated | Self::Apart => 0.0,
        }
    }
}

/// Days of a span, both ends included.
fn days(span: &DateSpan) -> Option<i32> {
    Some((span.end()? - span.start()?).get_days() + 1)
}

/// Days from the end of the earlier to the start of the later, 1 for the next day; less than 1
/// where they overlap.
pub fn gap(a: &DateSpan, b: &DateSpan) -> Option<i32> {
    let between = |end: Option<Date>, start: Option<Date>| Some((start? - end?).get_days());
    Some(between(a.end(), b.start())?.max(between(b.end(), a.start())?))
}

/// How two kinds of event agree.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum KindFit {
    /// Never one incident.
    Never,
    /// One incident only where more speaks for it.
    Loose,
    /// One of them has no stated kind.
    Unstated,
    /// Two words for the same thing.
    Close,
    /// The same.
    Equal,
}

impl KindFit {
    pub(super) fn of(a: EventType, b: EventType) -> Self {
        use EventType::*;
        let pair = if a < b { (a, b) } else { (b, a) };
        match pair {
            (Other, Other) => Self::Unstated,
            (a, b) if a == b => Self::Equal,
            (Massacre, Execution | Siege)
            | (ArmedClash, AttackOnArmedForces | Siege)
            | (AttackOnArmedForces, Bombing | Siege) => Self::Close,
            (Abduction, Other) => Self::Unstated,
            (Abduction, _) | (_, Abduction) => Self::Never,
            (Massacre, Bombing | AttackOnArmedForces)
            | (AttackOnArmedForces | Bombing, Execution) => Self::Never,
            (_, Other) => Self::Unstated,
            _ => Self::Loose,
        }
    }

    /// How well they agree, from 0 to 1.
    pub fn part(self) -> f64 {
        match self {
            Self::Equal => 1.0,
            Self::Close => 0.6,
            Self::Unstated => 0.4,
            Self::Loose => 0.3,
            Self::Never => 0.0,
        }
    }
}

/// How the actors that are named agree. A part agrees with its whole.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum ActorFit {
    /// These are named by both.
    Agree(Vec<String>),
    /// These are named by both, but by one of them beside their opponent, without direction:
    /// who did it to whom may be the other way round.
    OneSide(Vec<String>),
    /// One of them names nobody.
    Unknown,
    /// Others are named.
    Differ,
}

impl ActorFit {
    pub(super) fn of(a: &Draft, b: &Draft, wholes: Wholes) -> Self {
        let (named_a, named_b) = (named(a), named(b));
        if named_a.is_empty() || named_b.is_empty() {
            return Self::Unknown;
        }
        let with_wholes = |named: &BTreeMap<&str, bool>| -> BTreeSet<String> {
            named.keys().flat_map(|actor| wholes(actor)).collect()
        };
        let (of_a, of_b) = (with_wholes(&named_a), with_wholes(&named_b));
        let common: Vec<String> = of_a.intersection(&of_b).cloned().collect();
        // A row with both sides and one with either share at most one side's word for it.
        let sided = |n: &BTreeMap<&str, bool>| n.len() > 1 && n.values().all(|involved| *involved);
        let both_sides = sided(&named_a) && sided(&named_b) && common.len() > 1;
        match common.is_empty() {
            true => Self::Differ,
            false if sided(&named_a) != sided(&named_b) => Self::OneSide(common),
            false if sided(&named_a) && !both_sides => Self::OneSide(common),
            false => Self::Agree(common),
        }
    }

    pub(super) fn agree(&self) -> bool {
        matches!(self, Self::Agree(_) | Self::OneSide(_))
    }

    pub(super) fn fully_agree(&self) -> bool {
        matches!(self, Self::Agree(_))
    }

    /// How well they agree, from 0 to 1.
    pub fn part(&self) -> f64 {
        match self {
            Self::Agree(_) => 1.0,
            Self::OneSide(_) => 0.8,
            Self::Unknown => 0.5,
            Self::Differ => 0.0,
        }
    }
}

/// The actors that are not only denied to have taken part, and whether no more than that they
/// were involved is said of each.
fn named(draft: &Draft) -> BTreeMap<&str, bool> {
    let mut named = BTreeMap::new();
    for at in draft.attributions.iter().filter(|at| at.stance != Stance::Denied) {
        *named.entry(at.actor.as_str()).or_insert(true) &= at.stance == Stance::Involved;
    }
    named
}

/// The actors that are not only denied to have taken part.
pub(super) fn names(draft: &Draft) -> Vec<String> {
    named(draft).into_keys().map(str::to_owned).collect()
}

/// How the numbers of dead agree. Each side has the range of all its claims.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum FigureFit {
    /// They could be the same number.
    Agree(Toll, Toll),
    /// Within a factor of two, or open upwards.
    Alike(Toll, Toll),
    /// One of them gives none.
    Unknown,
    /// Further apart.
    Differ(Toll, Toll),
}

impl FigureFit {
    pub(super) fn of(a: &Draft, b: &Draft) -> Self {
        let (Some(of_a), Some(of_b)) = (killed(a), killed(b)) else {
            return Self::Unknown;
        };
        let (small, large) = (of_a.high.min(of_b.high), of_a.high.max(of_b.high));
        if could_be_one(of_a, of_b) {
            Self::Agree(of_a, of_b)
        } else if large > small.saturating_mul(2) && !is_open_to(of_a, of_b) {
            Self::Differ(of_a, of_b)
        } else if agree_on_a_group(a, b) {
            Self::Agree(of_a, of_b)
        } else {
            Self::Alike(of_a, of_b)
        }
    }

    pub(super) fn agree(&self) -> bool {
        matches!(self, Self::Agree(..))
    }

    pub(super) fn alike(&self) -> bool {
        matches!(self, Self::Alike(..))
    }

    pub(super) fn differ(&self) -> bool {
        matches!(self, Self::Differ(..))
    }

    /// The lesser of the two highest figures; 0 when one is not known.
    pub(super) fn lesser(&self) -> u32 {
        match self {
            Self::Agree(a, b) | Self::Alike(a, b) | Self::Differ(a, b) => a.high.min(b.high),
            Self::Unknown => 0,
        }
    }

    /// How well they agree, from 0 to 1.
    pub fn part(&self) -> f64 {
        match self {
            Self::Agree(..) => 1.0,
            Self::Alike(..) => 0.6,
            Self::Unknown => 0.5,
            Self::Differ(..) => 0.0,
        }
    }
}

/// Whether two ranges overlap, or are as close as two counts of the same dead often are.
fn could_be_one(a: Toll, b: Toll) -> bool {
    let (small, large) = (a.high.min(b.high), a.high.max(b.high));
    let meet = a.low <= b.high && b.low <= a.high;
    meet || (small > 0 && f64::from(large) <= 1.25 * f64::from(small))
}

/// Whether the lower of the two may be exceeded.
fn is_open_to(a: Toll, b: Toll) -> bool {
    let lower = if a.high <= b.high { a } else { b };
    lower.open
}

/// Whether the dead of one group are told alike, whatever others are counted besides.
fn agree_on_a_group(a: &Draft, b: &Draft) -> bool {
    let groups = |d: &Draft| -> BTreeMap<CasualtyGroup, Toll> {
        let tolls = group_tolls(&d.claims).into_iter();
        let counted = tolls.filter(|t| t.measure == Measure::Killed && t.toll.high > 0);
        counted.map(|t| (t.group, t.toll)).filter(|(g, _)| !g.is_part_of_another()).collect()
    };
    let (of_a, of_b) = (groups(a), groups(b));
    of_a.iter()
        .filter(|(group, _)| **group != CasualtyGroup::Total)
        .any(|(group, toll)| of_b.get(group).is_some_and(|other| could_be_one(*toll, *other)))
}

/// The claimed dead; none where nobody gives a figure above nought.
fn killed(draft: &Draft) -> Option<Toll> {
    let claims = draft.claims.iter().map(|c| {
        let speaker = c.claimant.as_ref();
        (speaker.map_or("", |by| by.name.as_str()), c)
    });
    overall_toll(Measure::Killed, claims).filter(|toll| toll.high > 0)
}
