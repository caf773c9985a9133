//! The timeline: filters, overview, and the incidents by year and month.

use super::{json as answer, large_html};
use crate::drawing::chart::{self, Chart};
use crate::drawing::lanes::{self, LaneChart};
use crate::export::{Format, not_to_be_passed_on};
use crate::messages::Messages;
use crate::model::date::{DatePrecision, DateSpan};
use crate::model::filter::{Dimension, Filter, Lanes, Sort};
use crate::model::incident::Incident;
use crate::model::source::Lang;
use crate::query::{self, QueryError};
use crate::store::chart::{Lane, Period};
use crate::store::incident::{Counted, Listing, Overview, Page};
use crate::store::selection::Selection;
use crate::store::source::titles;
use crate::store::{Snapshot, StoreError};
use crate::web::App;
use crate::web::error::PageError;
use crate::web::filters::{self, Counts, Filters};
use crate::web::frame::{Frame, Section};
use crate::web::item::{Item, Show};
use crate::web::kept::Kept;
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
use std::sync::Arc;

/// Incidents on a page.
const PAGE_SIZE: usize = 50;

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
    /// The incidents as HTML, in the list's order.
    pub items: Vec<Arc<Drawn>>,
}

/// An incident of the list.
#[derive(Template)]
#[template(path = "item.html")]
struct Listed {
    /// Messages in the language of the page.
    m: &'static Messages,
    /// The incident.
    item: Item,
    /// Where the words searched for stand.
    snippets: Vec<Snippet>,
}

/// An incident of the list as HTML.
pub struct Drawn {
    date: DateSpan,
    html: String,
}

/// What an incident is drawn from: version of the content, key in the database, language, and
/// the language that stands in addresses.
type DrawnOf = (u64, i64, Lang, Option<Lang>);

/// Incidents of the list as they were drawn: many views have the same ones.
pub type Items = Kept<DrawnOf, Arc<Drawn>>;

/// An incident of a page.
enum Row {
    /// It was drawn before.
    Before(Arc<Drawn>),
    /// It is to be drawn, and may be kept under this.
    Now(Option<DrawnOf>, Box<Incident>),
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
pub struct Timeline<'a> {
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
    filters: Filters<'a>,
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
pub struct Content<T> {
    /// A page of incidents.
    pub listing: Listing<T>,
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
    let (items, lang) = (Arc::clone(app.items()), visit.lang);
    // Nothing but the language may be different in their words and links.
    let alike = filter.q.is_none() && urls == Urls { lang: urls.lang, ..Urls::default() };
    let of = move |version, key| alike.then_some((version, key, lang, urls.lang));
    let rows = move |db: &Snapshot, selection: &Selection, keys: &[i64]| {
        let of = |key| of(db.version(), key);
        rows(&items, of, keys, |keys| selection.load(keys))
    };
    let content = read(&app, &filter, after.clone(), &show, rows).await?;
    let drawn = content.listing.rows.iter().map(|row| draw(row, app.items(), &filter, &show));
    let drawn = drawn.collect::<Result<Vec<_>, _>>()?;
    large_html(&build(&visit, &filter, after.as_deref(), &content, &drawn, &show), &app)
}

/// `GET /timeline.json`
pub async fn json(State(app): State<App>, visit: Visit) -> Result<Response, PageError> {
    let filter = asked(&app, &visit).await?;
    let words = Words::new(visit.lang, app.known());
    let urls = Urls { lanes: visit.lanes()?, ..visit.urls };
    let show = Show { words, urls, known: app.known() };
    let load = |_: &Snapshot, selection: &Selection, keys: &[i64]| selection.load(keys);
    let content = read(&app, &filter, visit.after(), &show, load).await?;
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
    let asked = || pairs.iter().map(|(k, v)| (k.as_str(), v.as_str()));
    if let Some(filter) = query::filter_of_known(&known, asked()) {
        return Ok(filter?);
    }
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

/// The incidents of these keys, as far as they were not drawn before.
fn rows(
    items: &Items,
    of: impl Fn(i64) -> Option<DrawnOf>,
    keys: &[i64],
    load: impl Fn(&[i64]) -> Result<Vec<Incident>, StoreError>,
) -> Result<Vec<Row>, StoreError> {
    let before: Vec<_> = keys.iter().map(|key| items.get(&of(*key)?)).collect();
    let new = keys.iter().zip(&before).filter(|(_, before)| before.is_none());
    let new: Vec<i64> = new.map(|(key, _)| *key).collect();
    let loaded = load(&new)?;
    if loaded.len() < new.len() {
        // Nothing tells one of them: which one it is cannot be seen here.
        let all = load(keys)?.into_iter();
        return Ok(all.map(|incident| Row::Now(None, Box::new(incident))).collect());
    }
    let mut loaded = loaded.into_iter();
    let row = |(key, before): (&i64, Option<Arc<Drawn>>)| match before {
        Some(drawn) => Some(Row::Before(drawn)),
        None => loaded.next().map(|incident| Row::Now(of(*key), Box::new(incident))),
    };
    Ok(keys.iter().zip(before).filter_map(row).collect())
}

fn draw(row: &Row, items: &Items, filter: &Filter, show: &Show) -> Result<Arc<Drawn>, PageError> {
    let (of, incident) = match row {
        Row::Before(drawn) => return Ok(Arc::clone(drawn)),
        Row::Now(of, incident) => (of, incident),
    };
    let listed = Listed {
        m: show.words.messages(),
        item: show.item(incident, SHOWN_CLAIMS),
        snippets: filter.q.as_ref().map_or_else(Vec::new, |q| snippets(incident, q, show)),
    };
    let mut html = listed.render().map_err(PageError::internal)?;
    html.shrink_to_fit();
    let bytes = html.len() + size_of::<(DrawnOf, Drawn)>();
    let drawn = Arc::new(Drawn { date: incident.date, html });
    if let Some(of) = of {
        items.put(*of, Arc::clone(&drawn), bytes);
    }
    Ok(drawn)
}

async fn read<T: Send + 'static>(
    app: &App,
    filter: &Filter,
    after: Option<String>,
    show: &Show<'_>,
    rows: impl FnOnce(&Snapshot, &Selection, &[i64]) -> Result<Vec<T>, StoreError> + Send + 'static,
) -> Result<Content<T>, PageError> {
    let filter = filter.clone();
    let page = Page { after, size: PAGE_SIZE };
    let lanes = show.urls.lanes.map(|by| (by, lanes::of_actors(&show.canvas())));
    app.view(move |db| {
        let selection = Selection::of(db, &filter)?;
        let Listing { rows: keys, next, total } = selection.page(&page)?;
        let in_lanes = |(by, kinds): &(Lanes, BTreeMap<_, _>)| selection.lanes(*by, kinds);
        Ok(Content {
            lanes: lanes.as_ref().map(in_lanes).transpose()?.unwrap_or_default(),
            restricted: not_to_be_passed_on(db, &filter)?,
            listing: Listing { rows: rows(db, &selection, &keys)?, next, total },
            counts: selection.facets()?,
            overview: selection.overview()?,
            periods: selection.periods()?,
            titles: titles(db)?,
        })
    })
    .await
}

fn build<'a, T>(
    visit: &Visit,
    filter: &'a Filter,
    after: Option<&str>,
    content: &'a Content<T>,
    drawn: &[Arc<Drawn>],
    show: &Show<'a>,
) -> Timeline<'a> {
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
        years: years(drawn, filter, show),
        exports: Format::ALL.map(export).into(),
        restricted: restricted(&content.restricted, show),
        next: content.listing.next.as_deref().map(|next| urls.timeline_after(filter, next)),
        start: (!first).then(|| urls.timeline(filter)),
        map: urls.map(filter),
        compare: urls.compare(filter, &Filter::default()),
        about: urls.about(),
    }
}

fn in_lanes<T>(filter: &Filter, content: &Content<T>, show: &Show) -> Option<LaneChart> {
    let counts = content.counts.get(&Dimension::Perpetrator);
    let named = counts.into_iter().flat_map(Counted::iter);
    let actors = named.map(|(actor, _)| actor);
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
fn years(incidents: &[Arc<Drawn>], filter: &Filter, show: &Show) -> Vec<Year> {
    let mut years: Vec<Year> = Vec::new();
    for incident in incidents {
        let (year, month) = match filter.sort {
            Sort::Deadliest => (None, None),
            _ => headings(&incident.date, show),
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
            month.items.push(Arc::clone(incident));
        }
    }
    years
}

fn headings(date: &DateSpan, show: &Show) -> (Option<String>, Option<String>) {
    let m = show.words.messages();
    match (date.start(), date.precision()) {
        (None, _) => (Some(m.text("undated-heading")), None),
        (Some(day), DatePrecision::Year) => {
            (Some(day.year().to_string()), Some(m.text("month-unknown")))
        }
        (Some(day), _) => (Some(day.year().to_string()), Some(show.words.month_name(day.month()))),
    }
}
