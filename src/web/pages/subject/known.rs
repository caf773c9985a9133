//! What the program knows of an actor, a place or a victim group: names in both languages,
//! years, what it is part of, regions then and now, codes. Lines without a value are left out.

use crate::knowledge::actors::Actor;
use crate::knowledge::gazetteer::GazetteerPlace;
use crate::knowledge::victims::VictimGroup;
use crate::model::filter::{Dimension, Filter};
use crate::model::incident::{CERCLE, REGION};
use crate::model::source::Lang;
use crate::web::item::Show;
use crate::web::pages::codes;
use std::collections::BTreeMap;

/// Names and other values that are shown at once; the rest on demand.
const SHOWN: usize = 8;

/// Words, perhaps with a link.
pub struct Link {
    /// The words.
    pub text: String,
    /// Where they lead.
    pub href: Option<String>,
}

/// Something that is known.
pub struct Known {
    /// What it is.
    pub label: String,
    /// Its values.
    pub values: Vec<Link>,
    /// More of them, on demand.
    pub more: Vec<Link>,
}

/// All that is known of it.
pub fn known(dimension: Dimension, slug: &str, show: &Show) -> Vec<Known> {
    let mut facts = Facts { show, lines: Vec::new() };
    match dimension {
        Dimension::Perpetrator => {
            if let Some(actor) = show.known.actors.get(slug) {
                of_actor(actor, &mut facts);
            }
        }
        Dimension::Place => match show.known.gazetteer.get(slug) {
            Some(place) => of_place(place, &mut facts),
            None => of_area(slug, &mut facts),
        },
        _ => {
            if let Some(group) = show.known.victims.get(slug) {
                of_victims(group, &mut facts);
            }
        }
    }
    facts.lines
}

/// Lines under construction; those without a value are left out.
struct Facts<'a, 'k> {
    show: &'a Show<'k>,
    lines: Vec<Known>,
}

impl Facts<'_, '_> {
    fn links(&mut self, key: &str, values: impl IntoIterator<Item = Link>) {
        let mut values: Vec<_> = values.into_iter().collect();
        if values.is_empty() {
            return;
        }
        // Nothing is folded away that would take as little room as the fold.
        let more = match values.len() > SHOWN + 2 {
            true => values.split_off(SHOWN),
            false => Vec::new(),
        };
        self.lines.push(Known { label: self.show.words.messages().text(key), values, more });
    }

    fn words(&mut self, key: &str, values: impl IntoIterator<Item = String>) {
        self.links(key, values.into_iter().map(|text| Link { text, href: None }));
    }

    fn other_name(&mut self, en: &str, fr: &str) {
        match self.show.words.lang() {
            Lang::En if fr != en => self.words("subject-in-french", [fr.to_owned()]),
            Lang::Fr if fr != en => self.words("subject-in-english", [en.to_owned()]),
            _ => {}
        }
    }

    fn subject(&self, dimension: Dimension, slug: &str) -> Link {
        Link {
            text: self.show.words.value(dimension, slug, &BTreeMap::new()),
            href: self.show.urls.subject(dimension, slug),
        }
    }
}

fn of_actor(actor: &Actor, facts: &mut Facts) {
    let m = facts.show.words.messages();
    let actors = &facts.show.known.actors;
    let link = |facts: &Facts, slug: &str| facts.subject(Dimension::Perpetrator, slug);
    let kind = m.text(&format!("actor-kind-{}", facts.show.sign(&actor.slug)));
    facts.words("subject-kind", [kind]);
    facts.other_name(&actor.name, actor.fr.as_deref().unwrap_or(&actor.name));
    let year = |y: i16| y.to_string();
    facts.words(
        "subject-years",
        match (actor.from, actor.to) {
            (Some(from), Some(to)) => Some(format!("{from}–{to}")),
            (Some(from), None) => {
                Some(m.text_with("subject-since", &[("year", year(from).into())]))
            }
            (None, Some(to)) => Some(m.text_with("subject-until", &[("year", year(to).into())])),
            (None, None) => None,
        },
    );
    let whole = actor.parent.as_ref().map(|parent| {
        let mut whole = link(facts, parent);
        if let Some(since) = actor.parent_since {
            let since = m.text_with("subject-since", &[("year", year(since).into())]);
            whole.text = format!("{} ({since})", whole.text);
        }
        whole
    });
    facts.links("subject-part-of", whole);
    let parts = actors.iter().filter(|a| a.parent.as_ref() == Some(&actor.slug));
    let parts: Vec<_> = parts.map(|a| link(facts, &a.slug)).collect();
    facts.links("subject-parts", parts);
    let next = actor.successor.as_ref().map(|slug| link(facts, slug));
    facts.links("subject-continued", next);
    let before = actors.iter().filter(|a| a.successor.as_ref() == Some(&actor.slug));
    let before: Vec<_> = before.map(|a| link(facts, &a.slug)).collect();
    facts.links("subject-continues", before);
    facts.words("subject-aliases", actor.aliases.iter().cloned());
}

fn of_place(place: &GazetteerPlace, facts: &mut Facts) {
    let m = facts.show.words.messages();
    facts.words("subject-cercle", (!place.cercle.is_empty()).then(|| place.cercle.clone()));
    if let Some(history) = &place.regions {
        let urls = facts.show.urls;
        let region = |slug: &String| Link {
            text: facts.show.words.region(slug),
            href: Some(urls.timeline(&Filter::of(Dimension::Region, slug))),
        };
        let stages = [&history.before_2016, &history.from_2016, &history.from_2023];
        if stages.iter().all(|s| *s == stages[0]) {
            let line = [region(stages[0])];
            facts.links("filter-region", line);
        } else {
            let keys = ["subject-before-2016", "subject-from-2016", "subject-from-2023"];
            for (key, stage) in keys.into_iter().zip(stages) {
                let line = [region(stage)];
                facts.links(key, line);
            }
        }
    }
    facts.words(
        "subject-country",
        place.country.iter().map(|c| facts.show.words.country(c)).collect::<Vec<_>>(),
    );
    if let (Some(lat), Some(lon)) = (place.lat, place.lon) {
        let half = |degrees: f64, positive: &str, negative: &str| {
            let side = if degrees < 0.0 { negative } else { positive };
            let number = format!("{:.2}", degrees.abs());
            let number = if m.lang() == Lang::Fr { number.replace('.', ",") } else { number };
            format!("{number}° {}", m.text(side))
        };
        let lat = half(lat, "compass-north", "compass-south");
        let lon = half(lon, "compass-east", "compass-west");
        facts.words("subject-coordinates", [format!("{lat}, {lon}")]);
    }
    facts.words("subject-aliases", place.aliases.iter().cloned());
    if let Some(history) = &place.regions {
        facts.words("subject-codes", codes::named(&history.from_2023, facts.show));
    }
}

/// A cercle or region named as such.
fn of_area(key: &str, facts: &mut Facts) {
    let show = facts.show;
    if let Some(region) = key.strip_suffix(REGION) {
        let text = show.words.region(region);
        let href = Some(show.urls.timeline(&Filter::of(Dimension::Region, region)));
        facts.links("subject-whole-region", [Link { text, href }]);
        if let Some(known) = show.known.regions.get(region) {
            facts.other_name(&known.en, &known.fr);
            facts.words("subject-aliases", known.aliases.iter().cloned());
        }
        facts.words("subject-codes", codes::of_region(region, show));
    } else if let Some(cercle) = key.strip_suffix(CERCLE)
        && show.known.gazetteer.get(cercle).is_some()
    {
        let town = [facts.subject(Dimension::Place, cercle)];
        facts.links("subject-town", town);
        facts.words("subject-codes", codes::of_cercle(cercle, show));
    }
}

fn of_victims(group: &VictimGroup, facts: &mut Facts) {
    let victims = &facts.show.known.victims;
    facts.other_name(&group.en, &group.fr);
    let whole = group.parent.as_ref().map(|slug| facts.subject(Dimension::Victim, slug));
    facts.links("subject-part-of", whole);
    let parts = victims.iter().filter(|g| g.parent.as_ref() == Some(&group.slug));
    let parts: Vec<_> = parts.map(|g| facts.subject(Dimension::Victim, &g.slug)).collect();
    facts.links("subject-parts", parts);
    facts.words("subject-terms", group.terms.iter().cloned());
}
