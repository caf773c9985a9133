//! The overview chart: incidents, and deaths from the lowest to the highest claims, by year
//! or by month. Every bar is a link that narrows the dates.

use super::{Canvas, round_up};
use crate::messages::FluentValue;
use crate::model::claim::{Measure, Toll};
use crate::model::date::PartialDate;
use crate::model::filter::Filter;
use crate::store::chart::Period;

/// Up to so many months are drawn month by month.
const MAX_MONTHS: i32 = 36;

/// Up to so many years are drawn with the empty ones between.
const MAX_YEARS: i32 = 120;

/// Height of each of the two panels, in pixels.
const HEIGHT: u64 = 64;

/// Labels below the axis that have room on a phone.
const LABELS: usize = 8;

/// Share of its slot that a bar leaves free, in thousandths, on both sides together.
const GAP: usize = 220;

/// One year or month.
pub struct Bar {
    /// Left border of its slot, in percent.
    pub slot_x: String,
    /// Width of its slot, in percent.
    pub slot_width: String,
    /// Left border, in percent.
    pub x: String,
    /// Width, in percent.
    pub width: String,
    /// Middle, in percent.
    pub middle: String,
    /// Top of the bar of incidents, in pixels.
    pub incidents_y: u64,
    /// Its height.
    pub incidents_height: u64,
    /// Top of the bar of the lowest claims, in pixels.
    pub low_y: u64,
    /// Its height.
    pub low_height: u64,
    /// Top of the band up to the highest claims, in pixels.
    pub high_y: u64,
    /// Its height.
    pub high_height: u64,
    /// Whether a claim has no upper end.
    pub open: bool,
    /// Label below the axis; empty where there is no room.
    pub label: String,
    /// Whether phones leave its label out.
    pub second: bool,
    /// All its numbers in words.
    pub title: String,
    /// The view narrowed to it, where it leads anywhere.
    pub href: Option<String>,
    /// Whether it has any incident.
    pub any: bool,
}

/// A row of the same numbers as a table.
pub struct Row {
    /// Year, or month of a year.
    pub period: String,
    /// The view narrowed to it, where it leads anywhere.
    pub href: Option<String>,
    /// Incidents.
    pub incidents: String,
    /// Deaths by claim.
    pub killed: String,
}

/// The chart.
pub struct Chart {
    /// Bars, in order of time.
    pub bars: Vec<Bar>,
    /// The numbers.
    pub rows: Vec<Row>,
    /// Height of each panel down to its axis, in pixels; labels stand below.
    pub base: u64,
    /// Top of the scale of incidents.
    pub top_incidents: String,
    /// Top of the scale of deaths.
    pub top_killed: String,
    /// Whether anybody claims any deaths.
    pub any_killed: bool,
    /// Whether it goes by month.
    pub by_month: bool,
}

/// One year or month, in numbers.
#[derive(Clone, Copy)]
pub(super) struct Slot {
    pub date: PartialDate,
    pub incidents: u64,
    pub low: u64,
    pub high: u64,
    pub open: bool,
}

/// What charts side by side share.
pub(super) struct Scale {
    pub top_incidents: u64,
    pub top_killed: u64,
    /// Height of each panel, in pixels.
    pub height: u64,
    /// Labels below the axis that have room on a phone.
    pub labels: usize,
    pub by_month: bool,
}

/// The chart of a view; none when there is nothing to compare.
pub fn build(periods: &[Period], filter: &Filter, canvas: &Canvas) -> Option<Chart> {
    let (mut slots, scale) = together(&[periods], HEIGHT, LABELS)?;
    let slots = slots.pop().filter(|slots| slots.len() >= 2)?;
    Some(draw(&slots, &scale, Some(filter), canvas))
}

/// The charts of two views on the scale of both.
pub fn pair(periods: [&[Period]; 2], filters: [&Filter; 2], canvas: &Canvas) -> [Option<Chart>; 2] {
    let Some((slots, scale)) = together(&periods, HEIGHT, LABELS) else { return [None, None] };
    [0, 1].map(|i| {
        let side = slots.get(i).filter(|slots| slots.len() >= 2)?;
        Some(draw(side, &scale, Some(filters[i]), canvas))
    })
}

/// Charts with the same years or months and the same scales; none where nothing is dated.
pub(super) fn together(
    all: &[&[Period]],
    height: u64,
    labels: usize,
) -> Option<(Vec<Vec<Slot>>, Scale)> {
    let nothing = |p: &Period| Period { incidents: 0, low: 0, high: 0, open: false, ..*p };
    let mut every: Vec<Period> = all.iter().flat_map(|own| own.iter().map(nothing)).collect();
    every.sort_by_key(|p| (p.year, p.month));
    every.dedup();
    let by_month = by_month(&every)?;
    let padded = all.iter().map(|own| {
        let mut with: Vec<Period> = own.iter().chain(&every).copied().collect();
        with.sort_by_key(|p| (p.year, p.month));
        slots(&with, by_month)
    });
    let padded: Vec<Vec<Slot>> = padded.collect::<Option<_>>()?;
    let (top_incidents, top_killed) = tops(padded.iter().flatten());
    Some((padded, Scale { top_incidents, top_killed, height, labels, by_month }))
}

/// One chart. The bars lead to the incidents of `filter` in their time; nowhere without one.
pub(super) fn draw(
    slots: &[Slot],
    scale: &Scale,
    filter: Option<&Filter>,
    canvas: &Canvas,
) -> Chart {
    let m = canvas.words.messages();
    let mut narrowed = filter.cloned();
    let (mut bars, mut rows) = (Vec::with_capacity(slots.len()), Vec::new());
    for (i, slot) in slots.iter().enumerate() {
        let href = narrowed.as_mut().and_then(|filter| {
            (filter.from, filter.to) = (Some(slot.date), Some(slot.date));
            canvas.links.period(filter, slot.date)
        });
        let row = Row {
            period: canvas.words.partial_date(slot.date),
            href: href.clone(),
            incidents: m.number(slot.incidents),
            killed: killed(slot, canvas).unwrap_or_default(),
        };
        bars.push(bar(slot, (i, slots.len()), scale, title(slot, &row, canvas), href, canvas));
        if slot.incidents > 0 {
            rows.push(row);
        }
    }
    Chart {
        bars,
        rows,
        base: scale.height,
        top_incidents: m.number(scale.top_incidents),
        top_killed: m.number(scale.top_killed),
        any_killed: slots.iter().any(|s| s.high > 0),
        by_month: scale.by_month,
    }
}

/// Whether the periods are few and exact enough to be drawn month by month; none without any.
fn by_month(periods: &[Period]) -> Option<bool> {
    let (first, last) = (periods.first()?, periods.last()?);
    let months = |p: &Period, or: i8| i32::from(p.year) * 12 + i32::from(p.month.unwrap_or(or));
    let exact = periods.iter().all(|p| p.month.is_some());
    Some(exact && months(last, 12) - months(first, 1) < MAX_MONTHS)
}

/// Tops of the scales of incidents and of deaths.
fn tops<'a>(slots: impl Iterator<Item = &'a Slot> + Clone) -> (u64, u64) {
    let top = |value: fn(&Slot) -> u64| {
        let highest = slots.clone().map(value).max().unwrap_or(0);
        u64::from(round_up(u32::try_from(highest).unwrap_or(u32::MAX)))
    };
    (top(|s| s.incidents), top(|s| s.high))
}

/// Every year or month from the first to the last, empty ones too.
fn slots(periods: &[Period], by_month: bool) -> Option<Vec<Slot>> {
    let date = |p: &Period| match p.month {
        Some(month) if by_month => PartialDate::Month(p.year, month),
        _ => PartialDate::Year(p.year),
    };
    let mut slots: Vec<Slot> = Vec::new();
    for period in periods {
        let this = date(period);
        while let Some(last) = slots.last() {
            let next = after(last.date)?;
            let far = i32::from(period.year) - i32::from(periods.first()?.year) > MAX_YEARS;
            if last.date == this || next == this || far {
                break;
            }
            slots.push(Slot { date: next, incidents: 0, low: 0, high: 0, open: false });
        }
        if slots.last().is_none_or(|last| last.date != this) {
            slots.push(Slot { date: this, incidents: 0, low: 0, high: 0, open: false });
        }
        let slot = slots.last_mut()?;
        slot.incidents += period.incidents;
        slot.low += period.low;
        slot.high += period.high;
        slot.open |= period.open;
    }
    Some(slots)
}

fn after(date: PartialDate) -> Option<PartialDate> {
    Some(match date {
        PartialDate::Year(year) => PartialDate::Year(year.checked_add(1)?),
        PartialDate::Month(year, 12) => PartialDate::Month(year.checked_add(1)?, 1),
        PartialDate::Month(year, month) => PartialDate::Month(year, month + 1),
        PartialDate::Day(day) => PartialDate::Day(day.tomorrow().ok()?),
    })
}

fn bar(
    slot: &Slot,
    (i, of): (usize, usize),
    scale: &Scale,
    title: String,
    href: Option<String>,
    canvas: &Canvas,
) -> Bar {
    let percent = |thousandths: usize| percent(thousandths * 100 / of);
    // What is there is seen, however small beside the rest.
    let tall = |value: u64, top: u64| match value {
        0 => 0,
        _ => (value * scale.height / top.max(1)).max(2),
    };
    let incidents = tall(slot.incidents, scale.top_incidents);
    let (low, high) = (tall(slot.low, scale.top_killed), tall(slot.high, scale.top_killed));
    Bar {
        slot_x: percent(i * 1000),
        slot_width: percent(1000),
        x: percent(i * 1000 + GAP / 2),
        width: percent(1000 - GAP),
        middle: percent(i * 1000 + 500),
        incidents_y: scale.height - incidents,
        incidents_height: incidents,
        low_y: scale.height - low,
        low_height: low,
        high_y: scale.height - high,
        high_height: high - low.min(high),
        open: slot.open && slot.high > 0,
        label: label(slot.date, i, of, canvas),
        second: !i.is_multiple_of(of.div_ceil(scale.labels).max(1)),
        title,
        href,
        any: slot.incidents > 0,
    }
}

/// Where bars stand too close, only some have a label.
fn label(date: PartialDate, i: usize, of: usize, canvas: &Canvas) -> String {
    let every = of.div_ceil(13);
    match date {
        PartialDate::Year(year) if i.is_multiple_of(every) => year.to_string(),
        PartialDate::Month(year, 1) => year.to_string(),
        PartialDate::Month(year, month) if of <= 13 => {
            let month = canvas.words.messages().text(&format!("month-short-{month}"));
            // Where no January follows, the first says of which year they are.
            match (i, of) {
                (0, ..=6) => format!("{month} {year}"),
                (0, _) => format!("{month} ’{:02}", year.rem_euclid(100)),
                _ => month,
            }
        }
        _ => String::new(),
    }
}

/// Thousandths of a percent with all three digits after the point: "6.250%".
fn percent(thousandths: usize) -> String {
    // `format!` takes ten times as long, and a chart has hundreds.
    let mut text = thousandths.to_string();
    text.insert_str(0, &"0000"[text.len().min(4)..]);
    text.insert(text.len() - 3, '.');
    text.push('%');
    text
}

fn title(slot: &Slot, row: &Row, canvas: &Canvas) -> String {
    let m = canvas.words.messages();
    let period = ("period", FluentValue::from(row.period.as_str()));
    let count = ("count", FluentValue::from(slot.incidents));
    match row.killed.as_str() {
        "" => m.text_with("chart-bar", &[period, count]),
        killed => m.text_with("chart-bar-killed", &[period, count, ("killed", killed.into())]),
    }
}

fn killed(slot: &Slot, canvas: &Canvas) -> Option<String> {
    if slot.high == 0 && !slot.open {
        return None;
    }
    let number = |n: u64| u32::try_from(n).unwrap_or(u32::MAX);
    let toll = Toll { low: number(slot.low), high: number(slot.high), open: slot.open };
    Some(canvas.words.toll(Measure::Killed, toll))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn period(year: i16, month: Option<i8>, incidents: u64) -> Period {
        Period { year, month, incidents, low: 1, high: 3, open: false }
    }

    fn drawn(periods: &[Period], by_month: bool) -> Vec<(String, u64)> {
        let slots = slots(periods, by_month).unwrap();
        slots.iter().map(|s| (s.date.to_string(), s.incidents)).collect()
    }

    #[test]
    fn percents_have_three_digits_after_the_point() {
        for (thousandths, text) in
            [(0, "0.000%"), (7, "0.007%"), (45, "0.045%"), (6_250, "6.250%"), (100_000, "100.000%")]
        {
            assert_eq!(percent(thousandths), text);
        }
    }

    #[test]
    fn empty_years_and_months_have_their_place() {
        let periods = [period(2012, Some(11), 1), period(2013, Some(1), 2)];
        let of = |text: &str, n| (text.to_owned(), n);
        assert_eq!(drawn(&periods, false), [of("2012", 1), of("2013", 2)]);
        assert_eq!(drawn(&periods, true), [of("2012-11", 1), of("2012-12", 0), of("2013-01", 2)]);
    }

    #[test]
    fn months_of_one_year_come_together() {
        let periods = [period(2012, None, 4), period(2012, Some(3), 1)];
        assert_eq!(drawn(&periods, false), [("2012".to_owned(), 5)]);
    }

    #[test]
    fn a_span_of_a_thousand_years_is_not_drawn_year_by_year() {
        let periods = [period(1000, None, 1), period(2012, None, 1)];
        assert_eq!(drawn(&periods, false).len(), 2);
    }
}
