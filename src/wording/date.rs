//! Dates in words that say how exact they are.

use super::Words;
use crate::model::date::{DatePrecision, DateSpan, PartialDate};
use jiff::civil::Date;

impl Words<'_> {
    /// A span: "19 April 2022", "26–27 April 2018", "29 September – 1 October 2019",
    /// "March 2022 (day not known)", "2014 (day not known)", "date not known".
    pub fn date(&self, span: &DateSpan) -> String {
        let (Some(start), Some(end)) = (span.start(), span.end()) else {
            return self.text("date-unknown");
        };
        match span.precision() {
            DatePrecision::Day => self.day(start),
            DatePrecision::Range => self.days(start, end),
            DatePrecision::Month => self.with("date-month", &[("month", &self.month_of(start))]),
            DatePrecision::Year => self.with("date-year", &[("year", &year(start))]),
            DatePrecision::Unknown => self.text("date-unknown"),
        }
    }

    /// One day: "19 April 2022".
    pub fn day(&self, day: Date) -> String {
        self.with("date-day", &[("day", &self.ordinal(day)), ("month", &self.month_of(day))])
    }

    /// A date as exact as it was given: "19 April 2022", "April 2022", "2022".
    pub fn partial_date(&self, date: PartialDate) -> String {
        match date {
            PartialDate::Day(day) => self.day(day),
            PartialDate::Month(..) => self.month_of(date.first()),
            PartialDate::Year(_) => year(date.first()),
        }
    }

    /// A page of a file, as it is cited: "p. 12".
    pub fn page(&self, number: u32) -> String {
        self.with("page-cited", &[("page", &number.to_string())])
    }

    /// Name of a month from 1 to 12: "April".
    pub fn month_name(&self, month: i8) -> String {
        self.text(&format!("month-{month}"))
    }

    /// Month and year: "April 2022".
    pub fn month_of(&self, day: Date) -> String {
        self.with(
            "date-month-year",
            &[("month", &self.month_name(day.month())), ("year", &year(day))],
        )
    }

    fn days(&self, start: Date, end: Date) -> String {
        let last = self.day(end);
        if (start.year(), start.month()) == (end.year(), end.month()) {
            let first = self.ordinal(start);
            return self.with("date-days", &[("first", &first), ("last", &last)]);
        }
        let first = if start.year() == end.year() {
            self.with(
                "date-day",
                &[("day", &self.ordinal(start)), ("month", &self.month_name(start.month()))],
            )
        } else {
            self.day(start)
        };
        self.with("date-range", &[("first", &first), ("last", &last)])
    }

    /// Day of the month as it is said: "1er" in French.
    fn ordinal(&self, day: Date) -> String {
        match day.day() {
            1 => self.text("date-first"),
            n => n.to_string(),
        }
    }
}

fn year(day: Date) -> String {
    day.year().to_string()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::knowledge::Knowledge;
    use crate::model::source::Lang;
    use jiff::civil::date;

    #[test]
    fn dates_say_how_exact_they_are() {
        let known = Knowledge::embedded();
        for (span, en, fr) in [
            (DateSpan::day(date(2022, 4, 19)), "19 April 2022", "19 avril 2022"),
            (DateSpan::day(date(2023, 2, 1)), "1 February 2023", "1er février 2023"),
            (
                DateSpan::range(date(2018, 4, 26), date(2018, 4, 27)),
                "26–27 April 2018",
                "26–27 avril 2018",
            ),
            (
                DateSpan::range(date(2019, 9, 29), date(2019, 10, 1)),
                "29 September – 1 October 2019",
                "29 septembre – 1er octobre 2019",
            ),
            (
                DateSpan::range(date(2012, 12, 30), date(2013, 1, 2)),
                "30 December 2012 – 2 January 2013",
                "30 décembre 2012 – 2 janvier 2013",
            ),
            (
                DateSpan::month(2022, 3).unwrap(),
                "March 2022 (day not known)",
                "mars 2022 (jour inconnu)",
            ),
            (DateSpan::year(2014).unwrap(), "2014 (day not known)", "2014 (jour inconnu)"),
            (DateSpan::UNKNOWN, "date not known", "date inconnue"),
        ] {
            assert_eq!(Words::new(Lang::En, &known).date(&span), en);
            assert_eq!(Words::new(Lang::Fr, &known).date(&span), fr);
        }
    }

    #[test]
    fn partial_dates_are_not_sharpened() {
        let known = Knowledge::embedded();
        let words = Words::new(Lang::Fr, &known);
        for (text, said) in
            [("2022", "2022"), ("2022-08", "août 2022"), ("2022-08-01", "1er août 2022")]
        {
            assert_eq!(words.partial_date(text.parse().unwrap()), said);
        }
    }
}
