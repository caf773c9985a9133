//! When something happened, with the precision that the text gives and no more.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

/// How exactly the source dates an incident.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
#[serde(rename_all = "lowercase")]
pub enum DatePrecision {
    /// One calendar day: `start == end`.
    Day,
    /// Some or all of the days from `start` to `end`, both included.
    Range,
    /// Some day of one month: `start` is its first day, `end` its last.
    Month,
    /// Some day of one year: `start` is 1 January, `end` 31 December.
    Year,
    /// The text gives no date that can be placed in a calendar: no `start`, no `end`.
    #[default]
    Unknown,
}

impl DatePrecision {
    /// Every precision, finest first.
    pub const ALL: [Self; 5] = [Self::Day, Self::Range, Self::Month, Self::Year, Self::Unknown];

    /// The word used in the database and in JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Day => "day",
            Self::Range => "range",
            Self::Month => "month",
            Self::Year => "year",
            Self::Unknown => "unknown",
        }
    }
}

/// The span of days (Gregorian calendar, both ends included) in which something happened.
///
/// Built only by the constructors, so that precision and ends always agree.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
pub struct DateSpan {
    start: Option<Date>,
    end: Option<Date>,
    precision: DatePrecision,
}

impl DateSpan {
    /// No date known.
    pub const UNKNOWN: Self = Self { start: None, end: None, precision: DatePrecision::Unknown };

    /// One day.
    pub fn day(day: Date) -> Self {
        Self { start: Some(day), end: Some(day), precision: DatePrecision::Day }
    }

    /// From one day to another, both included; one day if they are equal. Ends given in
    /// the wrong order are put right.
    pub fn range(a: Date, b: Date) -> Self {
        let (start, end) = if a <= b { (a, b) } else { (b, a) };
        let precision = if start == end { DatePrecision::Day } else { DatePrecision::Range };
        Self { start: Some(start), end: Some(end), precision }
    }

    /// Some day of a month (`month` from 1 to 12); `None` when there is no such month.
    pub fn month(year: i16, month: i8) -> Option<Self> {
        let start = Date::new(year, month, 1).ok()?;
        Some(Self {
            start: Some(start),
            end: Some(start.last_of_month()),
            precision: DatePrecision::Month,
        })
    }

    /// Some day of a year.
    pub fn year(year: i16) -> Option<Self> {
        let start = Date::new(year, 1, 1).ok()?;
        Some(Self {
            start: Some(start),
            end: Some(start.last_of_year()),
            precision: DatePrecision::Year,
        })
    }

    /// The span as stored: ends and precision. `None` when they do not belong together.
    pub fn from_parts(
        start: Option<Date>,
        end: Option<Date>,
        precision: DatePrecision,
    ) -> Option<Self> {
        let span = match (start, end, precision) {
            (None, None, DatePrecision::Unknown) => Self::UNKNOWN,
            (Some(s), Some(_), DatePrecision::Month) => Self::month(s.year(), s.month())?,
            (Some(s), Some(_), DatePrecision::Year) => Self::year(s.year())?,
            (Some(s), Some(e), DatePrecision::Day | DatePrecision::Range) => Self::range(s, e),
            _ => return None,
        };
        (span.start == start && span.end == end && span.precision == precision).then_some(span)
    }

    /// First possible day, included.
    pub fn start(&self) -> Option<Date> {
        self.start
    }

    /// Last possible day, included.
    pub fn end(&self) -> Option<Date> {
        self.end
    }

    /// How many days it covers, both ends included; none when it is unknown.
    pub fn days(&self) -> Option<i32> {
        Some((self.end()? - self.start()?).get_days() + 1)
    }

    /// How exact the span is.
    pub fn precision(&self) -> DatePrecision {
        self.precision
    }

    /// Whether both have a date and share at least one day.
    pub fn overlaps(&self, other: &Self) -> bool {
        match (self.start, self.end, other.start, other.end) {
            (Some(a), Some(b), Some(c), Some(d)) => a <= d && c <= b,
            _ => false,
        }
    }
}

/// A date typed by a person or given by a source: `2022`, `2022-04` or `2022-04-19`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum PartialDate {
    /// A year.
    Year(i16),
    /// A month of a year.
    Month(i16, i8),
    /// A day.
    Day(Date),
}

impl PartialDate {
    /// First day that it covers.
    pub fn first(self) -> Date {
        match self {
            Self::Year(y) => Date::constant(y, 1, 1),
            Self::Month(y, m) => Date::constant(y, m, 1),
            Self::Day(d) => d,
        }
    }

    /// Last day that it covers, included.
    pub fn last(self) -> Date {
        match self {
            Self::Year(y) => Date::constant(y, 12, 31),
            Self::Month(y, m) => Date::constant(y, m, 1).last_of_month(),
            Self::Day(d) => d,
        }
    }

    /// The span of days that it covers.
    pub fn span(self) -> DateSpan {
        match self {
            Self::Year(y) => DateSpan::year(y),
            Self::Month(y, m) => DateSpan::month(y, m),
            Self::Day(d) => Some(DateSpan::day(d)),
        }
        .expect("a parsed partial date is a real one")
    }
}

/// Text that is not a `YYYY`, `YYYY-MM` or `YYYY-MM-DD` date of the years 1000 to 9998.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("expected YYYY, YYYY-MM or YYYY-MM-DD, found {0:?}")]
pub struct NotADate(pub String);

impl FromStr for PartialDate {
    type Err = NotADate;

    fn from_str(text: &str) -> Result<Self, NotADate> {
        let bad = || NotADate(text.to_owned());
        let digits = |part: &str, len: usize| -> Option<i16> {
            (part.len() == len && part.bytes().all(|b| b.is_ascii_digit()))
                .then(|| part.parse().ok())?
        };
        let mut parts = text.splitn(3, '-');
        let year = parts
            .next()
            .and_then(|p| digits(p, 4))
            .filter(|y| (1000..=9998).contains(y))
            .ok_or_else(bad)?;
        let Some(month) = parts.next() else {
            return Ok(Self::Year(year));
        };
        let month = digits(month, 2).filter(|m| (1..=12).contains(m)).ok_or_else(bad)? as i8;
        let Some(day) = parts.next() else {
            return Ok(Self::Month(year, month));
        };
        let day = digits(day, 2).ok_or_else(bad)? as i8;
        Date::new(year, month, day).map(Self::Day).map_err(|_| bad())
    }
}

impl fmt::Display for PartialDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Year(y) => write!(f, "{y:04}"),
            Self::Month(y, m) => write!(f, "{y:04}-{m:02}"),
            Self::Day(d) => write!(f, "{d}"),
        }
    }
}

impl Serialize for PartialDate {
    fn serialize<S: serde::Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for PartialDate {
    fn deserialize<D: serde::Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        let text = String::deserialize(d)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn ok_partial_dates_cover_their_days() {
        for (text, first, last) in [
            ("2022", date(2022, 1, 1), date(2022, 12, 31)),
            ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
            ("2022-04-19", date(2022, 4, 19), date(2022, 4, 19)),
        ] {
            let parsed: PartialDate = text.parse().unwrap();
            assert_eq!((parsed.first(), parsed.last()), (first, last), "{text}");
            assert_eq!(parsed.to_string(), text);
        }
    }

    #[test]
    fn err_partial_dates_say_what_was_expected() {
        for text in ["", "22", "2022-13", "2022-4", "2022-02-30", "2022-04-19-01", "+022", "9999"] {
            let error = text.parse::<PartialDate>().unwrap_err();
            assert_eq!(
                error.to_string(),
                format!("expected YYYY, YYYY-MM or YYYY-MM-DD, found {text:?}")
            );
        }
    }

    #[test]
    fn parts_that_do_not_belong_together_are_refused() {
        let (a, b) = (date(2022, 3, 1), date(2022, 3, 31));
        assert!(DateSpan::from_parts(Some(a), Some(b), DatePrecision::Month).is_some());
        assert!(DateSpan::from_parts(Some(a), Some(a), DatePrecision::Month).is_none());
        assert!(DateSpan::from_parts(Some(a), Some(b), DatePrecision::Day).is_none());
        assert!(DateSpan::from_parts(Some(a), None, DatePrecision::Range).is_none());
        assert!(DateSpan::from_parts(None, None, DatePrecision::Day).is_none());
    }
}
