//! One self-contained page, for a reader without the program: no request leaves it. The
//! `sha256` seal is over all bytes before the mark that opens its last line.

use super::ends::Ends;
use super::{ExportError, Head, Out, Sealed, Sealing, Tally, View, each, listed};
use crate::drawing::chart::{self, Chart};
use crate::drawing::map::{self, Drawing};
use crate::drawing::{Canvas, Links};
use crate::messages::Messages;
use crate::model::claim::Measure;
use crate::model::date::{DateSpan, PartialDate};
use crate::model::filter::Filter;
use crate::model::hash::hex;
use crate::model::incident::Incident;
use crate::model::source::SourceMeta;
use crate::store::{chart as counted, place};
use crate::wording::Words;
use askama::Template;
use rusqlite::Connection;
use std::collections::{BTreeMap, BTreeSet};
use std::io;

/// Opens the last line; what it is followed by is [`tail`] and nothing else.
const MARK: &str = "<!-- seal -->";

/// How chart and map look: the same as on pages.
const STYLE: &str = include_str!("../../static/drawing.css");

/// What can be said before anything is counted.
#[derive(Template)]
#[template(path = "export.html", block = "head")]
struct Start<'a> {
    /// Language code.
    lang: &'static str,
    /// The filter in words.
    sentence: &'a str,
    /// The parameters as in an address.
    query: String,
    /// How chart and map look.
    style: &'static str,
}

/// Up to the first incident.
#[derive(Template)]
#[template(path = "export.html", block = "overview")]
struct Numbers {
    m: &'static Messages,
    /// "24 incidents, told by 5 sources".
    numbers: String,
    /// When and by what it was made.
    made: String,
    chart: Option<Chart>,
    map: Option<Map>,
}

/// Where the incidents happened.
struct Map {
    drawing: Drawing,
    /// The filter in words.
    label: String,
    /// "24 incidents at 30 places; 2 name no place and are not on the map."
    numbers: String,
    /// How many places are not drawn, since they are known by name only or lie outside; none
    /// where all are.
    left_out: Option<String>,
    /// Whose the outlines are.
    attribution: String,
}

/// Drawings lead to what stands in the same file, or nowhere.
struct InFile;

impl Links for InFile {
    fn period(&self, _: &Filter, date: PartialDate) -> Option<String> {
        Some(format!("#{}", anchor(&date.to_string())))
    }

    fn list(&self, _: &Filter) -> Option<String> {
        None
    }

    fn map(&self, _: &Filter) -> Option<String> {
        None
    }

    fn incident(&self, id: &str) -> Option<String> {
        Some(format!("#{id}"))
    }
}

/// Id of the place in the file where a year or month comes first.
fn anchor(period: &str) -> String {
    format!("in-{period}")
}

/// One incident.
#[derive(Template)]
#[template(path = "export.html", block = "item")]
struct Item<'a> {
    m: &'static Messages,
    /// Ids of the year and the month of which this is the first incident in the file.
    anchors: Vec<String>,
    id: &'a str,
    /// Date in words that show its precision.
    date: String,
    title: &'a str,
    /// Language of the title.
    title_lang: &'static str,
    /// Kinds of event, one for each that an account gives.
    kinds: String,
    status: String,
    /// Places with their regions.
    places: Vec<String>,
    /// Perpetrators with their stance.
    who: Vec<String>,
    /// Victim groups.
    whom: Vec<String>,
    /// Ranges of killed, wounded and so on, in words.
    tolls: Vec<String>,
    claims: Vec<Said>,
    /// The passage of each account that tells it.
    told: Vec<Told>,
}

/// A claim with its words.
struct Said {
    /// "at least 12 people killed (civilians)".
    claim: String,
    /// Whether it counts only some of the victims.
    partial: bool,
    /// Who says so.
    who: String,
    /// Exact words.
    quote: String,
    /// Language of the words.
    lang: &'static str,
    /// Number of the source in the list below.
    source: usize,
    /// The page, ", p. 12"; empty where the source has no pages.
    page: String,
}

/// A source's passage that tells the incident.
struct Told {
    /// Exact words.
    quote: String,
    /// Language of the words.
    lang: &'static str,
    /// Title of the source.
    title: String,
    /// Number of the source in the list below.
    source: usize,
    /// The page, ", p. 12"; empty where the source has no pages.
    page: String,
}

/// After the last incident.
#[derive(Template)]
#[template(path = "export.html", block = "tail")]
struct End<'a> {
    m: &'static Messages,
    sources: Vec<Listed>,
    /// Seal of the rows.
    rows: &'a str,
    /// How many incidents.
    count: u64,
}

/// A source in the list.
struct Listed {
    number: usize,
    citation: String,
    /// Address of the original, when it is a web address.
    href: Option<String>,
    /// SHA-256 of its text.
    sha256: String,
}

impl Sealing<'_> {
    fn part(&mut self, part: &impl Template) -> io::Result<()> {
        let text = part.render().map_err(io::Error::other)?;
        self.text(&text)
    }
}

pub(super) fn write(
    db: &Connection,
    view: &View,
    head: &Head,
    out: &mut Out<'_>,
) -> Result<(), ExportError> {
    let (words, m) = (&view.words, view.words.messages());
    let canvas = Canvas { words: *words, links: &InFile };
    let mut file = Sealing::new(out);
    file.part(&Start {
        lang: head.lang,
        sentence: &head.sentence,
        query: head.query(),
        style: STYLE,
    })?;
    file.out.flush()?;
    // Incidents refer to sources by their number in the list.
    let tally = Tally::read(db, view)?;
    let numbers: BTreeMap<&str, usize> =
        tally.sources.iter().enumerate().map(|(i, s)| (s.source.id.as_str(), i + 1)).collect();
    file.part(&Numbers {
        m,
        numbers: tally.numbers(m),
        made: head.made(m),
        chart: chart::build(&counted::periods(db, view.filter)?, view.filter, &canvas),
        map: drawn(db, view, head, tally.count, &canvas)?,
    })?;
    let mut seen = BTreeSet::new();
    let rows = each(db, view, |incident, _| {
        file.part(&item(incident, words, &numbers, &mut seen))?;
        Ok::<_, ExportError>(())
    })?;
    file.part(&End {
        m,
        sources: tally
            .sources
            .iter()
            .enumerate()
            .map(|(i, s)| Listed {
                number: i + 1,
                citation: listed(words, &s.source),
                href: web_address(&s.source.meta),
                sha256: s.sha256.clone(),
            })
            .collect(),
        rows: &rows.seal,
        count: tally.count,
    })?;
    let seal = hex(file.seal);
    write!(file.out, "{MARK}{}", tail(&seal))?;
    Ok(())
}

/// What follows the mark.
fn tail(seal: &str) -> String {
    format!("<p class=\"seal\">SHA-256 <code>{seal}</code></p></footer></body></html>\n")
}

/// Only these are made links: a source may state anything as its address.
fn web_address(meta: &SourceMeta) -> Option<String> {
    let url = meta.url.as_deref()?;
    let web = url.starts_with("https://") || url.starts_with("http://");
    web.then(|| url.to_owned())
}

/// The map of a view; none where nothing is drawn.
fn drawn(
    db: &Connection,
    view: &View,
    head: &Head,
    count: u64,
    canvas: &Canvas,
) -> Result<Option<Map>, ExportError> {
    let mut places = place::list(db, view.filter)?;
    if let Some(redaction) = view.redaction(db)? {
        places.iter_mut().for_each(|place| redaction.place(place));
    }
    let Some((drawing, keys)) = map::build(&places, view.filter, canvas) else {
        return Ok(None);
    };
    if keys.is_empty() {
        return Ok(None);
    }
    let m = view.words.messages();
    let numbers = [
        ("incidents", count.into()),
        ("places", places.len().into()),
        ("without", place::without(db, view.filter)?.into()),
    ];
    let left_out = places.iter().filter(|place| !keys.contains(&place.key)).count();
    let left_out =
        (left_out > 0).then(|| m.text_with("map-left-out", &[("count", left_out.into())]));
    Ok(Some(Map {
        drawing,
        label: head.sentence.clone(),
        numbers: m.text_with("map-numbers", &numbers),
        left_out,
        attribution: view.words.known().outlines.credit(view.words.lang()).to_owned(),
    }))
}

/// The ids of year and month of a date that were not given out before.
fn anchors(date: &DateSpan, seen: &mut BTreeSet<String>) -> Vec<String> {
    let Some(start) = date.start() else { return Vec::new() };
    let periods = [start.strftime("%Y").to_string(), start.strftime("%Y-%m").to_string()];
    periods.into_iter().filter(|p| seen.insert(p.clone())).map(|p| anchor(&p)).collect()
}

fn item<'a>(
    incident: &'a Incident,
    words: &Words,
    numbers: &BTreeMap<&str, usize>,
    seen: &mut BTreeSet<String>,
) -> Item<'a> {
    let accounts = || incident.accounts.iter();
    let number = |id: &str| numbers.get(id).copied().unwrap_or_default();
    let lead = incident.accounts.first();
    Item {
        m: words.messages(),
        anchors: anchors(&incident.date, seen),
        id: &incident.id,
        date: words.date(&incident.date),
        title: &incident.title,
        title_lang: lead.map_or("en", |a| a.source.meta.lang.as_str()),
        kinds: once(accounts().map(|a| words.kind(a.draft.kind))).join(" · "),
        status: words.status(incident.status()),
        places: incident
            .places()
            .into_iter()
            .map(|p| match words.place_region(p) {
                Some(region) => format!("{} ({region})", p.name),
                None => p.name.clone(),
            })
            .collect(),
        who: once(accounts().flat_map(|a| &a.draft.attributions).map(|a| words.attribution(a))),
        whom: once(accounts().flat_map(|a| &a.draft.victims).map(|v| words.victim(&v.group))),
        tolls: Measure::ALL
            .iter()
            .filter_map(|&measure| {
                let of = || incident.claims().filter(|(_, c)| c.measure == measure);
                let makers = of().filter(|(_, c)| c.makes_toll()).count();
                match (incident.toll(measure), of().count()) {
                    (Some(toll), _) => Some(words.toll_by_claims(measure, toll, makers)),
                    (None, 0) => None,
                    (None, parts) => Some(words.parts_only(measure, parts)),
                }
            })
            .collect(),
        claims: incident
            .claims()
            .map(|(account, claim)| Said {
                claim: words.claim(claim),
                partial: claim.partial,
                who: words.speaker(account, claim),
                quote: claim.passage.quote.clone(),
                lang: account.source.meta.lang.as_str(),
                source: number(&account.source.id),
                page: super::table::page(&claim.passage, words),
            })
            .collect(),
        told: accounts()
            .map(|account| Told {
                quote: account.draft.passage.quote.clone(),
                lang: account.source.meta.lang.as_str(),
                title: account.source.meta.title.clone(),
                source: number(&account.source.id),
                page: super::table::page(&account.draft.passage, words),
            })
            .collect(),
    }
}

/// Each text once, in order.
fn once(items: impl Iterator<Item = String>) -> Vec<String> {
    let mut seen = std::collections::BTreeSet::new();
    items.filter(|item| seen.insert(item.clone())).collect()
}

/// Checks the seal of an HTML export.
///
/// # Errors
/// What is wrong with it.
pub fn check(file: &Ends) -> Result<Sealed, String> {
    let (sealed, rest) = file.split(MARK).ok_or("it has no seal")?;
    let stated = rest.split_once("<code>").and_then(|(_, s)| s.split_once('<')).map(|(s, _)| s);
    let stated = stated.filter(|s| rest == tail(s)).unwrap_or("another");
    file.check_before(sealed.len(), stated)?;
    let between = |start: &str| {
        let (_, rest) = sealed.rsplit_once(start)?;
        Some(rest.split_once('"')?.0.to_owned())
    };
    let read = || {
        let query = file.start.split_once("<meta name=\"filter\" content=\"")?.1;
        let query = query.split_once('"')?.0.replace("&#38;", "&").replace("&amp;", "&");
        Some(Sealed {
            parameters: form_urlencoded::parse(query.as_bytes()).into_owned().collect(),
            count: between("data-count=\"")?.parse().ok()?,
            rows: between("data-rows=\"")?,
        })
    };
    read().ok_or_else(|| "it lacks its filter or its number of rows".to_owned())
}
