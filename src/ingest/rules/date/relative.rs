//! Days told by another day: "the next day", "trois jours plus tard".

use super::DateWords;
use crate::ingest::lexicon::{Case, Phrases, one_of};
use crate::ingest::rules::number::small_number;
use crate::ingest::token::Token;
use std::sync::LazyLock;

/// Phrases that lean on another day.
const RELATIVE: &[(&[&str], DateWords)] = &[
    (&["the", "next", "day"], DateWords::After(1)),
    (&["the", "following", "day"], DateWords::After(1)),
    (&["the", "day", "after"], DateWords::After(1)),
    (&["a", "day", "later"], DateWords::After(1)),
    (&["one", "day", "later"], DateWords::After(1)),
    (&["the", "next", "morning"], DateWords::After(1)),
    (&["the", "next", "evening"], DateWords::After(1)),
    (&["the", "next", "night"], DateWords::After(1)),
    (&["the", "morning", "after"], DateWords::After(1)),
    (&["the", "evening", "after"], DateWords::After(1)),
    (&["the", "night", "after"], DateWords::After(1)),
    (&["the", "evening", "before"], DateWords::After(-1)),
    (&["the", "night", "before"], DateWords::After(-1)),
    (&["the", "following", "morning"], DateWords::After(1)),
    (&["the", "following", "evening"], DateWords::After(1)),
    (&["the", "following", "night"], DateWords::After(1)),
    (&["a", "week", "later"], DateWords::After(7)),
    (&["one", "week", "later"], DateWords::After(7)),
    (&["a", "week", "earlier"], DateWords::After(-7)),
    (&["one", "week", "earlier"], DateWords::After(-7)),
    (&["a", "week", "before"], DateWords::After(-7)),
    (&["one", "week", "before"], DateWords::After(-7)),
    (&["a", "week", "prior"], DateWords::After(-7)),
    (&["one", "week", "prior"], DateWords::After(-7)),
    (&["a", "day", "before"], DateWords::After(-1)),
    (&["one", "day", "before"], DateWords::After(-1)),
    (&["a", "day", "prior"], DateWords::After(-1)),
    (&["the", "day", "prior"], DateWords::After(-1)),
    (&["the", "day", "before"], DateWords::After(-1)),
    (&["a", "day", "earlier"], DateWords::After(-1)),
    (&["one", "day", "earlier"], DateWords::After(-1)),
    (&["the", "previous", "day"], DateWords::After(-1)),
    (&["a", "month", "later"], DateWords::MonthsAfter(1)),
    (&["one", "month", "later"], DateWords::MonthsAfter(1)),
    (&["the", "same", "month"], DateWords::MonthsAfter(0)),
    (&["that", "same", "month"], DateWords::MonthsAfter(0)),
    (&["that", "month"], DateWords::MonthsAfter(0)),
    (&["le", "meme", "mois"], DateWords::MonthsAfter(0)),
    (&["ce", "meme", "mois"], DateWords::MonthsAfter(0)),
    (&["the", "following", "month"], DateWords::MonthsAfter(1)),
    (&["le", "mois", "suivant"], DateWords::MonthsAfter(1)),
    (&["two", "months", "later"], DateWords::MonthsAfter(2)),
    (&["a", "month", "earlier"], DateWords::MonthsAfter(-1)),
    (&["one", "month", "earlier"], DateWords::MonthsAfter(-1)),
    (&["a", "month", "before"], DateWords::MonthsAfter(-1)),
    (&["one", "month", "before"], DateWords::MonthsAfter(-1)),
    (&["a", "month", "prior"], DateWords::MonthsAfter(-1)),
    (&["the", "previous", "month"], DateWords::MonthsAfter(-1)),
    (&["the", "month", "before"], DateWords::MonthsAfter(-1)),
    (&["le", "mois", "precedent"], DateWords::MonthsAfter(-1)),
    (&["un", "mois", "plus", "tot"], DateWords::MonthsAfter(-1)),
    (&["un", "mois", "auparavant"], DateWords::MonthsAfter(-1)),
    (&["un", "mois", "avant"], DateWords::MonthsAfter(-1)),
    (&["une", "semaine", "plus", "tot"], DateWords::After(-7)),
    (&["une", "semaine", "auparavant"], DateWords::After(-7)),
    (&["une", "semaine", "avant"], DateWords::After(-7)),
    (&["a", "month", "after"], DateWords::MonthsAfter(1)),
    (&["one", "month", "after"], DateWords::MonthsAfter(1)),
    (&["two", "months", "after"], DateWords::MonthsAfter(2)),
    (&["a", "week", "after"], DateWords::After(7)),
    (&["a", "day", "after"], DateWords::After(1)),
    (&["the", "same", "day"], DateWords::SameDay),
    (&["that", "same", "day"], DateWords::SameDay),
    (&["that", "day"], DateWords::SameDay),
    (&["the", "same", "evening"], DateWords::SameDay),
    (&["the", "same", "night"], DateWords::SameDay),
    (&["le", "meme", "jour"], DateWords::SameDay),
    (&["ce", "meme", "jour"], DateWords::SameDay),
    (&["ce", "jour", "la"], DateWords::SameDay),
    (&["le", "lendemain"], DateWords::After(1)),
    (&["le", "jour", "suivant"], DateWords::After(1)),
    (&["la", "nuit", "suivante"], DateWords::After(1)),
    (&["la", "nuit", "precedente"], DateWords::After(-1)),
    (&["le", "jour", "meme"], DateWords::SameDay),
    (&["le", "soir", "meme"], DateWords::SameDay),
    (&["la", "nuit", "meme"], DateWords::SameDay),
    (&["la", "veille"], DateWords::After(-1)),
    (&["une", "semaine", "plus", "tard"], DateWords::After(7)),
    (&["un", "mois", "plus", "tard"], DateWords::MonthsAfter(1)),
    (&["yesterday"], DateWords::BeforePublication(1)),
    (&["hier"], DateWords::BeforePublication(1)),
    (&["avant", "hier"], DateWords::BeforePublication(2)),
    (&["today"], DateWords::BeforePublication(0)),
    (&["aujourdhui"], DateWords::BeforePublication(0)),
    (&["ce", "matin"], DateWords::BeforePublication(0)),
    (&["this", "morning"], DateWords::BeforePublication(0)),
    (&["ce", "jour"], DateWords::BeforePublication(0)),
    (&["tonight"], DateWords::BeforePublication(0)),
    (&["this", "afternoon"], DateWords::BeforePublication(0)),
    (&["this", "evening"], DateWords::BeforePublication(0)),
    (&["ce", "soir"], DateWords::BeforePublication(0)),
    (&["cet", "apres", "midi"], DateWords::BeforePublication(0)),
    (&["last", "night"], DateWords::BeforePublication(1)),
    (&["hier", "soir"], DateWords::BeforePublication(1)),
    (&["la", "nuit", "derniere"], DateWords::BeforePublication(1)),
    (&["last", "year"], DateWords::YearsAgo(1)),
    (&["a", "year", "ago"], DateWords::YearsAgo(1)),
    (&["l", "an", "dernier"], DateWords::YearsAgo(1)),
    (&["l", "annee", "derniere"], DateWords::YearsAgo(1)),
    (&["l", "annee", "passee"], DateWords::YearsAgo(1)),
    (&["il", "y", "a", "un", "an"], DateWords::YearsAgo(1)),
    (&["il", "y", "a", "deux", "ans"], DateWords::YearsAgo(2)),
    (&["il", "y", "a", "trois", "ans"], DateWords::YearsAgo(3)),
    (&["il", "y", "a", "un", "mois"], DateWords::LastMonth),
    (&["a", "month", "ago"], DateWords::LastMonth),
    (&["il", "y", "a", "une", "semaine"], DateWords::LastWeek),
    (&["a", "week", "ago"], DateWords::LastWeek),
    (&["this", "month"], DateWords::ThisMonth),
    (&["earlier", "this", "month"], DateWords::ThisMonth),
    (&["ce", "mois", "ci"], DateWords::ThisMonth),
    (&["last", "month"], DateWords::LastMonth),
    (&["le", "mois", "dernier"], DateWords::LastMonth),
    (&["last", "week"], DateWords::LastWeek),
    (&["last", "weekend"], DateWords::Weekend),
    (&["over", "the", "weekend"], DateWords::Weekend),
    (&["at", "the", "weekend"], DateWords::Weekend),
    (&["during", "the", "weekend"], DateWords::Weekend),
    (&["on", "the", "weekend"], DateWords::Weekend),
    (&["durant", "le", "week", "end"], DateWords::Weekend),
    (&["pendant", "le", "week", "end"], DateWords::Weekend),
    (&["this", "weekend"], DateWords::Weekend),
    (&["ce", "week", "end"], DateWords::Weekend),
    (&["la", "semaine", "derniere"], DateWords::LastWeek),
    (&["la", "semaine", "passee"], DateWords::LastWeek),
    (&["le", "mois", "passe"], DateWords::LastMonth),
    (&["le", "week", "end", "dernier"], DateWords::Weekend),
    (&["le", "week", "end", "passe"], DateWords::Weekend),
];

/// [`RELATIVE`], ready for looking up.
pub(super) static PHRASES: LazyLock<Phrases<DateWords>> = LazyLock::new(|| {
    let mut all = Phrases::default();
    RELATIVE.iter().for_each(|(words, means)| all.add(&words.join(" "), Case::Any, *means));
    all
});

/// "four days after", "two weeks earlier", "three months later", "trois jours plus tard".
pub(super) fn counted_days(tokens: &[Token], at: usize) -> Option<(DateWords, usize)> {
    let count = small_number(tokens.get(at)?)?;
    let unit = tokens.get(at + 1)?;
    let months = matches!(unit.norm.as_str(), "month" | "months" | "mois");
    let days = match unit.norm.as_str() {
        "day" | "days" | "jour" | "jours" => count,
        "week" | "weeks" | "semaine" | "semaines" => count * 7,
        _ if months => count,
        _ => return None,
    };
    let next = tokens.get(at + 2)?;
    // "three days ago": before the story, not before the day spoken of.
    if next.norm == "ago" && days < 7 && !months {
        return Some((DateWords::BeforePublication(days), at + 3));
    }
    let french = next.norm == "plus";
    let word = tokens.get(at + 2 + usize::from(french))?;
    let sign = match word.norm.as_str() {
        "later" | "after" | "tard" | "apres" => 1,
        "earlier" | "before" | "prior" | "tot" | "avant" | "auparavant" => -1,
        _ => return None,
    };
    let told = if months { DateWords::MonthsAfter } else { DateWords::After };
    Some((told(sign * days), at + 3 + usize::from(french)))
}

/// A day that leans on another, at `at`.
pub(super) fn relative(tokens: &[Token], at: usize) -> Option<(DateWords, usize)> {
    if let Some(found) = counted_days(tokens, at) {
        return Some(found);
    }
    // "à ce jour": until now, and no day of anything.
    let until = at > 0 && tokens[at].norm == "ce" && one_of(&tokens[at - 1], &["a", "jusqu"]);
    let hit = PHRASES.at(tokens, at).filter(|_| !until)?;
    Some((*hit.value, hit.end))
}

#[cfg(test)]
mod tests {
    use super::super::opens;
    use super::*;

    #[test]
    fn ok_every_relative_phrase_may_begin() {
        for (phrase, _) in RELATIVE {
            let text = phrase.join(" ");
            let tokens = crate::ingest::token::tokens(&text, 0..text.len());
            assert!(opens(&tokens[0]), "{text}");
        }
    }
}
