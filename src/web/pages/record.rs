//! One row of a dataset as it was, with the words that support facts marked.

use super::dataset::day_of;
use super::source::{Noted, noted, numbers, spans};
use super::{html, json as answer};
use crate::model::record::Field;
use crate::store::dataset::{Record, Version, record as find};
use crate::web::App;
use crate::web::error::PageError;
use crate::web::frame::{Frame, Section};
use crate::web::marked::{Kind, Piece, apart};
use crate::web::visit::Visit;
use crate::wording::Words;
use askama::Template;
use axum::extract::{Path, State};
use axum::response::Response;
use serde_json::json;
use std::ops::Range;

/// A cell.
pub struct Cell {
    /// Name of its column.
    pub column: String,
    /// What stands in it, marked.
    pub blocks: Vec<Noted>,
}

/// What a release changed in the row.
pub struct Before {
    /// "Until 3 May 2026: line 12 of ged.csv".
    pub text: String,
    /// The cells that were others.
    pub fields: Vec<Field>,
}

/// The page.
#[derive(Template)]
#[template(path = "record.html")]
pub struct RecordPage {
    frame: Frame,
    /// The dataset.
    source_href: String,
    /// Title of the dataset.
    source: String,
    /// Language of the dataset.
    lang: &'static str,
    /// Title of what the row tells.
    title: String,
    /// "Row MLI123, line 4 of ged.csv, imported on 3 May 2026".
    about: String,
    /// The incident that it tells; none once it is withdrawn.
    incident: Option<String>,
    /// "Withdrawn since 3 May 2026"; none while it is current.
    withdrawn: Option<String>,
    cells: Vec<Cell>,
    /// Names of the columns in which nothing stands.
    empty: Vec<String>,
    before: Vec<Before>,
}

/// `GET /sources/{id}/records/{key}` and `/sources/{id}/records/{key}.json`
pub async fn show(
    State(app): State<App>,
    Path((id, key)): Path<(String, String)>,
    visit: Visit,
) -> Result<Response, PageError> {
    visit.only(&[])?;
    let asked = key.clone();
    let whole = id.clone();
    let mut found = app.read(move |db| find(db, &whole, &asked)).await?;
    let mut as_json = false;
    if let (None, Some(key)) = (&found, key.strip_suffix(".json")) {
        let key = key.to_owned();
        found = app.read(move |db| find(db, &id, &key)).await?;
        as_json = true;
    }
    let record = found.ok_or(PageError::NotFound)?;
    let latest = record.versions.first().ok_or(PageError::NotFound)?;
    if as_json {
        return as_data(&record, latest);
    }
    let words = Words::new(visit.lang, app.known());
    Ok(html(&build(&visit, &record, latest, &words)))
}

fn as_data(record: &Record, latest: &Version) -> Result<Response, PageError> {
    let marks: Vec<_> = record
        .marks
        .iter()
        .map(|m| json!({ "passage": m.passage, "supports": m.fact, "status": m.status }))
        .collect();
    let versions: Vec<_> = record
        .versions
        .iter()
        .map(|v| {
            json!({
                "file_name": v.file_name,
                "line": v.line,
                "header": *v.cells.header,
                "cells": v.cells.cells,
                "added": v.added,
                "retired": v.retired,
            })
        })
        .collect();
    answer(&json!({
        "source": record.source,
        "key": latest.cells.key,
        "incident": record.incident,
        "withdrawn": latest.retired,
        "text": latest.cells.text(),
        "passages": marks,
        "versions": versions,
    }))
}

fn build(visit: &Visit, record: &Record, latest: &Version, words: &Words) -> RecordPage {
    let m = words.messages();
    let (id, key) = (record.source.id.as_str(), latest.cells.key.as_str());
    let json = visit.urls.record_json(id, key);
    let withdrawn = latest.retired.as_deref().map(|moment| day_of(moment, words).0);
    let (cells, empty) = cells(visit, record, latest, words);
    RecordPage {
        frame: Frame::new(visit, Section::Sources, record.title.clone(), Some(json)),
        source_href: visit.urls.source(id),
        source: record.source.meta.title.clone(),
        lang: record.source.meta.lang.as_str(),
        title: record.title.clone(),
        about: m.text_with(
            "record-about",
            &[
                ("key", key.into()),
                ("line", latest.line.to_string().into()),
                ("file", latest.file_name.as_str().into()),
                ("day", day_of(&latest.added, words).0.into()),
            ],
        ),
        incident: withdrawn.is_none().then(|| visit.urls.incident(&record.incident)),
        withdrawn: withdrawn.map(|day| m.text_with("record-withdrawn", &[("day", day.into())])),
        cells,
        empty,
        before: before(record, words),
    }
}

/// The cells in which something stands, marked, and the names of the others.
fn cells(
    visit: &Visit,
    record: &Record,
    latest: &Version,
    words: &Words,
) -> (Vec<Cell>, Vec<String>) {
    let (text, lines) = latest.cells.text_with_lines();
    let (spans, notes) = spans(visit, &text, &record.marks, &numbers(&record.marks), words);
    let number = |i: usize| (i + 1).to_string();
    let names = latest.cells.header.iter().cloned().map(Some).chain(std::iter::repeat(None));
    let names = names.enumerate().map(|(i, name)| name.unwrap_or_else(|| number(i)));
    let (mut filled, mut empty) = (Vec::new(), Vec::new());
    for (name, line) in names.zip(lines) {
        match line.is_empty() {
            true => empty.push(name),
            // After the name of the column and `: `.
            false => filled.push((line.start + name.len() + 2..line.end, name)),
        }
    }
    let values: Vec<Range<usize>> = filled.iter().map(|(range, _)| range.clone()).collect();
    let blocks = apart(&text, &values, &spans);
    let cells = filled.into_iter().zip(blocks).map(|((range, column), blocks)| Cell {
        column,
        blocks: noted(&[], range.start, blocks, &notes, words),
    });
    (cells.collect(), empty)
}

/// How the row was before, and what was different then.
fn before(record: &Record, words: &Words) -> Vec<Before> {
    let m = words.messages();
    let pairs = record.versions.windows(2).filter_map(|pair| {
        let [newer, older] = pair else { return None };
        let until = day_of(older.retired.as_deref().unwrap_or_default(), words).0;
        let side = |v: &Version| (v.cells.header.to_vec(), v.cells.cells.clone());
        let (old, new) = (side(older), side(newer));
        Some(Before {
            text: m.text_with(
                "record-until",
                &[
                    ("day", until.into()),
                    ("line", older.line.to_string().into()),
                    ("file", older.file_name.as_str().into()),
                ],
            ),
            fields: Field::differing((&old.0, &old.1), (&new.0, &new.1)),
        })
    });
    pairs.collect()
}
