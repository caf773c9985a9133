//! Figures of dead, wounded, detained, abducted and missing: which number counts whom, and
//! what happened to them.
//!
//! A sentence is taken as a row of *figures* (a number with its noun: "fifteen Malian
//! soldiers") and *predicates* ("were killed", "wounding", "deaths of"). A predicate that
//! looks left takes the figures that end before it, one that looks right those that begin
//! after it; figures joined by "and" or commas share one. A figure that no predicate takes
//! is no casualty figure: troop strengths, ages and vehicles are left alone.

mod again;
mod attach;
mod candidate;
mod nouns;
mod predicate;
mod resolve;
mod shares;
#[cfg(test)]
mod tests;
mod toll;

use super::date::DateFound;
use super::number::Figure;
use super::people::Head;
use crate::ingest::token::Token;
use crate::ingest::vocabulary::Vocabulary;
use crate::knowledge::Knowledge;
use crate::knowledge::words::Form;
use crate::model::claim::{CasualtyGroup, Measure, Qualifier};
use again::{again, put_at, victims};
use attach::{Scene, saying};
use candidate::candidates;
use predicate::predicates;
use resolve::resolve;
use shares::shares;
use std::ops::Range;

/// The rule by which a predicate inside a noun phrase counts it.
pub const INNER: &str = "predicate in the noun phrase (\"N detained civilians\")";

/// A casualty figure found. Ranges are of tokens.
#[derive(Debug, Clone, PartialEq)]
pub struct Count {
    /// What happened to them.
    pub measure: Measure,
    /// Whom it counts.
    pub group: CasualtyGroup,
    /// Slugs of the victim groups that its noun names.
    pub victims: Vec<String>,
    /// Lowest number, included.
    pub min: Option<u32>,
    /// Highest number, included.
    pub max: Option<u32>,
    /// How it is put.
    pub qualifier: Qualifier,
    /// Whether it counts a part of another figure ("including three children").
    pub subset: bool,
    /// Whether its group was taken over from a figure before it.
    pub elided: bool,
    /// The number and its noun.
    pub figure: Range<usize>,
    /// The words that say it, predicate included.
    pub evidence: Range<usize>,
    /// Which rule found it, with an example.
    pub rule: &'static str,
}

/// A figure of the sentence, before it is known whether it counts casualties.
#[derive(Debug)]
struct Candidate {
    number: Figure,
    /// One past the noun phrase.
    end: usize,
    head: Head,
    /// "a soldier", "the gunman": counts only when a predicate stands close.
    weak: bool,
    /// Part of another figure.
    subset: bool,
    /// "four of the attackers": of people who were spoken of, but of no other figure.
    definite: bool,
    /// A predicate inside the noun phrase ("27 detained civilians").
    inner: Option<usize>,
    /// Token of the larger number that it is a part of.
    whole: Option<usize>,
    taken: Vec<Taken>,
    /// Which rule took it, for each of `taken`.
    rules: Vec<&'static str>,
}

impl Candidate {
    fn start(&self) -> usize {
        self.number.start
    }

    /// A figure without a noun.
    fn elided(number: Figure) -> Self {
        Self {
            number,
            end: number.end,
            head: Head::Elided,
            weak: false,
            subset: false,
            definite: false,
            inner: None,
            whole: None,
            taken: Vec::new(),
            rules: Vec::new(),
        }
    }
}

/// What a predicate says of a figure.
#[derive(Debug, Clone)]
struct Taken {
    measure: Measure,
    /// The words that say it.
    evidence: Range<usize>,
    /// Which predicate: figures of one have one group when only the first names it. None when a
    /// noun says it ("the victims included two women").
    predicate: Option<usize>,
    /// Whether it is one of two things that happened ("killed or captured").
    either: bool,
    /// Whether the predicate is a noun that counts people by itself ("deaths", "bodies").
    noun: bool,
}

/// A predicate of the sentence.
#[derive(Debug)]
struct Predicate {
    start: usize,
    end: usize,
    uses: Vec<(Measure, Form)>,
    /// "were killed": passive for certain.
    passive: bool,
    /// "have killed": active for certain.
    active: bool,
}

/// What the sentences of the same paragraph counted, on which bare figures lean.
#[derive(Debug, Clone, Copy, Default)]
pub struct Before {
    /// Group of the last figure, for "fifteen were wounded".
    pub group: Option<CasualtyGroup>,
    /// What was counted last, for "the rebels gave thirty-one".
    pub measure: Option<Measure>,
}

/// Finds every casualty figure of a sentence with these dates.
pub fn counts(
    tokens: &[Token],
    dates: &[DateFound],
    vocabulary: &Vocabulary,
    known: &Knowledge,
    before: Before,
) -> Vec<Count> {
    let mut predicates = predicates(tokens, vocabulary);
    let more: Vec<_> = again(tokens, &predicates, before.measure)
        .into_iter()
        .chain(victims(tokens))
        .filter(|m| predicates.iter().all(|p| p.end <= m.start || m.end <= p.start))
        .collect();
    predicates.extend(more);
    // "put the army's dead at 40": the words between are no predicates of their own.
    let mut put = put_at(tokens);
    put.extend(toll::tolls(tokens, before.measure));
    predicates.retain(|p| put.iter().all(|q| p.end <= q.start || q.end <= p.start));
    predicates.extend(put.into_iter().filter(|p| !p.uses.is_empty()));
    predicates.sort_by_key(|p| p.start);
    let shares = shares(tokens, vocabulary, known);
    predicates.retain(|p| shares.iter().all(|s| p.end <= s.start() || s.end <= p.start));
    // "Parmi les victimes figurent trois femmes": the noun says what happened to them.
    let victims_named = || {
        tokens.iter().any(|t| shares::befell(t).is_some())
            && tokens.iter().any(candidate::including)
    };
    if predicates.is_empty() && shares.is_empty() && !victims_named() {
        return Vec::new();
    }
    let mut candidates = candidates(tokens, dates, vocabulary, known, &predicates);
    candidates.retain(|c| shares.iter().all(|s| c.end <= s.start() || s.end <= c.start()));
    let saying = saying(tokens, vocabulary);
    let scene = Scene { tokens, saying: &saying, predicates: &predicates };
    for p in 0..predicates.len() {
        scene.take_inner(&mut candidates, p);
    }
    note(&mut candidates, |_| INNER);
    for p in 0..predicates.len() {
        scene.take_left(&mut candidates, p);
    }
    let of = |taken: &Taken| taken.predicate.map(|p| &predicates[p]);
    note(&mut candidates, |taken| match of(taken).is_some_and(|p| p.passive) {
        true => "passive (\"N were killed\")",
        false => "figure before its predicate (\"N dead\")",
    });
    for p in 0..predicates.len() {
        scene.take_right(&mut candidates, p);
    }
    note(&mut candidates, |taken| match of(taken).is_some_and(|p| p.active) {
        true => "active (\"have killed N\")",
        false => "predicate before its figure (\"killing N\", \"deaths of N\")",
    });
    scene.take_summed(&mut candidates);
    note(
        &mut candidates,
        |_| "parts that add up to the figure before (\"19 dead, 18 guests and a guard\")",
    );
    scene.take_included(&mut candidates);
    note(&mut candidates, |_| "part of a larger figure (\"including N\")");
    scene.take_along(&mut candidates);
    note(&mut candidates, |_| "counted along with another figure (\"N, along with M\")");
    scene.take_listed(&mut candidates);
    note(&mut candidates, |_| "part of the figure before a colon (\"N dead: M soldiers\")");
    scene.take_compared(&mut candidates);
    note(&mut candidates, |_| "an earlier count beside the later one (\"32 dead, up from N\")");
    scene.take_elided(&mut candidates);
    note(&mut candidates, |_| "predicate left out (\"N killed and M more\")");
    if !shares.is_empty() {
        candidates.extend(shares);
        candidates.sort_by_key(Candidate::start);
    }
    resolve(tokens, candidates, before.group)
}

/// Names the rule behind what was taken since the last note.
fn note(candidates: &mut [Candidate], rule: impl Fn(&Taken) -> &'static str) {
    for c in candidates {
        c.rules.truncate(c.taken.len());
        c.rules.extend(c.taken.iter().skip(c.rules.len()).map(&rule));
    }
}
