//! All sources.

use super::{html, json as answer};
use crate::export::is_restricted;
use crate::model::filter::{Dimension, Filter};
use crate::model::source::SourceMeta;
use crate::store::source::{SourceSummary, list as all};
use crate::web::App;
use crate::web::error::PageError;
use crate::web::frame::{Frame, Section};
use crate::web::visit::Visit;
use crate::wording::Words;
use askama::Template;
use axum::extract::State;
use axum::response::Response;
use serde_json::json;

/// A source in the list.
pub struct Row {
    /// Its page.
    pub href: String,
    /// Its title.
    pub title: String,
    /// Language of the title.
    pub lang: &'static str,
    /// Publisher, kind and date of publication, as far as known.
    pub about: String,
    /// Its language, in words.
    pub language: String,
    /// Licence of the text.
    pub licence: Option<String>,
    /// Whether its terms forbid passing its rows on.
    pub restricted: bool,
    /// "12 incidents".
    pub incidents: String,
    /// These incidents on the timeline; none without any.
    pub incidents_href: Option<String>,
    /// "40 figures claimed".
    pub claims: String,
}

/// The page.
#[derive(Template)]
#[template(path = "sources.html")]
pub struct Sources {
    frame: Frame,
    /// "5 sources".
    count: String,
    rows: Vec<Row>,
    /// Incidents of several of them that may be one.
    matches: String,
    /// Where they can be reviewed; none where nothing can be written.
    reviews: Option<String>,
}

/// `GET /sources`
pub async fn list(State(app): State<App>, visit: Visit) -> Result<Response, PageError> {
    visit.only(&[])?;
    let sources = app.read(all).await?;
    let words = Words::new(visit.lang, app.known());
    let reviews = app.writes().then(|| visit.urls.reviews());
    Ok(html(&Sources { reviews, ..build(&visit, &sources, &words) }))
}

/// `GET /sources.json`
pub async fn json(State(app): State<App>, visit: Visit) -> Result<Response, PageError> {
    visit.only(&[])?;
    let sources = app.read(all).await?;
    let rows: Vec<_> = sources
        .iter()
        .map(|s| {
            json!({
                "source": s.source,
                "incidents": s.incidents,
                "claims": s.claims,
                "sha256": s.sha256,
            })
        })
        .collect();
    answer(&json!({ "sources": rows }))
}

fn build(visit: &Visit, sources: &[SourceSummary], words: &Words) -> Sources {
    let m = words.messages();
    let json = Some(visit.urls.sources_json());
    Sources {
        frame: Frame::new(visit, Section::Sources, m.text("nav-sources"), json),
        count: m.text_with("count-sources", &[("count", sources.len().into())]),
        matches: visit.urls.matches("open", None, None),
        reviews: None,
        rows: sources
            .iter()
            .map(|s| {
                let meta = &s.source.meta;
                let of_this = Filter::default().toggled(Dimension::Source, &s.source.id);
                Row {
                    href: visit.urls.source(&s.source.id),
                    title: meta.title.clone(),
                    lang: meta.lang.as_str(),
                    about: about(meta, words),
                    language: words.language(meta.lang),
                    licence: meta.licence.clone(),
                    restricted: is_restricted(meta),
                    incidents: m.text_with("count-incidents", &[("count", s.incidents.into())]),
                    incidents_href: (s.incidents > 0).then(|| visit.urls.timeline(&of_this)),
                    claims: m.text_with("count-claims", &[("count", s.claims.into())]),
                }
            })
            .collect(),
    }
}

/// "Wikipedia · Encyclopedia · published 3 May 2022".
pub fn about(meta: &SourceMeta, words: &Words) -> String {
    let mut parts: Vec<String> = meta.publisher.iter().cloned().collect();
    parts.push(words.source_kind(meta.kind));
    if let Some(date) = meta.published {
        let date = words.partial_date(date);
        let values = [("date", date.into())];
        parts.push(words.messages().text_with("source-published", &values));
    }
    if meta.sensitive {
        parts.push(words.messages().text("source-sensitive"));
    }
    parts.join(" · ")
}
