//! Words that look back from what is told: "since", "a month after", "another attack".

use super::vague::{is_a_year_before, is_vaguely_before};
use crate::ingest::lexicon::{Words, one_of};
use crate::ingest::rules::date::{DateFound, DateWords};
use crate::ingest::rules::place::{PlaceFound, PlaceSort, Tie};
use crate::ingest::story::facts::Facts;
use crate::ingest::token::{Token, TokenKind};
use std::ops::Range;

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
    let lasting = |d: &&DateFound| is_lasting(&fact.tokens, d.start);
    let dates = fact.dates.iter().filter(|d| !lasting(d));
    let since = dates.into_iter().find_map(|d| since_at(&fact.tokens, d.start))?;
    let now = fact.dates.iter().any(|d| d.end <= since)
        || fact.events.iter().any(|e| e.at < since)
        || fact.told.iter().any(|t| t.count.figure.start < since);
    let told = fact.told.iter().any(|t| t.count.figure.start > since);
    (now && told).then_some(since)
}

/// The token from which on a sentence tells of an earlier incident besides its own: "the attack
/// comes days after gunmen killed 30 at Boni".
pub(super) fn comes_after(fact: &Facts) -> Option<usize> {
    static COMES: Words = Words::new(&[
        "comes", "came", "coming", "intervient", "intervenait", "survient", "survenait",
        "followed", "follows", "following", "suit",
    ]);
    const DEEDS: &[&str] = &[
        "succes", "drame", "operation", "incident", "killings", "deaths", "death", "mort", "deces",
    ];
    let tokens = &fact.tokens;
    let comes = tokens.iter().position(|t| COMES.has(t))?;
    if let Some(follows) = follows(fact, comes) {
        return Some(follows);
    }
    let near = (comes + 1..(comes + 9).min(tokens.len()))
        .take_while(|i| tokens[*i].is_word() || tokens[*i].kind == TokenKind::Number)
        .find(|i| one_of(&tokens[*i], &["after", "apres", "lendemain", "as"]));
    let far = || days_after(tokens, comes);
    let after = near.filter(|i| tokens[*i].norm != "as").or_else(far).or(near)?;
    let same_day = tokens[comes..after].iter().any(|t| t.norm == "day");
    if tokens[after].norm == "as" && !same_day {
        return None;
    }
    // "It came the same day as a massacre": but not "as the attack".
    let other = tokens.get(after + 1).is_some_and(|t| {
        !one_of(t, &["the", "this", "that", "le", "la", "l", "cette", "ce", "his"])
    });
    let subject = comes <= 2 && one_of(&tokens[0], &["it", "this", "elle", "cela"]);
    // "The announcement comes a day after the attack" tells of one incident.
    let own = fact.events.iter().any(|e| e.at < comes)
        || fact.told.iter().any(|t| t.count.figure.start < comes)
        || tokens[..comes].iter().any(|t| one_of(t, DEEDS))
        || subject && other;
    let told = fact.events.iter().any(|e| e.at > after)
        || fact.told.iter().any(|t| t.count.figure.start > after);
    (own && told).then_some(comes)
}

/// "This attack comes as a summit opens at Nouakchott, two days after an attack that …": the
/// "after", behind the verb at `comes`.
pub(super) fn days_after(tokens: &[Token], comes: usize) -> Option<usize> {
    const UNITS: &[&str] = &["days", "weeks", "hours", "jours", "semaines", "heures", "mois"];
    (comes + 1..(comes + 32).min(tokens.len()))
        .find(|i| one_of(&tokens[*i], &["after", "apres"]) && one_of(&tokens[*i - 1], UNITS))
}

/// "Friday's killings followed the abduction of six people in Hombori on Thursday": the verb.
fn follows(fact: &Facts, verb: usize) -> Option<usize> {
    let tokens = &fact.tokens;
    let own = fact.events.iter().any(|e| e.at < verb) || told_before(fact, verb);
    let active = one_of(&tokens[verb], &["followed", "follows", "suit"])
        && tokens.get(verb + 1).is_some_and(|t| {
            one_of(t, &["the", "a", "an", "another", "two", "one", "several", "last"])
        });
    let passive = verb > 0
        && one_of(&tokens[verb - 1], &["was", "were", "is", "are", "that", "which", "who"]);
    let counted = fact.told.iter().any(|t| t.count.figure.start > verb);
    (own && active && !passive && counted).then_some(verb)
}

fn told_before(fact: &Facts, at: usize) -> bool {
    fact.told.iter().any(|t| t.count.figure.start < at)
}

/// "Last week's attack at Hombori", "The same day, at Djenné": a time of its own beside a place of
/// its own.
pub(super) fn has_own_time(fact: &Facts) -> bool {
    let opens = |d: &DateFound| {
        let topic = fact.places.iter().any(|p| p.start <= 2);
        let same = matches!(d.words, DateWords::SameDay)
            && (d.start <= 2 || topic)
            && one_of(&fact.tokens[d.end - 2], &["same", "meme"]);
        same || matches!(d.words, DateWords::LastWeek | DateWords::LastMonth)
    };
    let also = fact.tokens.first().is_some_and(|t| one_of(t, &["also"]));
    also || fact.dates.iter().any(opens)
}

/// "…, the deadliest since 2019, when 53 soldiers died, was claimed by JNIM": one past what the
/// clause at `from` tells.
pub(super) fn clause_end(fact: &Facts, from: usize) -> usize {
    const GOES_ON: &[&str] =
        &["was", "were", "has", "have", "had", "is", "are", "a", "ont", "est", "sont", "avait"];
    let told = fact.told.iter().filter(|t| t.count.figure.start > from);
    let after = told.map(|t| t.count.evidence.end).max().unwrap_or(from);
    (after..fact.tokens.len())
        .find(|i| {
            fact.tokens[*i].is(",") && fact.tokens.get(i + 1).is_some_and(|t| one_of(t, GOES_ON))
        })
        .unwrap_or(fact.tokens.len())
}

/// "Twelve died on Thursday at Boni and two soldiers at Hombori on Friday": the token that joins
/// two incidents, each with its figure, its day and its place; with months of their own they need
/// name no place.
pub(super) fn two_days(fact: &Facts) -> Option<usize> {
    let plain = |d: &&DateFound| {
        matches!(
            d.words,
            DateWords::Days { .. }
                | DateWords::Month { .. }
                | DateWords::InYear { .. }
                | DateWords::Weekday(_)
                | DateWords::LastWeekday(_)
                | DateWords::LastWeek
                | DateWords::LastMonth
                | DateWords::After(_)
        )
    };
    if fact.dates.iter().filter(plain).count() < 2 {
        return None;
    }
    // What the sentence tells on one side: its place, its day, and how many days it names.
    let full = |side: Range<usize>| {
        // "near Hombori on 28 December and two others in the Ménaka region on 2 January".
        let region = |p: &PlaceFound| matches!(p.sort, PlaceSort::Region(_)) && p.tie != Tie::Other;
        let place =
            fact.places.iter().find(|p| side.contains(&p.start) && (p.is_scene() || region(p)));
        // "On 22 May, the MNLA took Ménaka, and on 23 May it entered Anéfis".
        let event = fact.told.is_empty()
            && place.is_some()
            && fact.events.iter().any(|e| side.contains(&e.at));
        let counted = event
            || fact.told.iter().any(|t| side.contains(&t.count.figure.start) && !t.count.subset);
        let mut dates = fact.dates.iter().filter(plain).filter(|d| side.contains(&d.start));
        let first = dates.next().filter(|_| counted)?;
        Some((place.map(|p| p.key.as_str()), first.words, 1 + dates.count()))
    };
    let month = |d: DateWords| matches!(d, DateWords::Month { .. } | DateWords::InYear { .. });
    let end = fact.tokens.len();
    let joins = (1..end).filter(|i| {
        fact.tokens[*i].is(";")
            || fact.tokens[*i].is(",")
            || one_of(&fact.tokens[*i], &["and", "et", "while", "tandis", "puis", "then", "ainsi"])
    });
    joins.into_iter().find(|&at| match (full(0..at), full(at..end)) {
        (Some((here, then, 1)), Some((there, later, _))) => {
            let placed = here.is_some() && there.is_some() && here != there;
            then != later && (placed || month(then) && month(later))
        }
        _ => false,
    })
}

/// "Ogossagou, where some 160 people died last March": the clause on an incident before, with
/// figures and a time of its own.
pub(super) fn clause_on_before(fact: &Facts, text: &str) -> Option<Range<usize>> {
    let is_where = |t: &Token| t.norm == "where" || &text[t.start..t.end] == "où";
    let at = fact.tokens.iter().position(is_where).filter(|at| *at > 0)?;
    // "where they killed twelve": of the same attack.
    let same = fact.tokens.get(at + 1).is_some_and(|t| {
        one_of(t, &["they", "it", "he", "ils", "elles", "il", "the", "les", "on"])
    });
    let own = fact.events.iter().any(|e| e.at < at)
        || fact.told.iter().any(|t| t.count.figure.start < at);
    let counted = fact.told.iter().any(|t| t.count.figure.start > at && !t.count.subset);
    let dated = fact.dates.iter().any(|d| d.start < at);
    let other = |d: &DateFound| match d.words {
        DateWords::Month { .. }
        | DateWords::InYear { .. }
        | DateWords::Year(_)
        | DateWords::YearsAgo(_)
        | DateWords::LastWeek
        | DateWords::LastMonth => true,
        DateWords::MonthsAfter(n) => n < 0,
        DateWords::Days { .. } => dated,
        _ => false,
    };
    let then = fact.dates.iter().any(|d| d.start > at && other(d))
        || is_vaguely_before(&fact.tokens[at + 1..])
        || is_a_year_before(&fact.tokens[at + 1..]);
    (own && !same && counted && then).then(|| at..clause_end(fact, at))
}

/// "as part of a reprisal for an ambush that left several dead": the clause on an event before the
/// one told.
pub(super) fn clause_on_event(fact: &Facts) -> Option<usize> {
    const BEFORE: &[&str] = &["for", "after", "following", "apres", "since", "avenge"];
    let tokens = &fact.tokens;
    let event = fact.events.iter().find(|e| {
        let that = tokens[e.at + 1..].iter().take(2).any(|t| one_of(t, &["that", "which", "qui"]));
        let some = e.at >= 2 && one_of(&tokens[e.at - 1], &["a", "an", "une"]);
        that && some && one_of(&tokens[e.at - 2], BEFORE)
    })?;
    let own = fact.events.iter().any(|e| e.at + 2 < event.at) || told_before(fact, event.at);
    let told = fact.told.iter().any(|t| t.count.figure.start > event.at);
    (own && told).then_some(event.at - 2)
}

/// "since", "depuis" within a few words before a date: the clause that looks back.
pub(super) fn since_at(tokens: &[Token], date: usize) -> Option<usize> {
    let since = |i: &usize| one_of(&tokens[*i], &["since", "depuis"]);
    let near = (date.saturating_sub(8)..date)
        .rev()
        .take_while(|i| !tokens[*i].is(",") && !tokens[*i].is(";"))
        .find(since);
    // "the deadliest in the country since an ambush on the road to Menaka killed nine in October",
    // "depuis la signature des accords de paix, en juin 2015".
    let far = || {
        (date.saturating_sub(26)..date).rev().take_while(|i| !tokens[*i].is(";")).find(|i| {
            since(i)
                && tokens[..*i].iter().rev().take(12).any(|t| {
                    one_of(
                        t,
                        &[
                            "deadliest", "worst", "bloodiest", "heaviest", "biggest", "first",
                            "meurtriere", "meurtrier", "sanglante", "lourd", "pire",
                        ],
                    )
                })
        })
    };
    near.or_else(far)
}

/// "The village, besieged since March, was attacked": how long a state has lasted.
pub(super) fn is_lasting(tokens: &[Token], date: usize) -> bool {
    const STATES: &[&str] = &[
        "besieged", "blockaded", "surrounded", "held", "occupied", "controlled", "cut", "assiege",
        "assiegee", "encercle", "encerclee", "blocus", "occupe", "occupee",
    ];
    since_at(tokens, date).is_some_and(|since| since > 0 && one_of(&tokens[since - 1], STATES))
}

/// "near the site of an attack in which dozens were killed last week", "Ogossagou, where 160
/// died in March 2019": the word that opens the clause on another incident.
pub(super) fn relative_at(fact: &Facts, found: &DateFound) -> Option<usize> {
    let tokens = &fact.tokens;
    let coarse = matches!(
        found.words,
        DateWords::LastWeek
            | DateWords::LastMonth
            | DateWords::Month { .. }
            | DateWords::InYear { .. }
            | DateWords::Year(_)
            | DateWords::YearsAgo(_)
    );
    let opens = |i: &usize| {
        one_of(&tokens[*i], &["where", "when", "which", "lorsque", "quand", "laquelle", "lequel"])
    };
    let open =
        (found.start.saturating_sub(16)..found.start).rev().find(opens).filter(|_| coarse)?;
    let told = fact.told.iter().any(|t| t.count.figure.start > open);
    // A clause of its own stands before it.
    (told && open >= 5).then_some(open)
}

/// "fifteen were killed on Friday in Boni, where 50 had died last March": where the second begins.
pub(super) fn earlier_at(fact: &Facts) -> Option<usize> {
    let open = fact.dates.iter().find_map(|d| relative_at(fact, d))?;
    let end = clause_end(fact, open);
    let told = fact.told.iter().any(|t| !(open..end).contains(&t.count.figure.start));
    told.then_some(open)
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
    static SEPARATE: Words = Words::new(&["separate", "separee", "distincte"]);
    static ANOTHER: Words = Words::new(&["another", "autre"]);
    let noun = (6..tokens.len()).find(|i| {
        SEPARATE.has(&tokens[*i])
            || ANOTHER.has(&tokens[*i])
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
            || (one_of(
                t,
                &["another", "autre", "second", "seconde", "deuxieme", "third", "troisieme"],
            ) && tokens[i + 1..].iter().take(2).any(|n| {
                one_of(
                    n,
                    &[
                        "attack", "incident", "ambush", "raid", "attaque", "embuscade", "massacre",
                        "bombing", "explosion", "move", "assault", "offensive",
                    ],
                )
            }))
    })
}
