//! The measures: how much of the labels the parser finds, and how much of what it finds is
//! in the labels. Claims are pooled over a document and counted once for each key.

use super::gold::{Claim, Incident, Labelled, Place, Record};
use super::same::Same;
use std::collections::BTreeSet;
use std::fmt;

/// The lines of the table.
pub const LINES: [&str; 8] = [
    "main-date", "main-region", "perpetrators", "victims", "claims", "claims-with-claimant",
    "secondary-incidents", "evidence",
];

/// One line: hits among the labels, and hits among the answers.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Count {
    /// Labels that were found.
    pub found: usize,
    /// Labels.
    pub labels: usize,
    /// Answers that are right.
    pub right: usize,
    /// Answers.
    pub answers: usize,
}

impl Count {
    fn pairs(hits: usize, labels: usize, answers: usize) -> Self {
        Self { found: hits, labels, right: hits, answers }
    }

    /// Share of right answers.
    pub fn precision(&self) -> f64 {
        match (self.answers, self.labels) {
            (0, 0) => 1.0,
            (0, _) => 0.0,
            (n, _) => self.right as f64 / n as f64,
        }
    }

    /// Share of labels found.
    pub fn recall(&self) -> f64 {
        match self.labels {
            0 => 1.0,
            n => self.found as f64 / n as f64,
        }
    }

    /// The harmonic mean of both.
    pub fn f1(&self) -> f64 {
        let (p, r) = (self.precision(), self.recall());
        if p + r == 0.0 { 0.0 } else { 2.0 * p * r / (p + r) }
    }
}

/// Every line.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Score(pub [Count; LINES.len()]);

impl Score {
    /// Both together.
    pub fn add(&mut self, other: &Self) {
        for (a, b) in self.0.iter_mut().zip(other.0) {
            a.found += b.found;
            a.labels += b.labels;
            a.right += b.right;
            a.answers += b.answers;
        }
    }
}

impl fmt::Display for Score {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{:<22}{:>10}{:>8}{:>8}", "", "precision", "recall", "F1")?;
        for (line, c) in LINES.iter().zip(self.0) {
            writeln!(
                f,
                "{line:<22}{:>10.3}{:>8.3}{:>8.3}   ({} labels, {} answers)",
                c.precision(),
                c.recall(),
                c.f1(),
                c.labels,
                c.answers
            )?;
        }
        Ok(())
    }
}

/// What is missed and what is too much in one document, for people who mend rules.
#[derive(Debug, Default)]
pub struct Errors {
    pub missed: Vec<String>,
    pub extra: Vec<String>,
}

/// The score of one document.
pub fn score(labelled: &Labelled, answer: &Record, same: &Same<'_>) -> (Score, Errors) {
    let gold = &labelled.gold;
    let mut errors = Errors::default();
    let lines = [
        main_date(gold, answer),
        main_region(gold, answer, same),
        perpetrators(gold, answer, same, &mut errors),
        victims(gold, answer, same, &mut errors),
        claims(gold, answer, same, false, &mut Errors::default()),
        claims(gold, answer, same, true, &mut errors),
        secondary(gold, answer, same, &mut errors),
        evidence(answer, &labelled.text),
    ];
    (Score(lines), errors)
}

type Days<'a> = (Option<&'a str>, Option<&'a str>);

fn days(i: &Incident) -> Days<'_> {
    (i.date_start.as_deref(), i.date_end.as_deref())
}

fn date_agrees(gold: &Incident, answer: &Incident) -> bool {
    let alt =
        |(a, b): &(Option<String>, Option<String>)| (a.as_deref(), b.as_deref()) == days(answer);
    days(gold) == days(answer) || gold.date_alt.iter().any(alt)
}

/// How many labels have an answer of their own, and which have none.
fn pair<'a, G, A>(
    gold: &[&'a G],
    answers: &mut Vec<&'a A>,
    agrees: impl Fn(&G, &A) -> bool,
) -> Vec<&'a G> {
    let mut missed = Vec::new();
    for g in gold {
        match answers.iter().position(|a| agrees(g, a)) {
            Some(at) => {
                answers.remove(at);
            }
            None => missed.push(*g),
        }
    }
    missed
}

fn main_date(gold: &Record, answer: &Record) -> Count {
    let (labels, mut left) = (gold.mains().collect::<Vec<_>>(), answer.mains().collect::<Vec<_>>());
    let answers = left.len();
    let missed = pair(&labels, &mut left, date_agrees);
    Count::pairs(labels.len() - missed.len(), labels.len(), answers)
}

fn main_region(gold: &Record, answer: &Record, same: &Same<'_>) -> Count {
    let accepted = |p: &Place| {
        let names = p.region.iter().chain(&p.region_alt);
        names.map(|r| same.region(r)).collect::<BTreeSet<_>>()
    };
    let mut labels: Vec<(String, BTreeSet<String>)> = Vec::new();
    for place in gold.mains().flat_map(|i| &i.places) {
        let Some(region) = place.region.as_deref().map(|r| same.region(r)) else {
            continue;
        };
        match labels.iter_mut().find(|(r, _)| *r == region) {
            Some((_, all)) => all.extend(accepted(place)),
            None => labels.push((region, accepted(place))),
        }
    }
    let answers = answer
        .mains()
        .flat_map(|i| &i.places)
        .filter_map(|p| p.region.as_deref().map(|r| same.region(r)))
        .collect::<BTreeSet<_>>();
    let allowed = labels.iter().flat_map(|(_, all)| all).collect::<BTreeSet<_>>();
    Count {
        found: labels.iter().filter(|(_, all)| !all.is_disjoint(&answers)).count(),
        labels: labels.len(),
        right: answers.iter().filter(|r| allowed.contains(r)).count(),
        answers: answers.len(),
    }
}

fn sets(
    what: &str,
    gold: &BTreeSet<String>,
    answer: &BTreeSet<String>,
    errors: &mut Errors,
) -> Count {
    let named = |s: &String| format!("{what} {s}");
    errors.missed.extend(gold.difference(answer).map(named));
    errors.extra.extend(answer.difference(gold).map(named));
    Count::pairs(gold.intersection(answer).count(), gold.len(), answer.len())
}

fn perpetrators(gold: &Record, answer: &Record, same: &Same<'_>, errors: &mut Errors) -> Count {
    let all = |record: &Record, optional: bool| {
        record
            .mains()
            .flat_map(|i| &i.perpetrators)
            .filter(|p| p.attribution != "denied" && p.optional == optional)
            .map(|p| same.perpetrator(&p.actor))
            .collect::<BTreeSet<_>>()
    };
    let (labels, free) = (all(gold, false), all(gold, true));
    let mut answers = all(answer, false);
    answers.retain(|a| labels.contains(a) || !free.contains(a));
    sets("perpetrator", &labels, &answers, errors)
}

fn victims(gold: &Record, answer: &Record, same: &Same<'_>, errors: &mut Errors) -> Count {
    let all = |record: &Record| {
        let groups = record.mains().flat_map(|i| &i.victims);
        groups.map(|v| same.victim(v)).collect::<BTreeSet<_>>()
    };
    sets("victims", &all(gold), &all(answer), errors)
}

fn figure(c: &Claim) -> (&str, Option<u32>, Option<u32>) {
    (&c.measure, c.min, c.max)
}

fn claims(
    gold: &Record,
    answer: &Record,
    same: &Same<'_>,
    with_claimant: bool,
    errors: &mut Errors,
) -> Count {
    let equal = |a: &Claim, b: &Claim| {
        figure(a) == figure(b)
            && a.group == b.group
            && (!with_claimant || same.speaker(a.claimant.as_deref(), b.claimant.as_deref()))
    };
    let pick = |record: &Record| {
        let mut kept: Vec<Claim> = Vec::new();
        for claim in record.claims() {
            if !kept.iter().any(|c| equal(c, claim)) {
                kept.push(claim.clone());
            }
        }
        kept
    };
    let (labels, answers) = (pick(gold), pick(answer));
    let mut left = answers.iter().collect::<Vec<_>>();
    // Exact agreement first, so that a looser label does not take another's answer.
    let missed = pair(&labels.iter().collect::<Vec<_>>(), &mut left, equal);
    let missed = pair(&missed, &mut left, |g, a| {
        let group = g.group == a.group || g.group_alt.contains(&a.group);
        let speaker = || {
            let others = g.claimant_alt.iter().map(Option::as_deref);
            [g.claimant.as_deref()]
                .into_iter()
                .chain(others)
                .any(|name| same.speaker(name, a.claimant.as_deref()))
        };
        figure(g) == figure(a) && group && (!with_claimant || speaker())
    });
    let told = |c: &Claim| {
        format!(
            "{} {} {:?}..{:?} by {:?} | {}",
            c.measure, c.group, c.min, c.max, c.claimant, c.quote
        )
    };
    errors.missed.extend(missed.iter().map(|c| told(c)));
    errors.extra.extend(left.iter().map(|c| told(c)));
    Count::pairs(labels.len() - missed.len(), labels.len(), answers.len())
}

fn secondary(gold: &Record, answer: &Record, same: &Same<'_>, errors: &mut Errors) -> Count {
    let labels = gold.others().collect::<Vec<_>>();
    let mut left = answer.others().collect::<Vec<_>>();
    let agrees = |g: &Incident, a: &Incident| day_agrees(g, a) && place_agrees(g, a, same);
    let missed = pair(&labels, &mut left, agrees);
    // One that the parser put among its main incidents was found all the same.
    let mut mains =
        answer.mains().filter(|i| !gold.mains().any(|g| date_agrees(g, i))).collect::<Vec<_>>();
    let still = pair(&missed, &mut mains, agrees);
    let told = |i: &Incident| {
        let names = i.places.iter().map(|p| p.name.as_str());
        let names = names.collect::<Vec<_>>().join(", ");
        format!("incident {:?} at {names}", i.date_start)
    };
    errors.missed.extend(still.iter().map(|i| told(i)));
    errors.extra.extend(left.iter().map(|i| told(i)));
    let promoted = missed.len() - still.len();
    let hits = labels.len() - still.len();
    Count::pairs(hits, labels.len(), answer.others().count() + promoted)
}

fn day_agrees(gold: &Incident, answer: &Incident) -> bool {
    let (g, a) = (gold.date_start.as_deref(), answer.date_start.as_deref());
    let same_start = |n: usize| match (g, a) {
        (Some(g), Some(a)) => g.get(..n) == a.get(..n),
        _ => false,
    };
    g == a
        || gold.date_alt.iter().any(|(start, _)| start.as_deref() == a)
        || (gold.date_precision == "month" && same_start(7))
        || (gold.date_precision == "year" && same_start(4))
}

fn place_agrees(gold: &Incident, answer: &Incident, same: &Same<'_>) -> bool {
    if gold.places.is_empty() || same.places(&gold.places, &answer.places) {
        return true;
    }
    let regions = |i: &Incident| {
        let names = i.places.iter().filter_map(|p| p.region.as_deref());
        names.map(|r| same.region(r)).collect::<BTreeSet<_>>()
    };
    let (g, a) = (regions(gold), regions(answer));
    if g.is_empty() { a.is_empty() } else { !g.is_disjoint(&a) }
}

fn evidence(answer: &Record, text: &str) -> Count {
    let all = answer.claims().count();
    let held = answer.claims().filter(|c| text.contains(&c.quote)).count();
    Count::pairs(held, all, all)
}
