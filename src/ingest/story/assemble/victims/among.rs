//! Who is named among the dead: "civilians and dozos are among the dead", "parmi les morts figure
//! un policier", "the dead include traders".

use crate::ingest::lexicon::{Words, one_of};
use crate::ingest::story::Story;
use crate::ingest::token::{Token, TokenKind};
use crate::model::claim::CasualtyGroup;
use std::ops::Range;

/// The people that a sentence names among the dead, with their tokens; women, children and those
/// who attacked are parts of others or no victims.
pub(super) fn among_the_dead(story: &Story<'_>, tokens: &[Token]) -> Vec<(String, Range<usize>)> {
    static DEAD: Words = Words::new(&[
        "dead", "killed", "victims", "casualties", "fatalities", "morts", "victimes", "tues",
        "tuees", "deces", "decedes",
    ]);
    let Some(dead) = tokens.iter().position(|t| DEAD.has(t)) else { return Vec::new() };
    if tokens.iter().any(|t| one_of(t, &["not", "no", "denied", "aucun", "aucune", "nie"])) {
        return Vec::new();
    }
    let among = (dead.saturating_sub(5)..dead)
        .rev()
        .find(|i| one_of(&tokens[*i], &["among", "parmi", "amongst"]))
        .filter(|i| tokens[*i..dead].iter().all(|t| t.is_word() || t.kind == TokenKind::Number));
    match among {
        Some(among) if is_opening(tokens, among) => behind(story, tokens, dead + 1),
        Some(among) => before(story, tokens, among),
        None => included(story, tokens, dead),
    }
}

/// Whether a clause begins with the word at `at`.
fn is_opening(tokens: &[Token], at: usize) -> bool {
    at.checked_sub(1).is_none_or(|b| tokens[b].is(";") || tokens[b].is(",") && at <= 4)
}

/// "Parmi les morts, de nationalités diverses, figure un policier": those behind the verb.
fn behind(story: &Story<'_>, tokens: &[Token], from: usize) -> Vec<(String, Range<usize>)> {
    const VERBS: &[&str] = &[
        "were", "was", "are", "is", "figure", "figurent", "figuraient", "figurait", "compte",
        "comptent", "comptait", "trouve", "trouvent", "sont",
    ];
    let verb = (from..(from + 12).min(tokens.len())).find(|i| one_of(&tokens[*i], VERBS));
    verb.map(|verb| listed(story, tokens, verb + 1)).unwrap_or_default()
}

/// "The dead include traders and soldiers".
fn included(story: &Story<'_>, tokens: &[Token], dead: usize) -> Vec<(String, Range<usize>)> {
    let includes = tokens.get(dead + 1).is_some_and(|t| one_of(t, &["include", "included"]));
    let the = dead > 0 && one_of(&tokens[dead - 1], &["the", "those"]);
    if includes && the { listed(story, tokens, dead + 2) } else { Vec::new() }
}

/// "Civilians and dozos, the traditional hunters, are among the dead": those with whom the clause
/// begins.
fn before(story: &Story<'_>, tokens: &[Token], among: usize) -> Vec<(String, Range<usize>)> {
    const BE: &[&str] = &[
        "were", "was", "are", "is", "figure", "figurent", "figuraient", "figurait", "sont", "est",
        "etaient", "etait",
    ];
    let be = (among.saturating_sub(4)..among).find(|i| one_of(&tokens[*i], BE));
    let Some(be) = be else { return Vec::new() };
    let from = (0..be).rev().find(|i| tokens[*i].is(";")).map_or(0, |i| i + 1);
    let mut out = listed(story, tokens, from);
    if out.is_empty() {
        out.extend(officer(tokens, from..be).map(|at| ("soldiers".to_owned(), at)));
    }
    out
}

/// "l'adjudant Oumar Traoré": a rank before a name, not of somebody who left the army.
fn officer(tokens: &[Token], mut words: Range<usize>) -> Option<Range<usize>> {
    static RANKS: Words = Words::new(&[
        "adjudant", "sergent", "sergeant", "caporal", "corporal", "lieutenant", "capitaine",
        "captain", "colonel", "warrant",
    ]);
    const OTHERS: &[&str] =
        &["former", "ex", "ancien", "police", "deserter", "deserteur", "retired", "retraite"];
    if tokens[words.clone()].iter().any(|t| one_of(t, OTHERS)) {
        return None;
    }
    words
        .find(|i| RANKS.has(&tokens[*i]) && tokens.get(i + 1).is_some_and(|t| t.capital))
        .map(|i| i..i + 2)
}

/// The people of a list that begins at `from`: "a gendarme and two traders".
fn listed(story: &Story<'_>, tokens: &[Token], from: usize) -> Vec<(String, Range<usize>)> {
    const PASSED: &[&str] = &[
        "the", "a", "an", "some", "several", "many", "le", "la", "les", "l", "un", "une", "des",
        "plusieurs", "and", "et", "also", "least", "at", "egalement", "aussi", "on", "y", "ainsi",
        "que", "other", "autres", "of", "de", "d", "du",
    ];
    let mut out = Vec::new();
    let mut i = from;
    while let Some(token) = tokens.get(i) {
        if let Some(hit) = story.vocabulary.people.at(tokens, i) {
            let part = matches!(
                hit.value.group,
                CasualtyGroup::Women | CasualtyGroup::Children | CasualtyGroup::Militants
            );
            let slug = hit.value.victim.clone().filter(|_| !hit.value.generic && !part);
            out.extend(slug.map(|slug| (slug, i..hit.end)));
            i = hit.end;
        } else if one_of(token, PASSED)
            || token.kind == TokenKind::Number
            || crate::ingest::rules::number::is_word_number(token)
            || token.is(",") && !out.is_empty() && joins(story, tokens, i)
        {
            i += 1;
        } else {
            break;
        }
    }
    out
}

/// Whether the comma at `at` goes on with a list of people.
fn joins(story: &Story<'_>, tokens: &[Token], at: usize) -> bool {
    (at + 1..(at + 4).min(tokens.len())).any(|i| story.vocabulary.people.at(tokens, i).is_some())
}
