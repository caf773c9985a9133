//! Documents made by hand for tests, so that what they say is known to the byte.
#![allow(dead_code, reason = "each test binary uses its own part")]

pub mod generate;
pub mod large;
pub mod plain;
pub mod rows;

use mali_timeline::import::{Counts, Outcome, Session, import_document};
use mali_timeline::knowledge::Knowledge;
use mali_timeline::model::claim::{Claim, Claimant, Qualifier};
use mali_timeline::model::date::{DateSpan, PartialDate};
use mali_timeline::model::document::{ParsedDocument, Shape};
use mali_timeline::model::hash::sha256;
use mali_timeline::model::incident::{Attribution, Draft, Place, PlacePrecision, Victim};
use mali_timeline::model::passage::Passage;
use mali_timeline::model::slug::slug;
use mali_timeline::model::source::{Lang, SourceKind, SourceMeta};
use mali_timeline::store::Db;
use std::sync::LazyLock;
use tempfile::TempDir;

/// The embedded knowledge, read once.
pub static KNOWN: LazyLock<Knowledge> = LazyLock::new(Knowledge::embedded);

/// A database in a folder of its own, which goes with it.
pub struct TempDb {
    pub db: Db,
    pub folder: TempDir,
}

impl TempDb {
    pub fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let db = Db::open(&folder.path().join("test.db")).unwrap();
        Self { db, folder }
    }

    /// A database with these documents in it.
    pub fn with(docs: &[ParsedDocument]) -> Self {
        let temp = Self::new();
        for doc in docs {
            temp.import(doc);
        }
        temp
    }

    /// Imports a document as coming from the file of its name.
    pub fn import(&self, doc: &ParsedDocument) -> (Outcome, Counts) {
        let origin = sha256(&doc.file_name);
        self.db
            .write(|tx| import_document(tx, &mut Session::default(), doc, &origin, &KNOWN))
            .unwrap()
    }

    /// Ids of all incidents that are told, sorted.
    pub fn ids(&self) -> Vec<String> {
        let mut ids = self.all().into_iter().map(|i| i.id).collect::<Vec<_>>();
        ids.sort();
        ids
    }

    /// All incidents, newest first.
    pub fn all(&self) -> Vec<mali_timeline::model::incident::Incident> {
        let mut all = Vec::new();
        self.db
            .read(|db| {
                let filter = Default::default();
                mali_timeline::store::incident::for_each(db, &filter, |i| {
                    all.push(i);
                    Ok::<_, mali_timeline::store::StoreError>(())
                })
            })
            .unwrap();
        all
    }
}

/// A document whose text is written from `lines`, one incident each:
///
/// `date; kind; places; attributions; victims; claims`, with `-` or nothing for what the text
/// does not say. Dates as `2022-04-19`, `2022-04`, `2022`, `2022-03-27..2022-03-31`. Places
/// by name, `region:Mopti` for a whole region. Attributions `actor:stance` or
/// `actor:stance:By whom`. Claims `killed soldiers 14 (JNIM)`, figures as `14`, `14+`, `..14`,
/// `10..14`, `dozens`. A line that starts with `*` is the document's main incident.
pub fn document(file_name: &str, title: &str, lines: &[&str]) -> ParsedDocument {
    let mut text = format!("{title}\n\n");
    let drafts = lines.iter().map(|line| draft(&mut text, title, line)).collect();
    ParsedDocument {
        file_name: file_name.to_owned(),
        meta: SourceMeta {
            title: title.to_owned(),
            publisher: Some("The Test Press".to_owned()),
            kind: SourceKind::News,
            lang: Lang::En,
            url: None,
            published: None,
            retrieved: None,
            licence: Some("CC BY 4.0".to_owned()),
            sensitive: false,
        },
        shape: Shape::Plain,
        text,
        body_start: 0,
        pages: Vec::new(),
        drafts,
        problems: Vec::new(),
    }
}

fn draft(text: &mut String, title: &str, line: &str) -> Draft {
    let (main, line) = match line.strip_prefix('*') {
        Some(line) => (true, line),
        None => (false, line),
    };
    let fields: Vec<&str> = line.split(';').map(str::trim).collect();
    let field = |i: usize| fields.get(i).copied().filter(|f| *f != "-").unwrap_or("");
    let list = |i: usize| field(i).split(',').map(str::trim).filter(|v| !v.is_empty());
    let start = text.len();
    let date = span(field(0));
    let date_passage = (date != DateSpan::UNKNOWN).then(|| say(text, "On ", field(0), ", "));
    let kind = field(1).parse().expect("a kind of event");
    say(text, "a ", field(1), " took place");
    let places = list(2).map(|name| place(text, name, &date)).collect::<Vec<_>>();
    let attributions = list(3).map(|spec| attribution(text, spec)).collect();
    let victims = list(4)
        .map(|group| Victim {
            group: group.to_owned(),
            passage: say(text, "; victims: ", group, ""),
        })
        .collect();
    let claims = list(5).map(|spec| claim(text, spec)).collect();
    let passage = Passage::of(text, start..text.len());
    text.push_str(".\n");
    let title = match (main, places.first()) {
        (true, _) => title.to_owned(),
        (false, Some(place)) => format!("{} in {}", field(1), place.name),
        (false, None) => field(1).to_owned(),
    };
    Draft { main, title, date, date_passage, kind, places, attributions, victims, claims, passage }
}

/// Writes three pieces and gives the passage of the middle one.
fn say(text: &mut String, before: &str, words: &str, after: &str) -> Passage {
    text.push_str(before);
    let start = text.len();
    text.push_str(words);
    let passage = Passage::of(text, start..text.len());
    text.push_str(after);
    passage
}

/// A date as in [`document`].
pub fn span(text: &str) -> DateSpan {
    let parse = |t: &str| t.parse::<PartialDate>().expect("a date");
    match text.split_once("..") {
        Some((a, b)) => DateSpan::range(parse(a).first(), parse(b).last()),
        None if text.is_empty() => DateSpan::UNKNOWN,
        None => parse(text).span(),
    }
}

fn place(text: &mut String, name: &str, date: &DateSpan) -> Place {
    let whole = name.strip_prefix("region:");
    let name = whole.unwrap_or(name);
    let passage = say(text, ", at ", name, "");
    let found = KNOWN.gazetteer.named(name).into_iter().next();
    let history = match (whole, found) {
        (Some(_), _) => KNOWN.regions.get(name).map(|r| KNOWN.regions.history_of_region(r)),
        (None, found) => found.and_then(|p| p.regions.clone()),
    };
    let region = |day| history.as_ref().map(|h| KNOWN.regions.on(h, day).to_owned());
    Place {
        id: found.filter(|_| whole.is_none()).map_or_else(|| slug(name), |p| p.slug.clone()),
        name: name.to_owned(),
        region_then: region(date.start()),
        region_now: region(None),
        cercle: None,
        country: None,
        lat: found.and_then(|p| p.lat),
        lon: found.and_then(|p| p.lon),
        precision: match (whole, found) {
            (Some(_), _) => PlacePrecision::Region,
            (None, Some(_)) => PlacePrecision::Exact,
            (None, None) => PlacePrecision::Unknown,
        },
        passage,
    }
}

fn attribution(text: &mut String, spec: &str) -> Attribution {
    let mut parts = spec.splitn(3, ':');
    let actor = parts.next().expect("an actor");
    let stance = parts.next().unwrap_or("stated").parse().expect("a stance");
    let by = parts.next().map(claimant);
    let name = KNOWN.actors.get(actor).map_or(actor, |a| a.name.as_str());
    Attribution {
        actor: actor.to_owned(),
        name: name.to_owned(),
        stance,
        by,
        passage: say(text, &format!(", {stance:?} of "), name, ""),
    }
}

fn claimant(name: &str) -> Claimant {
    Claimant { name: name.to_owned(), actor: KNOWN.actors.named(name).map(|a| a.slug.clone()) }
}

fn claim(text: &mut String, spec: &str) -> Claim {
    let (spec, by) = match spec.split_once(" (") {
        Some((spec, by)) => (spec, Some(claimant(by.trim_end_matches(')')))),
        None => (spec, None),
    };
    let [measure, group, figure] = spec.split(' ').collect::<Vec<_>>().try_into().expect("a claim");
    let n = |t: &str| t.parse::<u32>().ok();
    let (min, max, qualifier) = match figure.split_once("..") {
        Some(("", b)) => (None, n(b), Qualifier::UpTo),
        Some((a, b)) => (n(a), n(b), Qualifier::Range),
        None if figure == "dozens" => (None, None, Qualifier::Dozens),
        None => match figure.strip_suffix('+') {
            Some(a) => (n(a), None, Qualifier::AtLeast),
            None => (n(figure), n(figure), Qualifier::Exact),
        },
    };
    let passage = say(text, "; ", &format!("{figure} {group} {measure}"), "");
    Claim {
        measure: measure.parse().expect("a measure"),
        group: group.parse().expect("a casualty group"),
        min,
        max,
        qualifier,
        claimant: by,
        said_on: None,
        partial: false,
        passage,
    }
}
