//! Two filters side by side, on one scale.

use super::timeline::checked;
use super::{html, json as answer};
use crate::drawing::chart::{self, Chart};
use crate::model::filter::{Dimension, Filter, Lanes};
use crate::store::chart::Period;
use crate::store::incident::{Counted, Overview};
use crate::store::selection::Selection;
use crate::store::source::titles;
use crate::web::App;
use crate::web::error::PageError;
use crate::web::filters::Counts;
use crate::web::frame::{Frame, Section};
use crate::web::item::Show;
use crate::web::visit::{Visit, filter_keys};
use crate::wording::Words;
use askama::Template;
use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};

/// What the parameters of each side begin with.
pub const SIDES: [&str; 2] = ["a.", "b."];

/// Dimensions that are chosen in the form.
const CHOSEN: [Dimension; 4] =
    [Dimension::Region, Dimension::Perpetrator, Dimension::Victim, Dimension::Type];

/// Dimensions that are compared.
const COMPARED: [Dimension; 5] = [
    Dimension::Type,
    Dimension::Stance,
    Dimension::Perpetrator,
    Dimension::Victim,
    Dimension::Region,
];

/// Values of a dimension that are compared.
const COUNTED: usize = 8;

/// A value that can be chosen.
pub struct Choice {
    /// Its slug.
    pub value: String,
    /// Its name.
    pub text: String,
    /// Whether it is chosen.
    pub chosen: bool,
}

/// A dimension in the form.
pub struct Field {
    /// Name of the parameter.
    pub name: String,
    /// Its label.
    pub label: String,
    /// Its values.
    pub choices: Vec<Choice>,
}

/// One of the two.
pub struct Side {
    /// "a." or "b.".
    pub prefix: &'static str,
    /// "A" or "B".
    pub letter: &'static str,
    /// The filter as a sentence.
    pub sentence: String,
    /// What it covers.
    pub numbers: String,
    /// Its timeline.
    pub href: String,
    /// On the scale of both.
    pub chart: Option<Chart>,
    /// What can be chosen.
    pub fields: Vec<Field>,
    /// Value of `from`.
    pub from: String,
    /// Value of `to`.
    pub to: String,
    /// What else is chosen: name and value.
    pub hidden: Vec<(String, String)>,
}

/// One number of a row.
pub struct Cell {
    /// The number.
    pub count: String,
    /// These incidents; none where there are none.
    pub href: Option<String>,
    /// Length of its bar, in percent of the longest of the table.
    pub share: String,
}

/// One value.
pub struct Row {
    /// Its name.
    pub text: String,
    /// Of A and of B.
    pub cells: Vec<Cell>,
}

/// One dimension.
pub struct Table {
    /// Slug.
    pub key: &'static str,
    /// Its label.
    pub label: String,
    /// Most incidents first.
    pub rows: Vec<Row>,
}

/// The page.
#[derive(Template)]
#[template(path = "compare.html")]
pub struct Compare {
    frame: Frame,
    title: String,
    /// Language chosen in the address, for the form.
    lang: Option<&'static str>,
    sides: Vec<Side>,
    tables: Vec<Table>,
}

/// What one side is made of.
struct Content {
    overview: Overview,
    counts: Counts,
    periods: Vec<Period>,
}

/// Both sides, read at one moment.
struct Both {
    sides: [Content; 2],
    /// Counts over everything.
    all: Counts,
    titles: BTreeMap<String, String>,
}

/// `GET /compare`
pub async fn show(State(app): State<App>, visit: Visit) -> Result<Response, PageError> {
    let filters = asked(&app, &visit).await?;
    if visit.has_empty_fields() {
        let to = visit.urls.compare(&filters[0], &filters[1]);
        return Ok(Redirect::to(&to).into_response());
    }
    let both = read(&app, &filters).await?;
    let words = Words::new(visit.lang, app.known());
    let show = Show { words, urls: visit.urls, known: app.known() };
    Ok(html(&build(&visit, &filters, &both, &show)))
}

/// `GET /compare.json`
pub async fn json(State(app): State<App>, visit: Visit) -> Result<Response, PageError> {
    let filters = asked(&app, &visit).await?;
    let both = read(&app, &filters).await?;
    let words = Words::new(visit.lang, app.known());
    let side = |i: usize| -> Value {
        let (filter, content) = (&filters[i], &both.sides[i]);
        let counts = content.counts.iter().map(|(d, c)| (d.as_str(), c));
        json!({
            "filter": words.filter(filter, &both.titles),
            "incidents": content.overview.incidents,
            "sources": content.overview.sources,
            "claims": content.overview.claims,
            "counts": counts.collect::<BTreeMap<_, _>>(),
            "timeline": visit.urls.timeline_json(filter, None),
        })
    };
    answer(&json!({ "a": side(0), "b": side(1) }))
}

/// The filters of both sides; a side without parameters is everything.
async fn asked(app: &App, visit: &Visit) -> Result<[Filter; 2], PageError> {
    let mut filters = [Filter::default(), Filter::default()];
    let mut allowed = Vec::new();
    for prefix in SIDES {
        let keys = filter_keys().into_iter().filter(|k| !["sort", "after", Lanes::KEY].contains(k));
        allowed.extend(keys.map(|key| format!("{prefix}{key}")));
    }
    visit.only_of(&allowed)?;
    for (filter, prefix) in filters.iter_mut().zip(SIDES) {
        let of_side = |(key, value): &(String, String)| {
            Some((key.strip_prefix(prefix)?.to_owned(), value.clone()))
        };
        let pairs = visit.pairs.iter().filter_map(of_side).collect();
        *filter = checked(app, pairs).await.map_err(|error| match error {
            PageError::BadValue(mut bad) => {
                bad.key.insert_str(0, prefix);
                PageError::BadValue(bad)
            }
            other => other,
        })?;
    }
    Ok(filters)
}

async fn read(app: &App, filters: &[Filter; 2]) -> Result<Both, PageError> {
    let filters = filters.clone();
    app.view(move |db| {
        let side = |filter: &Filter| {
            let selection = Selection::of(db, filter)?;
            Ok::<_, crate::store::StoreError>(Content {
                overview: selection.overview()?,
                counts: selection.facets()?,
                periods: selection.periods()?,
            })
        };
        Ok(Both {
            sides: [side(&filters[0])?, side(&filters[1])?],
            all: Selection::of(db, &Filter::default())?.facets()?,
            titles: titles(db)?,
        })
    })
    .await
}

fn build(visit: &Visit, filters: &[Filter; 2], both: &Both, show: &Show) -> Compare {
    let m = show.words.messages();
    let [a, b] = &both.sides;
    let charts = chart::pair([&a.periods, &b.periods], [&filters[0], &filters[1]], &show.canvas());
    let sides: Vec<_> = charts
        .into_iter()
        .enumerate()
        .map(|(i, chart)| side(i, &filters[i], chart, both, show))
        .collect();
    let title = m.text_with(
        "compare-title",
        &[("a", sides[0].sentence.as_str().into()), ("b", sides[1].sentence.as_str().into())],
    );
    let json = visit.urls.compare_json(&filters[0], &filters[1]);
    Compare {
        frame: Frame::new(visit, Section::Timeline, title, Some(json)),
        title: m.text("compare"),
        lang: visit.urls.lang.map(|l| l.as_str()),
        sides,
        tables: COMPARED.iter().filter_map(|d| table(*d, filters, both, show)).collect(),
    }
}

fn side(i: usize, filter: &Filter, chart: Option<Chart>, both: &Both, show: &Show) -> Side {
    let prefix = SIDES[i];
    let m = show.words.messages();
    let o = &both.sides[i].overview;
    let numbers = [
        ("incidents", o.incidents.into()),
        ("sources", o.sources.into()),
        ("claims", o.claims.into()),
    ];
    let chosen = |d: &Dimension| filter.chosen.get(d).map_or(0, BTreeSet::len);
    // A list gives one value: where several are chosen they are carried along.
    let fields: Vec<_> = CHOSEN.into_iter().filter(|d| chosen(d) < 2).collect();
    let shown = |key: &str| {
        ["from", "to", "sort"].contains(&key) || fields.iter().any(|d| d.as_str() == key)
    };
    let hidden = filter.to_pairs().into_iter().filter(|(key, _)| !shown(key));
    let date =
        |d: Option<crate::model::date::PartialDate>| d.map_or(String::new(), |d| d.to_string());
    Side {
        prefix,
        letter: ["A", "B"][i],
        sentence: show.words.filter(filter, &both.titles),
        numbers: m.text_with("overview-numbers", &numbers),
        href: show.urls.timeline(filter),
        chart,
        hidden: hidden.map(|(key, value)| (format!("{prefix}{key}"), value)).collect(),
        from: date(filter.from),
        to: date(filter.to),
        fields: fields.iter().map(|d| field(*d, prefix, filter, both, show)).collect(),
    }
}

fn field(dimension: Dimension, prefix: &str, filter: &Filter, both: &Both, show: &Show) -> Field {
    let chosen = filter.chosen.get(&dimension);
    let told = both.all.get(&dimension).into_iter().flat_map(Counted::iter);
    let chosen_too = chosen.into_iter().flatten().map(String::as_str);
    let values: BTreeSet<&str> = told.map(|(value, _)| value).chain(chosen_too).collect();
    let mut choices: Vec<_> = values
        .into_iter()
        .map(|value| Choice {
            value: value.to_owned(),
            text: show.words.value(dimension, value, &both.titles),
            chosen: chosen.is_some_and(|c| c.contains(value)),
        })
        .collect();
    choices.sort_by(|x, y| x.text.cmp(&y.text));
    Field {
        name: format!("{prefix}{}", dimension.as_str()),
        label: show.words.dimension(dimension),
        choices,
    }
}

fn table(dimension: Dimension, filters: &[Filter; 2], both: &Both, show: &Show) -> Option<Table> {
    if filters.iter().any(|f| f.chosen.contains_key(&dimension)) {
        // What is chosen on a side says nothing of the values that are not.
        return None;
    }
    let m = show.words.messages();
    let count = |i: usize, value: &str| {
        both.sides[i].counts.get(&dimension).map_or(0, |counted| counted.get(value))
    };
    let counted = both.sides.iter().filter_map(|side| side.counts.get(&dimension));
    let values: BTreeSet<&str> = counted.flat_map(Counted::iter).map(|(value, _)| value).collect();
    let mut values: Vec<_> = values.into_iter().collect();
    values.sort_by_key(|v| (std::cmp::Reverse(count(0, v).max(count(1, v))), *v));
    values.truncate(COUNTED);
    let most = values.first().map(|v| count(0, v).max(count(1, v)))?;
    let rows = values.into_iter().map(|value| Row {
        text: show.words.value(dimension, value, &both.titles),
        cells: (0..2)
            .map(|i| {
                let n = count(i, value);
                Cell {
                    count: m.number(n),
                    href: (n > 0)
                        .then(|| show.urls.timeline(&filters[i].toggled(dimension, value))),
                    share: format!("{}%", n * 100 / most.max(1)),
                }
            })
            .collect(),
    });
    let rows = rows.collect();
    Some(Table { key: dimension.as_str(), label: show.words.dimension(dimension), rows })
}
