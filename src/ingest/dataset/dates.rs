//! The ways in which datasets write a date.

use crate::ingest::rules::date::dates as dates_in;
use crate::ingest::story::calendar::Calendar;
use crate::ingest::token::tokens;
use crate::model::date::{DateSpan, PartialDate};
use jiff::ToSpan;
use jiff::civil::Date;

/// Days told without doubt: the day before the month, the month as a word.
const NAMED: [&str; 4] = ["%d %B %Y", "%d-%b-%y", "%d-%B-%Y", "%d-%b-%Y"];

/// A day: `2020-12-31`, with or without a time; `31 December 2020`, `14-Jul-99`, `9-May-20`,
/// `01-January-2015`. Years of two digits are those from 1969 to 2068.
pub(super) fn day(text: &str) -> Option<Date> {
    if let Some(day) = iso(text) {
        return Some(day);
    }
    NAMED.iter().find_map(|format| formatted(format, text))
}

/// A day in a format. `%Y` reads a year of two digits as one of the first century: that is
/// another format's.
fn formatted(format: &str, text: &str) -> Option<Date> {
    Date::strptime(format, text).ok().filter(|day| day.year() >= 1900)
}

/// `2020-12-31`, alone or before a time.
fn iso(text: &str) -> Option<Date> {
    let (day, rest) = text.split_at_checked(10)?;
    let date = match day.parse::<PartialDate>().ok()? {
        PartialDate::Day(day) => day,
        _ => return None,
    };
    rest.starts_with([' ', 'T']).then_some(date).or(rest.is_empty().then_some(date))
}

/// A date as a table has it: in one of `formats` (as `strftime` writes them), a [`day`], `2020`,
/// `2020-12`, or words of one date ("du 3 au 5 mai 2020", "mai 2020") with their year.
pub(super) fn span(text: &str, formats: &[String]) -> Option<DateSpan> {
    let asked = formats.iter().find_map(|format| formatted(format, text));
    if let Some(day) = asked.or_else(|| day(text)) {
        return Some(DateSpan::day(day));
    }
    if let Ok(partial) = text.parse::<PartialDate>() {
        return Some(partial.span());
    }
    // Which of two numbers is the month only a format can say.
    if !text.contains(char::is_alphabetic) {
        return None;
    }
    let tokens = tokens(text, 0..text.len());
    let [found] = dates_in(&tokens)[..] else {
        return None;
    };
    // Nothing but the date: "autour du 3 mai" says something else.
    let articles = ["le", "du", "the", "on", "from"];
    let before = tokens[..found.start].iter().all(|t| articles.contains(&t.norm.as_str()));
    match before && found.end == tokens.len() {
        true => Calendar::default().resolve(&found),
        false => None,
    }
}

/// The days on which something may have happened that is dated to the week of `day`: which
/// day of the week that is is not said, so that it is any of seven days before or after.
pub(super) fn week_of(day: Date) -> Option<DateSpan> {
    Some(DateSpan::range(day.checked_sub(6.days()).ok()?, day.checked_add(6.days()).ok()?))
}

/// From one day to another; a month or a year where these are its ends.
pub(super) fn from_to(start: Date, end: Date) -> DateSpan {
    let whole = [DateSpan::month(start.year(), start.month()), DateSpan::year(start.year())];
    let range = DateSpan::range(start, end);
    whole
        .into_iter()
        .flatten()
        .find(|w| (w.start(), w.end()) == (range.start(), range.end()))
        .unwrap_or(range)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(span: Option<DateSpan>) -> String {
        match span.and_then(|s| Some((s.start()?, s.end()?, s.precision()))) {
            Some((start, end, precision)) => format!("{start}..{end} {}", precision.as_str()),
            None => "none".to_owned(),
        }
    }

    #[test]
    fn ok_dates_of_datasets() {
        let formats = ["%d/%m/%Y", "%d/%m/%y"].map(str::to_owned);
        for (text, expected) in [
            ("2026-07-25 00:00:00.000", "2026-07-25..2026-07-25 day"),
            ("2026-07-25T10:00:00Z", "2026-07-25..2026-07-25 day"),
            ("2020-12-31", "2020-12-31..2020-12-31 day"),
            ("31 December 2020", "2020-12-31..2020-12-31 day"),
            ("14-Jul-99", "1999-07-14..1999-07-14 day"),
            ("9-May-20", "2020-05-09..2020-05-09 day"),
            ("01-January-2015", "2015-01-01..2015-01-01 day"),
            ("03/04/2022", "2022-04-03..2022-04-03 day"),
            ("3/4/2022", "2022-04-03..2022-04-03 day"),
            ("03/04/22", "2022-04-03..2022-04-03 day"),
            ("2020", "2020-01-01..2020-12-31 year"),
            ("2020-02", "2020-02-01..2020-02-29 month"),
            ("mai 2020", "2020-05-01..2020-05-31 month"),
            ("19 avril 2022", "2022-04-19..2022-04-19 day"),
            ("du 3 au 5 mai 2020", "2020-05-03..2020-05-05 range"),
        ] {
            assert_eq!(shown(span(text, &formats)), expected, "{text}");
        }
    }

    #[test]
    fn err_what_is_no_date_or_may_be_two() {
        for text in [
            "", "03/04/2022", "2022-02-30", "vers mai 2020", "3 mai", "soon", "2026-07-25x",
            "45000", "3-July-22",
        ] {
            assert_eq!(shown(span(text, &[])), "none", "{text}");
        }
    }

    #[test]
    fn ok_spans() {
        let day = |text| day(text).expect("a day");
        assert_eq!(shown(week_of(day("2020-03-04"))), "2020-02-27..2020-03-10 range");
        for (start, end, expected) in [
            ("2020-02-01", "2020-02-29", "2020-02-01..2020-02-29 month"),
            ("2020-01-01", "2020-12-31", "2020-01-01..2020-12-31 year"),
            ("2020-01-01", "2020-01-02", "2020-01-01..2020-01-02 range"),
        ] {
            assert_eq!(shown(Some(from_to(day(start), day(end)))), expected);
        }
    }
}
