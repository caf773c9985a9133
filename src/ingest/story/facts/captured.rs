//! Towns that change hands: "On 22 May, the MNLA took Ménaka", "le CSP s'empare de Léré".

use super::Event;
use crate::ingest::lexicon::{Words, one_of};
use crate::ingest::rules::actor::ActorFound;
use crate::ingest::rules::date::{DateFound, DateWords};
use crate::ingest::rules::place::{Lies, PlaceFound, Tie};
use crate::ingest::token::Token;
use crate::knowledge::Knowledge;
use crate::knowledge::actors::ActorKind;
use crate::knowledge::words::EventWord;

/// The takings of places in a sentence that names their day. With a month or a year alone it tells who
/// held what, and no incident.
pub(super) fn captures(
    known: &Knowledge,
    tokens: &[Token],
    actors: &[ActorFound],
    places: &[PlaceFound],
    dates: &[DateFound],
) -> Vec<Event> {
    if dates.is_empty() || !dates.iter().all(is_day) {
        return Vec::new();
    }
    let taken = |p: &PlaceFound| {
        let named = p.is_named() && p.lies == Lies::InMali && p.tie == Tie::At;
        let verb = verb_before(tokens, p.start).filter(|_| named)?;
        fights(known, tokens, actors, verb).then_some(Event { at: verb, word: EventWord::Other })
    };
    let fallen = |p: &PlaceFound| {
        let named = p.is_named() && p.lies == Lies::InMali && p.tie == Tie::At;
        let verb = falls_behind(tokens, p.end).filter(|_| named)?;
        Some(Event { at: verb, word: EventWord::Other })
    };
    let mut found: Vec<Event> =
        places.iter().filter_map(|p| taken(p).or_else(|| fallen(p))).collect();
    found.dedup_by_key(|e| e.at);
    found
}

fn is_day(date: &DateFound) -> bool {
    matches!(
        date.words,
        DateWords::Days { .. }
            | DateWords::Entry { .. }
            | DateWords::After(_)
            | DateWords::SameDay
            | DateWords::Weekday(_)
            | DateWords::BeforePublication(_)
    )
}

/// The verb of taking right before a place, with "control of", "the town of" between them.
fn verb_before(tokens: &[Token], place: usize) -> Option<usize> {
    static TAKE: Words = Words::new(&[
        "took", "takes", "take", "taken", "capture", "captured", "captures", "seize", "seized",
        "seizes", "retook", "retakes", "recaptured", "recaptures", "occupied", "entered", "enter",
        "enters", "empare", "emparent", "pris", "prend", "prennent", "repris", "reprend",
        "reprennent", "occupe", "occupent", "entre", "entrent", "investi", "investit",
    ]);
    const BETWEEN: &[&str] = &[
        "control", "of", "the", "town", "towns", "city", "village", "locality", "over", "le",
        "controle", "de", "la", "ville", "localite", "du", "d", "dans", "a", "both", "l",
    ];
    let near = (place.saturating_sub(6)..place).rev();
    let verb = near.take_while(|i| TAKE.has(&tokens[*i]) || one_of(&tokens[*i], BETWEEN));
    verb.into_iter().find(|i| TAKE.has(&tokens[*i]))
}

/// "Andéramboukane is taken by rebels", "Aguelhok fell to": the verb behind a place.
fn falls_behind(tokens: &[Token], end: usize) -> Option<usize> {
    static TAKEN: Words =
        Words::new(&["taken", "captured", "seized", "overrun", "recaptured", "retaken", "prise"]);
    let word = |i: usize, words: &[&str]| tokens.get(i).is_some_and(|t| one_of(t, words));
    let be = word(end, &["is", "was", "are", "were", "est"]);
    let ete = word(end, &["a", "ont"]) && word(end + 1, &["ete"]);
    let taken = end + usize::from(be) + 2 * usize::from(ete);
    let by = (taken..taken + 4).any(|i| word(i, &["by", "par"]));
    let passive = (be || ete) && by && tokens.get(taken).is_some_and(|t| TAKEN.has(t));
    let falls = word(end, &["fell", "falls", "tombe"])
        && (word(end + 1, &["to"]) || tokens.get(end + 1).is_none_or(|t| !t.is_word()));
    (passive || falls).then_some(taken)
}

/// Whether somebody who bears arms is the subject of the verb.
fn fights(known: &Knowledge, tokens: &[Token], actors: &[ActorFound], verb: usize) -> bool {
    static FIGHTERS: Words = Words::new(&[
        "fighters", "rebels", "militants", "jihadists", "gunmen", "soldiers", "troops", "rebelles",
        "combattants", "jihadistes", "soldats", "forces", "army", "armee",
    ]);
    let armed = |a: &ActorFound| {
        let kind = known.actors.get(&a.slug).map(|a| a.kind);
        kind.is_some_and(|k| {
            k.is_armed_group() || matches!(k, ActorKind::StateForces | ActorKind::ForeignForces)
        })
    };
    let near = verb.saturating_sub(12)..verb;
    let clause = tokens[near.clone()].iter().rev().take_while(|t| !t.is(";") && !t.is("."));
    let by_noun = clause.into_iter().any(|t| FIGHTERS.has(t));
    by_noun || actors.iter().any(|a| near.contains(&(a.end - 1)) && armed(a))
}
