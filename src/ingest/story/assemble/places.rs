//! Where: the places of an incident with their regions.

use super::Maker;
use crate::ingest::lexicon::one_of;
use crate::ingest::rules::place::{Lies, PlaceSort, Tie};
use crate::ingest::story::facts::Facts;
use crate::ingest::story::tell::Mention;
use crate::ingest::token::{Token, tokens};
use crate::ingest::work;
use crate::knowledge::gazetteer::{GazetteerPlace, homonyms};
use crate::model::distance::kilometres;
use crate::model::document::Problem;
use crate::model::incident::{Place, PlacePrecision};
use crate::model::slug::{fold, slug};
use jiff::civil::Date;
use rustc_hash::FxHashSet;

/// How many of the places named behind another can say where that lies.
const BESIDE: usize = 100;

/// What lies further off than this, in kilometres, is not "near".
const FAR_KM: f64 = 120.0;

/// From how many kilometres on a known place says nothing of the region of one beside it.
const FAR: u32 = 60;

/// How many kilometres from the middle of Bamako its district has ended.
const OUT_OF_TOWN: u32 = 25;

impl Maker<'_> {
    pub(super) fn places(&self, day: Option<Date>, problems: &mut Vec<Problem>) -> Vec<Place> {
        let mut mentions: Vec<Mention> = self.incident.mentions.clone();
        if !self.incident.main {
            for part in &self.incident.parts {
                let tied = part.places().filter(|p| p.tie != Tie::Other);
                mentions.extend(tied.map(|p| Mention::of(self.story, &part.fact, p)));
            }
        }
        if self.incident.main && !mentions.iter().any(|m| self.is_precise(m)) {
            // The lead names none: the first sentence that puts it somewhere.
            let scene = self.incident.parts.iter().find_map(|part| {
                let tied: Vec<Mention> = part
                    .places()
                    .filter(|p| p.is_scene() && p.lies != Lies::Abroad && p.lies != Lies::Area)
                    .map(|p| Mention::of(self.story, &part.fact, p))
                    .collect();
                (part.fact.has_cue() && !tied.is_empty()).then_some(tied)
            });
            mentions.extend(scene.into_iter().flatten());
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
        let mut seen: FxHashSet<String> = FxHashSet::default();
        for (i, mention) in mentions.iter().enumerate() {
            let wanted = match mention.sort {
                PlaceSort::Country(_) => false,
                PlaceSort::Region(_) => !precise && !cercle,
                PlaceSort::Cercle => !precise,
                PlaceSort::Named { .. } if self.is_precise(mention) => {
                    !there || mention.tie != Tie::Near
                }
                PlaceSort::Named { .. } => !precise,
            };
            if !wanted || (!named && matches!(mention.sort, PlaceSort::Country(_))) {
                continue;
            }
            let beside = &mentions[i + 1..mentions.len().min(i + 1 + BESIDE)];
            work::steps(beside.len());
            let place = self.place(mention, beside, day, problems);
            if seen.insert(place.id.clone()) {
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
        let found = self.choose(mention, &place, problems);
        match found.filter(|found| !self.contradicts(found, mention, &place, after)) {
            Some(found) => self.fill(&mut place, found, mention, day),
            None if place.country.is_none() => {
                let stated =
                    place.cercle.as_ref().and_then(|c| self.story.known.regions.history(c));
                if let Some(history) = stated {
                    place.region_then = Some(self.story.known.regions.on(&history, day).to_owned());
                    place.region_now = Some(history.from_2023);
                    return place;
                }
                self.region_from_text(&mut place, mention, after, day);
                if place.region_then.is_none() {
                    self.region_of_homonyms(&mut place, day);
                }
                if place.region_then.is_none() && self.incident.main {
                    self.region_of_this_part(&mut place);
                }
            }
            None => {}
        }
        place
    }

    /// "Tabankort, in Ménaka Cercle": the text puts the name where the only place of that name in
    /// the gazetteer has never lain, so another place is meant.
    fn contradicts(
        &self,
        found: &GazetteerPlace,
        mention: &Mention,
        place: &Place,
        after: &[Mention],
    ) -> bool {
        let regions = &self.story.known.regions;
        let Some(known) = &found.regions else { return false };
        if let Some(stated) = place.cercle.as_ref().and_then(|c| regions.history(c)) {
            return stated.from_2016 != known.from_2016 && stated.from_2023 != known.from_2023;
        }
        if after.first().is_some_and(|next| self.lies_far_from(found, mention, next)) {
            return true;
        }
        let next = after.first().map(|m| (&m.sort, m.bytes.start));
        let Some((PlaceSort::Region(stated), start)) = next else { return false };
        let between = &self.story.text[mention.bytes.end..start.max(mention.bytes.end)];
        let beside = matches!(between.trim(), "," | ", in" | "in" | "(");
        // "Sévaré, Niono, and Bapho, Mopti region": loosely said of all of them.
        let before = self.story.text[..mention.bytes.start].trim_end();
        let listed = before.ends_with(',') || before.ends_with(" and") || before.ends_with(" et");
        beside
            && !listed
            && ![&known.before_2016, &known.from_2016, &known.from_2023].contains(&stated)
    }

    /// "Welingara, près de Nara": too far from the place that it is said to be near.
    fn lies_far_from(&self, found: &GazetteerPlace, mention: &Mention, next: &Mention) -> bool {
        const NEAR: &[&str] = &[
            "near", "close to", "not far from", "près de", "près d'", "non loin de",
            "aux environs de", "dans les environs de", "à proximité de",
        ];
        let between = &self.story.text[mention.bytes.end..next.bytes.start.max(mention.bytes.end)];
        let near = NEAR.contains(&between.trim().trim_start_matches(',').trim());
        let all = self.story.known.gazetteer.named(&next.name);
        let point = |p: &GazetteerPlace| Some((p.lat?, p.lon?));
        let other = match all.as_slice() {
            [only] => point(only),
            _ => None,
        };
        near && point(found).zip(other).is_some_and(|(a, b)| kilometres(a, b) > FAR_KM)
    }

    /// Homonyms of one region: which is meant is not known, but where it lies is.
    fn region_of_homonyms(&self, place: &mut Place, day: Option<Date>) {
        let known = self.story.known;
        let all = known.gazetteer.named(&place.name);
        let first = all.first().and_then(|p| p.regions.as_ref());
        let Some(history) = first.filter(|h| all.iter().all(|p| p.regions.as_ref() == Some(h)))
        else {
            return;
        };
        place.region_then = Some(known.regions.on(history, day).to_owned());
        place.region_now = Some(history.from_2023.clone());
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
        if found.slug == "bamako" && self.is_out_of_town(mention) {
            place.region_then = Some("koulikoro".to_owned());
            place.region_now = Some("koulikoro".to_owned());
        } else if let Some(history) = &found.regions {
            place.region_then = Some(self.story.known.regions.on(history, day).to_owned());
            place.region_now = Some(history.from_2023.clone());
        } else if !found.old_region.is_empty() {
            place.region_then = self.story.known.regions.before_2023(&found.old_region, day);
        }
    }

    /// The gazetteer's place of this name: the only one, or the only one that lies in a
    /// region which the text names. Homonyms that nothing tells apart stay unknown.
    fn choose(
        &self,
        mention: &Mention,
        place: &Place,
        problems: &mut Vec<Problem>,
    ) -> Option<&GazetteerPlace> {
        let mut all = self.story.known.gazetteer.named(&mention.name);
        if let Some(iso) = &place.country {
            all.retain(|p| p.country.as_ref() == Some(iso));
        }
        if let Some(cercle) = &place.cercle
            && all.iter().any(|p| fold(&p.cercle) == fold(cercle))
        {
            all.retain(|p| fold(&p.cercle) == fold(cercle));
        }
        let first = *all.first()?;
        let same_cercle = all.iter().all(|p| {
            (&p.regions, &p.old_region, &p.country, &p.cercle)
                == (&first.regions, &first.old_region, &first.country, &first.cercle)
        });
        if same_cercle {
            return Some(first);
        }
        let fits = |p: &&&GazetteerPlace| {
            self.context.contains(&p.old_region)
                || p.regions.as_ref().is_some_and(|r| {
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
            line: self.story.lines.of(mention.bytes.start),
            expected: format!(
                "a region or cercle that tells which of several places is meant: {}",
                homonyms(&all)
            ),
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
        let beside = after.iter().chain(self.incident.mentions.iter().take(BESIDE));
        let known = self.story.known;
        for other in beside.filter(|other| !self.lies_far_off(mention, other)) {
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

    /// "south-west of Bamako": out of the district of the capital, which lies in Koulikoro Region on all
    /// sides; with a distance it may be any region.
    fn is_out_of_town(&self, mention: &Mention) -> bool {
        let mut start = mention.bytes.start.saturating_sub(60);
        while !self.story.text.is_char_boundary(start) {
            start += 1;
        }
        let before = tokens(self.story.text, start..mention.bytes.start);
        let Some((of, rest)) = before.split_last() else { return false };
        let side = |t: &&Token| {
            let last = t.norm.rsplit('-').next().unwrap_or_default();
            ["north", "south", "east", "west", "nord", "sud", "est", "ouest"].contains(&last)
        };
        let measured = rest.iter().any(|t| one_of(t, &["km", "kilometres", "kilometers", "miles"]));
        mention.tie == Tie::Near
            && one_of(of, &["of", "de"])
            && rest.last().is_some_and(|t| side(&t))
            && !measured
    }

    /// "Kwala, 200 kilometres north of Bamako": so far off nobody knows the region, and a few
    /// kilometres are enough to be out of the capital's district.
    fn lies_far_off(&self, mention: &Mention, other: &Mention) -> bool {
        let between = mention.bytes.end..other.bytes.start.max(mention.bytes.end);
        if !other.is_named() || between.len() > 80 {
            return false;
        }
        let tokens = tokens(self.story.text, between);
        let distance = tokens.windows(2).find_map(|w| {
            let unit = one_of(&w[1], &["km", "kilometres", "kilometers", "kilometre", "miles"]);
            w[0].norm.parse::<u32>().ok().filter(|_| unit)
        });
        distance.is_some_and(|far| far > FAR || other.key == "bamako" && far >= OUT_OF_TOWN)
    }

    /// "This part of the Koulikoro region", in the telling of an incident whose place says no region:
    /// the only one that is spoken of so.
    fn region_of_this_part(&self, place: &mut Place) {
        let part = |fact: &Facts, at: usize| {
            let near = &fact.tokens[at.saturating_sub(6)..at];
            near.windows(2).any(|w| {
                one_of(&w[0], &["this", "cette"])
                    && one_of(&w[1], &["part", "partie", "area", "zone"])
            })
        };
        let facts = self.incident.parts.iter().map(|p| &p.fact);
        let regions: FxHashSet<&String> = facts
            .flat_map(|fact| {
                fact.places.iter().filter_map(move |p| match &p.sort {
                    PlaceSort::Region(slug) if part(fact, p.start) => Some(slug),
                    _ => None,
                })
            })
            .collect();
        if let (Some(only), 1) = (regions.iter().next(), regions.len()) {
            place.region_then = Some((*only).clone());
            place.region_now = Some((*only).clone());
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
}

#[cfg(test)]
mod tests {
    use crate::ingest::{Hints, Parser};
    use crate::knowledge::Knowledge;
    use std::sync::LazyLock;

    static KNOWN: LazyLock<Knowledge> = LazyLock::new(Knowledge::embedded);

    /// The places of the first incident with their regions.
    fn places(text: &str) -> String {
        let text = format!("Attack\n\nOn 3 March 2024, gunmen killed two soldiers {text}\n");
        let parser = Parser::new(&KNOWN);
        let doc = parser.parse("test.txt", text.as_bytes(), &Hints::default()).unwrap();
        let told = doc.drafts[0].places.iter().map(|p| {
            format!("{} {}", p.name, p.region_then.clone().unwrap_or_else(|| "?".to_owned()))
        });
        told.collect::<Vec<_>>().join(", ")
    }

    #[test]
    fn ok_regions_of_places_that_nobody_knows() {
        for (text, expected) in [
            ("at Kwalina, some 200 kilometres north of Bamako.", "Kwalina ?"),
            ("at Kwalina, 8 kilometres from Bamako.", "Kwalina bamako"),
            ("at Kwalina, 20 kilometres from Hombori.", "Kwalina douentza"),
            (
                "at Kwalina, some 200 kilometres north of Bamako. This part of the Koulikoro region is poor.",
                "Kwalina koulikoro",
            ),
            ("south-west of Bamako.", "Bamako koulikoro"),
            ("near Bamako.", "Bamako bamako"),
        ] {
            assert_eq!(places(text), expected, "{text}");
        }
    }
}
