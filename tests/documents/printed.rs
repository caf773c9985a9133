//! What the pages print of dates and figures is read back as it was.

use super::KNOWN;
use jiff::civil::Date;
use mali_timeline::ingest::rules::date::{DateWords, DayMonth, date};
use mali_timeline::ingest::rules::number::figure;
use mali_timeline::ingest::token::tokens;
use mali_timeline::model::claim::{CasualtyGroup, Claim, Measure, Qualifier};
use mali_timeline::model::date::DateSpan;
use mali_timeline::model::passage::Passage;
use mali_timeline::model::source::Lang;
use mali_timeline::wording::Words;
use proptest::prelude::*;

fn langs() -> impl Strategy<Value = Lang> {
    prop::sample::select(Lang::ALL.to_vec())
}

fn days() -> impl Strategy<Value = Date> {
    (1990_i16..2040, 1_i8..=12, 1_i8..=28).prop_map(|(y, m, d)| Date::new(y, m, d).unwrap())
}

fn read(text: &str) -> Option<DateWords> {
    let tokens = tokens(text, 0..text.len());
    let found = date(&tokens, 0)?;
    (found.end == tokens.len()).then_some(found.words)
}

fn of(day: Date) -> DayMonth {
    DayMonth { day: day.day(), month: day.month() }
}

fn claim(min: Option<u32>, max: Option<u32>, qualifier: Qualifier) -> Claim {
    Claim {
        measure: Measure::Killed,
        group: CasualtyGroup::Civilians,
        min,
        max,
        qualifier,
        claimant: None,
        said_on: None,
        partial: false,
        passage: Passage::default(),
    }
}

proptest! {
    #[test]
    fn a_day_is_read_back(day in days(), lang in langs()) {
        let words = Words::new(lang, &KNOWN);
        let expected = DateWords::Days { from: of(day), to: of(day), year: Some(day.year()) };
        prop_assert_eq!(read(&words.day(day)), Some(expected));
        prop_assert_eq!(read(&day.to_string()), Some(expected));
    }

    #[test]
    fn a_month_and_a_year_are_read_back(day in days(), lang in langs()) {
        let words = Words::new(lang, &KNOWN);
        let month = DateWords::Month { month: day.month(), year: Some(day.year()) };
        prop_assert_eq!(read(&words.month_of(day)), Some(month));
    }

    #[test]
    fn days_of_a_month_are_read_back(day in days(), more in 1_i8..10, lang in langs()) {
        let words = Words::new(lang, &KNOWN);
        let Ok(last) = Date::new(day.year(), day.month(), day.day() + more) else { return Ok(()) };
        let text = words.date(&DateSpan::range(day, last));
        let expected = DateWords::Days { from: of(day), to: of(last), year: Some(day.year()) };
        prop_assert_eq!(read(&text), Some(expected), "{}", text);
    }

    #[test]
    fn a_figure_is_read_back(n in 2_u32..2_000_000, more in 1_u32..900, lang in langs()) {
        let words = Words::new(lang, &KNOWN);
        for (min, max, qualifier) in [
            (Some(n), Some(n), Qualifier::Exact),
            (Some(n), None, Qualifier::AtLeast),
            (Some(n), Some(n), Qualifier::About),
            (None, Some(n), Qualifier::UpTo),
            (Some(n), Some(n + more), Qualifier::Range),
        ] {
            let text = words.figure(&claim(min, max, qualifier));
            let tokens = tokens(&text, 0..text.len());
            let found = figure(&tokens, 0);
            let read = found.map(|f| (f.min, f.max, f.qualifier, f.end));
            prop_assert_eq!(read, Some((min, max, qualifier, tokens.len())), "{}", text);
        }
    }
}
