//! Rows and columns: the same in every spreadsheet, whatever the file.

use super::phrases::Phrases;
use super::{Head, PROGRAM, Tally, listed};
use crate::model::claim::{Claim, Measure};
use crate::model::date::DateSpan;
use crate::model::incident::{Account, Attribution, Incident, Place};
use crate::model::passage::Passage;
use crate::wording::Words;
use std::fmt::{Display, Write};
use std::ops::Range;

/// A column: its name, its HXL hashtag, and whether it holds whole numbers.
pub struct Column {
    /// Name, as in the first row.
    pub name: &'static str,
    /// Hashtag of the Humanitarian Exchange Language, version 1.1.
    pub hxl: &'static str,
    /// Whether its cells are whole numbers or empty.
    pub number: bool,
}

const fn text(name: &'static str, hxl: &'static str) -> Column {
    Column { name, hxl, number: false }
}

const fn number(name: &'static str, hxl: &'static str) -> Column {
    Column { name, hxl, number: true }
}

/// The columns of a table with a row for each incident.
///
/// `date_start` and `date_end` are the first and last day on which it may have happened (both
/// included; see `date_precision`); `killed_low` and `killed_high` the range over everybody's
/// claims, which may be exceeded where `killed_open` is true.
pub const INCIDENT: [Column; 17] = [
    text("id", "#event+id"),
    text("title", "#event+name"),
    text("date_start", "#date+start"),
    text("date_end", "#date+end"),
    text("date_precision", "#meta+date+precision"),
    text("kind", "#event+type"),
    text("places", "#loc+name+list"),
    text("regions_then", "#adm1+name+then+list"),
    text("regions_now", "#adm1+name+now+list"),
    text("perpetrators", "#group+name+perpetrator+list"),
    text("victims", "#affected+type+list"),
    number("killed_low", "#affected+killed+min"),
    number("killed_high", "#affected+killed+max"),
    text("killed_open", "#meta+killed+open"),
    text("claims", "#description+claims+list"),
    text("sources", "#meta+source+list"),
    text("status", "#status+review"),
];

/// The columns of a table with a row for each claim.
///
/// `min` and `max` are people, both included, empty where the claim leaves an end open;
/// `partial` is true where it counts only some of the victims; `claimant` is empty where the
/// source speaks for itself; `start` and `end` are the bytes of the quote in the source's text
/// (`end` not included); `page` is the page of the file on which it begins, empty where the
/// source has none.
pub const CLAIM: [Column; 23] = [
    text("incident_id", "#event+id"),
    text("incident_title", "#event+name"),
    text("date_start", "#date+start"),
    text("date_end", "#date+end"),
    text("date_precision", "#meta+date+precision"),
    text("measure", "#affected+measure"),
    text("group", "#affected+type"),
    number("min", "#affected+num+min"),
    number("max", "#affected+num+max"),
    text("qualifier", "#affected+qualifier"),
    text("partial", "#meta+partial"),
    text("claimant", "#contact+name+claimant"),
    text("claimant_actor", "#group+code+claimant"),
    text("said_on", "#date+said"),
    text("quote", "#description+quote"),
    text("source_id", "#meta+source+id"),
    text("source_title", "#meta+source+name"),
    text("publisher", "#meta+publisher"),
    text("licence", "#meta+license"),
    number("start", "#meta+quote+start"),
    number("end", "#meta+quote+end"),
    text("status", "#status+review"),
    number("page", "#meta+quote+page"),
];

/// Between things in one cell.
const AND: &str = "; ";

/// Cells of one row, one after the other in the same memory as those of the row before.
#[derive(Debug, Default)]
pub struct Row {
    text: String,
    /// One past the last byte of each cell.
    ends: Vec<usize>,
    /// Where the things of a list stand that is being written.
    listed: Vec<Range<usize>>,
}

impl Row {
    /// The cells, in the order of the columns.
    pub fn cells(&self) -> impl Iterator<Item = &str> + Clone {
        let starts = std::iter::once(0).chain(self.ends.iter().copied());
        starts.zip(&self.ends).map(|(start, end)| &self.text[start..*end])
    }

    fn clear(&mut self) {
        self.text.clear();
        self.ends.clear();
    }

    fn cell(&mut self, text: &str) {
        self.text.push_str(text);
        self.ends.push(self.text.len());
    }

    /// A cell with what a value writes of itself.
    fn value(&mut self, value: impl Display) {
        // Writing to a text cannot fail.
        let _ = write!(self.text, "{value}");
        self.ends.push(self.text.len());
    }

    /// The same, empty where there is none.
    fn perhaps(&mut self, value: Option<impl Display>) {
        match value {
            Some(value) => self.value(value),
            None => self.cell(""),
        }
    }

    /// A cell with each thing once, in order; `write` adds one.
    fn list<T>(
        &mut self,
        things: impl IntoIterator<Item = T>,
        mut write: impl FnMut(T, &mut String),
    ) {
        self.listed.clear();
        for thing in things {
            let before = self.text.len();
            if !self.listed.is_empty() {
                self.text.push_str(AND);
            }
            let start = self.text.len();
            write(thing, &mut self.text);
            let new = &self.text[start..];
            match self.listed.iter().any(|old| &self.text[old.clone()] == new) {
                true => self.text.truncate(before),
                false => self.listed.push(start..self.text.len()),
            }
        }
        self.ends.push(self.text.len());
    }

    /// First and last possible day, empty where unknown, and how exact they are.
    fn date(&mut self, date: &DateSpan) {
        self.perhaps(date.start());
        self.perhaps(date.end());
        self.cell(date.precision().as_str());
    }

    /// Makes it the row of an incident.
    pub fn incident(&mut self, incident: &Incident, phrases: &mut Phrases) {
        self.clear();
        let toll = incident.toll(Measure::Killed);
        let accounts = || incident.accounts.iter();
        let places = || accounts().flat_map(|a| &a.draft.places);
        self.cell(&incident.id);
        self.cell(&incident.title);
        self.date(&incident.date);
        self.list(accounts(), |a, out| out.push_str(&phrases.kind(a.draft.kind)));
        self.list(incident.places(), |place, out| out.push_str(&place.name));
        for region in [region_then as fn(&Place) -> Option<&str>, region_now] {
            let words = phrases.words();
            self.list(places().filter_map(region), |r, out| out.push_str(words.region_name(r)));
        }
        self.list(attributions(incident), |a, out| out.push_str(&phrases.attribution(a)));
        let victims = accounts().flat_map(|a| &a.draft.victims);
        let words = phrases.words();
        self.list(victims, |v, out| out.push_str(words.victim_name(&v.group)));
        self.perhaps(toll.map(|t| t.low));
        self.perhaps(toll.map(|t| t.high));
        self.perhaps(toll.map(|t| t.open));
        self.list(incident.claims(), |(account, claim), out| phrases.said(account, claim, out));
        self.list(accounts(), |a, out| out.push_str(&phrases.citation(&a.source)));
        self.cell(&phrases.status(incident.status()));
    }

    /// Makes it the row of a claim. Its words are those of the data, not of a language.
    pub fn claim(&mut self, incident: &Incident, account: &Account, claim: &Claim) {
        self.clear();
        let meta = &account.source.meta;
        let by = claim.claimant.as_ref();
        self.cell(&incident.id);
        self.cell(&incident.title);
        self.date(&incident.date);
        self.cell(claim.measure.as_str());
        self.cell(claim.group.as_str());
        self.perhaps(claim.min);
        self.perhaps(claim.max);
        self.cell(claim.qualifier.as_str());
        self.value(claim.partial);
        self.perhaps(by.map(|by| &by.name));
        self.perhaps(by.and_then(|by| by.actor.as_ref()));
        self.perhaps(claim.said_on);
        self.cell(&claim.passage.quote);
        self.cell(&account.source.id);
        self.cell(&meta.title);
        self.perhaps(meta.publisher.as_ref());
        self.perhaps(meta.licence.as_ref());
        self.value(claim.passage.start);
        self.value(claim.passage.end);
        self.cell(account.status.as_str());
        self.perhaps(claim.passage.page);
    }
}

fn region_then(place: &Place) -> Option<&str> {
    place.region_then.as_deref()
}

fn region_now(place: &Place) -> Option<&str> {
    place.region_now.as_deref()
}

fn attributions(incident: &Incident) -> impl Iterator<Item = &Attribution> {
    incident.accounts.iter().flat_map(|a| &a.draft.attributions)
}

/// Everybody named as perpetrator, with the stance.
pub fn perpetrators(incident: &Incident, phrases: &mut Phrases) -> Vec<String> {
    attributions(incident).map(|a| phrases.attribution(a).to_string()).collect()
}

/// Every claim on one line, with its claimant and quote.
pub fn said(incident: &Incident, phrases: &mut Phrases) -> Vec<String> {
    let said = |(account, claim)| {
        let mut text = String::new();
        phrases.said(account, claim, &mut text);
        text
    };
    incident.claims().map(said).collect()
}

/// The page of a passage behind the number of its source: ", p. 12"; empty where the source
/// has no pages.
pub fn page(passage: &Passage, words: &Words) -> String {
    passage.page.map(|page| format!(", {}", words.page(page))).unwrap_or_default()
}

/// What a file says of itself, as keys and values.
pub fn about(head: &Head, tally: &Tally, words: &Words) -> Vec<(&'static str, String)> {
    let mut about = vec![
        ("filter", head.sentence.clone()),
        ("parameters", head.query()),
        ("count", tally.count.to_string()),
        ("exported", head.exported.clone()),
        ("language", head.lang.to_owned()),
        ("program", PROGRAM.to_owned()),
    ];
    for source in &tally.sources {
        about.push(("source", listed(words, &source.source)));
        about.push(("source sha256", source.sha256.clone()));
    }
    about
}
