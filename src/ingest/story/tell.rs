//! An incident while it is being put together from sentences.

use super::Story;
use super::facts::{Facts, Told};
use crate::ingest::rules::place::{Lies, PlaceFound, PlaceSort, Tie};
use crate::knowledge::words::EventWord;
use crate::model::claim::Claimant;
use crate::model::date::DateSpan;
use crate::model::incident::Stance;
use jiff::civil::Date;
use std::collections::BTreeSet;
use std::ops::Range;
use std::rc::Rc;

/// A place named for an incident.
#[derive(Debug, Clone)]
pub struct Mention {
    /// Name as written.
    pub name: String,
    /// Its bytes.
    pub bytes: Range<usize>,
    /// What it stands for.
    pub sort: PlaceSort,
    /// How it is tied in.
    pub tie: Tie,
    /// What stands for all spellings of the name.
    pub key: String,
    /// Where it lies.
    pub lies: Lies,
}

impl Mention {
    /// A place of a sentence.
    pub fn of(story: &Story<'_>, fact: &Facts, found: &PlaceFound) -> Self {
        let bytes = fact.bytes_of(found.start..found.end);
        let name = story.text[bytes.clone()].to_owned();
        let (sort, key) = (found.sort.clone(), found.key.clone());
        Self { name, bytes, sort, tie: found.tie, key, lies: found.lies }
    }

    /// Whether it is a place rather than a region, cercle or country.
    pub fn is_named(&self) -> bool {
        matches!(self.sort, PlaceSort::Named { .. })
    }
}

/// A perpetrator that an infobox names.
#[derive(Debug, Clone)]
pub struct Named {
    /// Id of the actor.
    pub slug: String,
    /// The words that name it.
    pub bytes: Range<usize>,
    /// In which way: "(suspected)", "(per X)", "(denied)".
    pub stance: Stance,
    /// By whom; none for the infobox itself.
    pub by: Option<Claimant>,
}

/// Whom an infobox says the attack was aimed at.
#[derive(Debug, Clone)]
pub struct Targeted {
    /// Slug of the victim group.
    pub slug: String,
    /// The words that name it.
    pub bytes: Range<usize>,
}

/// A sentence, or the part of it from one token to another, that tells of the incident.
#[derive(Debug, Clone)]
pub struct Part {
    /// What the sentence says.
    pub fact: Rc<Facts>,
    /// Which of its tokens belong to this incident.
    pub tokens: Range<usize>,
    /// When what is said in it was said.
    pub said: Option<Date>,
}

impl Part {
    /// Its figures.
    pub fn told(&self) -> impl Iterator<Item = &Told> {
        self.fact.told.iter().filter(|t| self.tokens.contains(&t.count.figure.start))
    }

    /// Its places.
    pub fn places(&self) -> impl Iterator<Item = &PlaceFound> {
        self.fact.places.iter().filter(|p| self.tokens.contains(&p.start))
    }

    /// Its bytes.
    pub fn bytes(&self) -> Range<usize> {
        self.fact.bytes_of(self.tokens.clone())
    }
}

/// An incident being told.
#[derive(Debug, Clone, Default)]
pub struct Incident {
    /// Whether the document is about it.
    pub main: bool,
    /// Whether it happened in another country: not told here, but not dropped in silence.
    pub abroad: bool,
    /// The document's title, for the main one.
    pub title: Option<String>,
    /// Its bytes, when it stands in the text.
    pub title_bytes: Option<Range<usize>>,
    /// Whether its words set it apart from the main incident: "was also attacked", "elsewhere".
    pub apart: bool,
    /// When, with the bytes that say so.
    pub date: Option<(Range<usize>, DateSpan)>,
    /// Where, as infobox, title or lead say.
    pub mentions: Vec<Mention>,
    /// Figures of the infobox.
    pub infobox: Vec<Told>,
    /// Perpetrators of the infobox.
    pub perpetrators: Vec<Named>,
    /// Those who fought, by the infobox, with the number of their side.
    pub sides: Vec<(u8, Named)>,
    /// Victim groups of the infobox.
    pub targets: Vec<Targeted>,
    /// Kinds of event in the title.
    pub events: Vec<EventWord>,
    /// Sentences.
    pub parts: Vec<Part>,
    /// Keys of the places of its sentences.
    pub told_at: BTreeSet<String>,
    /// A region named where it is told, for an incident that names no place.
    pub region: Option<Mention>,
    /// "X is a part of Y": slugs of both, and the bytes that say so.
    pub memberships: Vec<(String, String, Range<usize>)>,
}

impl Incident {
    /// Adds a sentence.
    pub fn tell(&mut self, part: Part) {
        let scenes = part.places().filter(|p| p.is_scene()).map(|p| p.key.clone());
        self.told_at.extend(scenes);
        self.parts.push(part);
    }

    /// The keys of its places so far.
    pub fn keys(&self) -> impl Iterator<Item = &str> {
        let mentioned = self.mentions.iter().filter(|m| m.is_named()).map(|m| m.key.as_str());
        mentioned.chain(self.told_at.iter().map(String::as_str))
    }

    /// Whether this is the key of one of its places so far.
    pub fn is_at(&self, key: &str) -> bool {
        self.told_at.contains(key) || self.mentions.iter().any(|m| m.is_named() && m.key == key)
    }

    /// Whether one of the places it was first put at has this key.
    pub fn has_place(&self, key: &str) -> bool {
        self.mentions.iter().any(|m| m.key == key)
    }
}
