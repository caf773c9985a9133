//! The timeline: filters, overview, and the incidents by year and month.

use super::{html, json as answer};
use crate::drawing::chart::{self, Chart};
use crate::drawing::lanes::{self, LaneChart};
use crate::export::{Format, not_to_be_passed_on};
use crate::model::date::DatePrecision;
use crate::model::filter::{Dimension, Filter, Lanes, Sort};
use crate::model::incident::Incident;
use crate::query::{self, QueryError};
use crate::store::chart::{Lane, Period};
use crate::store::incident::{Listing, Overview, Page};
use crate::store::selection::Selection;
use crate::store::source::titles;
use crate::web::App;
use crate::web::error::PageError;
use crate::web::filters::{self, Counts, Filters};
use crate::web::frame::{Frame, Section};
use crate::web::item::{Item, Show};
use crate::web::snippet::{Snippet, snippets};
use crate::web::strip::Mark;
use crate::web::urls::Urls;
use crate::web::visit::{Visit, filter_keys};
use crate::wording::Words;
use askama::Template;
use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};
use serde_json::json;
use std::collections::BTreeMap;

/// Incidents on a page.
const PAGE_SIZE: usize = 40;

/// Claims of deaths that an incident shows at once.
const SHOWN_CLAIMS: usize = 4;

/// A file of this view.
pub struct Export {
    /// Address.
    pub href: String,
    /// Its format.
    pub text: String,
}

/// Incidents of a month, or of whatever the date leaves open.
pub struct Month {
    /// "April", "Month not known"; none when the list is not by time.
    pub heading: Option<String>,
    /// The incidents, in the list's order.
    pub items: Vec<Listed>,
}

/// An incident of the list.
pub struct Listed {
    /// The incident.
    pub item: Item,
    /// Where the words searched for stand.
    pub snippets: Vec<Snippet>,
}

/// Months of a year.
pub struct Year {
    /// "2022", "Date not known"; none when the list is not by time.
    pub heading: Option<String>,
    /// Whether these have no date.
    pub undated: bool,
    /// The months.
    pub months: Vec<Month>,
}

/// A page about something that the view is of.
pub struct About {
    /// Its address.
    pub href: String,
    /// "About JNIM".
    pub text: String,
}

/// A way to divide the chart.
pub struct Way {
    /// "by region".
    pub text: String,
    /// The view with its chart divided so.
    pub href: String,
    /// Whether it is.
    pub chosen: bool,
}

/// The page.
#[derive(Template)]
#[template(path = "timeline.html")]
pub struct Timeline {
    frame: Frame,
    /// The active filters as one sentence.
    sentence: String,
    /// "26 incidents, told by 5 sources, with 54 claims"; none where there is nothing.
    numbers: Option<String>,
    /// "Between 24 March 2012 and 10 January 2023."; none when nothing is dated.
    span: Option<String>,
    /// Whether this is a first page: later ones leave out overview and chart.
    first: bool,
    /// Whether the database has no incident at all.
    empty: bool,
    /// The chart in one piece.
    chart: Option<Chart>,
    /// The chart in lanes, where they are chosen.
    lanes: Option<LaneChart>,
    /// The ways to divide it.
    ways: Vec<Way>,
    /// Pages about the actors, places and victim groups that were chosen.
    subjects: Vec<About>,
    filters: Filters,
    years: Vec<Year>,
    exports: Vec<Export>,
    /// That the terms of some sources forbid passing their rows on; none where none do.
    restricted: Option<String>,
    /// The next page.
    next: Option<String>,
    /// The first page, on later ones.
    start: Option<String>,
    /// The same view on the map.
    map: String,
    /// The same view beside another.
    compare: String,
    about: String,
}

/// What a timeline is made of, read at one moment.
pub struct Content {
    /// A page of incidents.
    pub listing: Listing<Incident>,
    /// Counts beside the filters.
    pub counts: Counts,
    /// What the view covers.
    pub overview: Overview,
    /// Numbers by month.
    pub periods: Vec<Period>,
    /// The same by lane, where lanes are asked for.
    pub lanes: Vec<Lane>,
    /// Titles of sources whose rows are not to be passed on.
    pub restricted: Vec<String>,
    /// Titles of sources by id.
    pub titles: BTreeMap<String, String>,
}

/// `GET /`
pub async fn list(State(app): State<App>, visit: Visit) -> Result<Response, PageError> {
    let filter = asked(&app, &visit).await?;
    let after = visit.after();
    let urls = Urls { lanes: visit.lanes()?, ..visit.urls };
    if visit.has_empty_fields() {
        // A form sends its empty fields along; the address to share is without them.
        let to = match &after {
            Some(after) => urls.timeline_after(&filter, after),
            None => urls.timeline(&filter),
        };
        return Ok(Redirect::to(&to).into_response());
    }
    let words = Words::new(visit.lang, app.known());
    let show = Show { words, urls, known: app.known() };
    let content = read(&app, &filter, after.clone(), &show).await?;
    Ok(html(&build(&visit, &filter, after.as_deref(), &content, &show)))
}

/// `GET /timeline.json`
pub async fn json(State(app): State<App>, visit: Visit) -> Result<Response, PageError> {
    let filter = asked(&app, &visit).await?;
    let words = Words::new(visit.lang, app.known());
    let urls = Urls { lanes: visit.lanes()?, ..visit.urls };
    let show = Show { words, urls, known: app.known() };
    let content = read(&app, &filter, visit.after(), &show).await?;
    let next = content.listing.next.as_deref();
    let overview = &content.overview;
    answer(&json!({
        "filter": words.filter(&filter, &content.titles),
        "total": content.listing.total,
        "sources": overview.sources,
        "claims": overview.claims,
        "first": overview.first,
        "last": overview.last,
        "undated": overview.undated,
        "counts": content.counts.iter().map(|(d, c)| (d.as_str(), c)).collect::<BTreeMap<_, _>>(),
        "periods": content.periods,
        "lanes": urls.lanes.map(|_| &content.lanes),
        "next": next.map(|after| visit.urls.timeline_json(&filter, Some(after))),
        "incidents": content.listing.rows,
    }))
}

/// The filter of a request, its values checked.
pub async fn asked(app: &App, visit: &Visit) -> Result<Filter, PageError> {
    visit.only(&filter_keys())?;
    visit.lanes()?;
    checked(app, visit.pairs.clone()).await
}

/// A filter of these parameters, its values checked.
pub async fn checked(app: &App, pairs: Vec<(String, String)>) -> Result<Filter, PageError> {
    let known = app.known.clone();
    let filter = app
        .read(move |db| {
            let pairs = pairs.iter().map(|(k, v)| (k.as_str(), v.as_str()));
            match query::filter(db, &known, pairs) {
                Ok(filter) => Ok(Ok(filter)),
                Err(QueryError::Bad(bad)) => Ok(Err(bad)),
                Err(QueryError::Store(error)) => Err(error),
            }
        })
        .await?;
    Ok(filter?)
}

async fn read(
    app: &App,
    filter: &Filter,
    after: Option<String>,
    show: &Show<'_>,
) -> Result<Content, PageError> {
    let filter = filter.clone();
    let page = Page { after, size: PAGE_SIZE };
    let lanes = show.urls.lanes.map(|by| (by, lanes::of_actors(&show.canvas())));
    app.view(move |db| {
        let selection = Selection::of(db, &filter)?;
        let in_lanes = |(by, kinds): &(Lanes, BTreeMap<_, _>)| selection.lanes(*by, kinds);
        Ok(Content {
            lanes: lanes.as_ref().map(in_lanes).transpose()?.unwrap_or_default(),
            restricted: not_to_be_passed_on(db, &filter)?,
            listing: selection.list(&page)?,
            counts: selection.facets()?,
            overview: selection.overview()?,
            periods: selection.periods()?,
            titles: titles(db)?,
        })
    })
    .await
}

fn build(
    visit: &Visit,
    filter: &Filter,
    after: Option<&str>,
    content: &Content,
    show: &Show,
) -> Timeline {
    let m = show.words.messages();
    let urls = &show.urls;
    let sentence = show.words.filter(filter, &content.titles);
    let overview = &content.overview;
    let first = after.is_none();
    let export = |format: Format| Export {
        href: urls.export(format.as_str(), filter),
        text: m.text(&format.message()),
    };
    Timeline {
        frame: Frame::new(
            visit,
            Section::Timeline,
            sentence.clone(),
            Some(urls.timeline_json(filter, after)),
        ),
        sentence,
        numbers: (overview.incidents > 0).then(|| numbers(overview, show)),
        span: span(overview, show),
        first,
        empty: filter.is_everything() && overview.incidents == 0,
        chart: match (first, urls.lanes) {
            (true, None) => chart::build(&content.periods, filter, &show.canvas()),
            _ => None,
        },
        lanes: match first {
            true => in_lanes(filter, content, show),
            false => None,
        },
        ways: ways(filter, show),
        subjects: subjects(filter, &content.titles, show),
        filters: filters::build(filter, &content.counts, &content.titles, show),
        years: years(&content.listing.rows, filter, show),
        exports: Format::ALL.map(export).into(),
        restricted: restricted(&content.restricted, show),
        next: content.listing.next.as_deref().map(|next| urls.timeline_after(filter, next)),
        start: (!first).then(|| urls.timeline(filter)),
        map: urls.map(filter),
        compare: urls.compare(filter, &Filter::default()),
        about: urls.about(),
    }
}

fn in_lanes(filter: &Filter, content: &Content, show: &Show) -> Option<LaneChart> {
    let counts = content.counts.get(&Dimension::Perpetrator);
    let named = counts.into_iter().flatten().filter(|(_, count)| **count > 0);
    let actors = named.map(|(actor, _)| actor.as_str());
    lanes::build(&content.lanes, show.urls.lanes?, actors, filter, &show.canvas())
}

fn ways(filter: &Filter, show: &Show) -> Vec<Way> {
    let all = Lanes::ALL.iter().copied().map(Some);
    let all = std::iter::once(None).chain(all).map(|lanes| Way {
        text: show.words.messages().text(match lanes {
            None => "lanes-together",
            Some(Lanes::Perpetrator) => "lanes-perpetrator",
            Some(Lanes::Region) => "lanes-region",
        }),
        href: Urls { lanes, ..show.urls }.timeline(filter),
        chosen: lanes == show.urls.lanes,
    });
    all.collect()
}

/// "Not to be passed on: …".
fn restricted(titles: &[String], show: &Show) -> Option<String> {
    let m = show.words.messages();
    let quote = |title: &String| m.text_with("quoted", &[("text", title.as_str().into())]);
    let titles: Vec<_> = titles.iter().map(quote).collect();
    let values = [("titles", show.words.and(&titles).into()), ("count", titles.len().into())];
    (!titles.is_empty()).then(|| m.text_with("export-restricted", &values))
}

fn subjects(filter: &Filter, titles: &BTreeMap<String, String>, show: &Show) -> Vec<About> {
    let chosen = filter.chosen.iter().flat_map(|(d, values)| values.iter().map(move |v| (*d, v)));
    let about = |(dimension, value): (Dimension, &String)| {
        let name = show.words.value(dimension, value, titles);
        Some(About {
            href: show.urls.subject(dimension, value)?,
            text: show.words.messages().text_with("about-subject", &[("name", name.into())]),
        })
    };
    chosen.filter_map(about).collect()
}

fn numbers(overview: &Overview, show: &Show) -> String {
    let values = [
        ("incidents", overview.incidents.into()),
        ("sources", overview.sources.into()),
        ("claims", overview.claims.into()),
    ];
    show.words.messages().text_with("overview-numbers", &values)
}

fn span(overview: &Overview, show: &Show) -> Option<String> {
    let (first, last) = (overview.first?, overview.last?);
    let values = [
        ("first", show.words.day(first).into()),
        ("last", show.words.day(last).into()),
        ("undated", overview.undated.into()),
    ];
    let m = show.words.messages();
    Some(match first == last {
        true => m.text_with("overview-day", &values),
        false => m.text_with("overview-span", &values),
    })
}

/// Incidents under their headings. A date that leaves the month open has its own place.
fn years(incidents: &[Incident], filter: &Filter, show: &Show) -> Vec<Year> {
    let mut years: Vec<Year> = Vec::new();
    for incident in incidents {
        let (year, month) = match filter.sort {
            Sort::Deadliest => (None, None),
            _ => headings(incident, show),
        };
        if years.last().is_none_or(|last| last.heading != year) {
            years.push(Year {
                heading: year,
                undated: filter.sort != Sort::Deadliest && incident.date.start().is_none(),
                months: Vec::new(),
            });
        }
        let Some(last) = years.last_mut() else { break };
        if last.months.last().is_none_or(|last| last.heading != month) {
            last.months.push(Month { heading: month, items: Vec::new() });
        }
        if let Some(month) = last.months.last_mut() {
            month.items.push(Listed {
                item: show.item(incident, SHOWN_CLAIMS),
                snippets: filter.q.as_ref().map_or_else(Vec::new, |q| snippets(incident, q, show)),
            });
        }
    }
    years
}

fn headings(incident: &Incident, show: &Show) -> (Option<String>, Option<String>) {
    let m = show.words.messages();
    match (incident.date.start(), incident.date.precision()) {
        (None, _) => (Some(m.text("undated-heading")), None),
        (Some(day), DatePrecision::Year) => {
            (Some(day.year().to_string()), Some(m.text("month-unknown")))
        }
        (Some(day), _) => (Some(day.year().to_string()), Some(show.words.month_name(day.month()))),
    }
}
