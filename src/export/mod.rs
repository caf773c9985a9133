//! The filtered view as a file: exactly the rows that the page lists, on all its pages, with
//! the filter in words, the sources and their licences, and seals by which `verify` tells
//! whether a file was changed and whether it still says what the database says.
//!
//! Two seals stand at the end of every file. `rows`: SHA-256 over the canonical rows, that is
//! each incident as JSON with sorted keys, in the order of the export, each followed by a
//! line feed; the same in every format. `sha256`: over all else that the file says, as its
//! format defines.

/// Sources for reference managers.
pub mod bibliography;
/// Spreadsheets.
pub mod csv;
/// Drafts as `parse --format json` prints them.
pub mod drafts;
/// Points for maps.
mod geojson;
/// One self-contained page.
pub mod html;
/// Everything, for programs.
pub mod json;
/// Everything, one incident a line.
pub mod lines;
/// Text for a report.
pub mod markdown;
/// Views without what could point to a private person.
pub mod redact;
/// Rows and columns, whatever the file.
pub mod table;
/// Slides of a timeline.
mod timelinejs;
/// Workbooks.
mod xlsx;

use crate::model::filter::{Dimension, Filter};
use crate::model::hash::hex;
use crate::model::incident::Incident;
use crate::model::source::{SourceMeta, SourceRef};
use crate::query;
use crate::store::source::Cited;
use crate::store::{StoreError, incident, source};
use crate::wording::Words;
use jiff::Timestamp;
use jiff::civil::Date;
use redact::{LeftOut, Redaction, Safe};
use rusqlite::Connection;
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write};
use std::str::FromStr;

/// Name and version of the program, as files state it.
pub const PROGRAM: &str = concat!("mali-timeline ", env!("CARGO_PKG_VERSION"));

/// A file format.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// One self-contained page.
    Html,
    /// Comma-separated values, one row an incident.
    Csv,
    /// Comma-separated values, one row a claim.
    ClaimsCsv,
    /// A workbook with sheets of incidents, claims and sources.
    Xlsx,
    /// Everything, for programs.
    Json,
    /// Everything, one incident a line.
    Jsonl,
    /// Points for maps.
    GeoJson,
    /// Slides of a timeline.
    TimelineJs,
    /// Text for a report.
    Markdown,
    /// The sources, for LaTeX.
    Bib,
    /// The sources, for reference managers.
    Ris,
}

impl Format {
    /// Every format.
    pub const ALL: [Self; 11] = [
        Self::Html,
        Self::Csv,
        Self::ClaimsCsv,
        Self::Xlsx,
        Self::Json,
        Self::Jsonl,
        Self::GeoJson,
        Self::TimelineJs,
        Self::Markdown,
        Self::Bib,
        Self::Ris,
    ];

    /// The word of `--format` and of addresses.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Html => "html",
            Self::Csv => "csv",
            Self::ClaimsCsv => "claims.csv",
            Self::Xlsx => "xlsx",
            Self::Json => "json",
            Self::Jsonl => "jsonl",
            Self::GeoJson => "geojson",
            Self::TimelineJs => "timelinejs",
            Self::Markdown => "md",
            Self::Bib => "bib",
            Self::Ris => "ris",
        }
    }

    /// The ending of file names.
    pub fn ending(self) -> &'static str {
        match self {
            Self::TimelineJs => "timelinejs.json",
            other => other.as_str(),
        }
    }

    /// The key of its message: `export-…`.
    pub fn message(self) -> String {
        format!("export-{}", self.as_str().replace('.', "-"))
    }

    /// Whether its files carry a seal that `verify` checks.
    pub fn is_sealed(self) -> bool {
        !matches!(self, Self::Xlsx | Self::Ris)
    }

    /// Media type, for `Content-Type`.
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Html => "text/html; charset=utf-8",
            Self::Csv | Self::ClaimsCsv => "text/csv; charset=utf-8; header=present",
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Self::Json | Self::TimelineJs => "application/json",
            Self::Jsonl => "application/jsonl",
            Self::GeoJson => "application/geo+json",
            Self::Markdown => "text/markdown; charset=utf-8",
            Self::Bib => "application/x-bibtex; charset=utf-8",
            Self::Ris => "application/x-research-info-systems; charset=utf-8",
        }
    }
}

impl FromStr for Format {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        Self::ALL.into_iter().find(|f| f.as_str() == text).ok_or(())
    }
}

/// An export that could not be made.
#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    /// The database failed, or the filter cannot be searched for.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The file cannot be written.
    #[error(transparent)]
    Write(#[from] io::Error),
}

/// What is exported, and how it is worded.
#[derive(Clone, Copy)]
pub struct View<'a> {
    /// Which incidents, in which order.
    pub filter: &'a Filter,
    /// The words of the reader's language.
    pub words: Words<'a>,
    /// When.
    pub at: Timestamp,
    /// The earlier day as of which the database is read, if it is one: see
    /// [`as_of`](crate::store::as_of).
    pub as_of: Option<Date>,
    /// Whether spreadsheets get a row of HXL hashtags.
    pub hxl: bool,
    /// Whether what could point to a private person is withheld: see [`redact`].
    pub redact: bool,
}

impl<'a> View<'a> {
    fn redaction(&self, db: &Connection) -> Result<Option<Redaction<'a>>, StoreError> {
        let of = || Redaction::of(db, self.filter, self.words.known());
        self.redact.then(of).transpose()
    }
}

/// Every incident of a view, as the view may tell it.
fn each<E: From<StoreError>>(
    db: &Connection,
    view: &View,
    mut f: impl FnMut(Incident) -> Result<(), E>,
) -> Result<(), E> {
    let redaction = view.redaction(db)?;
    incident::for_each(db, view.filter, |mut incident| {
        if let Some(redaction) = &redaction {
            redaction.incident(&mut incident);
        }
        f(incident)
    })
}

/// Writes the incidents of a view as a file, a batch in memory at a time.
///
/// # Errors
/// When the database fails, the search text has no words, or `out` cannot be written.
pub fn write(
    db: &Connection,
    view: &View,
    format: Format,
    out: &mut dyn Write,
) -> Result<(), ExportError> {
    // Whoever waits for it is to know at once that it comes: counting may take a while.
    incident::check(view.filter)?;
    out.flush()?;
    let safe = view.redact.then(|| Safe::of(db, view.filter, view.words.known())).transpose()?;
    let db = safe.as_ref().map_or(db, Safe::db);
    let left_out = safe.as_ref().map(Safe::left_out).transpose()?.unwrap_or_default();
    let head = Head::read(db, view, left_out)?;
    match format {
        Format::Html => html::write(db, view, &head, out),
        Format::Csv => csv::write(db, view, &head, out),
        Format::ClaimsCsv => csv::write_claims(db, view, &head, out),
        Format::Xlsx => xlsx::write(db, view, &head, out),
        Format::Json => json::write(db, view, &head, out),
        Format::Jsonl => lines::write(db, view, &head, out),
        Format::GeoJson => geojson::write(db, view, &head, out),
        Format::TimelineJs => timelinejs::write(db, view, &head, out),
        Format::Markdown => markdown::write(db, view, &head, out),
        Format::Bib => bibliography::write_bib(db, view, &head, out),
        Format::Ris => bibliography::write_ris(view, &head, out),
    }
}

/// Whether a source's terms forbid passing its rows on: those of ACLED, by its publisher or
/// licence.
pub fn is_restricted(meta: &SourceMeta) -> bool {
    is_acled(&meta.publisher) || is_acled(&meta.licence)
}

fn is_acled(text: &Option<String>) -> bool {
    let text = text.as_deref().unwrap_or_default().to_ascii_lowercase();
    text.split(|c: char| !c.is_alphanumeric()).any(|word| word == "acled")
        || text.contains("armed conflict location & event data")
}

/// Titles of a view's sources whose terms forbid passing their rows on.
///
/// # Errors
/// When the database fails, or the search text has no words.
pub fn not_to_be_passed_on(db: &Connection, filter: &Filter) -> Result<Vec<String>, StoreError> {
    // Looking through the incidents is dear, and most databases have no such source.
    if !source::terms(db)?.iter().flatten().any(is_acled) {
        return Ok(Vec::new());
    }
    let cited = source::of_filter(db, filter)?.into_iter().map(|cited| cited.source.meta);
    Ok(cited.filter(is_restricted).map(|meta| meta.title).collect())
}

/// What a file says of itself.
#[derive(Debug, Clone)]
pub struct Head {
    /// The filter in words.
    pub sentence: String,
    /// The parameters that give the filter back; nothing for all incidents.
    pub parameters: BTreeMap<String, Vec<String>>,
    /// How many incidents.
    pub count: u64,
    /// When it was made (UTC, to the second).
    pub exported: String,
    /// Language of its words.
    pub lang: &'static str,
    /// The sources of its incidents, by title.
    pub sources: Vec<Cited>,
    /// What their publishers ask of whoever uses it, each once.
    pub terms: Vec<String>,
}

impl Head {
    fn read(db: &Connection, view: &View, left_out: LeftOut) -> Result<Self, StoreError> {
        let mut titles = source::titles(db)?;
        let redaction = view.redaction(db)?;
        let mut parameters: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for (key, mut value) in view.filter.to_pairs() {
            if let (Some(redaction), "source") = (&redaction, key) {
                let known = titles.contains_key(&value);
                value = if known { redaction.source_id(&value) } else { redact::GONE }.to_owned();
            }
            parameters.entry(key.to_owned()).or_default().push(value);
        }
        let mut sources = source::of_filter(db, view.filter)?;
        if let Some(redaction) = &redaction {
            parameters.insert(redact::KEY.to_owned(), vec!["1".to_owned()]);
            for cited in &mut sources {
                let id = cited.source.id.clone();
                redaction.source(&mut cited.source);
                titles.insert(id, cited.source.meta.title.clone());
            }
        }
        if redaction.is_some() {
            for id in view.filter.chosen.get(&Dimension::Source).into_iter().flatten() {
                titles.entry(id.clone()).or_insert_with(|| redact::WITHHELD.to_owned());
            }
        }
        let m = view.words.messages();
        let mut sentence = view.words.filter(view.filter, &titles);
        if let Some(day) = view.as_of.map(|day| day.to_string()) {
            sentence.push_str(&m.text("sentence-join"));
            sentence.push_str(&m.text_with("export-as-of", &[("day", day.as_str().into())]));
            parameters.insert(query::AS_OF.to_owned(), vec![day]);
        }
        if let Some(redaction) = &redaction {
            let mut add = |key: &str, values: &[(&str, u64)]| {
                let values: Vec<_> = values.iter().map(|(key, n)| (*key, (*n).into())).collect();
                sentence.push_str(&m.text("sentence-join"));
                sentence.push_str(&m.text_with(key, &values));
            };
            add("export-redacted", &[("sources", redaction.sources() as u64)]);
            if left_out.sources > 0 {
                add("export-left-out-sources", &[("sources", left_out.sources)]);
            }
            if left_out.incidents > 0 {
                add("export-left-out-incidents", &[("incidents", left_out.incidents)]);
            }
        }
        let (known, lang) = (view.words.known(), view.words.lang());
        let asked = sources.iter().filter_map(|s| known.terms.of(&s.source.meta, lang));
        let terms: BTreeSet<&str> = asked.collect();
        Ok(Self {
            terms: terms.into_iter().map(str::to_owned).collect(),
            sentence,
            parameters,
            count: incident::overview(db, view.filter)?.incidents,
            exported: view.at.strftime("%Y-%m-%dT%H:%M:%SZ").to_string(),
            lang: view.words.lang().as_str(),
            sources,
        })
    }

    /// The parameters as they stand in an address; empty for all incidents.
    pub fn query(&self) -> String {
        let pairs = self.parameters.iter();
        let pairs = pairs.flat_map(|(key, values)| values.iter().map(move |v| (key, v)));
        form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish()
    }
}

/// Writes bytes and seals them.
struct Sealing<'a> {
    out: &'a mut dyn Write,
    seal: Sha256,
}

impl<'a> Sealing<'a> {
    fn new(out: &'a mut dyn Write) -> Self {
        Self { out, seal: Sha256::new() }
    }

    fn text(&mut self, text: &str) -> io::Result<()> {
        self.seal.update(text.as_bytes());
        self.out.write_all(text.as_bytes())
    }
}

/// Whether a seal over the bytes of `text` is the stated one.
fn check_bytes(text: &str, stated: &str) -> Result<(), String> {
    let found = crate::model::hash::sha256(text);
    match found == stated {
        true => Ok(()),
        false => Err(format!("it was changed: SHA-256 is {found}, it states {stated}")),
    }
}

/// A source as the list of sources has it: its citation, and what its publisher asks.
pub fn listed(words: &Words, source: &SourceRef) -> String {
    let citation = citation(words, source);
    match words.known().terms.of(&source.meta, words.lang()) {
        Some(asked) => format!("{citation} · {asked}"),
        None => citation,
    }
}

/// A source on one line: title, publisher, dates, licence, address.
pub fn citation(words: &Words, source: &SourceRef) -> String {
    let (meta, messages) = (&source.meta, words.messages());
    let quoted = messages.text_with("quoted", &[("text", meta.title.as_str().into())]);
    let mut parts = vec![quoted];
    parts.extend(meta.publisher.clone());
    if let Some(date) = meta.published {
        let date = words.partial_date(date);
        parts.push(messages.text_with("source-published", &[("date", date.into())]));
    }
    if let Some(day) = meta.retrieved {
        let date = words.day(day);
        parts.push(messages.text_with("source-retrieved", &[("date", date.into())]));
    }
    parts.push(match &meta.licence {
        Some(licence) => licence.clone(),
        None => messages.text("licence-unknown"),
    });
    parts.extend(meta.url.clone());
    parts.join(" · ")
}

/// The canonical row of an incident, and in the same way whatever else is sealed: see the
/// module's text.
pub fn canonical(row: &impl serde::Serialize) -> String {
    let value = serde_json::to_value(row);
    let value = value.expect("plain types have no map that JSON cannot hold");
    value.to_string()
}

/// Seals the canonical rows.
#[derive(Debug, Default)]
pub struct RowSeal(Sha256);

impl RowSeal {
    /// Adds a canonical row.
    pub fn add(&mut self, row: &str) {
        self.0.update(row.as_bytes());
        self.0.update(b"\n");
    }

    /// The seal, in lower-case hex.
    pub fn finish(self) -> String {
        hex(self.0)
    }
}

/// The seal of the rows of a filter, as the database has them now; `redaction` where the view
/// is one that withholds.
///
/// # Errors
/// When the database fails.
pub fn row_seal(
    db: &Connection,
    filter: &Filter,
    redaction: Option<&Redaction>,
) -> Result<String, StoreError> {
    let mut seal = RowSeal::default();
    incident::for_each(db, filter, |mut incident| {
        if let Some(redaction) = redaction {
            redaction.incident(&mut incident);
        }
        seal.add(&canonical(&incident));
        Ok::<_, StoreError>(())
    })?;
    Ok(seal.finish())
}

/// What a sealed file says of its rows, once its own seal was found whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sealed {
    /// The parameters of its filter.
    pub parameters: Vec<(String, String)>,
    /// How many incidents it has.
    pub count: u64,
    /// Seal of its rows.
    pub rows: String,
}
