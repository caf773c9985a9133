//! When two words name the same thing: actors, speakers, places, regions, victims. What the
//! program knows decides, so that no table of names has to be kept here.

use super::gold::Place;
use mali_timeline::knowledge::Knowledge;
use mali_timeline::knowledge::actors::{Actor, ActorKind};
use mali_timeline::model::slug::fold;
use std::collections::BTreeSet;

/// Compares names.
pub struct Same<'k>(pub &'k Knowledge);

const ARTICLES: [&str; 4] = ["the ", "suspected ", "alleged ", "a "];

/// Words that say nothing of who or where it is.
const EMPTY: [&str; 24] = [
    "the", "a", "an", "of", "in", "and", "near", "de", "du", "des", "la", "le", "les", "l", "d",
    "un", "une", "region", "cercle", "village", "town", "city", "commune", "camp",
];

impl<'k> Same<'k> {
    fn actor(&self, name: &str) -> Option<&'k Actor> {
        let actors = &self.0.actors;
        let bare = ARTICLES.iter().fold(name, |name, a| name.strip_prefix(a).unwrap_or(name));
        let short = |name| actors.named_short(name).first().copied();
        actors
            .named(bare)
            .or_else(|| short(name))
            .or_else(|| short(bare))
            .or_else(|| self.actor_inside(bare))
            .or_else(|| short(bare.split_once("'s ")?.0))
    }

    /// The known actor that the longest run of the words names: "spokesman of the CSP-DPA".
    fn actor_inside(&self, name: &str) -> Option<&'k Actor> {
        let words = name.split_whitespace().collect::<Vec<_>>();
        (1..words.len()).rev().find_map(|n| {
            words.windows(n).find_map(|run| self.0.actors.named(run.join(" ").trim_matches(',')))
        })
    }

    /// One word for all names of a perpetrator: arms of one force are that force, a
    /// government its forces, a renamed group its later name.
    pub fn perpetrator(&self, name: &str) -> String {
        let Some(actor) = self.actor(name) else {
            return fold(name);
        };
        let forces = actor.forces.as_deref().unwrap_or(&actor.slug);
        let mut at = self.0.actors.get(forces).unwrap_or(actor);
        while let Some(whole) = at.parent.as_deref().and_then(|p| self.0.actors.get(p)) {
            let renamed = at.successor == at.parent;
            let arm = at.kind == whole.kind
                && matches!(at.kind, ActorKind::StateForces | ActorKind::ForeignForces);
            if !renamed && !arm {
                break;
            }
            at = whole;
        }
        at.slug.clone()
    }

    /// Whether two names are of the same speaker: one state's authorities, one organisation
    /// and its parts, or the one name within the other.
    pub fn speaker(&self, a: Option<&str>, b: Option<&str>) -> bool {
        let (Some(a), Some(b)) = (a, b) else {
            return a.is_none() && b.is_none();
        };
        if let (Some(x), Some(y)) = (self.actor(a), self.actor(b))
            && self.one_voice(x, y)
        {
            return true;
        }
        let (a, b) = (words(a), words(b));
        !a.is_empty() && !b.is_empty() && (a.is_subset(&b) || b.is_subset(&a))
    }

    fn one_voice(&self, x: &Actor, y: &Actor) -> bool {
        use ActorKind::{ForeignForces, Speaker, StateForces, UnitedNations};
        let state = |a: &Actor| match a.kind {
            StateForces | ForeignForces | Speaker => a.country.clone(),
            _ => None,
        };
        if x.kind == UnitedNations && y.kind == UnitedNations {
            return true;
        }
        let part = |a: &Actor, b: &Actor| self.0.actors.with_wholes(&a.slug).contains(&&*b.slug);
        (state(x).is_some() && state(x) == state(y)) || part(x, y) || part(y, x)
    }

    /// One word for all names of a victim group: communities by name, others coarsely.
    pub fn victim(&self, name: &str) -> String {
        let groups = &self.0.victims;
        let folded = fold(name);
        let by_name = || groups.iter().find(|g| fold(&g.en) == folded);
        let Some(group) = groups.named(name).or_else(by_name) else {
            return folded;
        };
        if group.community {
            let wholes = groups.with_wholes(&group.slug);
            let widest =
                wholes.into_iter().rfind(|slug| groups.get(slug).is_some_and(|g| g.community));
            return widest.unwrap_or(&group.slug).to_owned();
        }
        if group.counts_as.is_part_of_another() {
            return "civilians".to_owned();
        }
        group.counts_as.as_str().to_owned()
    }

    /// The region as it was from 2016 to 2023, so that old and new names compare.
    pub fn region(&self, name: &str) -> String {
        let regions = &self.0.regions;
        let Some(region) = regions.get(name) else {
            return fold(name);
        };
        let lies_in = |c: &&mali_timeline::knowledge::regions::Cercle| {
            fold(&c.region_2023) == fold(&region.fr)
        };
        match regions.cercles().iter().find(lies_in) {
            Some(c) if region.since.is_some() => {
                regions.history_of(&c.region_pre2012, &c.cercle_pre2012, &c.region_2023).from_2016
            }
            _ => region.slug.clone(),
        }
    }

    /// Whether one of the first places is one of the second by name.
    pub fn places(&self, a: &[Place], b: &[Place]) -> bool {
        let names = |places: &[Place]| {
            let ids = |p: &Place| {
                let bare = words(&p.name).into_iter().collect::<Vec<_>>().join(" ");
                let known = self.0.gazetteer.named(&p.name);
                let slugs = known.into_iter().map(|g| g.slug.clone());
                slugs.chain([bare]).collect::<Vec<_>>()
            };
            places.iter().flat_map(ids).collect::<BTreeSet<_>>()
        };
        !names(a).is_disjoint(&names(b))
    }
}

/// The words of a name, without plural, accents and words that say nothing.
fn words(name: &str) -> BTreeSet<String> {
    let singular = |word: &str| match word.strip_suffix("aux") {
        Some(stem) => format!("{stem}al"),
        None => word.trim_end_matches('s').to_owned(),
    };
    let name = name.replace(['’', '\''], " ");
    fold(&name)
        .split(' ')
        .filter(|word| !word.is_empty() && !EMPTY.contains(word))
        .map(singular)
        .collect()
}

#[cfg(test)]
mod tests {
    #[test]
    fn names() {
        use super::*;
        let known = Knowledge::embedded();
        let same = Same(&known);
        for (a, b, expected) in [
            ("Malian army", "the government", true),
            ("Malian Armed Forces", "French army", false),
            ("MINUSMA", "the UN", true),
            ("Katiba Macina", "JNIM", true),
            ("JNIM", "Islamic State", false),
            ("Moulaye Guindo", "Moulaye Guindo, mayor of Bankass", true),
            ("local officials", "a local official", true),
            ("élus locaux", "élu local", true),
            ("a spokesman of the CSP-DPA", "CSP-DPA", true),
            ("army's information service", "Malian army", true),
            ("residents", "local officials", false),
            ("a diplomat in northern Mali", "Malian army", false),
        ] {
            assert_eq!(same.speaker(Some(a), Some(b)), expected, "{a} | {b}");
        }
        assert!(same.speaker(None, None) && !same.speaker(Some("JNIM"), None));
        for (name, expected) in [
            ("ISGS", "is-sahel"),
            ("Mali's army", "malian-armed-forces"),
            ("the Malian government", "malian-armed-forces"),
            ("Dozos", "dozo-hunters"),
            ("Front for the Liberation of Azawad", "fla"),
            ("Katiba Macina", "katiba-macina"),
        ] {
            assert_eq!(same.perpetrator(name), expected, "{name}");
        }
        for (name, expected) in
            [("Bandiagara", "mopti"), ("Ménaka", "menaka"), ("Timbuktu", "tombouctou")]
        {
            assert_eq!(same.region(name), expected);
        }
        for (name, expected) in [
            ("children", "civilians"),
            ("Fulani", "fulani"),
            ("Daoussahak", "tuareg"),
            ("soldiers", "soldiers"),
        ] {
            assert_eq!(same.victim(name), expected);
        }
    }
}
