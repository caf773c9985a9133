//! The registry of actors: who fights, under which names, as part of whom, and when.

use super::files::{DataError, Files};
use crate::model::slug::fold;
use serde::{Deserialize, Serialize};
use std::collections::HashMap;

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

/// One actor.
#[derive(Debug, Clone, Deserialize)]
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
    /// Slug of the actor that it is part of, or that continues it (`successor = true`).
    pub parent: Option<String>,
    /// First year of activity under this name.
    pub from: Option<i16>,
    /// Last year of activity under this name, included.
    pub to: Option<i16>,
    /// The casualty group of its own dead and wounded ("soldiers", "militants" …).
    pub members: Option<String>,
}

#[derive(Deserialize)]
struct ActorFile {
    actor: Vec<Actor>,
}

/// Every known actor.
#[derive(Debug)]
pub struct Actors {
    actors: Vec<Actor>,
    by_slug: HashMap<String, usize>,
    by_name: HashMap<String, usize>,
}

impl Actors {
    /// Reads `actors.toml`.
    pub(super) fn load(files: &Files) -> Result<Self, DataError> {
        let file: ActorFile = files.toml("actors.toml")?;
        let error = |problem| DataError {
            name: "actors.toml".to_owned(),
            problem,
        };
        let (mut by_slug, mut by_name) = (HashMap::new(), HashMap::new());
        for (i, a) in file.actor.iter().enumerate() {
            if by_slug.insert(a.slug.clone(), i).is_some() {
                return Err(error(format!("actor {:?} stands twice", a.slug)));
            }
            for name in [&a.slug, &a.name]
                .into_iter()
                .chain(&a.fr)
                .chain(&a.aliases)
            {
                let other = *by_name.entry(fold(name)).or_insert(i);
                if other != i {
                    let slug = &file.actor[other].slug;
                    return Err(error(format!("{name:?} names both {slug} and {}", a.slug)));
                }
            }
        }
        for a in &file.actor {
            if a.parent.as_ref().is_some_and(|p| !by_slug.contains_key(p)) {
                return Err(error(format!("{}: no actor {:?}", a.slug, a.parent)));
            }
        }
        Ok(Self {
            actors: file.actor,
            by_slug,
            by_name,
        })
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

    /// The slug itself and those of its wholes, nearest first. A loop in the file ends it.
    pub fn with_wholes<'a>(&'a self, slug: &'a str) -> Vec<&'a str> {
        let mut out = vec![slug];
        let mut at = slug;
        while let Some(parent) = self.get(at).and_then(|a| a.parent.as_deref()) {
            if out.contains(&parent) {
                break;
            }
            out.push(parent);
            at = parent;
        }
        out
    }
}
