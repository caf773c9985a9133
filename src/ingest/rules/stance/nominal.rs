//! Attacks that are named, and not told: "died in Malian army air strikes", "a JNIM attack killed
//! ten", "a French army operation was launched".

use crate::ingest::lexicon::{Words, one_of};
use crate::ingest::rules::actor::ActorFound;
use crate::ingest::rules::claimant::Scene;
use crate::ingest::token::Token;
use std::ops::Range;

/// "died in Malian army air strikes", "a JNIM attack killed ten": an attack named by whose it is.
pub(super) fn in_their_attack(scene: &Scene<'_>, actor: &ActorFound) -> Option<Range<usize>> {
    static DEEDS: Words = Words::new(&[
        "attack", "attacks", "ambush", "raid", "raids", "strike", "strikes", "airstrike",
        "airstrikes", "shelling", "assault", "bombing", "bombardment", "gunfire", "offensive",
    ]);
    const SORTS: &[&str] = &["air", "drone", "suicide", "mortar", "rocket", "artillery", "major"];
    const LED: &[&str] = &["a", "an", "the", "in", "by", "during", "from"];
    let tokens = scene.tokens;
    let led = actor.start.checked_sub(1).is_none_or(|b| one_of(&tokens[b], LED));
    let sorts = tokens[actor.end..].iter().take(2).take_while(|t| one_of(t, SORTS)).count();
    let noun = actor.end + sorts;
    tokens.get(noun).filter(|t| DEEDS.has(t) && led)?;
    // "foiled a JNIM attack", "a JNIM attack warning": nobody was hit.
    let killed = |i: usize| scene.vocabulary.casualty.at(tokens, i).is_some();
    let ends = tokens
        .get(noun + 1)
        .is_none_or(|t| !t.is_word() || t.capital || t.norm.ends_with("ed") || ENDS_NOUN.has(t));
    let foiled =
        tokens[..actor.start].iter().rev().take(4).any(|t| {
            one_of(t, &["foiled", "thwarted", "after", "since", "before", "like", "despite"])
        });
    let words = actor.start..noun + 1;
    (ends && !foiled && (0..tokens.len()).any(killed)).then_some(words)
}

/// "a JNIM attack warning", "after the JNIM raid": a noun, and nothing that they do.
pub(super) fn is_their_noun(tokens: &[Token], actor: &ActorFound, at: usize) -> bool {
    let noun = one_of(&tokens[at], &["attack", "raid", "ambush"]);
    let led = |b: usize| one_of(&tokens[b], &["a", "an", "the", "another", "this", "that"]);
    noun && at == actor.end && actor.start.checked_sub(1).is_some_and(led)
}

/// Words behind a noun phrase that do not go on with it.
static ENDS_NOUN: Words = Words::new(&[
    "on", "in", "at", "near", "that", "which", "has", "have", "had", "was", "were", "killed",
    "left", "hit", "struck", "against", "and", "overnight", "early", "late", "last", "this",
    "when", "while", "as", "during", "around", "targeting", "killing", "leaving", "who", "where",
]);

/// "a French army operation was launched": whose attack it was.
pub(super) fn runs_operation(tokens: &[Token], at: usize) -> Option<usize> {
    // "a French air strike killed".
    let at =
        at + usize::from(tokens.get(at).is_some_and(|t| one_of(t, &["air", "drone", "night"])));
    let noun = tokens.get(at).filter(|t| {
        one_of(
            t,
            &[
                "operation", "airstrike", "airstrikes", "strike", "strikes", "raid", "raids",
                "offensive", "drone", "drones",
            ],
        )
    });
    noun?;
    let verb = (at + 1..(at + 5).min(tokens.len())).find(|i| {
        one_of(
            &tokens[*i],
            &["launched", "conducted", "carried", "killed", "hit", "struck", "targeted"],
        )
    })?;
    Some(verb + 1)
}
