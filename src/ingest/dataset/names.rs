//! Names of datasets among what is known: who, where, whom.

use super::mojibake;
use crate::knowledge::Knowledge;
use crate::knowledge::actors::{Actor, ActorKind};
use crate::model::claim::{CasualtyGroup, Claimant};
use crate::model::slug::{fold, id_of};
use std::collections::HashMap;
use std::rc::Rc;
use std::str::FromStr;

/// Beyond so many different names what was found is forgotten: memory does not grow with the
/// file.
const MOST_NAMES: usize = 10_000;

/// Somebody named as a side.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Party {
    /// Slug of the known actor, or made from the name; empty for an empty name.
    pub actor: String,
    /// Name of the known actor, or as written.
    pub name: String,
    /// How its own dead are counted: other where nothing tells.
    pub members: CasualtyGroup,
    /// Whether it is people who take no part in the fighting.
    pub civilians: bool,
}

/// Looks names up, and remembers what it found.
pub(super) struct Names<'k> {
    known: &'k Knowledge,
    parties: HashMap<String, Rc<Party>>,
}

impl<'k> Names<'k> {
    pub fn new(known: &'k Knowledge) -> Self {
        Self { known, parties: HashMap::new() }
    }

    /// The side of this name.
    pub fn party(&mut self, name: &str) -> Rc<Party> {
        if let Some(party) = self.parties.get(name) {
            return Rc::clone(party);
        }
        if self.parties.len() >= MOST_NAMES {
            self.parties.clear();
        }
        let party = Rc::new(self.find_party(&mojibake::repaired(name)));
        self.parties.insert(name.to_owned(), Rc::clone(&party));
        party
    }

    /// As [`Names::party`], for names that are not met again and again.
    pub fn find_party(&self, name: &str) -> Party {
        let civilians = is_civilians(name);
        let actor = self.actor(name).filter(|a| a.kind != ActorKind::Speaker && !civilians);
        match actor {
            Some(actor) => Party {
                actor: actor.slug.clone(),
                name: actor.name.clone(),
                members: members(actor),
                civilians: false,
            },
            None => Party {
                actor: id_of("actor", name),
                name: name.to_owned(),
                members: match civilians {
                    true => CasualtyGroup::Civilians,
                    false => unknown_members(name),
                },
                civilians,
            },
        }
    }

    /// The known actor of a name as datasets write it: with years or a country behind it
    /// ("Military Forces of Mali (2021-)"), with a short name before it ("JNIM: Group for …")
    /// or behind it ("Islamic State Sahel Province (ISSP)"). A government stands for its
    /// forces.
    pub fn actor(&self, name: &str) -> Option<&'k Actor> {
        let actors = &self.known.actors;
        let bare = without_brackets(name);
        let (before, after) = bare.split_once(':').unwrap_or((&bare, &bare));
        let brackets = name.split(['(', ')']).skip(1).step_by(2);
        let found = [name, &bare, before, after]
            .into_iter()
            .chain(brackets)
            .find_map(|name| actors.named(name.trim()))?;
        Some(found.forces.as_deref().and_then(|slug| actors.get(slug)).unwrap_or(found))
    }

    /// Who says something, with the known actor of that name.
    pub fn claimant(&self, name: &str) -> Option<Claimant> {
        let name = mojibake::repaired(name);
        let actor = self.known.actors.named(&name).map(|a| a.slug.clone());
        (!name.is_empty()).then(|| Claimant { name: name.into_owned(), actor })
    }

    /// Slug of the victim group whose members a name means: "Fulani Ethnic Group (Mali)",
    /// "Farmers (Mali)".
    pub fn victims(&self, name: &str) -> Option<&'k str> {
        let bare = without_brackets(&mojibake::repaired(name));
        let bare = bare.trim();
        let people = bare.strip_suffix("Ethnic Group").unwrap_or(bare).trim();
        self.known.victims.named(people).map(|group| group.slug.as_str())
    }
}

/// Whether a name means people who take no part in the fighting.
fn is_civilians(name: &str) -> bool {
    let name = fold(name);
    name.split(' ').next().is_some_and(|word| matches!(word, "civilians" | "civils"))
}

/// How the dead of an actor are counted.
fn members(actor: &Actor) -> CasualtyGroup {
    if let Some(group) = actor.members.as_deref().and_then(|m| CasualtyGroup::from_str(m).ok()) {
        return group;
    }
    match actor.kind {
        ActorKind::StateForces | ActorKind::ForeignForces => CasualtyGroup::Soldiers,
        ActorKind::PrivateMilitaryCompany => CasualtyGroup::Mercenaries,
        ActorKind::Jihadist => CasualtyGroup::Militants,
        ActorKind::Separatist => CasualtyGroup::Rebels,
        ActorKind::SelfDefenceMilitia => CasualtyGroup::Militia,
        ActorKind::UnitedNations => CasualtyGroup::Peacekeepers,
        ActorKind::Speaker | ActorKind::Unknown => CasualtyGroup::Other,
    }
}

/// The same for a name that is not known, by the words with which datasets name states.
fn unknown_members(name: &str) -> CasualtyGroup {
    let is = |words: &str| name.starts_with(words);
    if is("Government of ") || is("Military Forces of ") {
        CasualtyGroup::Soldiers
    } else if is("Police Forces of ") {
        CasualtyGroup::Police
    } else {
        CasualtyGroup::Other
    }
}

/// A name without what stands in brackets.
fn without_brackets(name: &str) -> String {
    let outside: Vec<&str> = name.split(['(', ')']).step_by(2).map(str::trim).collect();
    outside.join(" ").trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ok_parties() {
        let known = Knowledge::embedded();
        let mut names = Names::new(&known);
        for (name, actor, members) in [
            ("Government of Mali", "malian-armed-forces", CasualtyGroup::Soldiers),
            ("Military Forces of Mali (2021-)", "malian-armed-forces", CasualtyGroup::Soldiers),
            ("Police Forces of Mali (2020-2021)", "malian-police", CasualtyGroup::Police),
            ("Military Forces of France (2017-)", "french-armed-forces", CasualtyGroup::Soldiers),
            ("Government of France", "french-armed-forces", CasualtyGroup::Soldiers),
            ("JNIM", "jnim", CasualtyGroup::Militants),
            ("JNIM: Group for Support of Islam and Muslims", "jnim", CasualtyGroup::Militants),
            ("Islamic State Sahel Province (ISSP)", "is-sahel", CasualtyGroup::Militants),
            (
                "Islamic State (West Africa) - Greater Sahara Faction",
                "isgs",
                CasualtyGroup::Militants,
            ),
            ("Dozos (Mali)", "dozo-hunters", CasualtyGroup::Militia),
            ("Dozo Communal Militia (Mali)", "dozo-hunters", CasualtyGroup::Militia),
            ("Wagner Group", "wagner-group", CasualtyGroup::Mercenaries),
            ("Unidentified Armed Group (Mali)", "unidentified", CasualtyGroup::Other),
            ("Government of Chile", "government-of-chile", CasualtyGroup::Soldiers),
            ("Some Front (Mali)", "some-front-mali", CasualtyGroup::Other),
            ("Civilians (Mali)", "civilians-mali", CasualtyGroup::Civilians),
        ] {
            let party = names.party(name);
            assert_eq!((party.actor.as_str(), party.members), (actor, members), "{name}");
            assert_eq!(party.civilians, name.starts_with("Civ"), "{name}");
        }
        assert_eq!(names.victims("Fulani Ethnic Group (Mali)"), Some("fulani"));
        assert_eq!(names.victims("Farmers (Mali)"), Some("farmers"));
        assert_eq!(names.victims("Katiba Macina"), None);
    }

    #[test]
    fn memory_is_bounded() {
        let known = Knowledge::embedded();
        let mut names = Names::new(&known);
        for i in 0..=MOST_NAMES {
            names.party(&format!("Front {i}"));
        }
        assert!(names.parties.len() <= MOST_NAMES);
    }
}
