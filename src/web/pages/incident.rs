//! One incident: the ledger of its claims, who is named, and what each source tells.

use super::accounts::{Told, told};
use super::history::Line;
use super::{html, json as answer};
use crate::export::citation;
use crate::model::claim::Measure;
use crate::model::date::{DatePrecision, PartialDate};
use crate::model::filter::{Dimension, Filter, Sort};
use crate::model::incident::{Incident, Place, PlacePrecision};
use crate::store::incident::{Page, show as find};
use crate::store::relation::{Linked, of_incident};
use crate::store::review::history;
use crate::store::selection::Selection;
use crate::store::{Snapshot, StoreError};
use crate::web::App;
use crate::web::error::PageError;
use crate::web::frame::{Frame, Section};
use crate::web::item::{Brief, Item, Quote, Show};
use crate::web::strip::Mark;
use crate::web::visit::Visit;
use crate::wording::Words;
use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::http::header::LOCATION;
use axum::response::{IntoResponse, Response};
use jiff::Span;
use serde_json::json;
use std::collections::{BTreeMap, BTreeSet};

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

/// A figure that was given on a known day.
pub struct Said {
    /// The day.
    pub day: String,
    /// The day for `<time datetime>`.
    pub iso: String,
    /// "at least 12 civilians killed".
    pub figure: String,
    /// Who said so.
    pub who: String,
    /// The words.
    pub href: String,
}

/// Other incidents.
pub struct Others {
    /// What they share with this one.
    pub heading: String,
    /// Some of them.
    pub briefs: Vec<Brief>,
    /// All of them, and this one.
    pub href: String,
}

/// An incident to which a source links this one.
pub struct Link {
    /// "Told as an answer to".
    pub heading: String,
    /// The other incident, alone.
    pub briefs: Vec<Brief>,
    /// The sentence that says so.
    pub quote: Quote,
}

/// A page about something that is named here.
pub struct Named {
    /// Its address.
    pub href: String,
    /// Its name.
    pub text: String,
    /// Slug of the kind of actor, for its sign; empty for other things.
    pub sign: &'static str,
}

/// What stands beside an incident, read at the same moment.
struct Around {
    /// Linked by a source, earlier ones first.
    linked: Vec<Linked>,
    /// At one of its places, newest first.
    places: Vec<Incident>,
    /// Within [`NEAR_DAYS`] of it, oldest first.
    days: Vec<Incident>,
}

/// How many days before and after an incident others are looked for.
const NEAR_DAYS: i32 = 3;

/// Most others of one sort.
const OTHERS: usize = 8;

/// The page.
#[derive(Template)]
#[template(path = "incident.html")]
pub struct IncidentPage {
    frame: Frame,
    item: Item,
    ledger: Vec<Entry>,
    told: Vec<Told>,
    /// What rules joined here, or may be one with it.
    matches: String,
    /// What people changed.
    history: Vec<Line>,
    /// Where its sources can be reviewed, with their titles; empty where nothing can be written.
    reviews: Vec<(String, String)>,
    /// Figures in the order in which they were given; empty unless there are several days.
    said: Vec<Said>,
    /// Pages about who and what is named.
    named: Vec<Named>,
    /// What sources link it to.
    linked: Vec<Link>,
    others: Vec<Others>,
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
    let found = app
        .view(move |db| {
            let Some(incident) = find(db, &asked)? else { return Ok(None) };
            let around = around(db, &incident)?;
            let log = history(db, &incident.id)?;
            Ok(Some((incident, around, log)))
        })
        .await?;
    let (incident, around, log) = found.ok_or(PageError::NotFound)?;
    if incident.id != id {
        let to = match as_json {
            true => visit.urls.incident_json(&incident.id),
            false => visit.urls.incident(&incident.id),
        };
        return Ok((StatusCode::MOVED_PERMANENTLY, [(LOCATION, to)]).into_response());
    }
    if as_json {
        let linked: Vec<_> = around.linked.iter().map(as_data).collect();
        let tolls = incident.group_tolls();
        return answer(&json!({
            "incident": incident,
            "tolls": tolls,
            "linked": linked,
            "history": super::history::json(&log),
        }));
    }
    let words = Words::new(visit.lang, app.known());
    let show = Show { words, urls: visit.urls, known: app.known() };
    let page = build(&visit, &incident, &around, &show);
    let history = super::history::lines(&log, &show.words);
    let reviews = if app.writes() { reviews(&incident, &show) } else { Vec::new() };
    Ok(html(&IncidentPage { history, reviews, ..page }))
}

/// The incidents of the same places.
fn same_places(incident: &Incident) -> Option<Filter> {
    let places = incident.places().into_iter().filter(|p| p.precision != PlacePrecision::Region);
    let keys: BTreeSet<_> = places.map(Place::key).collect();
    let chosen = BTreeMap::from([(Dimension::Place, keys)]);
    (!chosen[&Dimension::Place].is_empty()).then(|| Filter { chosen, ..Filter::default() })
}

/// The incidents of the same days and those around them; none where its days are not known.
fn same_days(incident: &Incident) -> Option<Filter> {
    let exact = incident.date.precision() <= DatePrecision::Range;
    let (start, end) = (incident.date.start()?, incident.date.end()?);
    let days = Span::new().days(NEAR_DAYS);
    exact.then(|| Filter {
        from: Some(PartialDate::Day(start.saturating_sub(days))),
        to: Some(PartialDate::Day(end.saturating_add(days))),
        sort: Sort::Oldest,
        ..Filter::default()
    })
}

fn around(db: &Snapshot, incident: &Incident) -> Result<Around, StoreError> {
    let find = |filter: Option<Filter>, keep: fn(&Incident) -> bool| match filter {
        None => Ok(Vec::new()),
        Some(filter) => {
            let page = Page { after: None, size: 4 * OTHERS };
            let mut found = Selection::of(db, &filter)?.list(&page)?.rows;
            found.retain(|other| other.id != incident.id && keep(other));
            found.truncate(OTHERS);
            Ok::<_, StoreError>(found)
        }
    };
    Ok(Around {
        linked: of_incident(db, &incident.id)?,
        places: find(same_places(incident), |_| true)?,
        // What happened some time in that year did not happen in that week.
        days: find(same_days(incident), |i| i.date.precision() <= DatePrecision::Range)?,
    })
}

fn others(incident: &Incident, around: &Around, show: &Show) -> Vec<Others> {
    let m = show.words.messages();
    let sorts = [
        ("incident-same-place", &around.places, same_places(incident)),
        ("incident-same-week", &around.days, same_days(incident)),
    ];
    let sorts = sorts.into_iter().filter(|(_, found, _)| !found.is_empty());
    sorts
        .map(|(key, found, filter)| Others {
            heading: m.text(key),
            briefs: found.iter().map(|i| show.brief(i)).collect(),
            href: show.urls.timeline(&filter.unwrap_or_default()),
        })
        .collect()
}

fn link(linked: &Linked, show: &Show) -> Link {
    let way = if linked.earlier { "earlier" } else { "later" };
    Link {
        heading: show.words.messages().text(&format!("linked-{}-{way}", linked.kind.as_str())),
        briefs: vec![show.brief(&linked.other)],
        quote: Quote {
            href: show.urls.passage(&linked.source.id, None, &linked.passage),
            text: linked.passage.quote.clone(),
            lang: linked.source.meta.lang.as_str(),
            source: linked.source.meta.title.clone(),
        },
    }
}

fn as_data(linked: &Linked) -> serde_json::Value {
    json!({
        "relation": linked.kind,
        "earlier": linked.earlier,
        "incident": linked.other.id,
        "source": linked.source.id,
        "passage": linked.passage,
    })
}

/// How the figures of deaths followed each other.
fn said(incident: &Incident, show: &Show) -> Vec<Said> {
    let mut claims: Vec<_> = incident
        .claims()
        .filter(|(_, c)| c.measure == Measure::Killed && !c.partial)
        .filter_map(|(account, claim)| Some((claim.said_on?, account, claim)))
        .collect();
    claims.sort_by_key(|(day, ..)| *day);
    let days: BTreeSet<_> = claims.iter().map(|(day, ..)| *day).collect();
    if days.len() < 2 {
        return Vec::new();
    }
    let said = claims.into_iter().map(|(day, account, claim)| Said {
        day: show.words.day(day),
        iso: day.to_string(),
        figure: show.words.claim(claim),
        who: show.words.speaker(account, claim),
        href: show.quote(account, &claim.passage).href,
    });
    said.collect()
}

/// Every actor, place and victim group that is named, once.
fn named(incident: &Incident, show: &Show) -> Vec<Named> {
    let drafts = || incident.accounts.iter().map(|a| &a.draft);
    let actors = drafts().flat_map(|d| &d.attributions);
    let actors = actors
        .map(|a| (Dimension::Perpetrator, a.actor.clone(), show.words.actor(&a.actor, &a.name)));
    let places = incident.places().into_iter().map(|p| {
        let known = show.known.gazetteer.get(&p.key()).is_some() || p.key() != p.id;
        let name = if known { show.words.place(&p.key()) } else { p.name.clone() };
        (Dimension::Place, p.key(), name)
    });
    let victims = drafts().flat_map(|d| &d.victims);
    let victims =
        victims.map(|v| (Dimension::Victim, v.group.clone(), show.words.victim(&v.group)));
    let mut all: Vec<Named> = Vec::new();
    for (dimension, slug, text) in actors.chain(places).chain(victims) {
        let Some(href) = show.urls.subject(dimension, &slug) else { continue };
        if all.iter().all(|n| n.href != href) {
            let sign = match dimension {
                Dimension::Perpetrator => show.sign(&slug),
                _ => "",
            };
            all.push(Named { href, text, sign });
        }
    }
    all
}

fn build(visit: &Visit, incident: &Incident, around: &Around, show: &Show) -> IncidentPage {
    let item = show.item(incident, usize::MAX - 1);
    let json = visit.urls.incident_json(&incident.id);
    IncidentPage {
        frame: Frame::new(visit, Section::Timeline, incident.title.clone(), Some(json)),
        ledger: ledger(incident, show),
        told: incident.accounts.iter().map(|a| told(a, show)).collect(),
        matches: visit.urls.matches(
            if incident.accounts.len() > 1 { "joined" } else { "open" },
            Some(&incident.id),
            None,
        ),
        history: Vec::new(),
        reviews: Vec::new(),
        said: said(incident, show),
        named: named(incident, show),
        linked: around.linked.iter().map(|l| link(l, show)).collect(),
        others: others(incident, around, show),
        cite: cite(incident, show),
        back: visit.urls.timeline(&Filter::default()),
        item,
    }
}

/// The documents that tell it, to be reviewed; rows of datasets are not.
fn reviews(incident: &Incident, show: &Show) -> Vec<(String, String)> {
    let mut reviews = Vec::new();
    for account in incident.accounts.iter().filter(|a| a.record.is_none()) {
        let href = show.urls.review(&account.source.id, None);
        if reviews.iter().all(|(other, _)| *other != href) {
            let title = [("title", account.source.meta.title.as_str().into())];
            reviews.push((href, show.words.messages().text_with("review-of", &title)));
        }
    }
    reviews
}

fn ledger(incident: &Incident, show: &Show) -> Vec<Entry> {
    let words = &show.words;
    let mut claims: Vec<_> = incident.claims().collect();
    claims.sort_by_key(|(_, c)| (c.measure, c.partial, c.group));
    let entries = claims.into_iter().map(|(account, claim)| Entry {
        measure: words.measure(claim.measure),
        group: words.claim_group(claim),
        figure: words.figure(claim),
        who: words.speaker(account, claim),
        said: claim.said_on.map(|day| words.day(day)).unwrap_or_default(),
        partial: claim.partial,
        quote: show.quote(account, &claim.passage),
    });
    entries.collect()
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
