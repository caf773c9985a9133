//! Whom a taken figure counts.

use super::candidate::is_part;
use super::{Candidate, Count, Taken};
use crate::ingest::lexicon::one_of;
use crate::ingest::rules::number::figure;
use crate::ingest::rules::people::{Head, Noun};
use crate::ingest::token::Token;
use crate::model::claim::{CasualtyGroup, Measure, Qualifier};

/// The groups of the figures just before.
#[derive(Debug, Default)]
struct Latest {
    last: Option<(Option<usize>, Measure)>,
    /// Those of the last predicate.
    of_predicate: Vec<CasualtyGroup>,
    /// Those of the last run of predicates that say the same ("killed, … killed").
    of_measure: Vec<CasualtyGroup>,
}

impl Latest {
    fn add(&mut self, taken: &Taken, groups: &[CasualtyGroup]) {
        if self.last.is_some_and(|(p, _)| p != taken.predicate) {
            self.of_predicate.clear();
        }
        if self.last.is_some_and(|(_, m)| m != taken.measure) {
            self.of_measure.clear();
        }
        self.of_predicate.extend(groups);
        self.of_measure.extend(groups);
        self.last = Some((taken.predicate, taken.measure));
    }
}

/// Gives each taken figure its group; bare ones have that of the figures before them.
pub(super) fn resolve(
    tokens: &[Token],
    candidates: Vec<Candidate>,
    before: Option<CasualtyGroup>,
) -> Vec<Count> {
    let mut out: Vec<Count> = Vec::new();
    // Of each count its predicate, and whether it is of people who were spoken of.
    let mut origins: Vec<(Option<usize>, bool)> = Vec::new();
    // Groups of the figures before, to which "and fifteen wounded" leans.
    let mut latest = Latest::default();
    let mut before_it = 0;
    // Those named right before "one of whom", whether or not anything is said of them.
    let mut beside: Option<(usize, Vec<Noun>)> = None;
    for c in candidates {
        let whom = beside
            .take()
            .filter(|(end, _)| end + 1 == c.start() && tokens[*end].is(",") && is_part(tokens, &c));
        if let Head::People(nouns) = &c.head {
            beside = Some((c.end, nouns.clone()));
        }
        // "as many wounded": the number stands before.
        let again = one_of(&tokens[c.start()], &["as", "autant"]);
        let from = if again { before_it } else { c.start() };
        before_it = c.start();
        let Some(first) = c.taken.first().cloned() else {
            continue;
        };
        let (nouns, elided) = match c.head {
            Head::People(ref nouns) => (nouns.clone(), false),
            Head::Unlisted => (vec![OTHERS], false),
            Head::Elided if whom.is_some() => {
                (whom.into_iter().flat_map(|(_, nouns)| nouns).collect(), true)
            }
            Head::Elided | Head::Thing => {
                (vec![inherited(&latest, before, &c, &first, tokens)], true)
            }
        };
        let groups = distinct(&nouns, c.number.qualifier);
        if !c.subset {
            latest.add(&first, &groups);
        }
        let behind = at_least_behind(tokens, &c, &first);
        for (taken, rule) in c.taken.iter().zip(&c.rules) {
            let evidence = taken.evidence.start.min(from)..taken.evidence.end.max(c.end);
            let exact = c.number.qualifier == Qualifier::Exact && taken.either;
            let (min, qualifier) =
                if exact { (None, Qualifier::UpTo) } else { (c.number.min, c.number.qualifier) };
            for group in &groups {
                origins.push((taken.predicate, c.definite));
                out.push(Count {
                    measure: taken.measure,
                    group: *group,
                    victims: nouns.iter().filter_map(|n| n.victim.clone()).collect(),
                    min,
                    max: c.number.max.filter(|_| !behind),
                    qualifier: if behind { Qualifier::AtLeast } else { qualifier },
                    subset: c.subset,
                    elided,
                    figure: c.number.start..c.end,
                    evidence: evidence.clone(),
                    rule,
                });
            }
        }
    }
    mark_parts(&mut out, &origins, before);
    widen_wholes(&mut out);
    out
}

/// "Il y a eu deux blessés, dont un militaire": a bare figure of which a part is of another group
/// is not of the one it leaned on.
fn widen_wholes(counts: &mut [Count]) {
    for i in 1..counts.len() {
        let (before, rest) = counts.split_at_mut(i);
        let (whole, part) = (&mut before[i - 1], &rest[0]);
        let other = part.group != whole.group
            && !part.group.is_part_of_another()
            && !matches!(part.group, CasualtyGroup::Total | CasualtyGroup::Other);
        let of_it = part.subset
            && !part.elided
            && part.measure == whole.measure
            && part.evidence.start <= whole.figure.start
            && whole.figure.end <= part.figure.start;
        if whole.elided && !whole.subset && other && of_it {
            whole.group = CasualtyGroup::Total;
        }
    }
}

/// "15 morts au moins", "12 people were killed at least": behind the words that count, unless it
/// belongs to the next number.
fn at_least_behind(tokens: &[Token], c: &Candidate, taken: &Taken) -> bool {
    let end = taken.evidence.end.max(c.end);
    let said = |words: [&str; 2]| {
        tokens.get(end..end + 2).is_some_and(|found| {
            found.iter().zip(words).all(|(t, w)| t.norm == w) && figure(tokens, end + 2).is_none()
        })
    };
    // "seven people or more had died".
    let or_more = tokens.get(c.end..c.end + 2).is_some_and(|t| {
        one_of(&t[0], &["or", "ou"]) && one_of(&t[1], &["more", "plus", "davantage"])
    });
    let said = said(["au", "moins"]) || said(["at", "least"]) || or_more;
    c.number.qualifier == Qualifier::Exact && said
}

/// People of a stated group that is none of the known ones.
const OTHERS: Noun = Noun { group: CasualtyGroup::Other, victim: None, singular: false };

/// Marks figures that count a part of the victims: "three of the soldiers" where soldiers were
/// counted before, and each of several figures of one group that share a predicate ("four
/// soldiers of the garrison and two soldiers of the convoy were killed"). Bare figures ("two in
/// Kassela and five in Markacoungo") are told apart by their places, later.
fn mark_parts(
    counts: &mut [Count],
    origins: &[(Option<usize>, bool)],
    before: Option<CasualtyGroup>,
) {
    let same = |a: &Count, b: &Count| a.measure == b.measure && a.group == b.group;
    let parts: Vec<bool> = (0..counts.len())
        .map(|i| {
            let (predicate, definite) = origins[i];
            let others = || (0..counts.len()).filter(|&j| j != i && same(&counts[i], &counts[j]));
            let listed = others().any(|j| {
                origins[j].0 == predicate
                    && predicate.is_some()
                    && !counts[j].subset
                    && !counts[i].elided
                    && !counts[j].elided
                    && counts[j].figure != counts[i].figure
            });
            let killed = counts[i].measure == Measure::Killed;
            let told = killed && before == Some(counts[i].group) || others().next().is_some();
            listed || (definite && told)
        })
        .collect();
    for (count, part) in counts.iter_mut().zip(parts) {
        count.subset |= part;
    }
}

/// "several Malian and Wagner troops" counts both; "25 Malian and Wagner troops" is one
/// number of both together.
fn distinct(nouns: &[Noun], qualifier: Qualifier) -> Vec<CasualtyGroup> {
    let mut groups: Vec<_> = nouns.iter().map(|n| n.group).collect();
    groups.dedup();
    match (groups.len(), qualifier) {
        (1, _) | (_, Qualifier::Dozens) => groups,
        _ => vec![CasualtyGroup::Total],
    }
}

/// Whom a bare figure counts: as the figures of the predicate before it in the sentence, else
/// as those of the sentence before. "77 dead" and "hundreds" lean on nothing.
fn inherited(
    latest: &Latest,
    before: Option<CasualtyGroup>,
    candidate: &Candidate,
    taken: &Taken,
    tokens: &[Token],
) -> Noun {
    let vague = candidate.number.qualifier == Qualifier::Dozens;
    // "one fighter dead and one injured" leans on the fighter; "5 mercenaries killed, 7 soldiers
    // killed, dozens wounded" on both.
    let joined = candidate.start() > 0 && one_of(&tokens[candidate.start() - 1], &["and", "et"]);
    // "16 soldiers were killed, 30 jihadists were killed, and 17 others were hurt": of both.
    let others = tokens.get(candidate.number.end).is_some_and(|t| one_of(t, &["others", "autres"]));
    let one = latest.of_measure.windows(2).all(|w| w[0] == w[1]);
    let groups = if joined && (one || !others) { &latest.of_predicate } else { &latest.of_measure };
    let group = match groups.as_slice() {
        // "killed 12 civilians after a gunman had shot one of their comrades".
        [_, ..] if candidate.definite && !joined => before,
        [] if taken.noun => None,
        [first, rest @ ..] if rest.iter().all(|g| g == first) => Some(*first),
        [_, ..] => Some(CasualtyGroup::Total),
        // "several of them had been killed" leans on those before, "several" on nobody.
        [] if vague && !(candidate.subset && is_part(tokens, candidate)) => None,
        // "Two children were among the dead. The mayor gave it as 43".
        [] => before.filter(|g| !g.is_part_of_another()),
    };
    // What a noun that nothing knows counts says nothing of the next figure.
    let group = group.filter(|g| *g != CasualtyGroup::Other || joined);
    Noun { group: group.unwrap_or(CasualtyGroup::Total), victim: None, singular: true }
}
