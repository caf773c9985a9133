//! Times before and after what is told that nobody knows: "days earlier", "récemment", "a few weeks
//! later".

use crate::ingest::lexicon::{Words, one_of};
use crate::ingest::token::Token;

/// Before what is told, nobody knows when: "Days earlier", "récemment".
pub(super) fn is_vaguely_before(tokens: &[Token]) -> bool {
    is_recent(tokens) || is_some_time_before(tokens)
}

/// "A few weeks later", "Quelques mois plus tard", at the beginning: after what was told, nobody knows
/// when.
pub(super) fn is_vaguely_later(tokens: &[Token]) -> bool {
    const TIMES: &[&str] = &["days", "weeks", "months", "jours", "semaines", "mois"];
    let word = |i: usize, words: &[&str]| tokens.get(i).is_some_and(|t| one_of(t, words));
    let some = match word(0, &["a"]) && word(1, &["few"]) {
        true => 2,
        false => usize::from(word(0, &["some", "several", "quelques", "plusieurs"])),
    };
    let plus = usize::from(word(some + 1, &["plus"]));
    some > 0 && word(some, TIMES) && word(some + 1 + plus, &["later", "tard"])
}

/// "where more than 160 had died a year earlier", "un an plus tôt".
pub(super) fn is_a_year_before(tokens: &[Token]) -> bool {
    tokens.windows(3).any(|w| {
        one_of(&w[0], &["a", "one", "un", "the"])
            && one_of(&w[1], &["year", "an"])
            && one_of(&w[2], &["earlier", "before", "auparavant", "avant", "plus"])
    })
}

/// "deux civils ont été abattus récemment", "two traders were recently shot dead": beside the deed.
pub(super) fn is_recent(tokens: &[Token]) -> bool {
    static DONE: Words = Words::new(&[
        "tue", "tues", "tuee", "tuees", "abattu", "abattus", "abattue", "enleve", "enleves",
        "assassine", "assassines", "executes", "killed", "shot", "abducted", "kidnapped",
        "murdered", "executed", "beheaded",
    ]);
    tokens.iter().enumerate().any(|(i, t)| {
        one_of(t, &["recemment", "recently"])
            && (tokens.get(i + 1).is_some_and(|t| DONE.has(t))
                || tokens[..i].iter().rev().take(2).any(|t| DONE.has(t)))
    })
}

/// "Days earlier", "quelques jours auparavant", "earlier this month", at either end of the sentence.
fn is_some_time_before(tokens: &[Token]) -> bool {
    const TIMES: &[&str] =
        &["days", "weeks", "months", "years", "jours", "semaines", "mois", "annees", "ans"];
    static BEFORE: Words = Words::new(&["earlier", "before", "ago", "tot", "auparavant", "avant"]);
    const NOW: &[&str] = &["month", "week", "year", "mois", "semaine", "annee"];
    let edge = |from: usize, end: usize| {
        from <= 2 || tokens.get(end).is_none_or(|t| t.is(".") || t.is(","))
    };
    (1..tokens.len()).any(|i| {
        if !BEFORE.has(&tokens[i]) {
            return false;
        }
        let plus = usize::from(one_of(&tokens[i - 1], &["plus", "just", "only"]));
        let time = i.checked_sub(1 + plus).filter(|t| one_of(&tokens[*t], TIMES));
        let unnumbered = |t: usize| {
            t.checked_sub(1).is_none_or(|b| {
                !tokens[b].is_word()
                    || one_of(
                        &tokens[b],
                        &["quelques", "few", "plusieurs", "several", "just", "only", "seulement"],
                    )
            })
        };
        time.is_some_and(|t| unnumbered(t) && edge(t, i + 1))
    }) || tokens.windows(3).enumerate().any(|(i, w)| {
        // "il y a environ une semaine", "il y a quelques jours".
        let ago = w[0].norm == "il" && w[1].norm == "y" && w[2].norm == "a";
        ago && tokens[i + 3..]
            .iter()
            .take(3)
            .any(|t| one_of(t, TIMES) || one_of(t, &["semaine", "an"]))
    }) || tokens.windows(3).enumerate().any(|(i, w)| {
        let this = w[0].norm == "earlier" && w[1].norm == "this"
            // "Earlier in the month".
            || w[0].norm == "earlier" && w[1].norm == "in" && w[2].norm == "the"
                && tokens.get(i + 3).is_some_and(|t| one_of(t, NOW))
            || one_of(&w[0], &["tot"]) && one_of(&w[1], &["ce", "cette"]);
        let in_the = usize::from(w[1].norm == "in");
        this && tokens.get(i + 2 + in_the).is_some_and(|t| one_of(t, NOW))
            && edge(i, i + 3 + in_the)
    })
}
