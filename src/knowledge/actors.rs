//! The registry of actors: who fights, under which names, as part of whom, and when.

use super::files::{DataError, Files};
use crate::model::claim::CasualtyGroup;
use crate::model::slug::fold;
use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};
use std::str::FromStr;

/// What sort of actor.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ActorKind {
    /// The armed forces, police and authorities of Mali.
    StateForces,
    /// The armed forces of another country.
    ForeignForces,
    /// A private military company, or a state's paramilitary successor of one.
    PrivateMilitaryCompany,
    /// A jihadist group.
    Jihadist,
    /// A separatist or rebel movement.
    Separatist,
    /// A self-defence militia or pro-government movement.
    SelfDefenceMilitia,
    /// The United Nations.
    UnitedNations,
    /// A body that only speaks: an organisation, agency, government.
    Speaker,
    /// Not identified.
    Unknown,
}

impl ActorKind {
    /// Every kind, in the order of legends.
    pub const ALL: [Self; 9] = [
        Self::StateForces,
        Self::ForeignForces,
        Self::PrivateMilitaryCompany,
        Self::Jihadist,
        Self::Separatist,
        Self::SelfDefenceMilitia,
        Self::UnitedNations,
        Self::Speaker,
        Self::Unknown,
    ];

    /// An armed group that is no state's: jihadists, separatists, self-defence militias.
    pub fn is_armed_group(self) -> bool {
        matches!(self, Self::Jihadist | Self::Separatist | Self::SelfDefenceMilitia)
    }

    /// Forces of a state or of the United Nations, and private companies that fight for one.
    pub fn is_forces(self) -> bool {
        matches!(
            self,
            Self::StateForces
                | Self::ForeignForces
                | Self::PrivateMilitaryCompany
                | Self::UnitedNations
        )
    }

    /// Its word in message keys, style classes and addresses.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::StateForces => "state-forces",
            Self::ForeignForces => "foreign-forces",
            Self::PrivateMilitaryCompany => "private-military-company",
            Self::Jihadist => "jihadist",
            Self::Separatist => "separatist",
            Self::SelfDefenceMilitia => "self-defence-militia",
            Self::UnitedNations => "united-nations",
            Self::Speaker => "speaker",
            Self::Unknown => "unknown",
        }
    }
}

/// One actor.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Actor {
    /// Readable id, as in `perpetrator=jnim`.
    pub slug: String,
    /// Canonical name.
    pub name: String,
    /// Name in French, when it differs.
    pub fr: Option<String>,
    /// Other names, EN and FR, as they stand in texts. Matched on whole words, accents and
    /// case ignored, except names of up to four capitals ("IS", "FLA"), which must match case.
    #[serde(default)]
    pub aliases: Vec<String>,
    /// What sort.
    pub kind: ActorKind,
    /// Words that name it only where something else makes that clear: a list of
    /// belligerents, "(per Mali)", a full name that stood before. Several actors may share one.
    #[serde(default)]
    pub short: Vec<String>,
    /// Slug of the actor that it is part of.
    pub parent: Option<String>,
    /// First year of that membership, when the actor had a life before it.
    pub parent_since: Option<i16>,
    /// Slug of the actor that carries on under another name. Not a membership.
    pub successor: Option<String>,
    /// First year of activity under this name.
    pub from: Option<i16>,
    /// Last year of activity under this name, included.
    pub to: Option<i16>,
    /// The casualty group of its own dead and wounded ("soldiers", "militants" …).
    pub members: Option<String>,
    /// For a government: slug of the armed forces for which its name stands in "X attacked".
    pub forces: Option<String>,
    /// ISO 3166-1 alpha-2 code of the state to which it belongs.
    pub country: Option<String>,
}

#[derive(Deserialize)]
struct ActorFile {
    actor: Vec<Actor>,
}

/// Every known actor.
#[derive(Debug)]
pub struct Actors {
    actors: Vec<Actor>,
    by_slug: FxHashMap<String, usize>,
    by_name: FxHashMap<String, usize>,
    by_short: FxHashMap<String, Vec<usize>>,
}

impl Actors {
    /// Reads `actors.toml`.
    pub(super) fn load(files: &Files) -> Result<Self, DataError> {
        let file: ActorFile = files.toml("actors.toml")?;
        let error = |problem| DataError { name: "actors.toml".to_owned(), problem };
        let (mut by_slug, mut by_name) = (FxHashMap::default(), FxHashMap::default());
        for (i, a) in file.actor.iter().enumerate() {
            if by_slug.insert(a.slug.clone(), i).is_some() {
                return Err(error(format!("actor {:?} stands twice", a.slug)));
            }
            for name in [&a.name].into_iter().chain(&a.fr).chain(&a.aliases) {
                let other = *by_name.entry(fold(name)).or_insert(i);
                if other != i {
                    let slug = &file.actor[other].slug;
                    return Err(error(format!("{name:?} names both {slug} and {}", a.slug)));
                }
            }
        }
        let mut by_short = FxHashMap::<String, Vec<usize>>::default();
        for (i, a) in file.actor.iter().enumerate() {
            for other in [&a.parent, &a.successor, &a.forces].into_iter().flatten() {
                if !by_slug.contains_key(other) {
                    return Err(error(format!("{}: no actor {other:?}", a.slug)));
                }
            }
            if let Some(m) = &a.members
                && CasualtyGroup::from_str(m).is_err()
            {
                return Err(error(format!("{}: no casualty group {m:?}", a.slug)));
            }
            for word in &a.short {
                by_short.entry(fold(word)).or_default().push(i);
            }
        }
        Ok(Self { actors: file.actor, by_slug, by_name, by_short })
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.actors.is_empty()
    }

    /// Every actor, in the file's order.
    pub fn iter(&self) -> impl Iterator<Item = &Actor> {
        self.actors.iter()
    }

    /// The actor of this slug.
    pub fn get(&self, slug: &str) -> Option<&Actor> {
        self.by_slug.get(slug).map(|&i| &self.actors[i])
    }

    /// The actor of this name or alias, case and accents ignored.
    pub fn named(&self, name: &str) -> Option<&Actor> {
        self.by_name.get(&fold(name)).map(|&i| &self.actors[i])
    }

    /// The actors that this short form may mean where the context calls for an actor, in
    /// the file's order (forces before governments), case and accents ignored.
    pub fn named_short(&self, word: &str) -> Vec<&Actor> {
        let all = self.by_short.get(&fold(word)).map_or(&[][..], Vec::as_slice);
        all.iter().map(|&i| &self.actors[i]).collect()
    }

    /// The slug itself and those of its wholes today, nearest first. A loop in the file
    /// ends it.
    pub fn with_wholes<'a>(&'a self, slug: &'a str) -> Vec<&'a str> {
        self.wholes(slug, None)
    }

    /// As [`Actors::with_wholes`], in a given year: Ansar Dine is part of JNIM from 2017 on.
    pub fn with_wholes_in<'a>(&'a self, slug: &'a str, year: i16) -> Vec<&'a str> {
        self.wholes(slug, Some(year))
    }

    fn wholes<'a>(&'a self, slug: &'a str, year: Option<i16>) -> Vec<&'a str> {
        let mut out = vec![slug];
        let mut at = slug;
        while let Some(a) = self.get(at)
            && let Some(parent) = a.parent.as_deref()
        {
            let joined = match (year, a.parent_since) {
                (Some(year), Some(since)) => since <= year,
                _ => true,
            };
            if !joined || out.contains(&parent) {
                break;
            }
            out.push(parent);
            at = parent;
        }
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn actors() -> Actors {
        Actors::load(&Files::embedded()).expect("the embedded file is whole")
    }

    #[test]
    fn ok_names() {
        let actors = actors();
        for (name, slug) in [
            ("FAMa", "malian-armed-forces"),
            ("l’armée", ""),
            ("armée malienne", "malian-armed-forces"),
            ("Katibat Macina", "katiba-macina"),
            ("FLM", "katiba-macina"),
            ("MUJAO", "mojwa"),
            ("Jama’at Nasr al-Islam wal-Muslimin", "jnim"),
            ("État islamique dans le Grand Sahara", "isgs"),
            ("IS Sahel", "is-sahel"),
            ("Daech", "islamic-state"),
            ("Front de libération de l'Azawad", "fla"),
            ("Imghad Tuareg Self-Defense Group and Allies", "gatia"),
            ("chasseurs dozos", "dozo-hunters"),
            ("hommes armés non identifiés", "unidentified"),
            ("casques bleus", "minusma"),
            ("UN human rights office", "ohchr"),
            ("Malian defense ministry", "malian-defence-ministry"),
            ("Mali", ""),
        ] {
            let found = actors.named(name).map_or("", |a| a.slug.as_str());
            assert_eq!(found, slug, "{name}");
        }
    }

    #[test]
    fn every_alias_leads_to_its_actor_and_means_something() {
        let actors = actors();
        assert!(actors.iter().count() > 120);
        for a in actors.iter() {
            for name in a.aliases.iter().chain(&a.fr).chain([&a.name]) {
                assert_eq!(actors.named(name).map(|b| &b.slug), Some(&a.slug), "{name}");
            }
            for word in &a.short {
                assert!(actors.named(word).is_none(), "{word} is a name and a short form");
                assert!(actors.named_short(word).iter().any(|b| b.slug == a.slug));
            }
            if let (Some(from), Some(to)) = (a.from, a.to) {
                assert!(from <= to, "{}", a.slug);
            }
        }
    }

    #[test]
    fn a_short_form_means_the_forces_first() {
        let slugs: Vec<_> = actors().named_short("mali").iter().map(|a| a.slug.clone()).collect();
        assert_eq!(slugs, ["malian-armed-forces", "malian-government"]);
    }

    #[test]
    fn wholes_know_the_year_of_joining() {
        let actors = actors();
        assert_eq!(actors.with_wholes("isgs"), ["isgs", "is-sahel", "islamic-state"]);
        assert_eq!(actors.with_wholes("ansar-dine"), ["ansar-dine", "jnim", "al-qaeda"]);
        assert_eq!(actors.with_wholes_in("ansar-dine", 2012), ["ansar-dine"]);
        assert_eq!(actors.with_wholes_in("katiba-macina", 2017).len(), 3);
        // A successor is not a whole.
        assert!(!actors.with_wholes("wagner-group").contains(&"africa-corps"));
    }

    fn problem(text: &str) -> String {
        let dir = tempfile::tempdir().expect("a folder");
        std::fs::write(dir.path().join("actors.toml"), text).expect("a file");
        let files = Files::with_folder(dir.path().to_owned());
        Actors::load(&files).expect_err("a problem").to_string()
    }

    #[test]
    fn err_files() {
        let one = "[[actor]]\nslug = 'a'\nname = 'Army'\nkind = 'jihadist'\n";
        for (text, expected) in [
            (format!("{one}{one}"), "actors.toml: actor \"a\" stands twice"),
            (
                format!("{one}[[actor]]\nslug = 'b'\nname = 'ARMY'\nkind = 'unknown'\n"),
                "actors.toml: \"ARMY\" names both a and b",
            ),
            (format!("{one}parent = 'x'\n"), "actors.toml: a: no actor \"x\""),
            (format!("{one}members = 'orcs'\n"), "actors.toml: a: no casualty group \"orcs\""),
        ] {
            assert_eq!(problem(&text), expected);
        }
        assert!(problem(&format!("{one}alias = []\n")).contains("unknown field `alias`"));
    }
}
