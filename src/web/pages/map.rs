//! The map: where the incidents of a filter happened, and how exactly that is known.

use super::timeline::asked;
use super::{html, json as answer};
use crate::drawing::map::{self as drawing, Drawing};
use crate::model::filter::{Dimension, Filter, Lanes};
use crate::model::incident::PlacePrecision;
use crate::store::place::{PlaceCount, list as places, without};
use crate::store::selection::Selection;
use crate::store::source::titles;
use crate::web::App;
use crate::web::assets;
use crate::web::error::PageError;
use crate::web::filters::{self, Counts, Filters};
use crate::web::frame::{Frame, Section};
use crate::web::item::Show;
use crate::web::urls::{Urls, View};
use crate::web::visit::{Visit, filter_keys};
use crate::wording::Words;
use askama::Template;
use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};
use serde_json::json;
use std::collections::{BTreeMap, BTreeSet};

/// Rows of the table that are shown at once; the rest on demand.
const SHOWN: usize = 25;

/// A place in the table.
pub struct Row {
    /// Its page.
    pub href: String,
    /// Its name.
    pub name: String,
    /// Region of today, or country.
    pub region: String,
    /// How exactly it is known.
    pub precision: String,
    /// Whether the map shows it.
    pub drawn: bool,
    /// Incidents, as a number.
    pub count: String,
    /// "3 incidents".
    pub incidents: String,
    /// The incident, or the list of them.
    pub incidents_href: Option<String>,
}

/// The page.
#[derive(Template)]
#[template(path = "map.html")]
pub struct Map<'a> {
    frame: Frame,
    /// The optional script that looks closer.
    script: String,
    /// The active filters as one sentence.
    sentence: String,
    /// "26 incidents at 31 places; 2 name no place."; none where there is nothing.
    numbers: Option<String>,
    /// Whether the database has no incident at all.
    empty: bool,
    /// None where nothing is found.
    drawing: Option<Drawing>,
    filters: Filters<'a>,
    /// Every place, most incidents first.
    rows: Vec<Row>,
    /// More of them, on demand.
    more: Vec<Row>,
    /// The same view as a list.
    list: String,
    /// Whose the outlines and coordinates are.
    attribution: String,
}

/// What a map is made of, read at one moment.
struct Content {
    places: Vec<PlaceCount>,
    incidents: u64,
    without: u64,
    counts: Counts,
    titles: BTreeMap<String, String>,
}

/// `GET /map`
pub async fn show(State(app): State<App>, mut visit: Visit) -> Result<Response, PageError> {
    let filter = asked_of_map(&app, &visit).await?;
    visit.urls = Urls { view: View::Map, ..visit.urls };
    if visit.has_empty_fields() {
        return Ok(Redirect::to(&visit.urls.map(&filter)).into_response());
    }
    let content = read(&app, &filter).await?;
    let words = Words::new(visit.lang, app.known());
    let show = Show { words, urls: visit.urls, known: app.known() };
    Ok(html(&build(&visit, &filter, &content, &show)))
}

/// `GET /map.json`
pub async fn json(State(app): State<App>, visit: Visit) -> Result<Response, PageError> {
    let filter = asked_of_map(&app, &visit).await?;
    let content = read(&app, &filter).await?;
    let words = Words::new(visit.lang, app.known());
    answer(&json!({
        "filter": words.filter(&filter, &content.titles),
        "total": content.incidents,
        "without_place": content.without,
        "places": content.places,
        "attribution": app.known().outlines.attribution,
    }))
}

/// The filter of a request. A map has no pages.
async fn asked_of_map(app: &App, visit: &Visit) -> Result<Filter, PageError> {
    let keys: Vec<_> =
        filter_keys().into_iter().filter(|key| !["after", Lanes::KEY].contains(key)).collect();
    visit.only(&keys)?;
    asked(app, visit).await
}

async fn read(app: &App, filter: &Filter) -> Result<Content, PageError> {
    let filter = filter.clone();
    app.view(move |db| {
        let selection = Selection::of(db, &filter)?;
        Ok(Content {
            places: places(db, &filter)?,
            incidents: selection.overview()?.incidents,
            without: without(db, &filter)?,
            counts: selection.facets()?,
            titles: titles(db)?,
        })
    })
    .await
}

fn build<'a>(visit: &Visit, filter: &'a Filter, content: &'a Content, show: &Show<'a>) -> Map<'a> {
    let m = show.words.messages();
    let sentence = show.words.filter(filter, &content.titles);
    let drawing = drawing::build(&content.places, filter, &show.canvas());
    let (drawing, drawn) = drawing.map_or((None, BTreeSet::new()), |(d, keys)| (Some(d), keys));
    let mut rows: Vec<Row> = content
        .places
        .iter()
        .map(|place| row(place, drawn.contains(&place.key), filter, show))
        .collect();
    let more = rows.split_off(rows.len().min(SHOWN));
    let numbers = [
        ("incidents", content.incidents.into()),
        ("places", content.places.len().into()),
        ("without", content.without.into()),
    ];
    let title = m.text_with("map-title", &[("sentence", sentence.as_str().into())]);
    Map {
        frame: Frame::new(visit, Section::Map, title, Some(visit.urls.map_json(filter))),
        script: assets::url("map.js"),
        sentence,
        numbers: (content.incidents > 0).then(|| m.text_with("map-numbers", &numbers)),
        empty: filter.is_everything() && content.incidents == 0,
        drawing: drawing.filter(|_| content.incidents > 0),
        filters: filters::build(filter, &content.counts, &content.titles, show),
        rows,
        more,
        list: visit.urls.timeline(filter),
        attribution: show.known.outlines.credit(show.words.lang()).to_owned(),
    }
}

fn row(place: &PlaceCount, drawn: bool, filter: &Filter, show: &Show) -> Row {
    let m = show.words.messages();
    let region = match (&place.region, &place.country) {
        (Some(_), _) if place.precision == PlacePrecision::Region => String::new(),
        (Some(region), _) => show.words.region(region),
        (None, Some(country)) => show.words.country(country),
        (None, None) => String::new(),
    };
    let name = drawing::name_of(place, &show.canvas());
    Row {
        href: show.urls.subject(Dimension::Place, &place.key).unwrap_or_default(),
        // "Gao, Gao" says nothing more.
        region: if region == name { String::new() } else { region },
        name,
        precision: m.text(&format!("map-precision-{}", place.precision.as_str())),
        drawn,
        count: m.number(place.incidents),
        incidents: m.text_with("count-incidents", &[("count", place.incidents.into())]),
        incidents_href: show.canvas().place(place, filter),
    }
}
