//! All actors, all places, all victim groups that have a page.

use super::{html, json as answer};
use crate::knowledge::actors::ActorKind;
use crate::model::filter::{Dimension, Filter};
use crate::model::slug::fold;
use crate::store::incident::Counted;
use crate::store::place::{PlaceCount, list as places};
use crate::store::selection::Selection;
use crate::store::value;
use crate::web::App;
use crate::web::error::PageError;
use crate::web::filters::{Branch, in_tree};
use crate::web::frame::{Frame, Section};
use crate::web::item::Show;
use crate::web::visit::Visit;
use crate::wording::Words;
use askama::Template;
use axum::extract::State;
use axum::response::Response;
use serde_json::json;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

/// Places of a region that are listed; the map of the region has them all.
const LISTED: usize = 30;

/// One of them.
pub struct Entry {
    /// Its slug.
    pub slug: String,
    /// Its name.
    pub name: String,
    /// Its page.
    pub href: String,
    /// Slug of the kind of actor, for its sign; empty for other things.
    pub sign: &'static str,
    /// How deep in its tree: 0, 1 or 2.
    pub depth: usize,
    /// Incidents.
    pub count: u64,
    /// "3 incidents".
    pub incidents: String,
    /// These incidents on the timeline; none without any.
    pub timeline: Option<String>,
}

/// Entries of one kind of actor or one region.
pub struct Group {
    /// Its name; empty where there is only one group.
    pub heading: String,
    /// Most incidents first, parts below their whole.
    pub entries: Vec<Entry>,
    /// Where the others are, and how many; none where all are listed.
    pub more: Option<(String, String)>,
}

/// The page.
#[derive(Template)]
#[template(path = "subjects.html")]
pub struct Subjects {
    frame: Frame,
    title: String,
    /// What is counted.
    meaning: String,
    groups: Vec<Group>,
    /// Known to the program, and told by no source.
    silent: Vec<Entry>,
    /// "Known to the program, named by no source as perpetrator".
    silence: String,
}

/// What a page is made of.
struct Found {
    groups: Vec<Group>,
    silent: Vec<Entry>,
}

/// `GET /actors` and `/actors.json`
pub async fn actors(State(app): State<App>, visit: Visit) -> Result<Response, PageError> {
    list(&app, &visit, Dimension::Perpetrator).await
}

/// `GET /places` and `/places.json`
pub async fn all_places(State(app): State<App>, visit: Visit) -> Result<Response, PageError> {
    list(&app, &visit, Dimension::Place).await
}

/// `GET /victims` and `/victims.json`
pub async fn victims(State(app): State<App>, visit: Visit) -> Result<Response, PageError> {
    list(&app, &visit, Dimension::Victim).await
}

async fn list(app: &App, visit: &Visit, dimension: Dimension) -> Result<Response, PageError> {
    visit.only(&[])?;
    let words = Words::new(visit.lang, app.known());
    let show = Show { words, urls: visit.urls, known: app.known() };
    let found = match dimension {
        Dimension::Place => {
            let told = app.read(|db| places(db, &Filter::default())).await?;
            Found { groups: by_region(&told, &show), silent: Vec::new() }
        }
        _ => {
            let (counts, named) = app
                .view(move |db| {
                    let counts = Selection::of(db, &Filter::default())?.facets()?;
                    Ok((counts, value::list(db, dimension)?))
                })
                .await?;
            let counts = counts.get(&dimension).cloned().unwrap_or_default();
            counted(dimension, &counts, named, &show)
        }
    };
    if visit.path.ends_with(".json") {
        return answer(&as_data(dimension, &found));
    }
    Ok(html(&build(visit, dimension, found, &show)))
}

fn as_data(dimension: Dimension, found: &Found) -> serde_json::Value {
    let entries = found.groups.iter().flat_map(|g| &g.entries).chain(&found.silent);
    let entries: Vec<_> =
        entries.map(|e| json!({ "slug": e.slug, "name": e.name, "incidents": e.count })).collect();
    json!({ "of": dimension.as_str(), "subjects": entries })
}

fn build(visit: &Visit, dimension: Dimension, found: Found, show: &Show) -> Subjects {
    let m = show.words.messages();
    let key = dimension.as_str();
    let title = m.text(&format!("nav-{key}"));
    let json = visit.urls.subjects_json(dimension);
    Subjects {
        frame: Frame::new(visit, Section::of(dimension), title.clone(), json),
        title,
        meaning: m.text(&format!("subjects-meaning-{key}")),
        groups: found.groups,
        silent: found.silent,
        silence: m.text(&format!("subjects-silent-{key}")),
    }
}

fn entry(dimension: Dimension, slug: &str, name: String, count: u64, show: &Show) -> Entry {
    let incidents = [("count", count.into())];
    Entry {
        href: show.urls.subject(dimension, slug).unwrap_or_default(),
        sign: match dimension {
            Dimension::Perpetrator => show.sign(slug),
            _ => "",
        },
        name,
        depth: 0,
        count,
        incidents: show.words.messages().text_with("count-incidents", &incidents),
        timeline: (count > 0).then(|| show.urls.timeline(&Filter::of(dimension, slug))),
        slug: slug.to_owned(),
    }
}

/// Actors by kind, or victim groups; each below its whole.
fn counted(dimension: Dimension, counts: &Counted, named: Vec<String>, show: &Show) -> Found {
    let count = |slug: &str| counts.get(slug);
    let known: Vec<String> = match dimension {
        Dimension::Perpetrator => show.known.actors.iter().map(|a| a.slug.clone()).collect(),
        _ => show.known.victims.iter().map(|g| g.slug.clone()).collect(),
    };
    let all: BTreeSet<String> = known.into_iter().chain(named).collect();
    let (told, silent): (Vec<_>, Vec<_>) = all.into_iter().partition(|slug| count(slug) > 0);
    let make = |slug: &str| {
        let name = show.words.value(dimension, slug, &BTreeMap::new());
        entry(dimension, slug, name, count(slug), show)
    };
    // Sorted, as `all` was.
    let tree = |heading: String, slugs: Vec<&str>| {
        let listed = slugs.into_iter().map(|slug| (slug, count(slug))).collect();
        let branches = in_tree(dimension, listed, usize::MAX, show).into_iter();
        let entry = |branch: Branch| Entry { depth: branch.depth.min(2), ..make(branch.slug) };
        Group { heading, entries: branches.map(entry).collect(), more: None }
    };
    let groups = match dimension {
        Dimension::Perpetrator => ActorKind::ALL
            .iter()
            .map(|kind| {
                let of_kind = told.iter().filter(|slug| show.sign(slug) == kind.as_str());
                let of_kind = of_kind.map(String::as_str).collect();
                let heading = format!("actor-kind-{}", kind.as_str());
                tree(show.words.messages().text(&heading), of_kind)
            })
            .collect(),
        _ => vec![tree(String::new(), told.iter().map(String::as_str).collect())],
    };
    let mut silent: Vec<_> = silent.iter().map(|slug| make(slug)).collect();
    silent.sort_by_key(|entry| fold(&entry.name));
    Found { groups: groups.into_iter().filter(|g| !g.entries.is_empty()).collect(), silent }
}

/// The places of one region.
struct Region<'a> {
    heading: String,
    /// None abroad, and where it is not known.
    slug: Option<&'a str>,
    places: Vec<&'a PlaceCount>,
}

/// Places by their region of today, by name; then those abroad, and those of which no region
/// is known.
fn by_region(told: &[PlaceCount], show: &Show) -> Vec<Group> {
    let m = show.words.messages();
    let mut regions: BTreeMap<(u8, String), Region> = BTreeMap::new();
    for place in told {
        let (rank, heading) = match (&place.region, &place.country) {
            (Some(region), _) => (0, show.words.region(region)),
            (None, Some(country)) => (1, show.words.country(country)),
            (None, None) => (2, m.text("subjects-no-region")),
        };
        let region = regions.entry((rank, fold(&heading))).or_insert_with(|| Region {
            heading,
            slug: place.region.as_deref(),
            places: Vec::new(),
        });
        region.places.push(place);
    }
    let group = |Region { heading, slug: region, places: mut of_region }: Region| {
        of_region.sort_by_key(|p| (Reverse(p.incidents), p.key.as_str()));
        let rest = of_region.len().saturating_sub(LISTED);
        let map = match region {
            Some(region) => Filter::of(Dimension::Region, region),
            None => Filter::default(),
        };
        let more = [("count", rest.into())];
        let entries = of_region.iter().take(LISTED).map(|place| {
            let name = crate::drawing::map::name_of(place, &show.canvas());
            entry(Dimension::Place, &place.key, name, place.incidents, show)
        });
        Group {
            heading,
            entries: entries.collect(),
            more: (rest > 0).then(|| (show.urls.map(&map), m.text_with("subjects-more", &more))),
        }
    };
    regions.into_values().map(group).collect()
}
