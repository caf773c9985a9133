//! Words that look back from what is told: "since", "a month after", "another attack".

use crate::ingest::lexicon::one_of;
use crate::ingest::rules::date::{DateFound, DateWords};
use crate::ingest::story::facts::Facts;
use crate::ingest::token::Token;

/// "a report released on Friday": the day of the report, not of what it tells.
pub(super) fn is_publication(tokens: &[Token], date: usize) -> bool {
    tokens[..date].iter().rev().take(4).any(|t| {
        one_of(
            t,
            &[
                "released", "published", "issued", "publie", "publiee", "diffuse", "diffusee",
                "dated", "date",
            ],
        )
    })
}

/// "the bodies were found two days later", "who went there on Tuesday": the day of the finding,
/// not of the killing.
pub(super) fn is_finding(tokens: &[Token], date: usize) -> bool {
    tokens[..date].iter().rev().take(4).take_while(|t| t.is_word()).any(|t| {
        one_of(
            t,
            &[
                "found", "discovered", "recovered", "retrieved", "exhumed", "buried", "unearthed",
                "identified", "visited", "went", "travelled", "toured", "retrouve", "retrouves",
                "retrouvee", "decouvert", "decouverts", "inhume", "inhumes", "enterre", "enterres",
                "exhumes", "identifies", "visite", "rendus", "rendu", "rendue",
            ],
        )
    })
}

pub(super) fn is_since(tokens: &[Token], date: usize) -> bool {
    since_at(tokens, date).is_some()
}

/// How far back the telling looks for an incident to go on with: more would cost a long
/// document more than its length.
pub(super) const NEARBY: usize = 24;

/// The keys of the places where the sentence, from a token on, puts its event.
pub(super) fn scenes(fact: &Facts, from: usize) -> Vec<&str> {
    fact.places.iter().filter(|p| p.start >= from && p.is_scene()).map(|p| p.key.as_str()).collect()
}

/// The token from which on a sentence with a date of its own looks back to another incident.
pub(super) fn looks_back(fact: &Facts) -> Option<usize> {
    let since = fact.dates.iter().find_map(|d| since_at(&fact.tokens, d.start))?;
    let dated = fact.dates.iter().any(|d| d.end <= since);
    let told = fact.told.iter().any(|t| t.count.figure.start > since);
    (dated && told).then_some(since)
}

/// "since", "depuis" within a few words before a date: the clause that looks back.
pub(super) fn since_at(tokens: &[Token], date: usize) -> Option<usize> {
    (date.saturating_sub(8)..date)
        .rev()
        .take_while(|i| !tokens[*i].is(",") && !tokens[*i].is(";"))
        .find(|i| one_of(&tokens[*i], &["since", "depuis"]))
}

/// "near the site of an attack in which dozens were killed last week", "Ogossagou, where 160
/// died in March 2019": the word that opens the clause on another incident.
pub(super) fn relative_at(fact: &Facts, found: &DateFound) -> Option<usize> {
    let tokens = &fact.tokens;
    let coarse = matches!(
        found.words,
        DateWords::LastWeek | DateWords::LastMonth | DateWords::Month { .. } | DateWords::Year(_)
    );
    let opens = |i: &usize| {
        one_of(&tokens[*i], &["where", "when", "which", "lorsque", "quand", "laquelle", "lequel"])
    };
    let open =
        (found.start.saturating_sub(16)..found.start).rev().find(opens).filter(|_| coarse)?;
    let told = fact.told.iter().any(|t| t.count.figure.start > open);
    let before = fact.events.iter().any(|e| e.at < open)
        || fact.told.iter().any(|t| t.count.figure.start < open)
        || fact.stances.iter().any(|s| s.evidence.start < open);
    (told && before).then_some(open)
}

/// "just a month after Mali and Wagner troops killed …": a month before the day spoken of,
/// unless it says "a month after the attack".
pub(super) fn month_after(tokens: &[Token], found: &DateFound) -> Option<DateWords> {
    let next = tokens.get(found.end)?;
    if found.start == 0
        || one_of(next, &["the", "this", "that", "la", "l", "le"])
        || !next.is_word()
    {
        return None;
    }
    match found.words {
        DateWords::MonthsAfter(n) if tokens[found.end - 1].norm == "after" => {
            Some(DateWords::MonthsAfter(-n))
        }
        DateWords::After(n)
            if tokens[found.end - 1].norm == "after" && tokens[found.start].norm != "the" =>
        {
            Some(DateWords::After(-n))
        }
        _ => None,
    }
}

/// "killed 40 in Boni on Friday, and in a separate attack on Saturday five died in Dia": the
/// token from which on the sentence tells the second.
pub(super) fn separate_at(fact: &Facts) -> Option<usize> {
    let tokens = &fact.tokens;
    let noun = (6..tokens.len()).find(|i| {
        one_of(&tokens[*i], &["separate", "separee", "distincte"])
            || one_of(&tokens[*i], &["another", "autre"])
                && tokens.get(i + 1).is_some_and(|t| {
                    one_of(t, &["attack", "ambush", "raid", "incident", "attaque", "embuscade"])
                })
    })?;
    let open = (noun.saturating_sub(5)..noun).rev().find(|i| {
        tokens[*i].is(",")
            || tokens[*i].is(";")
            || one_of(&tokens[*i], &["and", "while", "et", "tandis"])
    })?;
    let told = |from: usize, to: usize| {
        fact.told.iter().any(|t| from <= t.count.figure.start && t.count.figure.start < to)
    };
    (told(0, open) && told(noun, tokens.len())).then_some(open)
}

/// Words that set an event apart from the one told before.
pub(super) fn is_separate(tokens: &[Token]) -> bool {
    tokens.iter().enumerate().any(|(i, t)| {
        one_of(t, &["separate", "separately", "elsewhere", "ailleurs"])
            || (one_of(t, &["another", "autre"])
                && tokens[i + 1..].iter().take(2).any(|n| {
                    one_of(
                        n,
                        &[
                            "attack", "incident", "ambush", "raid", "attaque", "embuscade",
                            "massacre", "bombing", "explosion",
                        ],
                    )
                }))
    })
}
