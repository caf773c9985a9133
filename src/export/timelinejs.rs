//! Slides for [TimelineJS](https://timeline.knightlab.com/docs/json-format.html). A slide
//! needs a year: incidents without one are left out, and the first slide says how many. A
//! month stays a month. TimelineJS takes texts for markup, so they are escaped.

use super::json::{Later, Layout, write_document};
use super::phrases::Phrases;
use super::{ExportError, Head, Out, Tally, View, listed, table};
use crate::model::date::DatePrecision;
use crate::model::incident::Incident;
use crate::wording::Words;
use jiff::civil::Date;
use rusqlite::Connection;
use serde_json::{Value, json};

/// Name and version of this layout.
pub const LAYOUT: &str = "mali-timeline-timelinejs/1";

pub(super) fn write(
    db: &Connection,
    view: &View,
    head: &Head,
    out: &mut Out<'_>,
) -> Result<(), ExportError> {
    // Incidents without a slide are those without a date: nobody has to count them before.
    let more: Vec<(_, Later<'_>)> = vec![
        ("scale", Box::new(|_, _| json!("human"))),
        ("title", Box::new(|tally, undated| title(head, tally, undated, &view.words))),
    ];
    let layout = Layout { name: LAYOUT, list: "events", more, sources: false };
    let mut phrases = Phrases::new(view.words);
    write_document(db, view, head, out, layout, |incident, _| {
        Some(slide(incident, &mut phrases)?.to_string().into())
    })
}

/// The first slide: what the file shows, what it leaves out, and its sources.
fn title(head: &Head, tally: &Tally, undated: u64, words: &Words) -> Value {
    let m = words.messages();
    let mut lines = vec![tally.numbers(m), m.text("export-note"), head.made(m)];
    if undated > 0 {
        lines.insert(1, m.text_with("export-undated", &[("n", undated.into())]));
    }
    lines.push(format!("{}:", m.text("export-sources")));
    lines.extend(tally.sources.iter().map(|s| listed(words, &s.source)));
    json!({ "text": { "headline": escaped(&head.sentence), "text": paragraphs(&lines) } })
}

fn slide(incident: &Incident, phrases: &mut Phrases) -> Option<Value> {
    let words = *phrases.words();
    let span = &incident.date;
    let (start, end) = (span.start()?, span.end()?);
    let mut lines: Vec<String> = incident
        .places()
        .into_iter()
        .map(|p| match words.place_region(p) {
            Some(region) => format!("{} ({region})", p.name),
            None => p.name.clone(),
        })
        .collect();
    lines.extend(table::perpetrators(incident, phrases));
    lines.extend(table::said(incident, phrases));
    lines.push(words.status(incident.status()));
    lines.extend(incident.accounts.iter().map(|a| phrases.citation(&a.source).to_string()));
    let mut slide = json!({
        "unique_id": incident.id,
        "display_date": escaped(&words.date(span)),
        "group": words.kind(incident.kind),
        "start_date": date(start, span.precision()),
        "text": { "headline": escaped(&incident.title), "text": paragraphs(&lines) },
    });
    if span.precision() == DatePrecision::Range {
        slide["end_date"] = date(end, DatePrecision::Range);
    }
    Some(slide)
}

/// A date, no more exact than it is known.
fn date(day: Date, precision: DatePrecision) -> Value {
    match precision {
        DatePrecision::Day | DatePrecision::Range => {
            json!({ "year": day.year(), "month": day.month(), "day": day.day() })
        }
        DatePrecision::Month => json!({ "year": day.year(), "month": day.month() }),
        DatePrecision::Year | DatePrecision::Unknown => json!({ "year": day.year() }),
    }
}

fn paragraphs(lines: &[String]) -> String {
    lines.iter().map(|line| format!("<p>{}</p>", escaped(line))).collect()
}

/// Text that no browser takes for markup.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            c => out.push(c),
        }
    }
    out
}
