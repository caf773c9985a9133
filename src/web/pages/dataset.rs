//! One dataset: what it is, what each release changed, and its rows.

use super::source::{self, Field, Trouble};
use super::{html, json as answer};
use crate::model::filter::{Dimension, Filter};
use crate::store::dataset::{Dataset, Release, Row};
use crate::store::incident::Listing;
use crate::store::source::SourceText;
use crate::web::error::PageError;
use crate::web::frame::{Frame, Section};
use crate::web::visit::Visit;
use crate::wording::Words;
use askama::Template;
use axum::response::Response;
use serde_json::json;

/// Rows on one page.
pub const SHOWN: usize = 100;

/// Messages that name the numbers of a release.
const HEADS: [&str; 5] =
    ["dataset-added", "dataset-changed", "dataset-withdrawn", "dataset-unchanged", "problems"];

/// A release in the table.
pub struct Released {
    /// Which one, from 1.
    pub version: String,
    /// The day on which it was imported.
    pub day: String,
    /// The same for `<time datetime>`.
    pub iso: String,
    /// Name of the file.
    pub file: String,
    /// Rows added, changed, withdrawn, unchanged, and those that could not be read, as [`HEADS`].
    pub numbers: [String; 5],
}

/// A row in the list.
pub struct Listed {
    /// The row as it was.
    pub href: String,
    /// The dataset's own id of the event.
    pub key: String,
    /// Title of what it tells.
    pub title: String,
    /// The incident that it tells; none once it is withdrawn.
    pub incident: Option<String>,
}

/// The page.
#[derive(Template)]
#[template(path = "dataset.html")]
pub struct DatasetPage {
    frame: Frame,
    /// All sources.
    all: String,
    title: String,
    /// Language of the dataset.
    lang: &'static str,
    about: String,
    /// "18 rows", "18 incidents", "40 figures claimed".
    counts: Vec<String>,
    /// What the numbers of a release are.
    heads: [String; 5],
    /// Its incidents on the timeline.
    incidents_href: String,
    fields: Vec<Field>,
    columns: Vec<String>,
    releases: Vec<Released>,
    troubles: Vec<Trouble>,
    /// Problems beyond those shown, in words; none without any.
    more_troubles: Option<String>,
    rows: Vec<Listed>,
    /// Where the list goes on.
    next: Option<String>,
    /// The start of the list, where this is not it.
    start: Option<String>,
}

/// The dataset as a page, or as JSON.
///
/// # Errors
/// When it cannot be written as JSON.
pub fn show(
    visit: &Visit,
    found: &(SourceText, Dataset, Listing<Row>),
    as_json: bool,
    words: &Words,
) -> Result<Response, PageError> {
    let (source, dataset, rows) = found;
    match as_json {
        true => answer(&json!({
            "source": source.source,
            "file_name": source.file_name,
            "sha256": source.sha256,
            "text": source.text,
            "dataset": dataset,
            "problems": source.problems,
            "records": rows.rows,
            "next": rows.next,
        })),
        false => Ok(html(&build(visit, source, dataset, rows, words))),
    }
}

fn build(
    visit: &Visit,
    source: &SourceText,
    dataset: &Dataset,
    rows: &Listing<Row>,
    words: &Words,
) -> DatasetPage {
    let (m, meta, id) = (words.messages(), &source.source.meta, source.source.id.as_str());
    let json = visit.urls.source_json(id);
    let unread = dataset.releases.first().map_or(0, |r| r.numbers.problems);
    let more = unread.saturating_sub(source.problems.len() as u64);
    DatasetPage {
        frame: Frame::new(visit, Section::Sources, meta.title.clone(), Some(json)),
        all: visit.urls.sources(),
        title: meta.title.clone(),
        lang: meta.lang.as_str(),
        about: super::sources::about(meta, words),
        counts: [
            ("count-rows", dataset.records),
            ("count-incidents", dataset.incidents),
            ("count-claims", dataset.claims),
        ]
        .map(|(key, count)| m.text_with(key, &[("count", count.into())]))
        .to_vec(),
        incidents_href: visit.urls.timeline(&Filter::default().toggled(Dimension::Source, id)),
        fields: source::fields(source, words),
        columns: dataset.header.clone(),
        heads: HEADS.map(|key| m.text(key)),
        releases: dataset.releases.iter().map(|r| released(r, words)).collect(),
        troubles: source::troubles(&source.problems, words),
        more_troubles: (more > 0)
            .then(|| m.text_with("dataset-more-problems", &[("count", more.into())])),
        rows: rows
            .rows
            .iter()
            .map(|row| Listed {
                href: visit.urls.record(id, &row.key),
                key: row.key.clone(),
                title: row.title.clone(),
                incident: (!row.withdrawn).then(|| visit.urls.incident(&row.incident)),
            })
            .collect(),
        next: rows.next.as_deref().map(|after| visit.urls.source_after(id, after)),
        start: visit.after().map(|_| visit.urls.source(id)),
    }
}

fn released(release: &Release, words: &Words) -> Released {
    let n = &release.numbers;
    let (day, iso) = day_of(&release.imported, words);
    Released {
        version: release.version.to_string(),
        day,
        iso,
        file: release.file_name.clone(),
        numbers: [n.added, n.changed, n.withdrawn, n.unchanged, n.problems]
            .map(|count| words.messages().number(count)),
    }
}

/// The day (UTC) of a moment as it is stored: in words, and for `<time datetime>`.
pub fn day_of(moment: &str, words: &Words) -> (String, String) {
    let iso = moment.get(..10).unwrap_or(moment);
    (iso.parse().map_or_else(|_| iso.to_owned(), |day| words.day(day)), iso.to_owned())
}
