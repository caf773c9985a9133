//! The fields of one incident of a list, each checked.

use super::file::{self, Loose, Text};
use super::named::{self, Wrong, given, listed};
use super::quote::Quoted;
use super::read::{Fault, hint, word_of};
use crate::ingest::layout::copy::label;
use crate::ingest::rules::number::states;
use crate::knowledge::Knowledge;
use crate::model::claim::{CasualtyGroup, Claim, Measure, Qualifier};
use crate::model::date::{DateSpan, PartialDate};
use crate::model::incident::{Attribution, Draft, EventType, Place, Stance, Victim};
use crate::model::passage::Passage;
use jiff::civil::Date;
use std::ops::Range;
use std::str::FromStr;
use toml::Spanned;

/// One incident with every field checked.
///
/// # Errors
/// All faults.
pub fn incident(
    entry: &file::Incident,
    quoted: &Quoted<'_>,
    known: &Knowledge,
) -> Result<Draft, Vec<Fault>> {
    let mut check = Check { quoted, known, near: None, faults: Vec::new() };
    let whole = check.quote("quote", &entry.quote, &entry.at);
    check.near = whole.as_ref().map(Passage::range);
    let date = check.date(entry);
    let dated = match (&date, &entry.date_quote) {
        (Some(DateSpan::UNKNOWN), None) => None,
        _ => check.quote("date_quote", &entry.date_quote, &entry.date_at),
    };
    let day = date.and_then(|d| d.start());
    let title = given(&entry.title).map(str::to_owned);
    if title.is_none() {
        check.fault(0..0, "title", "a short title", "nothing");
    }
    let kind = check.word("kind", &entry.kind, EventType::ALL, EventType::as_str);
    let places = check.each("place", &entry.places, |c, f, p| c.place(f, p, day));
    let attributions = check.each("perpetrator", &entry.perpetrators, Check::attribution);
    let victims = check.each("victim", &entry.victims, Check::victim);
    let claims = check.each("claim", &entry.claims, Check::claim);
    match (title, whole, date, kind) {
        (Some(title), Some(passage), Some(date), Some(kind)) if check.faults.is_empty() => {
            Ok(Draft {
                main: entry.main.unwrap_or(false),
                title,
                date,
                date_passage: dated,
                kind,
                places,
                attributions,
                victims,
                claims,
                passage,
            })
        }
        _ => Err(check.faults),
    }
}

/// `2022-04-19`, `2022-04`, `2022`, `2022-04-19..2022-04-21`.
fn date_of(word: &str) -> Option<DateSpan> {
    let one = |t: &str| t.trim().parse::<PartialDate>().ok();
    match word.split_once("..") {
        None => Some(one(word)?.span()),
        Some((a, b)) => match (one(a)?, one(b)?) {
            (PartialDate::Day(a), PartialDate::Day(b)) if a <= b => Some(DateSpan::range(a, b)),
            _ => None,
        },
    }
}

/// Whether a quote states a number, perhaps right behind the label of a copied infobox.
fn is_stated(quote: &str, number: u32) -> bool {
    let value = || label(quote).is_some_and(|label| states(&quote[label.len()..], number));
    states(quote, number) || value()
}

struct Check<'a> {
    quoted: &'a Quoted<'a>,
    known: &'a Knowledge,
    /// The passage that tells the incident.
    near: Option<Range<usize>>,
    faults: Vec<Fault>,
}

impl Check<'_> {
    fn fault(&mut self, span: Range<usize>, field: &str, expected: &str, found: &str) {
        let [field, expected, found] = [field, expected, found].map(str::to_owned);
        self.faults.push(Fault { span, field, expected, found });
    }

    /// Each of a list, with its number in the name of the field.
    fn each<E, T>(
        &mut self,
        name: &str,
        all: &[Spanned<E>],
        read: impl Fn(&mut Self, &str, &E) -> Option<T>,
    ) -> Vec<T> {
        let mut out = Vec::new();
        for (i, item) in all.iter().enumerate() {
            let before = self.faults.len();
            out.extend(read(self, &format!("{name} {}", i + 1), item.get_ref()));
            for fault in self.faults[before..].iter_mut().filter(|f| f.span == (0..0)) {
                fault.span = item.span();
            }
        }
        out
    }

    fn quote(&mut self, field: &str, quote: &Option<Text>, at: &Option<Loose>) -> Option<Passage> {
        let span = quote.as_ref().map_or(0..0, Spanned::span);
        let place = hint(at);
        if let Some(at) = at.as_ref().filter(|_| place.is_none()) {
            let found = at.get_ref().to_string();
            self.fault(at.span(), field, "at = a line, or \"line:time\"", &found);
            return None;
        }
        let words = quote.as_ref().map_or("", |q| q.get_ref());
        match self.quoted.find(words, place, self.near.as_ref()) {
            Ok(passage) => Some(passage),
            Err(found) => {
                self.fault(span, field, "words of the document", &found);
                None
            }
        }
    }

    fn word<T: Copy + FromStr>(
        &mut self,
        field: &str,
        word: &Option<Text>,
        all: &[T],
        name: fn(T) -> &'static str,
    ) -> Option<T> {
        let found = given(word).unwrap_or_default();
        let value = found.parse().ok();
        if value.is_none() {
            let span = word.as_ref().map_or(0..0, Spanned::span);
            let expected = listed(all.iter().map(|v| name(*v)));
            self.fault(span, field, &expected, &format!("{found:?}"));
        }
        value
    }

    fn known<T>(&mut self, field: &str, result: Result<T, Wrong>) -> Option<T> {
        result.map_err(|(span, expected, found)| self.fault(span, field, &expected, &found)).ok()
    }

    fn date(&mut self, entry: &file::Incident) -> Option<DateSpan> {
        let Some(value) = &entry.date else {
            return Some(DateSpan::UNKNOWN);
        };
        let word = word_of(value).unwrap_or_default();
        if word.is_empty() || word == "unknown" {
            return Some(DateSpan::UNKNOWN);
        }
        let date = date_of(&word);
        if date.is_none() {
            let expected = "YYYY-MM-DD, YYYY-MM, YYYY, or a first and last day with .. between";
            self.fault(value.span(), "date", expected, &format!("{word:?}"));
        }
        date
    }

    fn place(&mut self, field: &str, entry: &file::Place, day: Option<Date>) -> Option<Place> {
        let passage = self.quote(&format!("{field} quote"), &entry.quote, &entry.at);
        let place = named::place(entry, Passage::default(), day, self.known);
        let place = self.known(field, place)?;
        Some(Place { passage: passage?, ..place })
    }

    fn attribution(&mut self, field: &str, entry: &file::Perpetrator) -> Option<Attribution> {
        let passage = self.quote(&format!("{field} quote"), &entry.quote, &entry.at);
        let stance = match given(&entry.attribution) {
            Some("alleged") => Some(Stance::Accused),
            _ => {
                let field = format!("{field} attribution");
                self.word(&field, &entry.attribution, Stance::ALL, Stance::as_str)
            }
        };
        let by = named::claimant(&entry.by, &entry.by_actor, self.known);
        let by = self.known(&format!("{field} by"), by);
        let Some(name) = given(&entry.actor) else {
            self.fault(0..0, &format!("{field} actor"), "the name of an actor", "nothing");
            return None;
        };
        let (actor, name) = named::actor(name, given(&entry.actor_id), self.known);
        Some(Attribution { actor, name, stance: stance?, by: by?, passage: passage? })
    }

    fn victim(&mut self, field: &str, entry: &file::Victim) -> Option<Victim> {
        let passage = self.quote(&format!("{field} quote"), &entry.quote, &entry.at);
        let name = given(&entry.group).unwrap_or_default();
        let groups = &self.known.victims;
        let Some(group) = groups.get(name).or_else(|| groups.named(name)) else {
            let span = entry.group.as_ref().map_or(0..0, Spanned::span);
            let field = format!("{field} group");
            self.fault(span, &field, "a victim group", &format!("{name:?}"));
            return None;
        };
        Some(Victim { group: group.slug.clone(), passage: passage? })
    }

    /// A figure must stand in the words that are quoted for it.
    fn stated(&mut self, field: &str, end: &Option<Spanned<u32>>, passage: &Passage) {
        let Some(end) = end.as_ref().filter(|end| !is_stated(&passage.quote, *end.get_ref()))
        else {
            return;
        };
        let expected = "a number that the quote states, in digits or words";
        let found = format!("{end}, and the words {:?}", passage.quote);
        self.fault(end.span(), field, expected, &found);
    }

    fn claim(&mut self, field: &str, entry: &file::Claim) -> Option<Claim> {
        let passage = self.quote(&format!("{field} quote"), &entry.quote, &entry.at);
        let name = |part: &str| format!("{field} {part}");
        let measure = self.word(&name("measure"), &entry.measure, Measure::ALL, Measure::as_str);
        let group = match &entry.group {
            None => Some(CasualtyGroup::Total),
            group => self.word(&name("group"), group, CasualtyGroup::ALL, CasualtyGroup::as_str),
        };
        let (min, max) = (number(&entry.min), number(&entry.max));
        let qualifier = match &entry.qualifier {
            None => Some(qualifier_of(min, max)),
            word => self.word(&name("qualifier"), word, Qualifier::ALL, Qualifier::as_str),
        };
        if let Some(expected) = qualifier.and_then(|q| ends(q, min, max)) {
            let span = entry.min.as_ref().or(entry.max.as_ref()).map_or(0..0, Spanned::span);
            let found = format!("min {}, max {}", shown(min), shown(max));
            self.fault(span, field, expected, &found);
        }
        if let Some(passage) = &passage {
            self.stated(&name("min"), &entry.min, passage);
            self.stated(&name("max"), &entry.max, passage);
        }
        let claimant = named::claimant(&entry.claimant, &entry.claimant_actor, self.known);
        let claimant = self.known(&name("claimant"), claimant);
        let said_on = match entry.said_on.as_ref().map(|v| (v, word_of(v).unwrap_or_default())) {
            None => Some(None),
            Some((_, word)) if word.is_empty() => Some(None),
            Some((value, word)) => {
                let day = word.parse().ok().filter(|_| word.len() == 10);
                if day.is_none() {
                    let span = value.span();
                    self.fault(span, &name("said_on"), "a day, YYYY-MM-DD", &format!("{word:?}"));
                }
                day.map(Some)
            }
        };
        Some(Claim {
            measure: measure?,
            group: group?,
            min,
            max,
            qualifier: qualifier?,
            claimant: claimant?,
            said_on: said_on?,
            partial: entry.partial.unwrap_or(false),
            passage: passage?,
        })
    }
}

fn number(value: &Option<Spanned<u32>>) -> Option<u32> {
    value.as_ref().map(|v| *v.get_ref())
}

fn shown(end: Option<u32>) -> String {
    end.map_or_else(|| "none".to_owned(), |n| n.to_string())
}

/// How a figure with these ends is put, where nobody says.
fn qualifier_of(min: Option<u32>, max: Option<u32>) -> Qualifier {
    match (min, max) {
        (Some(a), Some(b)) if a == b => Qualifier::Exact,
        (Some(_), Some(_)) => Qualifier::Range,
        (Some(_), None) => Qualifier::AtLeast,
        (None, Some(_)) => Qualifier::UpTo,
        (None, None) => Qualifier::Dozens,
    }
}

/// Which ends belong to a qualifier, where these do not.
fn ends(qualifier: Qualifier, min: Option<u32>, max: Option<u32>) -> Option<&'static str> {
    let (fine, expected) = match qualifier {
        Qualifier::Exact | Qualifier::About => {
            (min.is_some() && min == max, "min and max, both the same")
        }
        Qualifier::AtLeast => (min.is_some() && max.is_none(), "min and no max"),
        Qualifier::UpTo => (min.is_none() && max.is_some(), "max and no min"),
        Qualifier::Range => (min.is_some() && max.is_some() && min <= max, "min not above max"),
        Qualifier::Dozens => (min.is_none() && max.is_none(), "neither min nor max"),
    };
    (!fine).then_some(expected)
}
