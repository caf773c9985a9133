//! Incidents as told to drafts.

use super::Story;
use super::facts::{Facts, Told};
use super::tell::{Incident, Mention, Part};
use crate::ingest::lexicon::{norm_phrase, one_of};
use crate::ingest::rules::date::DateWords;
use crate::ingest::rules::place::{Lies, PlaceSort, Tie};
use crate::ingest::rules::stance::StanceFound;
use crate::ingest::token::Token;
use crate::knowledge::actors::ActorKind;
use crate::knowledge::gazetteer::GazetteerPlace;
use crate::knowledge::words::EventWord;
use crate::model::claim::{CasualtyGroup, Claim, Claimant, Measure};
use crate::model::date::DateSpan;
use crate::model::document::Problem;
use crate::model::incident::{
    Attribution, Draft, EventType, Place, PlacePrecision, Stance, Victim,
};
use crate::model::passage::Passage;
use crate::model::slug::slug;
use crate::model::source::Lang;
use jiff::civil::Date;
use std::collections::{BTreeSet, HashSet};
use std::ops::Range;

/// The drafts of a document and what was not understood.
pub fn drafts(story: &Story<'_>, told: Vec<Incident>) -> (Vec<Draft>, Vec<Problem>) {
    let mut problems = Vec::new();
    let context = regions_named(story, &told);
    let mut drafts: Vec<Draft> = Vec::new();
    for incident in &told {
        let maker = Maker { story, incident, context: &context };
        match maker.draft(&mut problems) {
            Some(draft) => drafts.push(draft),
            None => problems.extend(incident.parts.iter().flat_map(|p| unplaced(story, p))),
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
            line: line_of(story.text, bytes.start),
            expected: "a figure of one incident".to_owned(),
            found: format!("{}: {}", why.found(), &story.text[bytes.clone()]),
        })
        .collect()
}

/// A figure without a date or place is no incident, and is not dropped in silence.
fn unplaced(story: &Story<'_>, part: &Part) -> Vec<Problem> {
    part.told()
        .map(|told| Problem {
            file: story.file.to_owned(),
            line: line_of(story.text, told.bytes.start),
            expected: "a date or place for this figure".to_owned(),
            found: story.text[told.bytes.clone()].to_owned(),
        })
        .collect()
}

fn line_of(text: &str, at: usize) -> usize {
    1 + memchr::memchr_iter(b'\n', &text.as_bytes()[..at]).count()
}

/// Every region that the document names, for telling homonyms apart.
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

struct Maker<'a> {
    story: &'a Story<'a>,
    incident: &'a Incident,
    context: &'a BTreeSet<String>,
}

impl Maker<'_> {
    fn draft(&self, problems: &mut Vec<Problem>) -> Option<Draft> {
        let date = self.incident.date.as_ref().map_or(DateSpan::UNKNOWN, |(_, span)| *span);
        let places = self.places(date.start(), problems);
        if !self.incident.main && date.start().is_none() && places.is_empty() {
            return None;
        }
        let claims = self.claims();
        let attributions = self.attributions();
        let events = self.events();
        if claims.is_empty() && attributions.is_empty() && events.is_empty() {
            return None;
        }
        let victims = self.victims(&claims, &attributions);
        let kind = kind_of(&events, &claims, &victims, &attributions, self.story);
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
        let parts = if titled { &[][..] } else { &self.incident.parts };
        let told = parts.iter().flat_map(|p| {
            p.fact.events.iter().filter(|e| p.tokens.contains(&e.at)).map(|e| e.word)
        });
        let limit = if self.incident.main { 6 } else { usize::MAX };
        self.incident.events.iter().copied().chain(told).take(limit).collect()
    }

    // ---- where

    fn places(&self, day: Option<Date>, problems: &mut Vec<Problem>) -> Vec<Place> {
        let mut mentions: Vec<Mention> = self.incident.mentions.clone();
        if !self.incident.main {
            for part in &self.incident.parts {
                let tied = part.places().filter(|p| p.tie != Tie::Other);
                mentions.extend(tied.map(|p| Mention::of(self.story, &part.fact, p)));
            }
        }
        if mentions.iter().all(|m| matches!(m.sort, PlaceSort::Country(_))) && !self.incident.main {
            // "came back to Ogossagou": the only place of the sentence.
            let first = self.incident.parts.first();
            let mut named = first.into_iter().flat_map(|p| {
                p.places().filter(|f| f.is_named() && f.lies == Lies::InMali).map(move |f| (p, f))
            });
            if let (Some((part, only)), None) = (named.next(), named.next()) {
                mentions.push(Mention::of(self.story, &part.fact, only));
            }
        }
        if mentions.iter().all(|m| matches!(m.sort, PlaceSort::Country(_))) {
            mentions.extend(self.incident.region.clone());
        }
        let precise = mentions.iter().any(|m| self.is_precise(m));
        let cercle = mentions.iter().any(|m| m.sort == PlaceSort::Cercle);
        // "in Inwelane, near Talataye": the first is where, the second says where that is.
        let there = mentions.iter().any(|m| self.is_precise(m) && m.tie == Tie::At);
        let named = mentions.iter().any(Mention::is_named);
        let mut out: Vec<Place> = Vec::new();
        for (i, mention) in mentions.iter().enumerate() {
            let wanted = match mention.sort {
                PlaceSort::Country(_) => false,
                PlaceSort::Region(_) => !precise && !cercle,
                PlaceSort::Cercle => !precise,
                PlaceSort::Named { .. } if self.is_precise(mention) => {
                    self.incident.main || !there || mention.tie != Tie::Near
                }
                PlaceSort::Named { .. } => !precise,
            };
            if !wanted || (!named && matches!(mention.sort, PlaceSort::Country(_))) {
                continue;
            }
            let place = self.place(mention, &mentions[i + 1..], day, problems);
            let again = out.iter().any(|p| p.id == place.id);
            if !again {
                out.push(place);
            }
        }
        out
    }

    /// A town, village or site, rather than "northern Mali".
    fn is_precise(&self, mention: &Mention) -> bool {
        mention.is_named() && mention.lies != Lies::Area
    }

    fn place(
        &self,
        mention: &Mention,
        after: &[Mention],
        day: Option<Date>,
        problems: &mut Vec<Problem>,
    ) -> Place {
        let known = self.story.known;
        let mut place = Place {
            id: slug(&mention.name),
            name: mention.name.clone(),
            region_then: None,
            region_now: None,
            cercle: self.stated_cercle(mention, after),
            country: self.stated_country(mention, after),
            lat: None,
            lon: None,
            precision: PlacePrecision::Unknown,
            passage: self.quote(mention.bytes.clone()),
        };
        match &mention.sort {
            PlaceSort::Region(region) => {
                place.id.clone_from(region);
                place.region_then = Some(region.clone());
                place.region_now = Some(region.clone());
                place.precision = PlacePrecision::Region;
                return place;
            }
            PlaceSort::Cercle => {
                if let Some(history) = known.regions.history(&mention.name) {
                    place.region_then = Some(known.regions.on(&history, day).to_owned());
                    place.region_now = Some(history.from_2023);
                }
                place.cercle = Some(mention.name.clone());
                place.precision = PlacePrecision::Cercle;
                return place;
            }
            PlaceSort::Country(_) | PlaceSort::Named { .. } => {}
        }
        match self.choose(mention, place.country.as_deref(), problems) {
            Some(found) => self.fill(&mut place, found, mention, day),
            None if place.country.is_none() => {
                self.region_from_text(&mut place, mention, after, day)
            }
            None => {}
        }
        place
    }

    fn fill(
        &self,
        place: &mut Place,
        found: &GazetteerPlace,
        mention: &Mention,
        day: Option<Date>,
    ) {
        place.id.clone_from(&found.slug);
        place.country.clone_from(&found.country);
        (place.lat, place.lon) = (found.lat, found.lon);
        place.precision = match (found.lat, mention.tie) {
            (None, _) => PlacePrecision::Unknown,
            (_, Tie::Near) => PlacePrecision::Near,
            _ => PlacePrecision::Exact,
        };
        if let Some(history) = &found.regions {
            place.region_then = Some(self.story.known.regions.on(history, day).to_owned());
            place.region_now = Some(history.from_2023.clone());
        }
    }

    /// The gazetteer's place of this name: the only one, or the only one that lies in a
    /// region which the text names. Homonyms that nothing tells apart stay unknown.
    fn choose(
        &self,
        mention: &Mention,
        country: Option<&str>,
        problems: &mut Vec<Problem>,
    ) -> Option<&GazetteerPlace> {
        let all = self.story.known.gazetteer.named(&mention.name);
        let all: Vec<_> = match country {
            Some(iso) => all.into_iter().filter(|p| p.country.as_deref() == Some(iso)).collect(),
            None => all,
        };
        let first = *all.first()?;
        let same_region =
            all.iter().all(|p| p.regions == first.regions && p.country == first.country);
        if same_region {
            return Some(first);
        }
        let fits = |p: &&&GazetteerPlace| {
            p.regions.as_ref().is_some_and(|r| {
                [&r.before_2016, &r.from_2016, &r.from_2023]
                    .iter()
                    .any(|s| self.context.contains(*s))
            })
        };
        let mut fitting = all.iter().filter(fits);
        let chosen = fitting.next();
        if let (Some(one), None) = (chosen, fitting.next()) {
            return Some(one);
        }
        problems.push(Problem {
            file: self.story.file.to_owned(),
            line: line_of(self.story.text, mention.bytes.start),
            expected: "a region or cercle that tells which of several places is meant".to_owned(),
            found: mention.name.clone(),
        });
        None
    }

    /// A place that no gazetteer has lies in the region that the text gives beside it, or
    /// where the known place it is "near" lies.
    fn region_from_text(
        &self,
        place: &mut Place,
        mention: &Mention,
        after: &[Mention],
        day: Option<Date>,
    ) {
        let beside = after.iter().chain(self.incident.mentions.iter());
        let known = self.story.known;
        for other in beside {
            let history = match &other.sort {
                PlaceSort::Region(region) => {
                    place.region_then = Some(region.clone());
                    place.region_now = Some(region.clone());
                    return;
                }
                PlaceSort::Cercle => known.regions.history(&other.name),
                PlaceSort::Named { .. } if other.bytes != mention.bytes => {
                    let all = known.gazetteer.named(&other.name);
                    let close = other.bytes.start.abs_diff(mention.bytes.start) < 300;
                    all.first().filter(|_| all.len() == 1 && close).and_then(|p| p.regions.clone())
                }
                _ => None,
            };
            if let Some(history) = history {
                place.region_then = Some(known.regions.on(&history, day).to_owned());
                place.region_now = Some(history.from_2023);
                return;
            }
        }
    }

    fn stated_cercle(&self, mention: &Mention, after: &[Mention]) -> Option<String> {
        let near = |m: &&Mention| {
            m.sort == PlaceSort::Cercle && m.bytes.start.abs_diff(mention.bytes.end) < 120
        };
        after.iter().find(near).map(|m| m.name.clone())
    }

    /// ", Niger" behind the name.
    fn stated_country(&self, mention: &Mention, after: &[Mention]) -> Option<String> {
        let next = after.first()?;
        let PlaceSort::Country(iso) = &next.sort else {
            return None;
        };
        let between = &self.story.text[mention.bytes.end..next.bytes.start.max(mention.bytes.end)];
        (between.trim() == ",").then(|| iso.clone())
    }

    // ---- how many

    fn all_told(&self) -> Vec<(&Told, Option<Date>, Option<&Part>)> {
        let infobox = self.incident.infobox.iter().map(|t| (t, None, None));
        let sentences = self
            .incident
            .parts
            .iter()
            .flat_map(|p| p.told().map(move |t| (t, t.said_on.and(p.said), Some(p))));
        infobox.chain(sentences).collect()
    }

    fn claims(&self) -> Vec<Claim> {
        let mut out: Vec<Claim> = Vec::new();
        let mut seen: HashSet<Claim> = HashSet::new();
        for (told, said_on, part) in self.all_told() {
            let by: Vec<Option<Claimant>> = match told.by.as_slice() {
                [] => vec![None],
                all => all.iter().cloned().map(Some).collect(),
            };
            for claimant in by {
                let claim = Claim {
                    measure: told.count.measure,
                    group: told.count.group,
                    min: told.count.min,
                    max: told.count.max,
                    qualifier: told.count.qualifier,
                    claimant,
                    said_on,
                    partial: told.count.subset || part.is_some_and(|p| self.is_one_place(told, p)),
                    passage: self.quote(told.bytes.clone()),
                };
                if seen.insert(claim.clone()) {
                    out.push(claim);
                }
            }
        }
        mark_further(&mut out);
        out
    }

    /// Whether a figure counts the victims of one of several places only.
    fn is_one_place(&self, told: &Told, part: &Part) -> bool {
        let places: BTreeSet<&str> = self.incident.keys().collect();
        let near: Vec<_> = part
            .places()
            .filter(|p| p.is_named() && p.tie != Tie::Other)
            .filter(|p| {
                let before = p.start.saturating_sub(told.count.evidence.end) <= 4
                    && p.start >= told.count.figure.start;
                let after = told.count.evidence.start.saturating_sub(p.end) <= 3
                    && p.end <= told.count.evidence.start;
                before || after
            })
            .collect();
        let list_like = near.len() >= 2 && near.len() >= places.len();
        let ordinal =
            part.fact.tokens.iter().take(8).any(|t| {
                one_of(t, &["first", "second", "third", "premier", "premiere", "seconde"])
            }) && part.places().any(|p| p.is_named());
        places.len() >= 2 && !list_like && (!near.is_empty() || ordinal)
    }

    // ---- who

    fn attributions(&self) -> Vec<Attribution> {
        let mut out: Vec<Attribution> = Vec::new();
        for named in &self.incident.perpetrators {
            self.attribute(&mut out, &named.slug, Stance::Stated, None, named.bytes.clone());
        }
        let lead = self.incident.parts.first().map(|p| (p.fact.block, p.fact.bytes()));
        for part in &self.incident.parts {
            for found in
                part.fact.stances.iter().filter(|s| part.tokens.contains(&s.evidence.start))
            {
                let block = lead.as_ref().map(|(block, _)| *block);
                let bytes = lead.as_ref().map(|(_, bytes)| bytes.clone());
                let elsewhere = self.incident.main && block != Some(part.fact.block);
                let later = self.incident.main && bytes != Some(part.fact.bytes());
                let aside = is_habit(&part.fact.tokens) || self.is_other_year(part);
                if later && aside && found.stance != Stance::Denied {
                    continue;
                }
                if elsewhere
                    && (found.stance == Stance::Stated || self.strikes_back(part, found, &out))
                {
                    continue;
                }
                let bytes = part.fact.bytes_of(found.evidence.clone());
                self.attribute(&mut out, &found.actor, found.stance, found.by.clone(), bytes);
            }
        }
        if out.iter().all(|a| a.stance == Stance::Denied) {
            for part in &self.incident.parts {
                for found in &part.fact.stances {
                    let bytes = part.fact.bytes_of(found.evidence.clone());
                    self.attribute(&mut out, &found.actor, found.stance, found.by.clone(), bytes);
                }
            }
        }
        self.drop_vague(&mut out);
        for (member, whole, bytes) in &self.incident.memberships {
            if out.iter().any(|a| a.actor == *member && a.stance == Stance::Stated) {
                self.attribute(&mut out, whole, Stance::Stated, None, bytes.clone());
            }
        }
        out
    }

    /// "seized the north in 2012": a sentence that names a year other than the incident's.
    fn is_other_year(&self, part: &Part) -> bool {
        let Some(main) = self.incident.date.as_ref().and_then(|(_, s)| s.start()) else {
            return false;
        };
        part.fact.dates.iter().any(|d| {
            let year = match d.words {
                DateWords::Days { year, .. } | DateWords::Month { year, .. } => year,
                DateWords::Year(year) => Some(year),
                _ => None,
            };
            year.is_some_and(|y| y != main.year())
        })
    }

    /// "The MSA claimed to have killed four attackers": a blow against the perpetrators is not
    /// their incident.
    fn strikes_back(&self, part: &Part, found: &StanceFound, so_far: &[Attribution]) -> bool {
        let named = so_far.iter().any(|a| a.actor == found.actor);
        let hit_back = part.told().any(|t| self.is_own_side(t.count.group, so_far));
        found.stance == Stance::Claimed && !named && hit_back
    }

    fn attribute(
        &self,
        out: &mut Vec<Attribution>,
        actor: &str,
        stance: Stance,
        by: Option<Claimant>,
        bytes: Range<usize>,
    ) {
        let known = &self.story.known.actors;
        // A government's name stands for its forces in "X attacked".
        let actor = known.get(actor).and_then(|a| a.forces.as_deref()).unwrap_or(actor);
        let Some(entry) = known.get(actor).filter(|a| a.kind != ActorKind::Speaker) else {
            return;
        };
        let again = out.iter().any(|a| a.actor == actor && a.stance == stance && a.by == by);
        if !again {
            out.push(Attribution {
                actor: actor.to_owned(),
                name: entry.name.clone(),
                stance,
                by,
                passage: self.quote(bytes),
            });
        }
    }

    /// "militants" and "gunmen" give way to the group that the text names.
    fn drop_vague(&self, out: &mut Vec<Attribution>) {
        let vague = |slug: &str| {
            let actor = self.story.known.actors.get(slug);
            actor.is_some_and(|a| a.kind == ActorKind::Unknown || a.slug == "jihadists")
        };
        if out.iter().any(|a| !vague(&a.actor) && a.stance != Stance::Denied) {
            out.retain(|a| !vague(&a.actor));
        }
    }

    // ---- whom

    fn victims(&self, claims: &[Claim], attributions: &[Attribution]) -> Vec<Victim> {
        let mut out: Vec<Victim> = Vec::new();
        let mut add = |group: &str, passage: Passage| {
            if !out.iter().any(|v: &Victim| v.group == group) {
                out.push(Victim { group: group.to_owned(), passage });
            }
        };
        for target in &self.incident.targets {
            add(&target.slug, self.quote(target.bytes.clone()));
        }
        let told = self.all_told();
        // What the document itself says of the victims goes before what parties say.
        let own = told
            .iter()
            .filter(|(t, ..)| !matches!(t.count.group, CasualtyGroup::Total | CasualtyGroup::Other))
            .any(|(t, ..)| t.by.is_empty() && !self.is_own_side(t.count.group, attributions));
        // An infobox that names whom it was aimed at says so itself.
        let own = own || !self.incident.targets.is_empty();
        for (told, ..) in &told {
            if own && !told.by.is_empty() || self.is_own_side(told.count.group, attributions) {
                continue;
            }
            let passage = || self.quote(told.bytes.clone());
            match told.count.group {
                CasualtyGroup::Total => {
                    let people = !told.count.elided && told.count.victims.is_empty();
                    let unarmed = claims.iter().all(|c| {
                        matches!(
                            c.group,
                            CasualtyGroup::Total
                                | CasualtyGroup::Civilians
                                | CasualtyGroup::Militants
                        )
                    });
                    if people && unarmed {
                        add("civilians", passage());
                    }
                }
                CasualtyGroup::Other => {}
                group => add(group.as_str(), passage()),
            }
            for victim in &told.count.victims {
                add(victim, passage());
            }
        }
        out
    }

    /// The dead of the attackers are no victims of their attack.
    fn is_own_side(&self, group: CasualtyGroup, attributions: &[Attribution]) -> bool {
        attributions.iter().filter(|a| a.stance != Stance::Denied).any(|a| {
            let Some(actor) = self.story.known.actors.get(&a.actor) else {
                return false;
            };
            match actor.kind {
                ActorKind::Jihadist | ActorKind::Unknown => group == CasualtyGroup::Militants,
                ActorKind::Separatist => group == CasualtyGroup::Rebels,
                ActorKind::SelfDefenceMilitia => group == CasualtyGroup::Militia,
                ActorKind::StateForces
                | ActorKind::ForeignForces
                | ActorKind::PrivateMilitaryCompany => {
                    matches!(group, CasualtyGroup::Soldiers | CasualtyGroup::Mercenaries)
                }
                ActorKind::UnitedNations | ActorKind::Speaker => false,
            }
        })
    }
}

/// "Two more detainees were killed": counted beside a larger figure of the same speaker, and so
/// a part.
fn mark_further(claims: &mut [Claim]) {
    let further = |c: &Claim| {
        let words = norm_phrase(&c.passage.quote);
        words.split(' ').any(|w| {
            matches!(
                w,
                "more"
                    | "other"
                    | "others"
                    | "another"
                    | "autre"
                    | "autres"
                    | "additional"
                    | "further"
            )
        })
    };
    let largest = |c: &Claim, all: &[Claim]| {
        let same = |o: &&Claim| o.measure == c.measure && o.claimant == c.claimant && !o.partial;
        all.iter().filter(same).filter_map(|o| o.min.or(o.max)).max()
    };
    for i in 0..claims.len() {
        let own = claims[i].min.or(claims[i].max);
        if own.is_some() && further(&claims[i]) && largest(&claims[i], claims) > own {
            claims[i].partial = true;
        }
    }
}

/// "has carried out similar attacks", "de nombreuses attaques revendiquées": what somebody does
/// time and again, or did before.
fn is_habit(tokens: &[Token]) -> bool {
    tokens.iter().enumerate().any(|(i, t)| {
        let attacks = || {
            tokens[i + 1..].iter().take(3).any(|t| {
                one_of(
                    t,
                    &[
                        "attacks", "attaques", "ambushes", "raids", "incidents", "abductions",
                        "enlevements",
                    ],
                )
            })
        };
        one_of(
            t,
            &[
                "similar", "similaires", "regularly", "regulierement", "often", "souvent",
                "lendemain", "frequently",
            ],
        ) || (one_of(
            t,
            &["nombreuses", "plusieurs", "several", "numerous", "many", "other", "previous"],
        ) && attacks())
            || (one_of(t, &["plus"]) && tokens.get(i + 1).is_some_and(|t| t.norm == "tot"))
    })
}

/// The smallest number of unarmed dead at one place that is filed as a massacre.
const MASSACRE: u32 = 10;

fn kind_of(
    events: &[EventWord],
    claims: &[Claim],
    victims: &[Victim],
    attributions: &[Attribution],
    story: &Story<'_>,
) -> EventType {
    let told = events.iter().find_map(|e| e.kind().filter(|k| *k != EventType::Other));
    let has = |group: CasualtyGroup| {
        victims
            .iter()
            .any(|v| story.known.victims.get(&v.group).is_some_and(|g| g.counts_as == group))
    };
    let armed = [
        CasualtyGroup::Soldiers,
        CasualtyGroup::Police,
        CasualtyGroup::Peacekeepers,
        CasualtyGroup::Mercenaries,
    ];
    let attack = events.contains(&EventWord::Attack);
    match told {
        Some(kind) => kind,
        None if armed.iter().any(|g| has(*g)) => EventType::AttackOnArmedForces,
        None if has(CasualtyGroup::Civilians) => {
            let dead = claims
                .iter()
                .filter(|c| c.measure == Measure::Killed)
                .filter_map(|c| c.min.or(c.max))
                .max();
            if dead.is_some_and(|n| n >= MASSACRE) { EventType::Massacre } else { EventType::Other }
        }
        None if attack && has(CasualtyGroup::Militants) && !attributions.is_empty() => {
            EventType::ArmedClash
        }
        None => EventType::Other,
    }
}

/// A title from kind and places, in the language of the document.
fn title_of(kind: EventType, places: &[Place], lang: Lang) -> String {
    let (name, at, and) = match lang {
        Lang::En => (english(kind), "at", "and"),
        Lang::Fr => (french(kind), "à", "et"),
    };
    let names: Vec<&str> = places.iter().map(|p| p.name.as_str()).collect();
    let areas = places.first().is_some_and(|p| {
        matches!(p.precision, PlacePrecision::Region | PlacePrecision::Cercle)
            || p.name.contains("Mali")
    });
    let near = places.first().is_some_and(|p| p.precision == PlacePrecision::Near);
    let at = match (areas, near, lang) {
        (true, _, Lang::En) => "in",
        (true, _, Lang::Fr) => "dans",
        (_, true, Lang::En) => "near",
        (_, true, Lang::Fr) => "près de",
        _ => at,
    };
    match names.as_slice() {
        [] => name.to_owned(),
        [one] => format!("{name} {at} {one}"),
        [many @ .., last] => format!("{name} {at} {} {and} {last}", many.join(", ")),
    }
}

fn english(kind: EventType) -> &'static str {
    match kind {
        EventType::Massacre => "Killings",
        EventType::ArmedClash => "Fighting",
        EventType::AttackOnArmedForces => "Attack",
        EventType::Airstrike => "Airstrike",
        EventType::Bombing => "Explosion",
        EventType::Abduction => "Abduction",
        EventType::Execution => "Executions",
        EventType::Siege => "Siege",
        EventType::Other => "Violence",
    }
}

fn french(kind: EventType) -> &'static str {
    match kind {
        EventType::Massacre => "Tueries",
        EventType::ArmedClash => "Combats",
        EventType::AttackOnArmedForces => "Attaque",
        EventType::Airstrike => "Frappe aérienne",
        EventType::Bombing => "Explosion",
        EventType::Abduction => "Enlèvement",
        EventType::Execution => "Exécutions",
        EventType::Siege => "Siège",
        EventType::Other => "Violences",
    }
}
