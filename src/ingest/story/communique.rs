//! Communiqués: what an army or a group makes known in several sentences.

use super::Story;
use super::facts::Facts;
use super::quotation::give;
use crate::ingest::layout::BlockKind;
use crate::ingest::lexicon::{any_of, one_of};
use crate::ingest::rules::actor::ActorFound;
use crate::ingest::token::Token;
use crate::knowledge::Knowledge;
use crate::model::claim::Claimant;
use crate::model::source::SourceKind;

/// A line of a letterhead has at most so many words and signs.
const MAX_LETTERHEAD: usize = 10;

/// The most lines before the first sentence.
const MAX_LINES: usize = 8;

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
            give(known, fact, 0..usize::MAX, &issuer);
        }
    }
}

fn named(known: &Knowledge, actor: &ActorFound) -> Claimant {
    let name = known.actors.get(&actor.slug).map_or_else(|| actor.slug.clone(), |a| a.name.clone());
    Claimant { name, actor: Some(actor.slug.clone()) }
}

/// The token of the verb in the formula that opens a communiqué.
fn formula(tokens: &[Token]) -> Option<usize> {
    let near = |at: usize, words: &[&str]| tokens[at..].iter().take(6).any(|t| any_of(t, words));
    (0..tokens.len()).find(|&at| match tokens[at].norm.as_str() {
        "informe" | "informent" => near(at, &["opinion"]),
        "informs" | "inform" => near(at, &["public", "opinion"]),
        "porte" | "portent" => near(at, &["connaissance"]),
        _ => false,
    })
}

/// A document that is a communiqué by its letterhead or front matter: all of it is its issuer's
/// that nobody else is named for.
pub(super) fn attribute(story: &Story<'_>, facts: &mut [Facts]) {
    let Some((issuer, first)) = issuer(story, facts) else { return };
    for fact in &mut facts[first..] {
        let kind = &story.layout.blocks[fact.block].kind;
        if matches!(kind, BlockKind::Paragraph | BlockKind::Item) {
            give(story.known, fact, 0..usize::MAX, std::slice::from_ref(&issuer));
        }
    }
}

/// Whoever issues the document, when it is a communiqué, and the index of its first sentence.
fn issuer(story: &Story<'_>, facts: &[Facts]) -> Option<(Claimant, usize)> {
    let first = facts.iter().take(MAX_LINES).position(|f| !is_letterhead(f))?;
    let headed = facts[..first].iter().any(|f| is_heading(&f.tokens));
    if !headed && story.meta.kind != SourceKind::Statement {
        return None;
    }
    // "Le CSP-PSD condamne …": the subject of the first sentence; else whoever the letterhead
    // names.
    let subject = facts[first].actors.iter().find(|a| a.start <= 3);
    let header = || facts[..first].iter().find_map(|f| f.actors.first());
    Some((named(story.known, subject.or_else(header)?), first))
}

/// A line above the first sentence, "Communiqué n° 12", "Kidal, le 7 novembre 2023": short, and no
/// sentence.
pub(super) fn is_letterhead(fact: &Facts) -> bool {
    fact.tokens.len() <= MAX_LETTERHEAD && fact.tokens.last().is_none_or(|t| !t.is("."))
}

/// "Communiqué", "COMMUNIQUÉ DE PRESSE N° 5", "Press release".
fn is_heading(tokens: &[Token]) -> bool {
    tokens.iter().take(2).any(|t| one_of(t, &["communique", "declaration"]))
        || tokens.first().is_some_and(|t| t.norm == "statement")
        || tokens.windows(2).any(|w| w[0].norm == "press" && w[1].norm == "release")
}
