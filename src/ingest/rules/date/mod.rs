//! Dates as texts write them, English and French: whole ones, ones that lack their year, and
//! ones that lean on another ("the next day", "Monday").

mod months;
mod relative;
mod weekdays;

use crate::ingest::lexicon::{Words, one_of};
use crate::ingest::token::{Token, TokenKind};
use jiff::civil::Weekday;
use months::{day_first, month_alone, month_first};
use relative::{PHRASES, counted_days, relative};
use weekdays::weekday_first;

/// What a phrase says of a date, before anything around it is taken into account.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DateWords {
    /// One day, or from one day to another (both included); the year may be missing.
    Days {
        /// First day.
        from: DayMonth,
        /// Last day.
        to: DayMonth,
        /// Year of the last day.
        year: Option<i16>,
    },
    /// One day or two of the month of the heading: "7:", "Le 3,", "Nuit du 22 au 23 :" at the
    /// start of an entry.
    Entry {
        /// First day, from 1 to 31.
        from: i8,
        /// Last day, from 1 to 31.
        to: i8,
    },
    /// Some day of a month; the year may be missing.
    Month {
        /// From 1 to 12.
        month: i8,
        /// Year.
        year: Option<i16>,
    },
    /// Days or a month of the year of publication, or so many years before: "in March last year".
    InYear {
        /// First day; the first of the month when it is a month.
        from: DayMonth,
        /// Last day.
        to: DayMonth,
        /// Whether only the month is named.
        month: bool,
        /// How many years before that of publication; none for the year spoken of ("of that year").
        ago: Option<i16>,
    },
    /// Some day of a year.
    Year(i16),
    /// Some day of the year so many before that of publication.
    YearsAgo(i16),
    /// A day of the week.
    Weekday(Weekday),
    /// "last Monday": a day of the week before the day of publication, which it is not itself.
    LastWeekday(Weekday),
    /// Days after (or before, when negative) the day spoken of: "three days later".
    After(i32),
    /// Months after the month spoken of: "a month later".
    MonthsAfter(i32),
    /// The day spoken of: "the same day".
    SameDay,
    /// Days before the day of publication: "yesterday" is 1.
    BeforePublication(i32),
    /// The month of publication: "earlier this month".
    ThisMonth,
    /// The month before that of publication: "last month".
    LastMonth,
    /// The week before publication.
    LastWeek,
    /// The Saturday and Sunday before publication.
    Weekend,
    /// From one day of the week to the next one named: "the night of Saturday to Sunday".
    Weekdays(Weekday, Weekday),
}

/// A day of a month.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DayMonth {
    /// From 1 to 31.
    pub day: i8,
    /// From 1 to 12.
    pub month: i8,
}

/// A date found: tokens `[start, end)`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DateFound {
    /// First token.
    pub start: usize,
    /// One past the last token.
    pub end: usize,
    /// What it says.
    pub words: DateWords,
}

/// The month that a word names, from 1 to 12.
pub fn month(token: &Token) -> Option<i8> {
    static MONTHS: Words = Words::new(&[
        "january", "february", "march", "april", "may", "june", "july", "august", "september",
        "october", "november", "december", "jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep",
        "sept", "oct", "nov", "dec", "janvier", "fevrier", "mars", "avril", "mai", "juin",
        "juillet", "aout", "septembre", "octobre", "novembre", "decembre", "janv", "fev", "fevr",
        "avr", "juil",
    ]);
    if !MONTHS.may_have(token) {
        return None;
    }
    let n = match token.norm.as_str() {
        "january" | "janvier" | "jan" | "janv" => 1,
        "february" | "fevrier" | "feb" | "fev" | "fevr" => 2,
        "march" | "mars" | "mar" => 3,
        "april" | "avril" | "apr" | "avr" => 4,
        "may" | "mai" => 5,
        "june" | "juin" | "jun" => 6,
        "july" | "juillet" | "jul" | "juil" => 7,
        "august" | "aout" | "aug" => 8,
        "september" | "septembre" | "sep" | "sept" => 9,
        "october" | "octobre" | "oct" => 10,
        "november" | "novembre" | "nov" => 11,
        "december" | "decembre" | "dec" => 12,
        _ => return None,
    };
    let french = one_of(
        token,
        &[
            "janvier", "fevrier", "mars", "avril", "mai", "juin", "juillet", "aout", "septembre",
            "octobre", "novembre", "decembre", "janv", "fev", "fevr", "avr", "juil",
        ],
    );
    // "may" and "march" are verbs too; French months are written small, and others sometimes.
    let small = || token.norm.len() > 5 && token.norm != "march";
    (token.is_word() && (token.capital || french || small())).then_some(n)
}

/// Months whose English name is a word of its own.
fn is_ambiguous(token: &Token) -> bool {
    one_of(token, &["may", "march", "mars", "jan", "mar", "sept", "dec"])
}

/// A day of the month: `7`, `07`, `7th`, `1er`.
fn day(tokens: &[Token], at: usize) -> Option<i8> {
    let token = tokens.get(at)?;
    let digits: &str = match token.kind {
        TokenKind::Number => &token.norm,
        TokenKind::Word if begins_with_digit(token) => ["st", "nd", "rd", "th", "er"]
            .iter()
            .find_map(|suffix| token.norm.strip_suffix(suffix))?,
        TokenKind::Word => return None,
        TokenKind::Punct => return None,
    };
    let short =
        !digits.is_empty() && digits.len() <= 2 && digits.bytes().all(|b| b.is_ascii_digit());
    let value: i8 = short.then(|| digits.parse().ok())??;
    (1..=31).contains(&value).then_some(value)
}

/// A year from 1960 to 2059: the conflict's own years and those that texts look back on.
fn year(tokens: &[Token], at: usize) -> Option<i16> {
    let token = tokens.get(at)?;
    let four = token.kind == TokenKind::Number && token.norm.len() == 4 && !token.glued;
    let value: i16 = four.then(|| token.norm.parse().ok())??;
    (1960..=2059).contains(&value).then_some(value)
}

fn is_dash(token: Option<&Token>) -> bool {
    token.is_some_and(|t| t.is("-") || t.is("–") || t.is("—"))
}

fn joins_days(tokens: &[Token], at: usize) -> bool {
    is_dash(tokens.get(at))
        || tokens
            .get(at)
            .is_some_and(|t| one_of(t, &["and", "to", "et", "au", "a", "until"]) || t.is("/"))
}

/// "7:", "11 :", "Le 3,", "Nuit du 22 au 23 :", "7–8:" at the start of an entry below the heading
/// of a month.
fn entry(tokens: &[Token]) -> Option<DateFound> {
    let led = tokens
        .iter()
        .take(4)
        .take_while(|t| one_of(t, &["le", "du", "nuit", "la", "dans", "the", "on", "night", "of"]));
    let start = led.count();
    let from = day(tokens, start).filter(|_| !tokens[start].glued)?;
    let second = joins_days(tokens, start + 1).then(|| day(tokens, start + 2)).flatten();
    let (to, end) = match second {
        Some(to) if to > from => (to, start + 3),
        _ => (from, start + 1),
    };
    let sign = tokens.get(end)?;
    let article = start > 0 && one_of(&tokens[start - 1], &["le", "du", "the"]);
    let closes = sign.is(":") || sign.is("–") || sign.is("—") || (sign.is(",") && article);
    let clock =
        tokens.get(end + 1).is_some_and(|t| t.start == sign.end && t.kind == TokenKind::Number);
    let words = DateWords::Entry { from, to };
    (closes && !clock).then_some(DateFound { start, end, words })
}

/// Every date in the tokens, left to right, without overlaps.
pub fn dates(tokens: &[Token]) -> Vec<DateFound> {
    let mut found: Vec<DateFound> = entry(tokens).into_iter().collect();
    let mut at = found.last().map_or(0, |d| d.end);
    while at < tokens.len() {
        match date(tokens, at) {
            Some(date) => {
                let date = in_year(tokens, date);
                at = date.end;
                found.push(date);
            }
            None => at += 1,
        }
    }
    days_of_same_month(tokens, &mut found);
    found
}

/// "in March last year", "le 3 mars de cette année": the year that follows a date without one.
fn in_year(tokens: &[Token], found: DateFound) -> DateFound {
    const YEARS: &[(&[&str], Option<i16>)] = &[
        (&["last", "year"], Some(1)),
        (&["of", "last", "year"], Some(1)),
        (&["this", "year"], Some(0)),
        (&["of", "this", "year"], Some(0)),
        (&["of", "that", "year"], None),
        (&["of", "that", "same", "year"], None),
        (&["of", "the", "same", "year"], None),
        (&["that", "year"], None),
        (&["that", "same", "year"], None),
        (&["the", "same", "year"], None),
        (&["l", "annee", "derniere"], Some(1)),
        (&["de", "l", "annee", "derniere"], Some(1)),
        (&["de", "l", "an", "dernier"], Some(1)),
        (&["cette", "annee"], Some(0)),
        (&["de", "cette", "annee"], Some(0)),
        (&["de", "la", "meme", "annee"], None),
        (&["la", "meme", "annee"], None),
    ];
    let comma = usize::from(tokens.get(found.end).is_some_and(|t| t.is(",")));
    let at = found.end + comma;
    let named = YEARS.iter().find(|(words, _)| {
        let next = tokens.get(at..at + words.len());
        next.is_some_and(|next| next.iter().zip(*words).all(|(t, w)| t.norm == *w))
    });
    let Some((words, ago)) = named else { return found };
    let (from, to, month) = match found.words {
        DateWords::Days { from, to, year: None } => (from, to, false),
        DateWords::Month { month, year: None } => {
            let first = DayMonth { day: 1, month };
            (first, first, true)
        }
        _ => return found,
    };
    let words = (DateWords::InYear { from, to, month, ago: *ago }, at + words.len());
    DateFound { start: found.start, end: words.1, words: words.0 }
}

/// "Le 3 septembre, deux bergers …; le 8, une incursion": a day of the month named before it.
fn days_of_same_month(tokens: &[Token], found: &mut Vec<DateFound>) {
    let Some(DateWords::Days { to, year, .. }) = found.first().map(|d| d.words) else { return };
    let first = found[0].end;
    for at in first + 1..tokens.len() {
        let led = tokens[at - 1].norm == "le" && at >= 2 && !tokens[at - 2].is_word();
        let alone = tokens.get(at + 1).is_some_and(|t| t.is(","));
        let taken = found.iter().any(|d| d.start <= at && at < d.end);
        if let Some(next) = day(tokens, at).filter(|_| led && alone && !taken) {
            let one = DayMonth { day: next, month: to.month };
            found.push(DateFound { start: at, end: at + 1, words: days(one, one, year) });
        }
    }
    found.sort_by_key(|d| d.start);
}

fn begins_with_digit(token: &Token) -> bool {
    token.norm.as_bytes().first().is_some_and(u8::is_ascii_digit)
}

/// Whether a date can begin with this word: asked of every word, so before anything else.
fn opens(token: &Token) -> bool {
    /// Months, weekdays and numbers up to 99.
    static OPENERS: Words = Words::new(&[
        "january", "february", "march", "april", "may", "june", "july", "august", "september",
        "october", "november", "december", "jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep",
        "sept", "oct", "nov", "dec", "janvier", "fevrier", "mars", "avril", "mai", "juin",
        "juillet", "aout", "septembre", "octobre", "novembre", "decembre", "monday", "tuesday",
        "wednesday", "thursday", "friday", "saturday", "sunday", "lundi", "mardi", "mercredi",
        "jeudi", "vendredi", "samedi", "dimanche", "one", "two", "both", "three", "four", "five",
        "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen", "fourteen",
        "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty", "thirty", "forty",
        "fifty", "sixty", "seventy", "eighty", "ninety", "deux", "trois", "quatre", "cinq", "huit",
        "neuf", "dix", "onze", "douze", "treize", "quatorze", "quinze", "seize", "vingt", "vingts",
        "trente", "quarante", "cinquante", "soixante", "septante", "nonante",
    ]);
    match token.kind {
        TokenKind::Number => true,
        TokenKind::Punct => false,
        TokenKind::Word => {
            // "1er", "7th".
            begins_with_digit(token) || OPENERS.may_have(token) || PHRASES.may_begin(token)
        }
    }
}

/// The date that begins at token `at`.
pub fn date(tokens: &[Token], at: usize) -> Option<DateFound> {
    if !opens(tokens.get(at)?) {
        debug_assert!(begun(tokens, at).is_none(), "{:?} opens a date", tokens[at].norm);
        return None;
    }
    begun(tokens, at)
}

fn begun(tokens: &[Token], at: usize) -> Option<DateFound> {
    // A token begins with a digit, or it is a word.
    let (words, end) = if begins_with_digit(&tokens[at]) {
        numeric(tokens, at)
            .or_else(|| day_first(tokens, at))
            .or_else(|| year_alone(tokens, at))
            .or_else(|| counted_days(tokens, at))?
    } else {
        month_first(tokens, at)
            .or_else(|| month_alone(tokens, at))
            .or_else(|| relative(tokens, at))
            .or_else(|| weekday_first(tokens, at))?
    };
    Some(DateFound { start: at, end, words })
}

fn days(from: DayMonth, to: DayMonth, year: Option<i16>) -> DateWords {
    DateWords::Days { from, to, year }
}

/// "2023-01-12", "06/10/21", "06/10/2021" (day first, as in French).
fn numeric(tokens: &[Token], at: usize) -> Option<(DateWords, usize)> {
    let sign = |i: usize, s: &str| tokens.get(i).is_some_and(|t| t.is(s));
    if let (Some(y), true, true) = (year(tokens, at), sign(at + 1, "-"), sign(at + 3, "-")) {
        let m: i8 = tokens.get(at + 2)?.norm.parse().ok()?;
        let one = DayMonth { day: day(tokens, at + 4)?, month: m };
        return (1..=12).contains(&m).then_some((days(one, one, Some(y)), at + 5));
    }
    if sign(at + 1, "/") && sign(at + 3, "/") {
        let one = DayMonth { day: day(tokens, at)?, month: tokens.get(at + 2)?.norm.parse().ok()? };
        let y = &tokens.get(at + 4)?.norm;
        let y: i16 =
            if y.len() == 2 { 2000 + y.parse::<i16>().ok()? } else { year(tokens, at + 4)? };
        return (1..=12).contains(&one.month).then_some((days(one, one, Some(y)), at + 5));
    }
    None
}

/// "in 2013", "early 2018", "fin de 2019".
fn year_alone(tokens: &[Token], at: usize) -> Option<(DateWords, usize)> {
    let y = year(tokens, at)?;
    let before = at.checked_sub(1).map(|i| &tokens[i])?;
    let led = one_of(
        before,
        &[
            "in", "since", "early", "late", "mid", "of", "during", "until", "by", "en", "fin",
            "debut", "depuis", "de", "from", "year", "annee", "before", "after",
        ],
    );
    let counted = tokens.get(at + 1).is_some_and(|t| {
        one_of(
            t,
            &["people", "soldiers", "men", "troops", "personnes", "soldats", "km", "civilians"],
        )
    });
    (led && !counted).then_some((DateWords::Year(y), at + 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    use crate::ingest::token::tokens;

    fn read(text: &str) -> Vec<DateWords> {
        dates(&tokens(text, 0..text.len())).into_iter().map(|d| d.words).collect()
    }

    fn days_of(from: (i8, i8), to: (i8, i8), year: impl Into<Option<i16>>) -> DateWords {
        let at = |(day, month)| DayMonth { day, month };
        days(at(from), at(to), year.into())
    }

    #[test]
    fn ok_dates() {
        for (text, expected) in [
            ("on 19 April 2022.", days_of((19, 4), (19, 4), 2022)),
            ("April 26 and 27, 2018", days_of((26, 4), (27, 4), 2018)),
            ("April 24, 2022", days_of((24, 4), (24, 4), 2022)),
            ("Around 19 April, a vehicle", days_of((19, 4), (19, 4), None)),
            ("On 24 February 28 Islamists", days_of((24, 2), (24, 2), None)),
            ("30-31 October 2020", days_of((30, 10), (31, 10), 2020)),
            ("Between 8 and 10 February, MUJAO", days_of((8, 2), (10, 2), None)),
            ("September 29 – October 1, 2019", days_of((29, 9), (1, 10), 2019)),
            ("September 29 and October 1, 2019", days_of((29, 9), (1, 10), 2019)),
            ("the night of 18 to 19 June 2022", days_of((18, 6), (19, 6), 2022)),
            ("June 4–5", days_of((4, 6), (5, 6), None)),
            ("Friday 1 November 2019", days_of((1, 11), (1, 11), 2019)),
            ("2023-01-12", days_of((12, 1), (12, 1), 2023)),
            ("dimanche 24 avril", days_of((24, 4), (24, 4), None)),
            ("July 25 to 27 around Gao", days_of((25, 7), (27, 7), None)),
            ("26 fév: Un attentat", days_of((26, 2), (26, 2), None)),
            ("le 1er mai 2012", days_of((1, 5), (1, 5), 2012)),
            ("dans la nuit du 13 au 14 juin", days_of((13, 6), (14, 6), None)),
            ("ce mercredi (06/10/21)", days_of((6, 10), (6, 10), 2021)),
            ("In March 2022, the", DateWords::Month { month: 3, year: Some(2022) }),
            (
                "in March last year, the",
                DateWords::InYear {
                    from: DayMonth { day: 1, month: 3 },
                    to: DayMonth { day: 1, month: 3 },
                    month: true,
                    ago: Some(1),
                },
            ),
            ("in February led", DateWords::Month { month: 2, year: None }),
            ("DATE October 2020 – April 2021", days_of((1, 10), (30, 4), 2021)),
            ("in early 2018", DateWords::Year(2018)),
            ("the next day", DateWords::After(1)),
            ("three days later", DateWords::After(3)),
            ("four days after", DateWords::After(4)),
            ("deux jours plus tard", DateWords::After(2)),
            ("jeudi soir", DateWords::Weekday(Weekday::Thursday)),
            ("last Monday", DateWords::LastWeekday(Weekday::Monday)),
            ("lundi dernier", DateWords::LastWeekday(Weekday::Monday)),
            ("last month", DateWords::LastMonth),
            ("dans la nuit de lundi 12 à mardi 13 octobre", days_of((12, 10), (13, 10), None)),
            ("les 23, 24 et 25 juin 2018", days_of((23, 6), (25, 6), 2018)),
            (
                "dans la nuit de samedi à dimanche",
                DateWords::Weekdays(Weekday::Saturday, Weekday::Sunday),
            ),
            (
                "overnight Friday to Saturday",
                DateWords::Weekdays(Weekday::Friday, Weekday::Saturday),
            ),
            ("between Monday and Tuesday", DateWords::Weekdays(Weekday::Monday, Weekday::Tuesday)),
            ("Monday and Tuesday", DateWords::Weekdays(Weekday::Monday, Weekday::Tuesday)),
            ("lundi et mercredi", DateWords::Weekday(Weekday::Monday)),
            ("attacked tonight", DateWords::BeforePublication(0)),
        ] {
            assert!(read(text).contains(&expected), "{text}: {:?}", read(text));
        }
    }

    #[test]
    fn err_dates() {
        for text in ["may attack", "100 soldiers", "32 April people", "AK-47", "march on", "1,200"]
        {
            let found = read(text);
            assert!(
                !found.iter().any(|d| matches!(d, DateWords::Days { .. })),
                "{text}: {found:?}"
            );
        }
        assert_eq!(read("may attack and march on"), []);
    }
}
