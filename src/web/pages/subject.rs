//! An actor, a place or a victim group: what the program knows of it, and what the sources
//! tell with it.

/// What the program knows of it.
mod known;

use super::{html, json as answer};
use crate::drawing::chart::{self, Chart};
use crate::model::filter::{Dimension, Filter};
use crate::model::incident::{Incident, REGION};
use crate::store::chart::Period;
use crate::store::incident::{Counted, Overview, Page};
use crate::store::selection::Selection;
use crate::store::source::titles;
use crate::store::value;
use crate::web::App;
use crate::web::error::PageError;
use crate::web::filters::Counts;
use crate::web::frame::{Frame, Section};
use crate::web::item::{Brief, Show};
use crate::web::visit::Visit;
use crate::wording::Words;
use askama::Template;
use axum::extract::{Path, State};
use axum::response::Response;
use known::{Known, known};
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// Incidents that are shown.
const RECENT: usize = 10;

/// Values of a dimension that are counted.
const COUNTED: usize = 8;

/// How many incidents have a value.
pub struct Count {
    /// The value.
    pub text: String,
    /// Incidents.
    pub count: String,
    /// These incidents.
    pub href: String,
    /// Slug of the kind of actor, for its sign; empty for other things.
    pub sign: &'static str,
}

/// Counts of one dimension.
pub struct Group {
    /// Slug.
    pub key: &'static str,
    /// Its label.
    pub label: String,
    /// Most incidents first.
    pub counts: Vec<Count>,
}

/// The page.
#[derive(Template)]
#[template(path = "subject.html")]
pub struct Subject {
    frame: Frame,
    /// "Actor".
    what: String,
    /// All of them.
    all: Option<String>,
    /// Slug of the kind of actor, for its sign; empty for other things.
    sign: &'static str,
    name: String,
    known: Vec<Known>,
    /// Whose these facts are.
    whence: String,
    /// "12 incidents, told by 5 sources, with 54 claims"; none where there is nothing.
    numbers: Option<String>,
    /// What the numbers count.
    meaning: String,
    chart: Option<Chart>,
    groups: Vec<Group>,
    recent: Vec<Brief>,
    /// The timeline of it.
    list: String,
    /// The map of it.
    map: String,
}

/// What a page is made of, read at one moment.
struct Content {
    overview: Overview,
    counts: Counts,
    periods: Vec<Period>,
    recent: Vec<Incident>,
    titles: BTreeMap<String, String>,
}

/// `GET /actors/{slug}` and `/actors/{slug}.json`
pub async fn actor(
    State(app): State<App>,
    Path(slug): Path<String>,
    visit: Visit,
) -> Result<Response, PageError> {
    show(&app, Dimension::Perpetrator, slug, &visit).await
}

/// `GET /places/{slug}` and `/places/{slug}.json`
pub async fn place(
    State(app): State<App>,
    Path(slug): Path<String>,
    visit: Visit,
) -> Result<Response, PageError> {
    show(&app, Dimension::Place, slug, &visit).await
}

/// `GET /victims/{slug}` and `/victims/{slug}.json`
pub async fn victim(
    State(app): State<App>,
    Path(slug): Path<String>,
    visit: Visit,
) -> Result<Response, PageError> {
    show(&app, Dimension::Victim, slug, &visit).await
}

async fn show(
    app: &App,
    dimension: Dimension,
    slug: String,
    visit: &Visit,
) -> Result<Response, PageError> {
    visit.only(&[])?;
    let (slug, as_json) = match slug.strip_suffix(".json") {
        Some(slug) => (slug.to_owned(), true),
        None => (slug, false),
    };
    let asked = slug.clone();
    let told = app.read(move |db| value::exists(db, dimension, &asked)).await?;
    if !told && !is_known(app, dimension, &slug) {
        return Err(PageError::NotFound);
    }
    let filter = Filter::of(dimension, &slug);
    let read = filter.clone();
    let content = app
        .view(move |db| {
            let selection = Selection::of(db, &read)?;
            Ok(Content {
                overview: selection.overview()?,
                counts: selection.facets()?,
                periods: selection.periods()?,
                recent: selection.list(&Page { after: None, size: RECENT })?.rows,
                titles: titles(db)?,
            })
        })
        .await?;
    let words = Words::new(visit.lang, app.known());
    let show = Show { words, urls: visit.urls, known: app.known() };
    if as_json {
        return answer(&as_data(dimension, &slug, &content, &show));
    }
    Ok(html(&build(visit, dimension, &slug, &filter, &content, &show)))
}

fn is_known(app: &App, dimension: Dimension, slug: &str) -> bool {
    let known = app.known();
    match dimension {
        Dimension::Perpetrator => known.actors.get(slug).is_some(),
        Dimension::Place => {
            let region = slug.strip_suffix(REGION).and_then(|slug| known.regions.get(slug));
            known.gazetteer.get(slug).is_some()
                || region.is_some_and(|r| slug == format!("{}{REGION}", r.slug))
        }
        Dimension::Victim => known.victims.get(slug).is_some(),
        _ => false,
    }
}

fn as_data(dimension: Dimension, slug: &str, content: &Content, show: &Show) -> Value {
    let known: BTreeMap<_, Vec<_>> = known(dimension, slug, show)
        .into_iter()
        .map(|k| (k.label, k.values.into_iter().chain(k.more).map(|v| v.text).collect()))
        .collect();
    let o = &content.overview;
    json!({
        "slug": slug,
        "name": name(dimension, slug, content, show),
        "known": known,
        "incidents": o.incidents,
        "sources": o.sources,
        "claims": o.claims,
        "first": o.first,
        "last": o.last,
        "undated": o.undated,
        "counts": content.counts.iter().map(|(d, c)| (d.as_str(), c)).collect::<BTreeMap<_, _>>(),
        "timeline": show.urls.timeline_json(&Filter::of(dimension, slug), None),
    })
}

fn build(
    visit: &Visit,
    dimension: Dimension,
    slug: &str,
    filter: &Filter,
    content: &Content,
    show: &Show,
) -> Subject {
    let m = show.words.messages();
    let key = dimension.as_str();
    let name = name(dimension, slug, content, show);
    let o = &content.overview;
    let numbers = [
        ("incidents", o.incidents.into()),
        ("sources", o.sources.into()),
        ("claims", o.claims.into()),
    ];
    let json = visit.urls.subject_json(dimension, slug);
    Subject {
        frame: Frame::new(visit, Section::of(dimension), name.clone(), json),
        what: m.text(&format!("subject-{key}")),
        all: visit.urls.subjects(dimension),
        sign: match dimension {
            Dimension::Perpetrator => show.sign(slug),
            _ => "",
        },
        known: known(dimension, slug, show),
        whence: m.text(&format!("subject-whence-{key}")),
        numbers: (o.incidents > 0).then(|| m.text_with("overview-numbers", &numbers)),
        meaning: m.text(&format!("subject-meaning-{key}")),
        chart: chart::build(&content.periods, filter, &show.canvas()),
        groups: groups(dimension, filter, content, show),
        recent: content.recent.iter().map(|i| show.brief(i)).collect(),
        list: visit.urls.timeline(filter),
        map: visit.urls.map(filter),
        name,
    }
}

/// Its usual name; for what the program does not know, the name that a source gives it.
fn name(dimension: Dimension, slug: &str, content: &Content, show: &Show) -> String {
    let drafts = content.recent.iter().flat_map(|i| &i.accounts).map(|a| &a.draft);
    let told = match dimension {
        Dimension::Perpetrator if show.known.actors.get(slug).is_none() => {
            drafts.flat_map(|d| &d.attributions).find(|a| a.actor == slug).map(|a| a.name.clone())
        }
        Dimension::Place if show.known.gazetteer.get(slug).is_none() => drafts
            .flat_map(|d| &d.places)
            .find(|p| p.id == slug && p.key() == slug)
            .map(|p| p.name.clone()),
        _ => None,
    };
    told.unwrap_or_else(|| show.words.value(dimension, slug, &content.titles))
}

/// What the sources tell with it, counted.
fn groups(dimension: Dimension, filter: &Filter, content: &Content, show: &Show) -> Vec<Group> {
    let counted: &[Dimension] = match dimension {
        Dimension::Perpetrator => {
            &[Dimension::Stance, Dimension::Type, Dimension::Region, Dimension::Victim]
        }
        Dimension::Place => {
            &[Dimension::Perpetrator, Dimension::Stance, Dimension::Type, Dimension::Victim]
        }
        _ => &[Dimension::Perpetrator, Dimension::Stance, Dimension::Type, Dimension::Region],
    };
    let m = show.words.messages();
    let group = |&of: &Dimension| {
        let mut counts: Vec<_> =
            content.counts.get(&of).into_iter().flat_map(Counted::iter).collect();
        counts.sort_by_key(|(slug, n)| (std::cmp::Reverse(*n), *slug));
        let counts = counts.into_iter().take(COUNTED).map(|(slug, n)| Count {
            text: show.words.value(of, slug, &content.titles),
            count: m.number(n),
            href: show.urls.timeline(&filter.toggled(of, slug)),
            sign: if of == Dimension::Perpetrator { show.sign(slug) } else { "" },
        });
        Group { key: of.as_str(), label: show.words.dimension(of), counts: counts.collect() }
    };
    counted.iter().map(group).filter(|g| !g.counts.is_empty()).collect()
}
