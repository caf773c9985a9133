//! Labelled records, and what the parser makes of the same documents, in one shape.

use mali_timeline::export::drafts::draft_document;
use mali_timeline::ingest::{Hints, Parser};
use mali_timeline::knowledge::Knowledge;
use mali_timeline::model::document::ParsedDocument;
use serde::Deserialize;
use std::fs;
use std::path::{Path, PathBuf};

/// What a document tells: `parse --format json`, with the further answers that labels accept.
#[derive(Debug, Clone, Default, Deserialize)]
pub struct Record {
    /// File name of the document.
    pub doc: String,
    /// Its incidents.
    pub incidents: Vec<Incident>,
}

/// One incident.
#[derive(Debug, Clone, Default, Deserialize)]
pub struct Incident {
    pub main: bool,
    pub date_start: Option<String>,
    pub date_end: Option<String>,
    pub date_precision: String,
    /// Other pairs of first and last day that are accepted.
    #[serde(default)]
    pub date_alt: Vec<(Option<String>, Option<String>)>,
    pub places: Vec<Place>,
    pub perpetrators: Vec<Perpetrator>,
    pub victims: Vec<String>,
    pub claims: Vec<Claim>,
}

/// A place.
#[derive(Debug, Clone, Deserialize)]
pub struct Place {
    pub name: String,
    pub region: Option<String>,
    /// Another region that is accepted.
    pub region_alt: Option<String>,
}

/// A perpetrator.
#[derive(Debug, Clone, Deserialize)]
pub struct Perpetrator {
    pub actor: String,
    pub attribution: String,
    /// Neither missed when absent nor wrong when present.
    #[serde(default)]
    pub optional: bool,
}

/// A figure.
#[derive(Debug, Clone, Deserialize)]
pub struct Claim {
    pub measure: String,
    pub group: String,
    /// Other groups that are accepted.
    #[serde(default)]
    pub group_alt: Vec<String>,
    pub min: Option<u32>,
    pub max: Option<u32>,
    pub claimant: Option<String>,
    /// Other claimants that are accepted; none for the document itself.
    #[serde(default)]
    pub claimant_alt: Vec<Option<String>>,
    pub quote: String,
}

impl Record {
    /// The incidents that the document is about.
    pub fn mains(&self) -> impl Iterator<Item = &Incident> {
        self.incidents.iter().filter(|i| i.main)
    }

    /// The incidents that it tells besides.
    pub fn others(&self) -> impl Iterator<Item = &Incident> {
        self.incidents.iter().filter(|i| !i.main)
    }

    /// Every claim of the document.
    pub fn claims(&self) -> impl Iterator<Item = &Claim> {
        self.incidents.iter().flat_map(|i| &i.claims)
    }
}

/// A labelled document.
pub struct Labelled {
    pub gold: Record,
    /// Its text, decoded.
    pub text: String,
}

/// The documents of a corpus folder (`docs/`, `gold/`), by file name of the record.
pub fn load(folder: &Path) -> Vec<Labelled> {
    let mut files = fs::read_dir(folder.join("gold"))
        .expect("a folder gold/")
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.extension().is_some_and(|e| e == "json"))
        .collect::<Vec<PathBuf>>();
    files.sort();
    let read = |path: &Path| match fs::read_to_string(path) {
        Ok(text) => text,
        Err(error) => panic!("{}: {error}", path.display()),
    };
    let labelled = |path: &PathBuf| {
        let gold: Record = serde_json::from_str(&read(path))
            .unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        let text = read(&folder.join("docs").join(&gold.doc));
        Labelled { gold, text }
    };
    files.iter().map(labelled).collect()
}

/// The parser's reading of a text.
pub fn parse(parser: &Parser<'_>, name: &str, text: &str) -> ParsedDocument {
    match parser.parse(name, text.as_bytes(), &Hints::default()) {
        Ok(doc) => doc,
        Err(problem) => panic!("{problem}"),
    }
}

/// A reading in the shape of the labels, by way of the JSON that users get.
pub fn record(doc: &ParsedDocument, known: &Knowledge) -> Record {
    let drafts = draft_document(doc, String::new(), known);
    let json = serde_json::to_value(drafts).expect("plain values");
    serde_json::from_value(json).expect("the same shape")
}
