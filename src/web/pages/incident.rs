//! One incident: the ledger of its claims, who is named, and what each source tells.

use super::{html, json as answer};
use crate::export::citation;
use crate::model::incident::{Account, Incident, Status};
use crate::store::incident::show as find;
use crate::web::App;
use crate::web::error::PageError;
use crate::web::frame::{Frame, Section};
use crate::web::item::{Item, Quote, Show, When};
use crate::web::strip::Mark;
use crate::web::visit::Visit;
use crate::wording::Words;
use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::http::header::LOCATION;
use axum::response::{IntoResponse, Response};
use serde_json::json;

/// A row of the claim ledger.
pub struct Entry {
    /// "killed".
    pub measure: String,
    /// "civilians".
    pub group: String,
    /// "at least 12".
    pub figure: String,
    /// Who says so.
    pub who: String,
    /// When it was said; empty when the source does not say.
    pub said: String,
    /// Whether it counts only some of the victims.
    pub partial: bool,
    /// The words.
    pub quote: Quote,
}

/// What one source tells.
pub struct Told {
    /// The source.
    pub href: String,
    /// Its title.
    pub source: String,
    /// Language of the source.
    pub lang: &'static str,
    /// Publisher, kind and date of publication, as far as known.
    pub about: String,
    /// The title that it gives the incident.
    pub title: String,
    /// The date that it gives.
    pub when: When,
    /// The kind of event that it tells.
    pub kind: String,
    /// Places that it names, in a row.
    pub places: String,
    /// The sentence or item that tells it.
    pub quote: Quote,
    /// Number of casualty figures that it gives.
    pub claims: String,
    /// Parsed or reviewed.
    pub status: String,
    /// Whether a person has confirmed it.
    pub reviewed: bool,
}

/// The page.
#[derive(Template)]
#[template(path = "incident.html")]
pub struct IncidentPage {
    frame: Frame,
    item: Item,
    ledger: Vec<Entry>,
    told: Vec<Told>,
    /// How to cite, one line for the incident and one for each source.
    cite: Vec<String>,
    back: String,
}

/// `GET /incidents/{id}` and `/incidents/{id}.json`
pub async fn show(
    State(app): State<App>,
    Path(id): Path<String>,
    visit: Visit,
) -> Result<Response, PageError> {
    visit.only(&[])?;
    let (id, as_json) = match id.strip_suffix(".json") {
        Some(id) => (id.to_owned(), true),
        None => (id, false),
    };
    let asked = id.clone();
    let incident = app.read(move |db| find(db, &asked)).await?;
    let incident = incident.ok_or(PageError::NotFound)?;
    if incident.id != id {
        let to = match as_json {
            true => visit.urls.incident_json(&incident.id),
            false => visit.urls.incident(&incident.id),
        };
        return Ok((StatusCode::MOVED_PERMANENTLY, [(LOCATION, to)]).into_response());
    }
    if as_json {
        return answer(&json!({ "incident": incident, "tolls": incident.group_tolls() }));
    }
    let words = Words::new(visit.lang, app.known());
    let show = Show { words, urls: visit.urls, known: app.known() };
    Ok(html(&build(&visit, &incident, &show)))
}

fn build(visit: &Visit, incident: &Incident, show: &Show) -> IncidentPage {
    let item = show.item(incident, usize::MAX - 1);
    let json = visit.urls.incident_json(&incident.id);
    IncidentPage {
        frame: Frame::new(visit, Section::Timeline, incident.title.clone(), Some(json)),
        ledger: ledger(incident, show),
        told: incident.accounts.iter().map(|a| told(a, show)).collect(),
        cite: cite(incident, show),
        back: visit.urls.timeline(&crate::model::filter::Filter::default()),
        item,
    }
}

fn ledger(incident: &Incident, show: &Show) -> Vec<Entry> {
    let words = &show.words;
    let mut claims: Vec<_> = incident.claims().collect();
    claims.sort_by_key(|(_, c)| (c.measure, c.partial, c.group));
    let entries = claims.into_iter().map(|(account, claim)| Entry {
        measure: words.measure(claim.measure),
        group: words.casualty_group(claim.group),
        figure: words.figure(claim),
        who: words.speaker(account, claim),
        said: claim.said_on.map(|day| words.day(day)).unwrap_or_default(),
        partial: claim.partial,
        quote: show.quote(account, &claim.passage),
    });
    entries.collect()
}

fn told(account: &Account, show: &Show) -> Told {
    let (words, draft, meta) = (&show.words, &account.draft, &account.source.meta);
    let mut places: Vec<_> = draft.places.iter().map(|p| p.name.clone()).collect();
    places.dedup();
    let mut when = show.when_of(&draft.date);
    when.quote = draft.date_passage.as_ref().map(|p| show.quote(account, p));
    Told {
        href: show.urls.source(&account.source.id),
        source: meta.title.clone(),
        lang: meta.lang.as_str(),
        about: super::sources::about(meta, words),
        title: draft.title.clone(),
        when,
        kind: words.kind(draft.kind),
        places: places.join(", "),
        quote: show.quote(account, &draft.passage),
        claims: words.messages().text_with("count-claims", &[("count", draft.claims.len().into())]),
        status: words.status(account.status),
        reviewed: account.status == Status::Reviewed,
    }
}

fn cite(incident: &Incident, show: &Show) -> Vec<String> {
    let m = show.words.messages();
    let mut lines = vec![m.text_with(
        "cite-incident",
        &[
            ("title", incident.title.as_str().into()),
            ("date", show.words.date(&incident.date).into()),
            ("id", incident.id.as_str().into()),
            ("version", env!("CARGO_PKG_VERSION").into()),
        ],
    )];
    for account in &incident.accounts {
        let line = citation(&show.words, &account.source);
        if !lines.contains(&line) {
            lines.push(line);
        }
    }
    lines
}
