//! One source: its whole text, with every passage that supports a fact marked and linked
//! back to the incident.

use super::{dataset, html, json as answer};
use crate::model::document::Problem;
use crate::model::incident::Status;
use crate::model::passage::page_at;
use crate::store::dataset::{rows, show as show_dataset};
use crate::store::incident::Page;
use crate::store::source::{Fact, Mark, SourceText, show as find};
use crate::web::App;
use crate::web::error::PageError;
use crate::web::frame::{Frame, Section};
use crate::web::marked::{Back, Block, Kind, Piece, Span, blocks, is_markable};
use crate::web::urls::anchor;
use crate::web::visit::Visit;
use crate::wording::Words;
use askama::Template;
use axum::extract::{Path, State};
use axum::response::Response;
use serde_json::json;
use std::collections::BTreeMap;

/// Kinds of facts, in the order of the legend.
const FACTS: [&str; 6] = ["date", "place", "attribution", "victim", "claim", "whole"];

/// A line of the metadata.
pub struct Field {
    /// What it is.
    pub label: String,
    /// Its value.
    pub value: String,
    /// Where it leads; only to the web (`http`, `https`), for links of the source's own.
    pub href: Option<String>,
}

/// A kind of fact in the legend.
pub struct Legend {
    /// Style class.
    pub class: &'static str,
    /// Its name.
    pub text: String,
}

/// An incident that the source tells.
pub struct Told {
    /// Its number on this page.
    pub number: String,
    /// Its page.
    pub href: String,
    /// Its title.
    pub title: String,
    /// The first passage that tells it, on this page.
    pub passage: Option<String>,
    /// "6 marked passages".
    pub marks: String,
    /// "Parsed, not reviewed", or "Reviewed".
    pub status: String,
    /// Whether a person has confirmed it.
    pub reviewed: bool,
}

/// What a passage supports, beside the text.
#[derive(Clone)]
pub struct Note {
    /// The passage, on this page.
    pub href: String,
    /// Style classes: kinds of facts.
    pub class: String,
    /// "Figure: at least 12 people killed".
    pub text: String,
    /// Numbers of the incidents that it tells of, with their pages.
    pub back: Vec<Back>,
    /// Whether a person has confirmed it.
    pub reviewed: bool,
}

/// A block of the text with the notes on the passages that begin in it.
pub struct Noted {
    /// "Page 12" where a page of the file begins.
    pub page: Option<String>,
    /// The text.
    pub block: Block,
    /// In the order of the text.
    pub notes: Vec<Note>,
    /// "3 facts here".
    pub count: String,
}

/// What was not understood.
pub struct Trouble {
    /// "Line 12".
    pub line: String,
    /// What was expected and what was found.
    pub text: String,
}

/// The page.
#[derive(Template)]
#[template(path = "source.html")]
pub struct Source {
    frame: Frame,
    /// All sources.
    all: String,
    title: String,
    /// Language of the text.
    lang: &'static str,
    about: String,
    fields: Vec<Field>,
    legend: Vec<Legend>,
    told: Vec<Told>,
    /// Metadata at the start of the text, as it stands.
    front: Vec<Block>,
    body: Vec<Noted>,
    /// Whether any note is not reviewed.
    unreviewed: bool,
    troubles: Vec<Trouble>,
}

/// `GET /sources/{id}` and `/sources/{id}.json`
pub async fn show(
    State(app): State<App>,
    Path(id): Path<String>,
    visit: Visit,
) -> Result<Response, PageError> {
    let (id, as_json) = match id.strip_suffix(".json") {
        Some(id) => (id.to_owned(), true),
        None => (id, false),
    };
    let page = Page { after: visit.after(), size: dataset::SHOWN };
    let found = app
        .read(move |db| {
            let Some(source) = find(db, &id)? else { return Ok(None) };
            let rows = match show_dataset(db, &id)? {
                Some(dataset) => Some((dataset, rows(db, &id, &page)?)),
                None => None,
            };
            Ok(Some((source, rows)))
        })
        .await?;
    let (source, rows) = found.ok_or(PageError::NotFound)?;
    let words = Words::new(visit.lang, app.known());
    match rows {
        Some((dataset, rows)) => {
            visit.only(&["after"])?;
            dataset::show(&visit, &(source, dataset, rows), as_json, &words)
        }
        None => {
            visit.only(&[])?;
            match as_json {
                true => as_data(&source),
                false => Ok(html(&build(&visit, &source, &words))),
            }
        }
    }
}

fn as_data(source: &SourceText) -> Result<Response, PageError> {
    let marks: Vec<_> = source
        .marks
        .iter()
        .map(|m| {
            json!({
                "passage": m.passage,
                "supports": m.fact,
                "incident": m.incident_id,
                "status": m.status,
            })
        })
        .collect();
    answer(&json!({
        "source": source.source,
        "file_name": source.file_name,
        "sha256": source.sha256,
        "body_start": source.body_start,
        "pages": source.pages,
        "text": source.text,
        "passages": marks,
        "problems": source.problems,
    }))
}

fn build(visit: &Visit, source: &SourceText, words: &Words) -> Source {
    let meta = &source.source.meta;
    let numbers = numbers(&source.marks);
    let text = &source.text;
    let (spans, notes) = spans(visit, text, &source.marks, &numbers, words);
    let body_start = Some(source.body_start).filter(|&at| text.is_char_boundary(at)).unwrap_or(0);
    let m = words.messages();
    Source {
        frame: Frame::new(
            visit,
            Section::Sources,
            meta.title.clone(),
            Some(visit.urls.source_json(&source.source.id)),
        ),
        all: visit.urls.sources(),
        title: meta.title.clone(),
        lang: meta.lang.as_str(),
        about: super::sources::about(meta, words),
        fields: fields(source, words),
        legend: FACTS
            .iter()
            .map(|&class| Legend { class, text: m.text(&format!("fact-{class}")) })
            .collect(),
        told: told(visit, source, &numbers, words),
        front: blocks(text, 0..body_start, &spans),
        body: noted(
            &source.pages,
            source.body_start,
            blocks(text, body_start..text.len(), &spans),
            &notes,
            words,
        ),
        unreviewed: notes.values().any(|n| !n.reviewed),
        troubles: troubles(&source.problems, words),
    }
}

/// What was not understood, in words.
pub fn troubles(problems: &[Problem], words: &Words) -> Vec<Trouble> {
    let m = words.messages();
    let troubles = problems.iter().map(|problem| Trouble {
        line: m.text_with("problem-line", &[("line", problem.line.to_string().into())]),
        text: m.text_with(
            "problem-text",
            &[
                ("expected", problem.expected.as_str().into()),
                ("found", problem.found.as_str().into()),
            ],
        ),
    });
    troubles.collect()
}

/// Incidents in the order in which the text tells them, from 1.
pub fn numbers(marks: &[Mark]) -> BTreeMap<&str, usize> {
    let mut numbers = BTreeMap::new();
    for mark in marks {
        let next = numbers.len() + 1;
        numbers.entry(mark.incident_id.as_str()).or_insert(next);
    }
    numbers
}

/// Puts each note beside the block in which its passage begins, and the number of a page before
/// its first block. The blocks begin at byte `start`.
pub fn noted(
    pages: &[usize],
    start: usize,
    blocks: Vec<Block>,
    notes: &BTreeMap<String, Note>,
    words: &Words,
) -> Vec<Noted> {
    let mut at = start;
    let mut last = None;
    let noted = blocks.into_iter().map(|block| {
        let number = page_at(pages, at).filter(|n| Some(*n) != last);
        last = number.or(last);
        let page = number.map(|number| {
            words.messages().text_with("page-number", &[("page", number.to_string().into())])
        });
        at += block.len();
        let begins = |piece: &Piece| match piece {
            Piece::Open { id: Some(id), .. } => notes.get(id).cloned(),
            _ => None,
        };
        let notes: Vec<_> = block.pieces.iter().filter_map(begins).collect();
        let count = [("count", notes.len().into())];
        Noted { page, block, count: words.messages().text_with("notes-count", &count), notes }
    });
    noted.collect()
}

/// Every passage once, with all that it supports; and the notes on them, by anchor. The
/// sentence that tells an incident has a note only where it says nothing else.
pub fn spans(
    visit: &Visit,
    text: &str,
    marks: &[Mark],
    numbers: &BTreeMap<&str, usize>,
    words: &Words,
) -> (Vec<Span>, BTreeMap<String, Note>) {
    let mut passages = BTreeMap::<(usize, usize), Vec<&Mark>>::new();
    for mark in marks {
        if is_markable(text, &mark.passage) {
            let range = (mark.passage.start, mark.passage.end);
            passages.entry(range).or_default().push(mark);
        }
    }
    let address = |(start, end): &(usize, usize)| format!("#p-{start}-{end}");
    let addresses: Vec<String> = passages.keys().map(address).collect();
    let mut notes = BTreeMap::new();
    let spans = passages.into_iter().enumerate().map(|(i, ((start, end), marks))| {
        let mut classes: Vec<_> = FACTS
            .iter()
            .filter(|f| marks.iter().any(|m| m.fact.as_str() == **f))
            .map(|f| format!("fact-{f}"))
            .collect();
        // The sentence that tells an incident is no highlight where it also says a fact.
        if classes.len() > 1 {
            classes.retain(|c| c != "fact-whole");
        }
        let titles: Vec<_> = marks.iter().map(|m| supports(m, words)).collect();
        let mut back = Vec::<Back>::new();
        for mark in &marks {
            let href = visit.urls.incident(&mark.incident_id);
            if back.iter().all(|b| b.href != href) {
                back.push(Back {
                    href,
                    label: numbers[mark.incident_id.as_str()].to_string(),
                    title: format!("{} — {}", supports(mark, words), mark.incident_title),
                });
            }
        }
        let facts = marks.iter().filter(|m| !matches!(m.fact, Fact::Whole));
        let mut facts: Vec<_> = facts.map(|m| supports(m, words)).collect();
        facts.dedup();
        if !facts.is_empty() {
            let note = Note {
                href: addresses[i].clone(),
                class: classes.join(" "),
                text: facts.join("; "),
                back: back.clone(),
                reviewed: marks.iter().all(|m| m.status == Status::Reviewed),
            };
            notes.insert(format!("p-{start}-{end}"), note);
        }
        Span {
            range: start..end,
            class: classes.join(" "),
            title: titles.join("\n"),
            back,
            previous: i.checked_sub(1).map(|before| addresses[before].clone()),
            next: addresses.get(i + 1).cloned(),
        }
    });
    let spans = spans.collect();
    (spans, notes)
}

/// What a passage supports, in words: "Figure: at least 12 people killed".
fn supports(mark: &Mark, words: &Words) -> String {
    let m = words.messages();
    let label = m.text(&format!("fact-{}", mark.fact.as_str()));
    let value = match &mark.fact {
        Fact::Whole => return label,
        Fact::Date(span) => words.date(span),
        Fact::Place(place) => place.name.clone(),
        Fact::Attribution(attribution) => words.attribution(attribution),
        Fact::Victim(victim) => words.victim(&victim.group),
        Fact::Claim(claim) => words.claim(claim),
    };
    m.text_with("chip", &[("label", label.into()), ("value", value.into())])
}

fn told(
    visit: &Visit,
    source: &SourceText,
    numbers: &BTreeMap<&str, usize>,
    words: &Words,
) -> Vec<Told> {
    let m = words.messages();
    let mut ids: Vec<_> = numbers.iter().collect();
    ids.sort_by_key(|(_, number)| **number);
    let told = ids.into_iter().filter_map(|(id, number)| {
        let marks: Vec<_> = source.marks.iter().filter(|m| m.incident_id == *id).collect();
        let first = marks.first()?;
        let shown = marks.iter().find(|m| is_markable(&source.text, &m.passage));
        Some(Told {
            number: number.to_string(),
            href: visit.urls.incident(id),
            title: first.incident_title.clone(),
            passage: shown.map(|m| format!("#{}", anchor(&m.passage))),
            marks: m.text_with("count-passages", &[("count", marks.len().into())]),
            status: words.status(first.status),
            reviewed: first.status == Status::Reviewed,
        })
    });
    told.collect()
}

pub fn fields(source: &SourceText, words: &Words) -> Vec<Field> {
    let m = words.messages();
    let meta = &source.source.meta;
    let mut fields = Vec::new();
    let mut field = |key: &str, value: Option<String>, href: Option<String>| {
        fields.extend(value.map(|value| Field { label: m.text(key), value, href }));
    };
    field("field-publisher", meta.publisher.clone(), None);
    field("field-kind", Some(words.source_kind(meta.kind)), None);
    field("field-published", meta.published.map(|d| words.partial_date(d)), None);
    field("field-retrieved", meta.retrieved.map(|d| words.day(d)), None);
    let web = |url: &String| url.starts_with("https://") || url.starts_with("http://");
    field("field-url", meta.url.clone(), meta.url.clone().filter(web));
    field("field-licence", meta.licence.clone(), None);
    field("field-language", Some(words.language(meta.lang)), None);
    field("field-file", Some(source.file_name.clone()), None);
    field("field-hash", Some(source.sha256.clone()), None);
    fields
}
