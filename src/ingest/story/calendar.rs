//! Dates that lean on others: which year, which day.

use crate::ingest::rules::date::{DateFound, DateWords, DayMonth};
use crate::model::date::{DatePrecision, DateSpan, PartialDate};
use jiff::civil::{Date, Weekday};
use jiff::{Span, ToSpan};

/// What is known of time at one point of the text.
#[derive(Debug, Clone, Copy, Default)]
pub struct Calendar {
    /// Year for dates without one.
    pub year: Option<i16>,
    /// Month of the heading, for entries that give only their day.
    pub month: Option<i8>,
    /// Year of the document's main incident, to which every paragraph returns.
    pub main_year: Option<i16>,
    /// The day spoken of.
    pub day: Option<Date>,
    /// Whether only the month of that day is known: "a week later" is then no day.
    pub coarse: bool,
    /// The year named last, for "of that year".
    pub spoken: Option<i16>,
    /// Day of publication, when known as a day.
    pub published: Option<Date>,
}

impl Calendar {
    /// A calendar for a document published then.
    pub fn new(published: Option<PartialDate>) -> Self {
        let published = match published {
            Some(PartialDate::Day(day)) => Some(day),
            _ => None,
        };
        Self { published, ..Self::default() }
    }

    /// A new paragraph: years named in the one before no longer count.
    pub fn paragraph(&mut self) {
        if self.main_year.is_some() {
            self.year = self.main_year;
        }
    }

    /// The span that the words mean here; none when the text does not give it. Remembers
    /// year and day for what follows.
    pub fn resolve(&mut self, found: &DateFound) -> Option<DateSpan> {
        let span = self.span(found.words)?;
        if let Some(start) = span.start() {
            self.spoken = Some(start.year());
            // "On 26 January 2024 …, nine in December 2023. On 16 February": in an overview a month
            // that looks back gives the days after it no year.
            let back = self.main_year.is_none() && self.exact().is_some_and(|day| start < day);
            match found.words {
                DateWords::Month { .. } if back => {}
                DateWords::Days { year: Some(_), .. } | DateWords::Month { year: Some(_), .. } => {
                    self.year = Some(start.year());
                    self.day = Some(start);
                }
                DateWords::Year(_) | DateWords::YearsAgo(_) => {}
                _ => self.day = Some(start),
            }
            if !matches!(found.words, DateWords::Year(_) | DateWords::YearsAgo(_)) {
                self.coarse =
                    matches!(span.precision(), DatePrecision::Month | DatePrecision::Year);
            }
        }
        Some(span)
    }

    fn span(&self, words: DateWords) -> Option<DateSpan> {
        match words {
            DateWords::Days { from, to, year } => {
                let year = year.or_else(|| self.year_of(to))?;
                let end = Date::new(year, to.month, to.day).ok()?;
                // "29 December – 2 January 2020": the first day lies in the year before.
                let first_year = if from.month > to.month { year - 1 } else { year };
                let start = Date::new(first_year, from.month, from.day).ok()?;
                Some(DateSpan::range(start, end))
            }
            DateWords::Entry { from, to } => {
                let month = self.month?;
                let year = self.year_of(DayMonth { day: to, month })?;
                let (start, end) =
                    (Date::new(year, month, from).ok()?, Date::new(year, month, to).ok()?);
                Some(DateSpan::range(start, end))
            }
            DateWords::Month { month, year } => {
                let day = DayMonth { day: 1, month };
                DateSpan::month(year.or_else(|| self.year_of(day))?, month)
            }
            DateWords::InYear { from, to, month, ago } => {
                let year = match ago {
                    // "on 3 February of this year", in a story that does not say when it was written.
                    Some(0) if self.published.is_none() => self.main_year?,
                    Some(ago) => self.published?.year() - ago,
                    None => self.spoken.or(self.year)?,
                };
                if month {
                    return DateSpan::month(year, from.month);
                }
                let start = Date::new(year, from.month, from.day).ok()?;
                Some(DateSpan::range(start, Date::new(year, to.month, to.day).ok()?))
            }
            DateWords::Year(year) => DateSpan::year(year),
            DateWords::YearsAgo(years) => DateSpan::year(self.published?.year() - years),
            DateWords::SameDay => self.exact().map(DateSpan::day),
            DateWords::After(days) => self.shifted(self.exact()?, days.days()),
            DateWords::MonthsAfter(months) => {
                let moved = self.day?.checked_add(months.months()).ok()?;
                DateSpan::month(moved.year(), moved.month())
            }
            DateWords::BeforePublication(days) => self.shifted(self.published?, (-days).days()),
            DateWords::Weekday(weekday) => {
                let published = self.published?;
                let back = published.weekday().since(weekday);
                self.shifted(published, (-i32::from(back)).days())
            }
            DateWords::LastWeekday(weekday) => {
                let before = self.published?.yesterday().ok()?;
                let back = before.weekday().since(weekday);
                self.shifted(before, (-i32::from(back)).days())
            }
            DateWords::Weekdays(from, to) => {
                let published = self.published?;
                let back = i32::from(published.weekday().since(to));
                let last = published.checked_sub(back.days()).ok()?;
                let first = last.checked_sub(i32::from(to.since(from)).days()).ok()?;
                Some(DateSpan::range(first, last))
            }
            DateWords::ThisMonth => {
                let published = self.published?;
                DateSpan::month(published.year(), published.month())
            }
            DateWords::LastMonth => {
                let before = self.published?.first_of_month().yesterday().ok()?;
                DateSpan::month(before.year(), before.month())
            }
            DateWords::LastWeek => {
                // The calendar week before that of publication, Monday to Sunday.
                let published = self.published?;
                let into = i32::from(published.weekday().since(Weekday::Monday));
                let sunday = published.checked_sub((into + 1).days()).ok()?;
                Some(DateSpan::range(sunday.checked_sub(6.days()).ok()?, sunday))
            }
            DateWords::Weekend => {
                let published = self.published?;
                // On a Sunday "the weekend" may be this one or the last.
                if matches!(published.weekday(), Weekday::Saturday | Weekday::Sunday) {
                    return None;
                }
                let back = i32::from(published.weekday().since(Weekday::Sunday));
                let sunday = published.checked_sub(back.days()).ok()?;
                Some(DateSpan::range(sunday.yesterday().ok()?, sunday))
            }
        }
    }

    /// The day spoken of, when it is known as a day.
    fn exact(&self) -> Option<Date> {
        self.day.filter(|_| !self.coarse)
    }

    fn shifted(&self, day: Date, by: Span) -> Option<DateSpan> {
        day.checked_add(by).ok().map(DateSpan::day)
    }

    /// The year of a day that lacks one: the running year; else the latest that is not after
    /// publication.
    fn year_of(&self, day: DayMonth) -> Option<i16> {
        let latest = |published: Date| {
            let this = Date::new(published.year(), day.month, day.day).ok()?;
            Some(if this <= published { published.year() } else { published.year() - 1 })
        };
        let from_publication = self.published.and_then(latest);
        match (self.year, self.published, from_publication) {
            // A day later than publication cannot have happened yet.
            (Some(year), Some(published), Some(earlier)) if year == published.year() => {
                Some(earlier.min(year))
            }
            (Some(year), ..) => Some(year),
            (None, _, found) => found,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ingest::rules::date::dates;
    use crate::ingest::token::tokens;

    fn read(texts: &[&str], published: Option<&str>) -> Vec<String> {
        let mut calendar = Calendar::new(published.map(|p| p.parse().unwrap()));
        let mut out = Vec::new();
        for text in texts {
            for found in dates(&tokens(text, 0..text.len())) {
                out.push(match calendar.resolve(&found).and_then(|s| s.start().zip(s.end())) {
                    Some((start, end)) if start == end => start.to_string(),
                    Some((start, end)) => format!("{start}..{end}"),
                    None => "unknown".to_owned(),
                });
            }
        }
        out
    }

    #[test]
    fn ok_leaning_dates() {
        for (texts, published, expected) in [
            (
                vec!["On 19 April 2022", "On 23 April", "the next day"],
                None,
                vec!["2022-04-19", "2022-04-23", "2022-04-24"],
            ),
            (vec!["On Sunday"], Some("2025-03-18"), vec!["2025-03-16"]),
            (
                vec!["in the night of Saturday to Sunday"],
                Some("2025-03-18"),
                vec!["2025-03-15..2025-03-16"],
            ),
            (vec!["last week"], Some("2025-03-18"), vec!["2025-03-10..2025-03-16"]),
            (vec!["last month"], Some("2025-03-18"), vec!["2025-02-01..2025-02-28"]),
            (
                vec!["On 23 April, on Sunday, last month"],
                None,
                vec!["unknown", "unknown", "unknown"],
            ),
            (vec!["On 23 December"], Some("2025-03-18"), vec!["2024-12-23"]),
            (vec!["December 29 – January 2, 2020"], None, vec!["2019-12-29..2020-01-02"]),
            (vec!["30 February 2020"], None, vec!["unknown"]),
            (
                vec!["In November 2015,", "a week later,", "the same month,"],
                None,
                vec!["2015-11-01..2015-11-30", "unknown", "2015-11-01..2015-11-30"],
            ),
            (
                vec!["In March last year,", "on 23 March this year,"],
                Some("2022-08-09"),
                vec!["2021-03-01..2021-03-31", "2022-03-23"],
            ),
            (vec!["in February of this year"], None, vec!["unknown"]),
            (
                vec!["In 2018,", "on April 26 and 27 of that year"],
                None,
                vec!["2018-01-01..2018-12-31", "2018-04-26..2018-04-27"],
            ),
            (
                vec!["On 26 January 2024,", "in December 2023,", "on 16 February"],
                None,
                vec!["2024-01-26", "2023-12-01..2023-12-31", "2024-02-16"],
            ),
        ] {
            assert_eq!(read(&texts, published), expected, "{texts:?}");
        }
    }
}
