//! Whom an infobox names for the attack and who fought, and by whose word: "(per X)",
//! "(suspected)", "(denied)".

use crate::ingest::lexicon::{any_of, one_of};
use crate::ingest::rules::stance::is_own;
use crate::ingest::story::Story;
use crate::ingest::story::facts::{Facts, named};
use crate::ingest::story::tell::Named;
use crate::ingest::token::Token;
use crate::knowledge::actors::Actor;
use crate::model::claim::Claimant;
use crate::model::incident::Stance;
use std::ops::Range;

/// The perpetrators of a line. What stands in brackets is said of those since the brackets before.
pub(super) fn perpetrators(story: &Story<'_>, fact: &Facts) -> Vec<Named> {
    let mut out = Vec::new();
    for actor in fact.actors.iter().filter(|a| !is_picture(fact, a.end)) {
        let marks =
            marks_behind(story, fact, actor.end).filter(|m| !m.words.contains(&actor.start));
        // A name inside "(per X)" is who speaks.
        if within_marks(story, fact, actor.start) || is_who_says(fact, actor.start) {
            continue;
        }
        let bytes = fact.bytes_of(actor.start..actor.end);
        let own = || {
            let name = story.known.actors.get(&actor.slug).map(|a| a.name.clone());
            Claimant { name: name.unwrap_or_default(), actor: Some(actor.slug.clone()) }
        };
        // "Unknown (JNIM suspected by the government)".
        let behind = actor.end..(actor.end + 1).min(fact.tokens.len());
        let supposed = is_supposed(fact, 0..actor.start) || is_supposed(fact, behind);
        let mut push = |stance, by| {
            out.push(Named { slug: actor.slug.clone(), bytes: bytes.clone(), stance, by });
        };
        match marks.map(|m| m.says) {
            Some(Says::Per(by)) if is_own(story.known, &by, &actor.slug) => {
                push(Stance::Claimed, Some(by));
            }
            Some(Says::Per(by)) => push(Stance::Accused, Some(by)),
            Some(Says::Supposed) => push(Stance::Suspected, None),
            Some(Says::Claimed) => push(Stance::Claimed, Some(own())),
            Some(Says::Denied) => {
                push(Stance::Stated, None);
                push(Stance::Denied, Some(own()));
            }
            Some(Says::Not) => {}
            None if supposed => push(Stance::Suspected, None),
            None => push(Stance::Stated, None),
        }
    }
    out
}

/// Those who fought, of a line of belligerents.
pub(super) fn fighters(fact: &Facts, fought: &[(&Actor, Range<usize>)]) -> Vec<Named> {
    fought
        .iter()
        .filter(|(_, at)| !is_picture(fact, at.end))
        .map(|(actor, at)| {
            let close = (at.end..fact.tokens.len()).find(|i| fact.tokens[*i].is(")"));
            let marked = fact.tokens.get(at.end).is_some_and(|t| t.is("("));
            let behind = at.end..close.filter(|_| marked).unwrap_or(at.end);
            let before = at.start.saturating_sub(2)..at.start;
            let supposed = is_supposed(fact, before) || is_supposed(fact, behind);
            let stance = if supposed { Stance::Suspected } else { Stance::Stated };
            let bytes = fact.bytes_of(at.clone());
            Named { slug: actor.slug.clone(), bytes, stance, by: None }
        })
        .collect()
}

/// "AQMI Flag asymmetric.svg": the name of a picture, not of who did it.
fn is_picture(fact: &Facts, from: usize) -> bool {
    fact.tokens[from..].iter().take(5).any(|t| one_of(t, &["svg", "png", "jpg"]))
}

fn is_supposed(fact: &Facts, range: Range<usize>) -> bool {
    fact.tokens[range].iter().any(|t| {
        one_of(
            t,
            &[
                "suspected", "alleged", "allegedly", "presumed", "presume", "presumes", "suspecte",
                "suspectes", "likely", "possibly", "denied",
            ],
        )
    })
}

/// What brackets say of the perpetrators before them.
enum Says {
    /// "(per X)".
    Per(Claimant),
    /// "(suspected)".
    Supposed,
    /// "(claimed)".
    Claimed,
    /// "(denied)".
    Denied,
    /// "(not proven)", "(cleared by X)": then nobody names it.
    Not,
}

struct Marks {
    words: Range<usize>,
    says: Says,
}

/// "JNIM suspected by the government": who suspects it.
fn is_who_says(fact: &Facts, at: usize) -> bool {
    let the = |i: &usize| one_of(&fact.tokens[*i], &["the", "le", "la", "l", "les"]);
    let by = (0..at).rev().find(|i| !the(i)).filter(|i| one_of(&fact.tokens[*i], &["by", "par"]));
    by.and_then(|by| by.checked_sub(1)).is_some_and(|verb| {
        is_supposed(fact, verb..verb + 1)
            || one_of(&fact.tokens[verb], &["claimed", "blamed", "accused", "denied", "led"])
    })
}

/// The next brackets behind a token that say how somebody is named.
fn marks_behind(story: &Story<'_>, fact: &Facts, from: usize) -> Option<Marks> {
    let tokens = &fact.tokens;
    let mut at = from;
    while let Some(open) = (at..tokens.len()).find(|i| tokens[*i].is("(")) {
        let close = (open..tokens.len()).find(|i| tokens[*i].is(")")).unwrap_or(tokens.len());
        if let Some(says) = says(story, fact, open + 1..close) {
            return Some(Marks { words: open..close, says });
        }
        at = close;
    }
    None
}

fn within_marks(story: &Story<'_>, fact: &Facts, at: usize) -> bool {
    let open = (0..at).rev().find(|i| fact.tokens[*i].is("(") || fact.tokens[*i].is(")"));
    let inside = open.filter(|i| fact.tokens[*i].is("("));
    inside
        .is_some_and(|open| marks_behind(story, fact, open).is_some_and(|m| m.words.contains(&at)))
}

fn says(story: &Story<'_>, fact: &Facts, words: Range<usize>) -> Option<Says> {
    const NOT: &[&str] = &[
        "no", "not", "never", "non", "pas", "aucune", "cleared", "acquitted", "exonerated",
        "disproven", "innocente", "innocentee",
    ];
    // What opens with other words, "(supported by X)", "(led by X)", is not read.
    const OPENS: &[&str] = &[
        "alleged", "claimed", "blamed", "accused", "attributed", "named", "revendique",
        "revendiquee", "accuse", "accusee", "attribue", "attribuee", "presume", "presumee",
    ];
    let tokens = &fact.tokens[words.clone()];
    let first = tokens.first()?;
    if tokens.iter().take(2).any(|t| one_of(t, NOT)) {
        return Some(Says::Not);
    }
    let led = |list: &[&str]| tokens.iter().take(2).any(|t| any_of(t, list));
    // "(per X)", "(according to X)", "(alleged by X)".
    let by = |i: usize| tokens.get(i).is_some_and(|t| one_of(t, &["by", "par", "to", "on"]));
    let opened = match one_of(first, &["per", "selon"]) {
        true => Some(1),
        false => (one_of(first, OPENS) || first.norm == "according").then_some(2).filter(|_| by(1)),
    };
    if let Some(from) = opened {
        let the = |t: &Token| one_of(t, &["the", "le", "la", "l", "les"]);
        let start = (from..tokens.len()).find(|i| !the(&tokens[*i]))?;
        return Some(Says::Per(named(story, &tokens[start..])));
    }
    if led(&["denied", "denies", "nie", "dementi"]) {
        return Some(Says::Denied);
    }
    if led(&["claimed", "revendique", "revendiquee"]) {
        return Some(Says::Claimed);
    }
    let names = fact.actors.iter().any(|a| words.contains(&a.start));
    let hedged = if names { words.start..words.start + 1 } else { words };
    is_supposed(fact, hedged).then_some(Says::Supposed)
}
