//! Incidents as told to drafts.

mod figures;
mod kind;
mod perpetrators;
mod places;
mod reasons;
mod victims;

use super::Story;
use super::facts::Facts;
use super::tell::{Incident, Part};
use crate::ingest::lexicon::one_of;
use crate::ingest::rules::place::PlaceSort;
use crate::ingest::token::Token;
use crate::knowledge::words::EventWord;
use crate::model::date::{DatePrecision, DateSpan};
use crate::model::document::Problem;
use crate::model::incident::{Draft, EventType, Place, PlacePrecision};
use crate::model::passage::Passage;
use kind::{kind_of, title_of};
pub use reasons::{Reasons, explained};
use std::borrow::Cow;
use std::collections::BTreeSet;
use std::ops::Range;

/// The drafts of a document and what was not understood.
pub fn drafts(story: &Story<'_>, told: Vec<Incident>) -> (Vec<Draft>, Vec<Problem>) {
    let mut problems = Vec::new();
    let whole = whole_context(story, &told);
    let mut drafts: Vec<Draft> = Vec::new();
    for incident in &told {
        let context = context_of(story, incident, whole.as_ref());
        let main = main_span(&told);
        let maker = Maker { story, incident, context: &context, main };
        match maker.draft(&mut problems) {
            Some(draft) => drafts.push(draft),
            None => {
                let wanted = match incident.abroad {
                    true => "a place in Mali for this figure",
                    false => "a date or place for this figure",
                };
                problems.extend(incident.parts.iter().flat_map(|p| unplaced(story, p, wanted)));
            }
        }
    }
    drafts.sort_by_key(|d| !d.main);
    (drafts, problems)
}

/// Figures that are no claim about an incident are named, not dropped in silence.
pub fn set_aside(story: &Story<'_>, facts: &[Facts]) -> Vec<Problem> {
    facts
        .iter()
        .flat_map(|f| &f.aside)
        .map(|(why, bytes)| Problem {
            file: story.file.to_owned(),
            line: story.lines.of(bytes.start),
            expected: "a figure of one incident".to_owned(),
            found: format!("{}: {}", why.found(), &story.text[bytes.clone()]),
        })
        .collect()
}

/// A figure without a date or place is no incident, and is not dropped in silence.
fn unplaced(story: &Story<'_>, part: &Part, wanted: &str) -> Vec<Problem> {
    part.told()
        .map(|told| Problem {
            file: story.file.to_owned(),
            line: story.lines.of(told.bytes.start),
            expected: wanted.to_owned(),
            found: story.text[told.bytes.clone()].to_owned(),
        })
        .collect()
}

/// The regions that tell homonyms apart anywhere in a document about one incident; none in a
/// survey, where those of one incident say nothing of another's places.
fn whole_context(story: &Story<'_>, told: &[Incident]) -> Option<BTreeSet<String>> {
    told.iter().any(|i| i.main).then(|| regions_named(story, told))
}

/// The regions that tell homonyms apart for one incident.
fn context_of<'c>(
    story: &Story<'_>,
    incident: &Incident,
    whole: Option<&'c BTreeSet<String>>,
) -> Cow<'c, BTreeSet<String>> {
    let own = || Cow::Owned(regions_named(story, std::slice::from_ref(incident)));
    whole.map_or_else(own, Cow::Borrowed)
}

/// Every region that these incidents name, for telling homonyms apart.
fn regions_named(story: &Story<'_>, told: &[Incident]) -> BTreeSet<String> {
    let mut out: BTreeSet<String> = BTreeSet::new();
    let mut add = |sort: &PlaceSort, name: &str| match sort {
        PlaceSort::Region(slug) => {
            out.insert(slug.clone());
        }
        PlaceSort::Cercle => {
            let history = story.known.regions.history(name);
            out.extend(history.into_iter().flat_map(|h| [h.before_2016, h.from_2016, h.from_2023]));
        }
        _ => {}
    };
    for incident in told {
        for mention in &incident.mentions {
            add(&mention.sort, &mention.name);
        }
        for part in &incident.parts {
            for place in &part.fact.places {
                add(&place.sort, &story.text[part.fact.bytes_of(place.start..place.end)]);
            }
        }
    }
    out
}

/// "several times", "à plusieurs reprises": more than one incident.
fn is_repeated(tokens: &[Token]) -> bool {
    tokens.iter().any(|t| one_of(t, &["times", "repeatedly", "fois", "reprises", "regularly"]))
}

/// A town, village or site, not a region or cercle.
fn is_spot(place: &Place) -> bool {
    !matches!(place.precision, PlacePrecision::Region | PlacePrecision::Cercle)
}

/// When the main incident happened.
fn main_span(told: &[Incident]) -> Option<DateSpan> {
    told.iter().find(|i| i.main)?.date.as_ref().map(|(_, span)| *span)
}

struct Maker<'a> {
    story: &'a Story<'a>,
    incident: &'a Incident,
    context: &'a BTreeSet<String>,
    /// When the main incident of the document happened.
    main: Option<DateSpan>,
}

impl Maker<'_> {
    fn draft(&self, problems: &mut Vec<Problem>) -> Option<Draft> {
        let date = self.incident.date.as_ref().map_or(DateSpan::UNKNOWN, |(_, span)| *span);
        let places = self.places(date.start(), problems);
        if self.incident.abroad {
            return None;
        }
        if !self.incident.main && date.start().is_none() && places.is_empty() {
            return None;
        }
        let claims = self.claims();
        let attributions = self.attributions();
        let events = self.events();
        if claims.is_empty() && attributions.is_empty() && events.is_empty() {
            return None;
        }
        // A report "covering 1 January to 31 March" that counts nobody tells no incident.
        let months = date.days() > Some(31);
        if self.incident.main && months && claims.is_empty() && attributions.is_empty() {
            return None;
        }
        // A month or a heading with nobody hit and nobody named tells no incident either.
        let exact = matches!(date.precision(), DatePrecision::Day | DatePrecision::Range);
        // "In 2018, the group clashed several times with the army around Boni": of a whole year.
        let year = date.precision() == DatePrecision::Year
            && self.incident.parts.iter().take(1).any(|p| is_repeated(&p.fact.tokens));
        let placed = date.start().is_some() && !year && places.iter().any(is_spot);
        let spot = places.iter().any(is_spot) && date.start().is_none();
        let named = !attributions.is_empty() && (exact || spot);
        let told = exact || placed || !claims.is_empty() || named;
        if !self.incident.main && !told {
            return None;
        }
        let victims = self.victims(&claims, &attributions);
        let kind = kind_of(&events, &claims, &victims, &attributions, self.story);
        // Nobody hit and nobody named, on the day of the main incident: a place where its story went
        // on, and no incident beside it.
        let idle = !self.incident.main && claims.is_empty() && attributions.is_empty();
        let same_day = self.main.is_some_and(|main| main.overlaps(&date));
        if idle
            && same_day
            && !self.incident.apart
            && victims.is_empty()
            && kind == EventType::Other
        {
            return None;
        }
        let passage = self.whole_passage();
        let title = self.title(kind, &places);
        Some(Draft {
            main: self.incident.main,
            title,
            date,
            date_passage: self.incident.date.as_ref().map(|(bytes, _)| self.quote(bytes.clone())),
            kind,
            places,
            attributions,
            victims,
            claims,
            passage,
        })
    }

    fn quote(&self, bytes: Range<usize>) -> Passage {
        Passage::of(self.story.text, bytes)
    }

    fn whole_passage(&self) -> Passage {
        let first = self.incident.parts.first().map(Part::bytes);
        let fallback = || {
            self.incident.title_bytes.clone().or(self.incident.date.as_ref().map(|d| d.0.clone()))
        };
        self.quote(first.or_else(fallback).unwrap_or(0..0))
    }

    fn title(&self, kind: EventType, places: &[Place]) -> String {
        if let Some(title) = &self.incident.title {
            return title.clone();
        }
        title_of(kind, places, self.story.meta.lang)
    }

    fn events(&self) -> Vec<EventWord> {
        let titled = self.incident.main && !self.incident.events.is_empty();
        let told = |e: &EventWord| e.kind().is_some_and(|k| k != EventType::Other);
        if titled && !self.incident.events.iter().any(told) {
            // "Attack at Boni" says less than its first sentence, "a drone strike hit".
            let first = self.incident.parts.first().into_iter();
            let words = first.flat_map(|p| {
                p.fact.events.iter().filter(|e| p.tokens.contains(&e.at)).map(|e| e.word)
            });
            let more = words.filter(|w| *w != EventWord::ArmedClash);
            return self.incident.events.iter().copied().chain(more).collect();
        }
        let parts = if titled { &[][..] } else { &self.incident.parts };
        let told = parts.iter().flat_map(|p| {
            p.fact.events.iter().filter(|e| p.tokens.contains(&e.at)).map(|e| e.word)
        });
        let limit = if self.incident.main { 6 } else { usize::MAX };
        self.incident.events.iter().copied().chain(told).take(limit).collect()
    }
}
