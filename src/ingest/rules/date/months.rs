//! Dates that name a month: "April 26 and 27, 2018", "13 au 14 juin", "October 2020 – April 2021".

use super::weekdays::weekday;
use super::{DateWords, DayMonth, day, days, is_ambiguous, is_dash, joins_days, month, year};
use crate::ingest::lexicon::one_of;
use crate::ingest::token::Token;
use jiff::civil::Date;

/// A year after a date: ", 2018", "2018".
pub(super) fn trailing_year(tokens: &[Token], at: usize) -> (Option<i16>, usize) {
    let comma = usize::from(tokens.get(at).is_some_and(|t| t.is(",")));
    match year(tokens, at + comma) {
        Some(y) => (Some(y), at + comma + 1),
        None => (None, at),
    }
}

/// "April 26 and 27, 2018", "September 29 – October 1, 2019", "April 24".
pub(super) fn month_first(tokens: &[Token], at: usize) -> Option<(DateWords, usize)> {
    let m = month(tokens.get(at)?)?;
    // "Jan. 3"
    let stop = usize::from(tokens.get(at + 1).is_some_and(|t| t.is(".")));
    let from = DayMonth { day: day(tokens, at + 1 + stop)?, month: m };
    let mut i = at + 2 + stop;
    let mut to = from;
    let (early, after) = trailing_year(tokens, i);
    if early.is_some() && !joins_days(tokens, after) {
        return Some((days(from, from, early), after));
    }
    let joint = if early.is_some() { after } else { i };
    if joins_days(tokens, joint) {
        let next = joint + 1 + usize::from(tokens.get(joint + 1).is_some_and(|t| t.norm == "the"));
        if let Some((m2, d2)) = tokens.get(next).and_then(month).zip(day(tokens, next + 1)) {
            (to, i) = (DayMonth { day: d2, month: m2 }, next + 2);
        } else if let Some(d2) = day(tokens, next).filter(|d| {
            *d > from.day
                && tokens.get(next + 1).and_then(month).is_none()
                && early.is_none()
                && !is_counted(tokens, next)
        }) {
            (to, i) = (DayMonth { day: d2, month: m }, next + 1);
        }
    }
    let (y, end) = trailing_year(tokens, i);
    let apart = early.zip(y).is_some_and(|(first, last)| lie_apart(from, first, to, last));
    if early.is_some() && (to == from || apart) {
        return Some((days(from, from, early), after));
    }
    Some((days(from, to, y), end))
}

/// "March 8, 2022 – May 5, 2023": two days of stated years that are no range of one year, nor of
/// one and the next.
fn lie_apart(from: DayMonth, first: i16, to: DayMonth, last: i16) -> bool {
    last - first != i16::from(from.month > to.month)
}

/// Whether the number at `at` counts something ("April 26 and 27 people …").
fn is_counted(tokens: &[Token], at: usize) -> bool {
    // "October 7 – 16 Malian soldiers": a dash between spaces parts the date from what follows.
    let dash = at > 0 && is_dash(tokens.get(at - 1));
    let spaced = dash && tokens[at - 1].end < tokens[at].start;
    if spaced && tokens.get(at + 1).is_some_and(Token::is_word) {
        return true;
    }
    // "April 26 and 27 of that year".
    let of_year = tokens.get(at + 1).is_some_and(|t| t.norm == "of")
        && tokens[at + 1..].iter().take(4).any(|t| t.norm == "year");
    !of_year
        && tokens.get(at + 1).is_some_and(|t| {
            t.is_word()
                && !one_of(
                    t,
                    &[
                        "in", "at", "the", "and", "when", "near", "by", "with", "during", "around",
                        "outside", "between", "after", "before", "until", "along", "on", "but",
                        "while", "as", "inside", "across", "south", "north", "east", "west",
                    ],
                )
                && !t.capital
        })
}

/// "19 April 2022", "8 and 10 February", "30-31 October 2020", "13 au 14 juin",
/// "29 September – 1 October 2019", "the 12th of May".
pub(super) fn day_first(tokens: &[Token], at: usize) -> Option<(DateWords, usize)> {
    let d = day(tokens, at)?;
    let of =
        |i: usize| i + usize::from(tokens.get(i).is_some_and(|t| one_of(t, &["of", "de", "d"])));
    if let Some(m) = tokens.get(of(at + 1)).and_then(month) {
        let from = DayMonth { day: d, month: m };
        let i = of(at + 1) + 1;
        let (y, end) = trailing_year(tokens, i);
        let article = usize::from(tokens.get(end + 1).is_some_and(|t| t.norm == "le"));
        let next = end + 1 + article;
        if joins_days(tokens, end)
            && let Some((d2, m2)) = day(tokens, next).zip(tokens.get(of(next + 1)).and_then(month))
        {
            let to = DayMonth { day: d2, month: m2 };
            let (y2, after) = trailing_year(tokens, of(next + 1) + 1);
            if y.zip(y2).is_some_and(|(first, last)| lie_apart(from, first, to, last)) {
                return Some((days(from, from, y), end));
            }
            return Some((days(from, to, y2.or(y)), after));
        }
        return Some((days(from, from, y), end));
    }
    // "les 23, 24 et 25 juin": from the first to the last, when each follows the one before.
    if tokens.get(at + 1).is_some_and(|t| t.is(","))
        && let Some(next) = day(tokens, at + 2).filter(|n| *n == d + 1)
        && let Some((DateWords::Days { from, to, year }, end)) = day_first(tokens, at + 2)
        && from.day == next
    {
        return Some((days(DayMonth { day: d, month: from.month }, to, year), end));
    }
    if !joins_days(tokens, at + 1) {
        return None;
    }
    let next = at + 2 + usize::from(tokens.get(at + 2).is_some_and(|t| one_of(t, &["the", "le"])));
    // "lundi 12 à mardi 13 octobre".
    let next = next + usize::from(tokens.get(next).and_then(weekday).is_some());
    let d2 = day(tokens, next)?;
    let m = tokens.get(of(next + 1)).and_then(month)?;
    if d2 <= d {
        return None;
    }
    let (y, end) = trailing_year(tokens, of(next + 1) + 1);
    Some((days(DayMonth { day: d, month: m }, DayMonth { day: d2, month: m }, y), end))
}

/// "March 2022", "in February", "early March", "en mars 2022".
pub(super) fn month_alone(tokens: &[Token], at: usize) -> Option<(DateWords, usize)> {
    let token = tokens.get(at)?;
    let m = month(token)?;
    let comma =
        usize::from(tokens.get(at + 1).is_some_and(|t| t.is(",") || one_of(t, &["of", "de"])));
    let years = year(tokens, at + 1 + comma);
    let after = at + 1 + if years.is_some() { comma + 1 } else { 0 };
    if let Some((words, end)) = month_range(tokens, m, after) {
        return Some((words, end));
    }
    if let Some(y) = years {
        return Some((DateWords::Month { month: m, year: Some(y) }, at + 2 + comma));
    }
    let before = at.checked_sub(1).map(|i| &tokens[i]);
    let led = before.is_some_and(|t| {
        one_of(
            t,
            &[
                "in", "since", "early", "late", "mid", "of", "last", "during", "until", "by", "en",
                "fin", "debut", "mi", "depuis", "de", "and", "from",
            ],
        )
    });
    let plain = led || !is_ambiguous(token);
    plain.then_some((DateWords::Month { month: m, year: None }, at + 1))
}

/// "October 2020 – April 2021", "February to April 2018": all days from the first month on.
fn month_range(tokens: &[Token], from: i8, at: usize) -> Option<(DateWords, usize)> {
    if !(is_dash(tokens.get(at))
        || tokens.get(at).is_some_and(|t| one_of(t, &["to", "a", "until"])))
    {
        return None;
    }
    let to = month(tokens.get(at + 1)?)?;
    let y = year(tokens, at + 2)?;
    let last = Date::new(y, to, 1).ok()?.days_in_month();
    let first = DayMonth { day: 1, month: from };
    Some((days(first, DayMonth { day: last, month: to }, Some(y)), at + 3))
}
