//! Everything that is known, made ready for looking up in token streams. Built once and
//! used for every document.

use super::conjugation;
use super::lexicon::{Case, Phrases, case_of, norm_phrase};
use super::rules::place::place_key;
use crate::knowledge::Knowledge;
use crate::knowledge::actors::ActorKind;
use crate::knowledge::gazetteer::PlaceKind;
use crate::knowledge::words::{EventWord, Form};
use crate::model::claim::{CasualtyGroup, Measure};
use rustc_hash::FxHashMap;
use std::collections::BTreeMap;

/// A word for people.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct People {
    /// How they are counted.
    pub group: CasualtyGroup,
    /// Slug in the tree of victim groups; none for words that name no group ("people").
    pub victim: Option<String>,
    /// Whether the word can mean one person.
    pub singular: bool,
    /// Whether it only says that they belong to whoever stands beside it ("fighters",
    /// "members").
    pub generic: bool,
}

/// What a word says happened to people, in each way that it can be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Casualty(pub Vec<(Measure, Form)>);

/// Phrases by category.
#[derive(Debug, Default)]
pub struct Vocabulary {
    /// Words for people.
    pub people: Phrases<People>,
    /// Words for what happened to them.
    pub casualty: Phrases<Casualty>,
    /// Verbs of saying.
    pub speech: Phrases<()>,
    /// "according to".
    pub by: Phrases<()>,
    /// "statement", "report".
    pub documents: Phrases<()>,
    /// Words for kinds of events.
    pub events: Phrases<EventWord>,
    /// Full names of actors, by slug.
    pub actors: Phrases<String>,
    /// Names that need their full name before them; each with all who share it.
    pub short_actors: Phrases<Vec<String>>,
    /// Names of places.
    pub places: Phrases<String>,
    /// Names of countries, by ISO code.
    pub countries: Phrases<String>,
    /// Words for what is of a country ("Chadian", "tchadiens").
    pub of_countries: Phrases<()>,
    /// Names of regions, by slug.
    pub regions: Phrases<String>,
    /// The regions (of before 2016) in which places of a key lie.
    pub place_regions: FxHashMap<String, Vec<String>>,
}

/// Words for people that name no group.
const NOBODY: &[&str] = &[
    "companions", "companion", "relatives", "brothers", "sons", "compagnons", "proches", "frères",
    "fils", "accomplices", "complices", "colleagues", "collègues", "guards", "bodyguards",
    "survivors", "comrades", "comrade", "camarades", "camarade", "people", "persons", "person",
    "individuals", "individual", "victims", "victim", "men", "man", "personnes", "personne",
    "individus", "individu", "victimes", "victime", "hommes", "homme", "casualties", "souls",
    "others dead", "âmes", "jeunes", "youths", "compatriotes", "compatriots", "occupant",
    "occupants", "agent", "agents",
];

/// Words that say only that people belong to whoever is named beside them.
const GENERIC: &[&str] = &[
    "fighters", "fighter", "members", "member", "combatants", "combatant", "elements", "men",
    "forces", "personnel", "troops", "combattants", "combattant", "membres", "membre", "éléments",
    "suspects", "suspect", "hommes", "followers", "commanders", "commander", "leaders", "leader",
    "allies", "occupant", "occupants", "agent", "agents",
];

impl Vocabulary {
    /// Makes everything ready.
    pub fn new(known: &Knowledge) -> Self {
        let mut v = Self::default();
        v.add_people(known);
        v.add_words(known);
        v.add_actors(known);
        for place in known.gazetteer.iter() {
            for name in std::iter::once(&place.name).chain(&place.aliases) {
                if place.kind != PlaceKind::Cercle || !name.is_empty() {
                    v.places.add(name, Case::Capital, name.clone());
                }
            }
        }
        for country in known.countries.iter() {
            for name in [&country.en, &country.fr].into_iter().chain(&country.aliases) {
                v.countries.add(name, Case::Capital, country.iso.clone());
            }
            v.of_countries.add_all(country.adjectives.iter().map(String::as_str), ());
        }
        for place in known.gazetteer.iter() {
            let regions = v.place_regions.entry(place_key(&place.name)).or_default();
            regions.extend(place.regions.as_ref().map(|r| r.before_2016.clone()));
        }
        for region in known.regions.iter() {
            for name in [&region.en, &region.fr].into_iter().chain(&region.aliases) {
                v.regions.add(name, Case::Capital, region.slug.clone());
            }
        }
        v
    }

    fn add_people(&mut self, known: &Knowledge) {
        for word in NOBODY {
            let generic = GENERIC.contains(word);
            let singular = matches!(
                *word,
                "person"
                    | "individual"
                    | "victim"
                    | "man"
                    | "personne"
                    | "individu"
                    | "victime"
                    | "homme"
                    | "occupant"
                    | "agent"
            );
            let people = People { group: CasualtyGroup::Total, victim: None, singular, generic };
            self.people.add(word, Case::Any, people);
        }
        for group in known.victims.iter() {
            for term in &group.terms {
                let generic = GENERIC.contains(&term.as_str());
                let people = People {
                    group: group.counts_as,
                    victim: Some(group.slug.clone()),
                    singular: !is_plural(term),
                    generic,
                };
                let case = case_of(term);
                self.people.add(term, case, people);
            }
        }
        for word in GENERIC {
            let people = People {
                group: CasualtyGroup::Other,
                victim: None,
                singular: !is_plural(word),
                generic: true,
            };
            self.people.add(word, Case::Any, people);
        }
    }

    fn add_words(&mut self, known: &Knowledge) {
        // "blessé" and "blesse" are compared alike: one entry with the uses of both.
        let mut all = BTreeMap::<String, (&str, Vec<(Measure, Form)>)>::new();
        for entry in &known.words.casualty {
            for word in &entry.words {
                let (_, forms) = all.entry(norm_phrase(word)).or_insert((word, Vec::new()));
                forms.push((entry.measure, entry.form));
            }
        }
        for (word, forms) in all.into_values() {
            self.casualty.add(word, Case::Any, Casualty(forms));
        }
        let speech = &known.words.speech;
        self.speech.add_all(speech.verbs.iter().map(String::as_str), ());
        for infinitive in &speech.regular {
            for form in conjugation::told(infinitive) {
                self.speech.add(&form, Case::Any, ());
            }
        }
        self.by.add_all(speech.by.iter().map(String::as_str), ());
        self.documents.add_all(speech.documents.iter().map(String::as_str), ());
        for entry in &known.words.event {
            self.events.add_all(entry.words.iter().map(String::as_str), entry.kind);
        }
    }

    fn add_actors(&mut self, known: &Knowledge) {
        let mut short = BTreeMap::<&str, Vec<String>>::new();
        for actor in known.actors.iter() {
            for name in std::iter::once(&actor.name).chain(&actor.fr).chain(&actor.aliases) {
                self.actors.add(name, case_of(name), actor.slug.clone());
            }
            // "Dozo hunters" on a page, "dozo hunters" in a text: a description, not a name.
            for name in std::iter::once(&actor.name).chain(&actor.fr) {
                if is_description(actor.kind, name) {
                    self.actors.add(name, Case::Any, actor.slug.clone());
                }
            }
            for name in &actor.short {
                short.entry(name).or_default().push(actor.slug.clone());
            }
        }
        for (name, slugs) in short {
            self.short_actors.add(name, case_of(name), slugs);
        }
    }
}

/// Whether an actor is called by what it is, with a capital at the start only.
fn is_description(kind: ActorKind, name: &str) -> bool {
    let armed =
        matches!(kind, ActorKind::SelfDefenceMilitia | ActorKind::Jihadist | ActorKind::Unknown);
    let mut words = name.split_whitespace().skip(1).peekable();
    armed && words.peek().is_some() && words.all(|w| w.starts_with(char::is_lowercase))
}

/// Whether a word for people is a plural that cannot mean one person.
fn is_plural(term: &str) -> bool {
    const PLURALS: [&str; 15] = [
        "people", "men", "women", "children", "personnel", "troops", "police", "militiamen",
        "policemen", "elders", "elderly", "nationaux", "gendarmes", "civilians", "forces",
    ];
    let last = term.split_whitespace().next_back().unwrap_or(term);
    let first = term.split_whitespace().next().unwrap_or(term);
    PLURALS.contains(&last)
        || last.ends_with("men")
        // "militaire français" is one, "militaires français" are many.
        || (last.ends_with('s')
            && !["ss", "us", "ais", "ois"].iter().any(|end| last.ends_with(end)))
        || (first.ends_with('s') && first.len() > 4 && first != "customs")
        || last.ends_with("aux")
}
