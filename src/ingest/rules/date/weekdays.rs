//! Dates that name a day of the week.

use super::months::{day_first, month_first};
use super::{DateWords, is_dash, numeric};
use crate::ingest::lexicon::{Words, one_of};
use crate::ingest::token::Token;
use jiff::civil::Weekday;

pub(super) fn weekday(token: &Token) -> Option<Weekday> {
    static DAYS: Words = Words::new(&[
        "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "lundi",
        "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche",
    ]);
    if !DAYS.may_have(token) {
        return None;
    }
    Some(match token.norm.as_str() {
        "monday" | "lundi" => Weekday::Monday,
        "tuesday" | "mardi" => Weekday::Tuesday,
        "wednesday" | "mercredi" => Weekday::Wednesday,
        "thursday" | "jeudi" => Weekday::Thursday,
        "friday" | "vendredi" => Weekday::Friday,
        "saturday" | "samedi" => Weekday::Saturday,
        "sunday" | "dimanche" => Weekday::Sunday,
        _ => return None,
    })
}

pub(super) fn weekday_first(tokens: &[Token], at: usize) -> Option<(DateWords, usize)> {
    let w = weekday(tokens.get(at)?)?;
    // "Friday 1 November 2019": the date says more than the weekday.
    let next = at + 1 + usize::from(tokens.get(at + 1).is_some_and(|t| t.is(",")));
    if let Some((words, end)) = numeric(tokens, next)
        .or_else(|| month_first(tokens, next))
        .or_else(|| day_first(tokens, next))
    {
        return Some((words, end));
    }
    if let Some((to, end)) = next_weekday(tokens, at) {
        return Some((DateWords::Weekdays(w, to), end));
    }
    let behind = tokens.get(at + 1).is_some_and(|t| one_of(t, &["dernier", "passe"]));
    let last = behind || at > 0 && tokens[at - 1].norm == "last";
    let words = if last { DateWords::LastWeekday(w) } else { DateWords::Weekday(w) };
    Some((words, at + 1 + usize::from(behind)))
}

/// "(nuit de) samedi à dimanche", "(the night of) Saturday to Sunday", "entre lundi et mardi",
/// "attacks on Tuesday and Wednesday": the second of two days that follow one another.
fn next_weekday(tokens: &[Token], at: usize) -> Option<(Weekday, usize)> {
    let from = weekday(tokens.get(at)?)?;
    let joint = tokens.get(at + 1)?;
    let night = tokens[..at].iter().rev().take(5).any(|t| {
        one_of(t, &["nuit", "night", "overnight", "entre", "between", "nights", "nuits", "du"])
    });
    let joins =
        one_of(joint, &["a", "au", "to", "into", "et", "and"]) || night && is_dash(Some(joint));
    let next = at + 2 + usize::from(tokens.get(at + 2).is_some_and(|t| one_of(t, &["ce", "this"])));
    let to = weekday(tokens.get(next)?)?;
    (joins && from.next() == to).then_some((to, next + 1))
}
