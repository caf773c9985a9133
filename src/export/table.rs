//! Rows and columns: the same in every spreadsheet, whatever the file.

use super::{Head, PROGRAM, Tally, citation, listed};
use crate::model::claim::{Claim, Measure};
use crate::model::incident::{Account, Incident, Place};
use crate::model::passage::Passage;
use crate::wording::Words;
use std::collections::BTreeSet;

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

/// The row of an incident.
pub fn incident(incident: &Incident, words: &Words) -> Vec<String> {
    let toll = incident.toll(Measure::Killed);
    let number = |n: Option<u32>| n.map(|n| n.to_string()).unwrap_or_default();
    let accounts = || incident.accounts.iter();
    let regions = |of: fn(&Place) -> &Option<String>| {
        let places = accounts().flat_map(|a| &a.draft.places);
        list(places.filter_map(|p| of(p).as_deref()).map(|r| words.region(r)))
    };
    let [start, end] = days(incident);
    vec![
        incident.id.clone(),
        incident.title.clone(),
        start,
        end,
        incident.date.precision().as_str().to_owned(),
        list(accounts().map(|a| words.kind(a.draft.kind))),
        list(incident.places().into_iter().map(|p| p.name.clone())),
        regions(|p| &p.region_then),
        regions(|p| &p.region_now),
        list(perpetrators(incident, words)),
        list(accounts().flat_map(|a| &a.draft.victims).map(|v| words.victim(&v.group))),
        number(toll.map(|t| t.low)),
        number(toll.map(|t| t.high)),
        toll.map(|t| t.open.to_string()).unwrap_or_default(),
        list(incident.claims().map(|(account, claim)| said(account, claim, words))),
        list(accounts().map(|a| citation(words, &a.source))),
        words.status(incident.status()),
    ]
}

/// Everybody named as perpetrator, with the stance.
pub fn perpetrators(incident: &Incident, words: &Words) -> impl Iterator<Item = String> {
    let attributions = incident.accounts.iter().flat_map(|a| &a.draft.attributions);
    attributions.map(|a| words.attribution(a)).collect::<Vec<_>>().into_iter()
}

/// A claim on one line, with its claimant and quote.
pub fn said(account: &Account, claim: &Claim, words: &Words) -> String {
    let key = match claim.partial {
        true => "export-claim-part",
        false => "export-claim",
    };
    words.messages().text_with(
        key,
        &[
            ("claim", words.claim(claim).into()),
            ("who", words.speaker(account, claim).into()),
            ("quote", claim.passage.quote.as_str().into()),
        ],
    )
}

/// The page of a passage behind the number of its source: ", p. 12"; empty where the source
/// has no pages.
pub fn page(passage: &Passage, words: &Words) -> String {
    passage.page.map(|page| format!(", {}", words.page(page))).unwrap_or_default()
}

/// First and last possible day; empty where unknown.
fn days(incident: &Incident) -> [String; 2] {
    let day = |day: Option<jiff::civil::Date>| day.map(|d| d.to_string()).unwrap_or_default();
    [day(incident.date.start()), day(incident.date.end())]
}

/// The row of a claim. Its words are those of the data, not of a language.
pub fn claim(incident: &Incident, account: &Account, claim: &Claim) -> Vec<String> {
    let number = |n: Option<u32>| n.map(|n| n.to_string()).unwrap_or_default();
    let meta = &account.source.meta;
    let by = claim.claimant.as_ref();
    let [start, end] = days(incident);
    vec![
        incident.id.clone(),
        incident.title.clone(),
        start,
        end,
        incident.date.precision().as_str().to_owned(),
        claim.measure.as_str().to_owned(),
        claim.group.as_str().to_owned(),
        number(claim.min),
        number(claim.max),
        claim.qualifier.as_str().to_owned(),
        claim.partial.to_string(),
        by.map(|by| by.name.clone()).unwrap_or_default(),
        by.and_then(|by| by.actor.clone()).unwrap_or_default(),
        claim.said_on.map(|d| d.to_string()).unwrap_or_default(),
        claim.passage.quote.clone(),
        account.source.id.clone(),
        meta.title.clone(),
        meta.publisher.clone().unwrap_or_default(),
        meta.licence.clone().unwrap_or_default(),
        claim.passage.start.to_string(),
        claim.passage.end.to_string(),
        account.status.as_str().to_owned(),
        number(claim.passage.page),
    ]
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

/// Each thing once, in order.
fn list(items: impl Iterator<Item = String>) -> String {
    let mut seen = BTreeSet::new();
    let items: Vec<_> = items.filter(|item| seen.insert(item.clone())).collect();
    items.join(AND)
}
