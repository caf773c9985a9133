//! Values of the model in words, in English and French: what pages and exports share.

mod attribution;
mod date;
mod figure;
mod filter;
mod matching;
mod review;

pub use matching::Element;

use crate::knowledge::Knowledge;
use crate::messages::{FluentValue, Messages};
use crate::model::claim::{CasualtyGroup, Measure};
use crate::model::filter::Dimension;
use crate::model::incident::{CERCLE, EventType, Place, PlacePrecision, REGION, Stance, Status};
use crate::model::slug::slug;
use crate::model::source::{Lang, SourceKind};
use std::borrow::Cow;

/// Words in one language, with the names that the program knows.
#[derive(Clone, Copy)]
pub struct Words<'k> {
    messages: &'static Messages,
    known: &'k Knowledge,
}

impl<'k> Words<'k> {
    /// Words in `lang`.
    pub fn new(lang: Lang, known: &'k Knowledge) -> Self {
        Self { messages: Messages::get(lang), known }
    }

    /// The language.
    pub fn lang(&self) -> Lang {
        self.messages.lang()
    }

    /// The messages behind the words.
    pub fn messages(&self) -> &'static Messages {
        self.messages
    }

    /// The names behind the words.
    pub fn known(&self) -> &'k Knowledge {
        self.known
    }

    fn text(&self, key: &str) -> String {
        self.messages.text(key)
    }

    fn with(&self, key: &str, values: &[(&str, &str)]) -> String {
        let values: Vec<_> =
            values.iter().map(|(name, value)| (*name, FluentValue::from(*value))).collect();
        self.messages.text_with(key, &values)
    }

    /// Name of a kind of event: "Attack on armed forces".
    pub fn kind(&self, kind: EventType) -> String {
        self.text(&format!("kind-{}", kind.as_str()))
    }

    /// Name of a measure: "killed".
    pub fn measure(&self, measure: Measure) -> String {
        self.text(&format!("measure-{}", measure.as_str()))
    }

    /// Name of a casualty group: "soldiers"; "people" for the total. Where `count` are told
    /// of, it decides singular or plural.
    pub fn casualty_group(&self, group: CasualtyGroup, count: Option<u32>) -> String {
        let count = [("count", count.unwrap_or(2).into())];
        self.messages.text_with(&format!("group-{}", group.as_str()), &count)
    }

    /// Name of a stance as a heading or filter value: "Claimed by the actor".
    pub fn stance(&self, stance: Stance) -> String {
        self.text(&format!("stance-{}", stance.as_str()))
    }

    /// Name of a review status: "Parsed, not reviewed".
    pub fn status(&self, status: Status) -> String {
        self.text(&format!("status-{}", status.as_str()))
    }

    /// Name of a kind of source: "Encyclopedia".
    pub fn source_kind(&self, kind: SourceKind) -> String {
        self.text(&format!("source-kind-{}", kind.as_str()))
    }

    /// Name of a language: "English".
    pub fn language(&self, lang: Lang) -> String {
        self.text(&format!("language-{}", lang.as_str()))
    }

    /// What coordinates stand for: "middle of the cercle".
    pub fn place_precision(&self, precision: PlacePrecision) -> String {
        self.text(&format!("precision-{}", precision.as_str()))
    }

    /// Label of a filter: "Region".
    pub fn dimension(&self, dimension: Dimension) -> String {
        self.text(&format!("filter-{}", dimension.as_str()))
    }

    /// Name of a region; the slug itself when it is not a known one.
    pub fn region(&self, slug: &str) -> String {
        self.region_name(slug).to_owned()
    }

    /// The same without a copy.
    pub fn region_name<'a>(&self, slug: &'a str) -> &'a str
    where
        'k: 'a,
    {
        match (self.known.regions.get(slug), self.lang()) {
            (Some(region), Lang::En) => &region.en,
            (Some(region), Lang::Fr) => &region.fr,
            (None, _) => slug,
        }
    }

    /// Name of a place by its key; the key in words when the gazetteer has none.
    pub fn place(&self, key: &str) -> String {
        self.place_name(key).into_owned()
    }

    /// The same without a copy, where the gazetteer has it.
    pub fn place_name<'a>(&self, key: &str) -> Cow<'a, str>
    where
        'k: 'a,
    {
        let name = |id: &str| match self.known.gazetteer.get(id) {
            Some(place) => Cow::Borrowed(place.name.as_str()),
            None => capitalised(id).into(),
        };
        if let Some(place) = self.known.gazetteer.get(key) {
            return place.name.as_str().into();
        }
        match (key.strip_suffix(CERCLE), key.strip_suffix(REGION)) {
            (Some(cercle), _) => self.with("place-cercle", &[("name", &name(cercle))]).into(),
            (_, Some(region)) => {
                self.with("place-region", &[("name", self.region_name(region))]).into()
            }
            _ => name(key),
        }
    }

    /// In which cercle a place is: "cercle of Ansongo".
    pub fn cercle(&self, name: &str) -> String {
        let elided = u64::from(self.lang() == Lang::Fr && elides(name));
        self.messages.text_with("item-cercle", &[("name", name.into()), ("elided", elided.into())])
    }

    /// Name of a victim group; the slug itself when it is not a known one.
    pub fn victim(&self, slug: &str) -> String {
        self.victim_name(slug).to_owned()
    }

    /// The same without a copy.
    pub fn victim_name<'a>(&self, slug: &'a str) -> &'a str
    where
        'k: 'a,
    {
        match (self.known.victims.get(slug), self.lang()) {
            (Some(group), Lang::En) => &group.en,
            (Some(group), Lang::Fr) => &group.fr,
            (None, _) => slug,
        }
    }

    /// Name of an actor; `name` when it is not a known one.
    pub fn actor(&self, slug: &str, name: &str) -> String {
        self.actor_name(slug).unwrap_or(name).to_owned()
    }

    /// Name of an actor that is known.
    fn actor_name(&self, slug: &str) -> Option<&'k str> {
        let actor = self.known.actors.get(slug)?;
        Some(match (&actor.fr, self.lang()) {
            (Some(fr), Lang::Fr) => fr,
            _ => &actor.name,
        })
    }

    /// A claimant's or speaker's name: the usual one in the reader's language where the
    /// source's is a name of a known actor, otherwise as the source gives it.
    fn named(&self, name: &str, actor: Option<&str>) -> String {
        match (self.known.actors.named(name), actor) {
            (Some(known), Some(slug)) if known.slug == slug => self.actor(slug, name),
            _ => name.to_owned(),
        }
    }

    /// The region of a place on the day of the incident, with today's when it is another:
    /// "Mopti, today Bandiagara". The country for places abroad; none when neither is known.
    pub fn place_region(&self, place: &Place) -> Option<String> {
        match (&place.region_then, &place.region_now, &place.country) {
            (Some(then), Some(now), _) if then != now => Some(self.with(
                "place-region-then-now",
                &[("then", &self.region(then)), ("now", &self.region(now))],
            )),
            (Some(one), _, _) | (None, Some(one), _) => Some(self.region(one)),
            (None, None, Some(country)) => Some(self.country(country)),
            (None, None, None) => None,
        }
    }

    /// A country of which incidents are told, by ISO code; the code for any other.
    pub fn country(&self, code: &str) -> String {
        let key = format!("country-{}", code.to_ascii_lowercase());
        if self.messages.has(&key) { self.text(&key) } else { code.to_owned() }
    }

    /// Things in a row: "a, b and c".
    pub fn and(&self, items: &[String]) -> String {
        self.row(items, "list-and")
    }

    /// Things to choose from: "a, b or c".
    pub fn or(&self, items: &[String]) -> String {
        self.row(items, "list-or")
    }

    fn row(&self, items: &[String], key: &str) -> String {
        match items {
            [] => String::new(),
            [one] => one.clone(),
            [first @ .., last] => self.with(key, &[("first", &first.join(", ")), ("last", last)]),
        }
    }
}

/// Whether French says *d’* before a name: "d’Ansongo", but "de Ouan" and "de Hombori".
fn elides(name: &str) -> bool {
    let slug = slug(name);
    let mut letters = slug.chars();
    let vowel = |c: char| "aeiou".contains(c);
    match letters.next() {
        Some('o') if slug.starts_with("ou") => !letters.nth(1).is_some_and(vowel),
        first => first.is_some_and(vowel),
    }
}

/// `ber-aklil` as "Ber Aklil".
fn capitalised(slug: &str) -> String {
    let words = slug.split('-').map(|word| {
        let mut chars = word.chars();
        chars.next().map(|c| c.to_uppercase().chain(chars).collect::<String>()).unwrap_or_default()
    });
    words.collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::matching::Reason;

    /// Keys made from a word of the model are not seen by the test that searches the code.
    #[test]
    fn every_word_of_the_model_has_a_message() {
        let mut keys = Vec::new();
        keys.extend(EventType::ALL.iter().map(|v| format!("kind-{}", v.as_str())));
        keys.extend(Measure::ALL.iter().map(|v| format!("measure-{}", v.as_str())));
        keys.extend(Measure::ALL.iter().map(|v| format!("people-{}", v.as_str())));
        keys.extend(CasualtyGroup::ALL.iter().map(|v| format!("group-{}", v.as_str())));
        keys.extend(Stance::ALL.iter().map(|v| format!("stance-{}", v.as_str())));
        keys.extend(Status::ALL.iter().map(|v| format!("status-{}", v.as_str())));
        keys.extend(SourceKind::ALL.iter().map(|v| format!("source-kind-{}", v.as_str())));
        keys.extend(Lang::ALL.iter().map(|v| format!("language-{}", v.as_str())));
        keys.extend(PlacePrecision::ALL.iter().map(|v| format!("precision-{}", v.as_str())));
        keys.extend(Reason::ALL.iter().map(|v| format!("match-reason-{}", v.as_str())));
        keys.extend(Dimension::ALL.iter().map(|v| format!("filter-{}", v.as_str())));
        for lang in Lang::ALL {
            for key in &keys {
                assert!(Messages::get(lang).has(key), "{lang:?} lacks {key}");
            }
        }
    }

    #[test]
    fn french_elides_before_a_vowel() {
        let known = Knowledge::embedded();
        let words = Words::new(Lang::Fr, &known);
        for (name, expected) in [
            ("Ansongo", "cercle d’Ansongo"),
            ("Échell", "cercle d’Échell"),
            ("Ouan", "cercle de Ouan"),
            ("Oussoubidiagna", "cercle d’Oussoubidiagna"),
            ("Yélimané", "cercle de Yélimané"),
            ("Hombori", "cercle de Hombori"),
        ] {
            assert_eq!(words.cercle(name), expected);
        }
        assert_eq!(Words::new(Lang::En, &known).cercle("Ansongo"), "cercle of Ansongo");
    }

    #[test]
    fn a_region_that_changed_says_so() {
        let known = Knowledge::embedded();
        let place = |then: &str, now: &str| Place {
            id: "x".into(),
            name: "X".into(),
            region_then: Some(then.into()),
            region_now: Some(now.into()),
            cercle: None,
            country: None,
            lat: None,
            lon: None,
            precision: PlacePrecision::Unknown,
            passage: crate::model::passage::Passage::default(),
        };
        let words = Words::new(Lang::En, &known);
        assert_eq!(
            words.place_region(&place("gao", "menaka")).as_deref(),
            Some("Gao, today Ménaka")
        );
        assert_eq!(words.place_region(&place("gao", "gao")).as_deref(), Some("Gao"));
    }
}
