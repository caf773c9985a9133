//! Communiqués: what an army or a group makes known in several sentences.

use super::facts::Facts;
use super::quotation::give;
use crate::ingest::lexicon::one_of;
use crate::ingest::rules::actor::ActorFound;
use crate::ingest::token::Token;
use crate::knowledge::Knowledge;
use crate::model::claim::Claimant;

/// "L'état-major informe l'opinion que …", "porte à la connaissance de": what follows is its
/// communiqué until somebody else speaks.
pub(super) fn carry(known: &Knowledge, facts: &mut [Facts]) {
    let mut issuer: Vec<Claimant> = Vec::new();
    for fact in facts {
        if let Some(verb) = formula(&fact.tokens) {
            let speech = fact.speeches.iter().find(|s| s.words.start <= verb);
            let named = || fact.actors.iter().rfind(|a| a.end <= verb).map(|a| named(known, a));
            issuer = speech
                .map(|s| s.speakers.clone())
                .or_else(|| Some(vec![named()?]))
                .unwrap_or_default();
        } else if fact.speeches.iter().any(|s| s.speakers != issuer) {
            issuer.clear();
        }
        if !issuer.is_empty() {
            give(fact, 0..usize::MAX, &issuer);
        }
    }
}

fn named(known: &Knowledge, actor: &ActorFound) -> Claimant {
    let name = known.actors.get(&actor.slug).map_or_else(|| actor.slug.clone(), |a| a.name.clone());
    Claimant { name, actor: Some(actor.slug.clone()) }
}

/// The token of the verb in the formula that opens a communiqué.
fn formula(tokens: &[Token]) -> Option<usize> {
    let near = |at: usize, words: &[&str]| tokens[at..].iter().take(6).any(|t| one_of(t, words));
    (0..tokens.len()).find(|&at| match tokens[at].norm.as_str() {
        "informe" | "informent" => near(at, &["opinion"]),
        "informs" | "inform" => near(at, &["public", "opinion"]),
        "porte" | "portent" => near(at, &["connaissance"]),
        _ => false,
    })
}
