//! The overview chart in lanes, one below the other on the same scales: one for each kind of
//! perpetrator, or for each region. An incident stands in every lane that it belongs to.

use super::Canvas;
use super::chart::{Chart, draw, together};
use crate::knowledge::actors::ActorKind;
use crate::model::filter::{Dimension, Filter, Lanes, RegionAs};
use crate::store::chart::Lane as Told;
use std::collections::{BTreeMap, BTreeSet};

/// Height of the panels of a lane, in pixels.
const HEIGHT: u64 = 34;

/// Labels below the axis that have room on a phone, where two panels stand side by side.
const LABELS: usize = 3;

/// Most actors that stand in the link of one lane: more make no address to share.
const LINKED: usize = 24;

/// One lane.
pub struct Lane {
    /// Name of the region or of the kind of actor.
    pub name: String,
    /// Slug of the kind of actor, for its sign; empty for a region.
    pub sign: &'static str,
    /// "12 incidents".
    pub numbers: String,
    /// These incidents; none where no filter asks for just them.
    pub href: Option<String>,
    /// On the scale of all lanes.
    pub chart: Chart,
}

/// The lanes.
pub struct LaneChart {
    /// Most incidents first; what belongs to none comes last.
    pub lanes: Vec<Lane>,
    /// Top of the scale of incidents.
    pub top_incidents: String,
    /// Top of the scale of deaths.
    pub top_killed: String,
    /// Whether anybody claims any deaths.
    pub any_killed: bool,
    /// Whether it goes by month.
    pub by_month: bool,
    /// What a lane is, and that lanes are not to be added up.
    pub note: String,
}

/// The chart of a view in lanes; none where nothing is dated. `actors` are those that the
/// view's incidents name as perpetrators.
pub fn build<'a>(
    told: &[Told],
    by: Lanes,
    actors: impl Iterator<Item = &'a str> + Clone,
    filter: &Filter,
    canvas: &Canvas,
) -> Option<LaneChart> {
    let mut told: Vec<_> = told.iter().collect();
    told.sort_by_key(|lane| {
        (lane.of.is_none(), std::cmp::Reverse(incidents(lane)), lane.of.clone())
    });
    let periods: Vec<_> = told.iter().map(|lane| lane.periods.as_slice()).collect();
    let (slots, scale) = together(&periods, HEIGHT, LABELS)?;
    let m = canvas.words.messages();
    let lanes: Vec<_> = told
        .iter()
        .zip(&slots)
        .map(|(lane, slots)| {
            let narrowed = narrowed(lane.of.as_deref(), by, actors.clone(), filter, canvas);
            let count = [("count", incidents(lane).into())];
            let (name, sign) = name(lane.of.as_deref(), by, canvas);
            Lane {
                name,
                sign,
                numbers: m.text_with("count-incidents", &count),
                href: narrowed.as_ref().and_then(|filter| canvas.links.list(filter)),
                chart: draw(slots, &scale, narrowed.as_ref(), canvas),
            }
        })
        .collect();
    Some(LaneChart {
        any_killed: lanes.iter().any(|lane| lane.chart.any_killed),
        lanes,
        top_incidents: m.number(scale.top_incidents),
        top_killed: m.number(scale.top_killed),
        by_month: scale.by_month,
        note: m.text(match (by, filter.region_as) {
            (Lanes::Perpetrator, _) => "lanes-note-perpetrator",
            (Lanes::Region, RegionAs::Then) => "lanes-note-region-then",
            (Lanes::Region, _) => "lanes-note-region-now",
        }),
    })
}

/// In which lane each known actor stands, for the store.
pub fn of_actors(canvas: &Canvas) -> BTreeMap<String, &'static str> {
    let actors = canvas.words.known().actors.iter();
    actors.map(|actor| (actor.slug.clone(), actor.kind.as_str())).collect()
}

fn incidents(lane: &Told) -> u64 {
    lane.periods.iter().map(|p| p.incidents).sum::<u64>() + lane.undated
}

fn name(lane: Option<&str>, by: Lanes, canvas: &Canvas) -> (String, &'static str) {
    let m = canvas.words.messages();
    match (lane, by) {
        (None, _) => (m.text(&format!("lanes-none-{}", by.as_str())), ""),
        (Some(region), Lanes::Region) => (canvas.words.region(region), ""),
        (Some(kind), Lanes::Perpetrator) => {
            let kind = ActorKind::ALL.into_iter().find(|k| k.as_str() == kind);
            let kind = kind.unwrap_or(ActorKind::Unknown).as_str();
            (m.text(&format!("actor-kind-{kind}")), kind)
        }
    }
}

/// The filter that lists exactly the incidents of a lane; none where there is no such filter.
fn narrowed<'a>(
    lane: Option<&str>,
    by: Lanes,
    actors: impl Iterator<Item = &'a str>,
    filter: &Filter,
    canvas: &Canvas,
) -> Option<Filter> {
    let lane = lane?;
    match by {
        Lanes::Region => {
            let chosen = filter.chosen.get(&Dimension::Region);
            if chosen.is_some_and(|chosen| !chosen.contains(lane)) {
                return None;
            }
            let region_as = match filter.region_as {
                RegionAs::Then => RegionAs::Then,
                RegionAs::Either | RegionAs::Now => RegionAs::Now,
            };
            Some(chosen_only(filter, Dimension::Region, [lane.to_owned()], region_as))
        }
        Lanes::Perpetrator if filter.chosen.contains_key(&Dimension::Perpetrator) => None,
        Lanes::Perpetrator => {
            let known = &canvas.words.known().actors;
            let kind = |slug: &str| known.get(slug).map_or(ActorKind::Unknown, |a| a.kind).as_str();
            let of_lane: Vec<_> =
                actors.filter(|slug| kind(slug) == lane).map(str::to_owned).collect();
            let linked = (1..=LINKED).contains(&of_lane.len());
            let filter = || chosen_only(filter, Dimension::Perpetrator, of_lane, filter.region_as);
            linked.then(filter)
        }
    }
}

fn chosen_only(
    filter: &Filter,
    dimension: Dimension,
    values: impl IntoIterator<Item = String>,
    region_as: RegionAs,
) -> Filter {
    let mut filter = Filter { region_as, ..filter.clone() };
    filter.chosen.insert(dimension, BTreeSet::from_iter(values));
    filter
}
