//! The filters beside the list: every choice a link, with a count that says what it gives.

use super::item::Show;
use super::urls::View;
use crate::model::filter::{Dimension, Filter, KilledBy, Lanes, RegionAs, Sort};
use crate::model::incident::{EventType, Stance, Status};
use crate::store::incident::Counted;
use std::borrow::Cow;
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// Values that are shown at once; the rest on demand.
const SHOWN: usize = 8;

/// Most values of a dimension that are listed; a search finds the others.
const LISTED: usize = 60;

/// Incidents by dimension and value, as the store counts them.
pub type Counts = BTreeMap<Dimension, Counted>;

/// A value that can be chosen.
pub struct Choice<'a> {
    /// Its name.
    pub text: Cow<'a, str>,
    /// Incidents that choosing it gives.
    pub count: String,
    /// The view with it chosen, or dropped when it is chosen.
    pub href: String,
    /// Whether it is chosen.
    pub chosen: bool,
    /// How deep in its tree: 0, 1 or 2.
    pub depth: usize,
    /// Slug of the kind of actor, for its sign; empty for other things.
    pub sign: &'static str,
}

/// One dimension.
pub struct Facet<'a> {
    /// Slug.
    pub key: &'static str,
    /// Its label.
    pub label: String,
    /// "Search in Place".
    pub find: String,
    /// Values with incidents, most first, parts below their whole.
    pub values: Vec<Choice<'a>>,
    /// More of them, on demand.
    pub more: Vec<Choice<'a>>,
    /// "and 12 more, to be found by name"; none when all are listed.
    pub rest: Option<String>,
    /// By which division regions are meant; empty for everything else.
    pub meant: Vec<Meant>,
    /// Names of values without any incident here.
    pub none: Vec<Cow<'a, str>>,
}

/// A way to mean a region.
pub struct Meant {
    /// "on the day".
    pub text: String,
    /// The view with regions meant so.
    pub href: String,
    /// Whether they are.
    pub chosen: bool,
}

/// Something active that can be removed.
pub struct Chip {
    /// "Region: Mopti".
    pub text: String,
    /// The view without it.
    pub href: String,
}

/// An order of the list.
pub struct Order {
    /// Value of `sort`.
    pub value: &'static str,
    /// Its name.
    pub text: String,
    /// Whether it is the present one.
    pub chosen: bool,
}

/// The form and the links.
pub struct Filters<'a> {
    /// Where the form leads.
    pub action: &'static str,
    /// Value of `killed`.
    pub killed: String,
    /// Which claim counts for `killed`.
    pub killed_by: Vec<Order>,
    /// The dimensions.
    pub facets: Vec<Facet<'a>>,
    /// What is active.
    pub chips: Vec<Chip>,
    /// Value of `q`.
    pub q: String,
    /// Value of `from`.
    pub from: String,
    /// Value of `to`.
    pub to: String,
    /// Orders of the list.
    pub orders: Vec<Order>,
    /// Choices that the form carries along: name and value.
    pub hidden: Vec<(&'static str, String)>,
    /// The view without any filter.
    pub clear: String,
}

/// The filters of a view.
pub fn build<'a>(
    filter: &'a Filter,
    counts: &'a Counts,
    titles: &'a BTreeMap<String, String>,
    show: &Show<'a>,
) -> Filters<'a> {
    let facets = Dimension::ALL
        .iter()
        .map(|&dimension| facet(dimension, filter, counts, titles, show))
        .collect();
    let mut hidden: Vec<_> = filter
        .to_pairs()
        .into_iter()
        .filter(|(key, _)| !["killed", "killed_by", "from", "to", "q", "sort"].contains(key))
        .collect();
    let lanes = show.urls.lanes.filter(|_| show.urls.view == View::List);
    hidden.extend(lanes.map(|lanes| (Lanes::KEY, lanes.as_str().to_owned())));
    hidden.extend(show.urls.kept());
    let date =
        |d: Option<crate::model::date::PartialDate>| d.map(|d| d.to_string()).unwrap_or_default();
    let m = show.words.messages();
    Filters {
        action: show.urls.view.path(),
        killed: filter.killed.map(|n| n.to_string()).unwrap_or_default(),
        killed_by: KilledBy::ALL
            .iter()
            .map(|&by| Order {
                value: by.as_str(),
                text: m.text(&format!("killed-by-{}", by.as_str())),
                chosen: by == filter.killed_by,
            })
            .collect(),
        facets,
        chips: chips(filter, titles, show),
        q: filter.q.clone().unwrap_or_default(),
        from: date(filter.from),
        to: date(filter.to),
        orders: Sort::ALL
            .iter()
            .map(|&sort| Order {
                value: sort.as_str(),
                text: m.text(&format!("sort-{}", sort.as_str())),
                chosen: sort == filter.sort,
            })
            .collect(),
        hidden,
        clear: show.urls.view(&Filter { sort: filter.sort, ..Filter::default() }),
    }
}

/// Each active filter, with the view that lacks it.
pub fn chips(filter: &Filter, titles: &BTreeMap<String, String>, show: &Show) -> Vec<Chip> {
    let m = show.words.messages();
    let mut chips = Vec::new();
    let mut chip = |label: String, value: String, without: &Filter| {
        chips.push(Chip {
            text: m.text_with("chip", &[("label", label.into()), ("value", value.into())]),
            href: show.urls.view(without),
        });
    };
    for (&dimension, values) in &filter.chosen {
        for value in values {
            chip(
                show.words.dimension(dimension),
                show.words.value(dimension, value, titles),
                &filter.toggled(dimension, value),
            );
        }
    }
    if let Some(killed) = filter.killed {
        let key = format!("chip-killed-{}", filter.killed_by.as_str());
        let value = m.text_with(&key, &[("count", killed.into())]);
        let without = Filter { killed: None, ..filter.clone() };
        chip(m.text("filter-killed"), value, &without);
    }
    for (from, key) in [(true, "filter-from"), (false, "filter-to")] {
        let mut without = filter.clone();
        let date = if from { without.from.take() } else { without.to.take() };
        if let Some(date) = date {
            chip(m.text(key), show.words.partial_date(date), &without);
        }
    }
    if let Some(q) = &filter.q {
        let without = Filter { q: None, ..filter.clone() };
        chip(m.text("filter-q"), q.clone(), &without);
    }
    chips
}

fn facet<'a>(
    dimension: Dimension,
    filter: &'a Filter,
    counts: &'a Counts,
    titles: &'a BTreeMap<String, String>,
    show: &Show<'a>,
) -> Facet<'a> {
    let counts = counts.get(&dimension);
    let chosen = filter.chosen.get(&dimension);
    let is_chosen = |slug: &str| chosen.is_some_and(|c| c.contains(slug));
    let mut listed: Vec<(&str, u64)> = counts.into_iter().flat_map(Counted::iter).collect();
    let without = chosen.into_iter().flatten().map(String::as_str);
    listed.extend(without.filter(|v| counts.is_none_or(|c| c.get(v) == 0)).map(|v| (v, 0)));
    listed.sort_unstable_by_key(|(slug, _)| *slug);
    let all = all_values(dimension, titles, show);
    let is_listed = |v: &str| listed.binary_search_by(|(other, _)| (**other).cmp(v)).is_ok();
    let name = |v: &'a str| show.words.value_name(dimension, v, titles);
    let mut none: Vec<_> = all.into_iter().filter(|v| !is_listed(v)).map(name).collect();
    none.sort();
    let of = listed.len();
    // Where nothing is chosen the first are enough.
    let enough = if chosen.is_some() { of } else { SHOWN + LISTED + 3 };
    let order = in_tree(dimension, listed, enough, show);
    // What is chosen stays in sight.
    let last_chosen = order.iter().rposition(|one| is_chosen(one.slug)).map_or(0, |i| i + 1);
    let mut keep = SHOWN.max(last_chosen);
    if of <= keep + 2 {
        keep = of;
    }
    let rest = of.saturating_sub(keep + LISTED);
    let m = show.words.messages();
    let toggles = show.urls.toggles(filter, dimension);
    let mut values: Vec<_> = order
        .iter()
        .take(keep + LISTED)
        .map(|&Branch { slug, count, depth }| Choice {
            text: name(slug),
            count: m.number(count),
            href: toggles.href(slug),
            chosen: is_chosen(slug),
            depth: depth.min(2),
            sign: match dimension {
                Dimension::Perpetrator => show.sign(slug),
                _ => "",
            },
        })
        .collect();
    let more = values.split_off(keep);
    let rest = (rest > 0).then(|| m.text_with("facet-rest", &[("count", rest.into())]));
    let meant = match dimension {
        Dimension::Region => meant(filter, show),
        _ => Vec::new(),
    };
    let key = dimension.as_str();
    let label = show.words.dimension(dimension);
    let find = m.text_with("facet-find", &[("label", label.as_str().into())]);
    Facet { key, label, find, values, more, rest, meant, none }
}

/// The ways to mean a region.
fn meant(filter: &Filter, show: &Show) -> Vec<Meant> {
    let m = show.words.messages();
    let all = RegionAs::ALL.iter().map(|&region_as| Meant {
        text: m.text(&format!("region-as-{}", region_as.as_str())),
        href: show.urls.view(&Filter { region_as, ..filter.clone() }),
        chosen: region_as == filter.region_as,
    });
    all.collect()
}

/// Every value that there could be.
fn all_values<'a>(
    dimension: Dimension,
    titles: &'a BTreeMap<String, String>,
    show: &Show<'a>,
) -> Vec<&'a str> {
    let known = show.known;
    match dimension {
        Dimension::Region => known.regions.iter().map(|r| r.slug.as_str()).collect(),
        Dimension::Perpetrator | Dimension::Place => Vec::new(),
        Dimension::Victim => known.victims.iter().map(|g| g.slug.as_str()).collect(),
        Dimension::Type => EventType::ALL.iter().map(|v| v.as_str()).collect(),
        Dimension::Source => titles.keys().map(String::as_str).collect(),
        Dimension::Stance => Stance::ALL.iter().map(|v| v.as_str()).collect(),
        Dimension::Status => Status::ALL.iter().map(|v| v.as_str()).collect(),
    }
}

/// A value in its tree.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Branch<'v> {
    pub slug: &'v str,
    /// Incidents.
    pub count: u64,
    /// How deep: 0 for what is part of nothing that is listed too.
    pub depth: usize,
}

/// The first `enough` of values, and perhaps more: most incidents first, parts below their whole
/// where that is listed too. What is listed is sorted.
pub(super) fn in_tree<'v>(
    dimension: Dimension,
    mut listed: Vec<(&'v str, u64)>,
    enough: usize,
    show: &Show,
) -> Vec<Branch<'v>> {
    let parent = |slug: &str| match dimension {
        Dimension::Perpetrator => show.known.actors.get(slug)?.parent.as_deref(),
        Dimension::Victim => show.known.victims.get(slug)?.parent.as_deref(),
        _ => None,
    };
    let order = |&(slug, count): &(&'v str, u64)| (Reverse(count), slug);
    if !matches!(dimension, Dimension::Perpetrator | Dimension::Victim) {
        if listed.len() > enough {
            listed.select_nth_unstable_by_key(enough, order);
            listed.truncate(enough);
        }
        listed.sort_unstable_by_key(order);
        return listed.into_iter().map(|(slug, count)| Branch { slug, count, depth: 0 }).collect();
    }
    let whole = |slug: &str| {
        let whole = parent(slug)?;
        listed.binary_search_by(|(other, _)| (**other).cmp(whole)).ok().map(|at| listed[at].0)
    };
    let mut children = BTreeMap::<Option<&'v str>, Vec<(&'v str, u64)>>::new();
    for one in &listed {
        children.entry(whole(one.0)).or_default().push(*one);
    }
    children.values_mut().for_each(|list| list.sort_unstable_by_key(order));
    let mut out = Vec::with_capacity(listed.len());
    let mut to_do: Vec<Branch> = Vec::new();
    let mut push = |to_do: &mut Vec<_>, of: Option<&'v str>, depth: usize| {
        let list = children.remove(&of).unwrap_or_default();
        to_do.extend(list.into_iter().rev().map(|(slug, count)| Branch { slug, count, depth }));
    };
    push(&mut to_do, None, 0);
    while let Some(branch) = to_do.pop() {
        out.push(branch);
        push(&mut to_do, Some(branch.slug), branch.depth + 1);
    }
    // Parts in a loop of the data file hang below nothing.
    let mut looped: Vec<_> = children.into_values().flatten().collect();
    looped.sort_unstable();
    out.extend(looped.into_iter().map(|(slug, count)| Branch { slug, count, depth: 0 }));
    out
}
