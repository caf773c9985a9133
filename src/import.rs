//! The only place where ingest meets store: documents to sources, accounts and incidents.
//! One transaction a document; the same document again changes nothing.

/// Files read ahead, on every core.
pub mod ahead;
mod correct;
mod corrections;
/// Datasets, row by row.
pub mod dataset;
mod exported;
mod files;
mod merge;
mod review;

pub use correct::{Done, Step, correct};
pub use corrections::{Corrections, Given, is_corrections};
use dataset::Release;
pub use files::{
    Options, Progress, RederiveError, bundled, explain, find, is_outdated, read, rederive, run,
};

use crate::ingest::relation::relations;
use crate::knowledge::Knowledge;
use crate::model::document::{ParsedDocument, Problem};
use crate::model::hash::sha256;
use crate::model::id::shortened;
use crate::model::incident::Draft;
use crate::model::slug::slug;
use crate::store::account::Slot;
use crate::store::decision::Pair;
use crate::store::version::{self, By, Found, Stamp};
use crate::store::{self, StoreError, account, derive, relation};
use rusqlite::Transaction;
use std::borrow::Cow;
use std::collections::{BTreeSet, HashSet};
use std::path::PathBuf;

/// Numbers of incidents of one or more documents.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Counts {
    /// Incidents that were not there before.
    pub added: u64,
    /// Incidents of other sources that this one tells too.
    pub joined: u64,
    /// Incidents of this source of which it now says something else.
    pub changed: u64,
    /// Incidents of this source of which it says the same as before.
    pub unchanged: u64,
    /// Incidents that this source told of before and does not any more.
    pub dropped: u64,
    /// Pairs of incidents that may be one, listed for a person to decide.
    pub doubtful: u64,
    /// Incidents of a file of corrections that were refused.
    pub refused: u64,
}

impl Counts {
    fn add(&mut self, other: Self) {
        self.added += other.added;
        self.joined += other.joined;
        self.changed += other.changed;
        self.unchanged += other.unchanged;
        self.dropped += other.dropped;
        self.doubtful += other.doubtful;
        self.refused += other.refused;
    }
}

/// What became of a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// A source that was not there before, with its id.
    Added(String),
    /// A new version of a source.
    Changed(String),
    /// The same text, read in the same way, is there already.
    Unchanged(String),
    /// Not imported.
    Refused(Problem),
}

/// What became of one file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileReport {
    /// The file.
    pub path: PathBuf,
    /// What became of it.
    pub outcome: Outcome,
    /// Its incidents.
    pub incidents: Counts,
    /// What was not understood in it; the rest is in. Of a dataset only the first: see
    /// [`Release::problems`].
    pub problems: Vec<Problem>,
    /// What it changed, row by row, if it is a dataset that was not there as it is.
    pub release: Option<Release>,
}

/// What became of all files.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Report {
    /// Each file, in order.
    pub files: Vec<FileReport>,
    /// Pairs of incidents that then wait for a person to decide, those of before among them.
    pub doubtful: Vec<Pair>,
}

impl Report {
    /// Incidents of all files together.
    pub fn incidents(&self) -> Counts {
        let mut sum = Counts::default();
        for file in &self.files {
            sum.add(file.incidents);
        }
        sum
    }

    /// Numbers of sources: added, changed, unchanged, refused.
    pub fn sources(&self) -> [usize; 4] {
        let count = |f: fn(&Outcome) -> bool| self.files.iter().filter(|r| f(&r.outcome)).count();
        [
            count(|o| matches!(o, Outcome::Added(_))),
            count(|o| matches!(o, Outcome::Changed(_))),
            count(|o| matches!(o, Outcome::Unchanged(_))),
            count(|o| matches!(o, Outcome::Refused(_))),
        ]
    }

    /// Everything that was not understood.
    pub fn problems(&self) -> u64 {
        let of = |file: &FileReport| match &file.release {
            Some(release) => release.problems,
            None => file.problems.len() as u64,
        };
        self.files.iter().map(of).sum()
    }

    /// Whether any file, or an incident of a file of corrections, was not imported.
    pub fn any_refused(&self) -> bool {
        self.sources()[3] > 0 || self.incidents().refused > 0
    }
}

/// What one run of the program has imported so far.
#[derive(Debug, Default)]
pub struct Session {
    /// Keys of the sources added: a link found in two files of one run names two sources.
    added: HashSet<i64>,
    /// Reviews made in the browser.
    corrections: Corrections,
}

impl Session {
    /// A run that takes what is in a folder of corrections.
    pub fn with(corrections: Corrections) -> Self {
        Self { corrections, ..Self::default() }
    }
}

/// Imports one document that comes from `origin` (see [`origin_of`]) within `tx`.
///
/// It is a new version of a source when it comes from the same file, or else has the same
/// text, or link and kind, as one. Of a source that changed, the accounts are replaced and
/// the incidents keep their ids.
///
/// # Errors
/// What the store says; then `tx` must not be committed.
pub fn import_document(
    tx: &Transaction,
    session: &mut Session,
    doc: &ParsedDocument,
    origin: &str,
    known: &Knowledge,
) -> Result<(Outcome, Counts), StoreError> {
    let (outcome, counts, _) = import_reviewed(tx, session, doc, None, origin, known)?;
    Ok((outcome, counts))
}

/// As [`import_document`], with a list of incidents that a person made, if there is one. A
/// list that the database has from earlier reviews is kept. Gives besides what is to be said
/// of the list, and where the parser says something else.
///
/// # Errors
/// As [`import_document`].
pub fn import_reviewed(
    tx: &Transaction,
    session: &mut Session,
    doc: &ParsedDocument,
    given: Option<&Given>,
    origin: &str,
    known: &Knowledge,
) -> Result<(Outcome, Counts, Vec<Problem>), StoreError> {
    let refused = |problem| Ok((Outcome::Refused(problem), Counts::default(), Vec::new()));
    if let Some(problem) = misquoted(doc) {
        return refused(problem);
    }
    let (sha256, parse_sha256) = (sha256(&doc.text), parse_sha256(doc));
    let by_origin = version::find(tx, By::Origin(origin))?;
    let by_text = version::find(tx, By::Text(&sha256))?;
    // A file that held another text before, and now holds that of another source.
    let left = match (&by_origin, &by_text) {
        (Some(origin), Some(text)) if origin.key != text.key => by_origin.clone(),
        _ => None,
    };
    let same = by_text.as_ref().filter(|f| f.parse_sha256 == parse_sha256);
    if let Some(found) = same
        && review::news(given, &store::review::state(tx, found.key)?).is_none()
    {
        let mut counts = Counts::default();
        match left {
            Some(left) => counts.dropped = leave(tx, &left, known)?,
            None => counts.unchanged = account::of_source(tx, found.key)?.len() as u64,
        }
        return Ok((Outcome::Unchanged(found.slug.clone()), counts, Vec::new()));
    }
    let by_link = || match &doc.meta.url {
        Some(url) => version::find(tx, By::Link(url, doc.meta.kind.as_str())),
        None => Ok(None),
    };
    let replaces = match by_text.or(by_origin) {
        Some(found) => Some(found),
        None => by_link()?.filter(|found| !session.added.contains(&found.key)),
    };
    let plan = match review::plan(tx, doc, given, replaces.as_ref().map(|found| found.key))? {
        Ok(plan) => plan,
        Err(problem) => return refused(problem),
    };
    if let Some(left) = left {
        leave(tx, &left, known)?;
    }
    let run = version::start_run(tx)?;
    let stamp = Stamp { run, origin, sha256: &sha256, parse_sha256: &parse_sha256 };
    let (outcome, mut counts) =
        store_list(tx, session, doc, plan.as_ref(), replaces, stamp, known)?;
    counts.refused = plan.as_ref().map_or(0, |plan| plan.refused as u64);
    let problems = plan.map(|mut plan| {
        plan.compare(doc, known);
        plan.problems
    });
    Ok((outcome, counts, problems.unwrap_or_default()))
}

/// Stores a document with the incidents of `plan`, or those that were parsed from it.
fn store_list(
    tx: &Transaction,
    session: &mut Session,
    doc: &ParsedDocument,
    plan: Option<&review::Plan>,
    replaces: Option<Found>,
    stamp: Stamp,
    known: &Knowledge,
) -> Result<(Outcome, Counts), StoreError> {
    let old = match &replaces {
        Some(found) => account::of_source(tx, found.key)?,
        None => Vec::new(),
    };
    if let Some(found) = &replaces {
        account::retire_of_source(tx, stamp.run, found.key)?;
    }
    let (key, id) = version::add(tx, doc, stamp, &source_slug(doc), replaces.as_ref())?;
    session.added.insert(key);
    let listed = plan.map(|p| p.review.entries.iter().map(|e| e.draft.clone()).collect());
    let drafts: Cow<[Draft]> = listed.map_or(Cow::Borrowed(&*doc.drafts), Cow::Owned);
    let merged = merge::assign(tx, known, &old, &drafts)?;
    for (ordinal, (draft, &incident)) in drafts.iter().zip(&merged.incidents).enumerate() {
        let run = stamp.run;
        let slot = Slot { run, source: key, record: None, incident, ordinal: ordinal as u64 };
        let account = account::add(tx, slot, draft)?;
        if let Some(signed) = plan.and_then(|p| p.review.entries[ordinal].signed.as_ref()) {
            account::sign(tx, account, signed)?;
        }
    }
    if let Some(plan) = plan {
        store::review::keep(tx, key, &plan.state, &plan.review.rejected, &doc.drafts)?;
    }
    for relation in relations(&doc.text, &drafts) {
        relation::add(tx, key, &relation)?;
    }
    let touched: BTreeSet<i64> =
        merged.incidents.iter().copied().chain(old.iter().map(|o| o.incident_key)).collect();
    for incident in touched {
        derive::derive(tx, incident, known)?;
    }
    let outcome = match replaces {
        Some(_) => Outcome::Changed(id),
        None => Outcome::Added(id),
    };
    Ok((outcome, merged.counts))
}

/// Retires a source that has no file any more, and gives how many incidents it told.
fn leave(tx: &Transaction, left: &Found, known: &Knowledge) -> Result<u64, StoreError> {
    let run = version::start_run(tx)?;
    let old = account::of_source(tx, left.key)?;
    account::retire_of_source(tx, run, left.key)?;
    version::retire(tx, run, left.key)?;
    for account in &old {
        derive::derive(tx, account.incident_key, known)?;
    }
    Ok(old.len() as u64)
}

/// The first passage whose quote does not stand at its range. A parser that makes one is
/// broken, and nothing of what it says is let in.
fn misquoted(doc: &ParsedDocument) -> Option<Problem> {
    let bad =
        doc.drafts.iter().flat_map(|draft| draft.passages()).find(|p| !p.holds_in(&doc.text))?;
    let before = doc.text.as_bytes().get(..bad.start).unwrap_or_default();
    Some(Problem {
        file: doc.file_name.clone(),
        line: 1 + before.iter().filter(|b| **b == b'\n').count(),
        expected: format!("the words {:?} at bytes {:?}", bad.quote, bad.range()),
        found: format!("{:?}", doc.text.get(bad.range()).unwrap_or("no such range")),
    })
}

/// By what a file is known again: a hash of its path, so that a database which is passed on
/// names nobody's folders.
pub fn origin_of(path: &std::path::Path) -> String {
    let whole = std::fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    sha256(whole.as_os_str().as_encoded_bytes())
}

/// SHA-256 of everything read from the text. The title is left out, since the name of the
/// file stands in for a missing one, and a copy of a file is the same source.
fn parse_sha256(doc: &ParsedDocument) -> String {
    let mut meta = doc.meta.clone();
    meta.title.clear();
    let parsed = serde_json::to_vec(&(meta, doc.shape, doc.body_start, &doc.drafts))
        .expect("plain types have no map that JSON cannot hold");
    sha256(parsed)
}

/// The readable id that a source asks for.
fn source_slug(doc: &ParsedDocument) -> String {
    let stem = doc.file_name.rsplit_once('.').map_or(&*doc.file_name, |(stem, _)| stem);
    let slugs = [slug(&doc.meta.title), slug(stem)];
    let slug = slugs.into_iter().find(|s| !s.is_empty());
    shortened(slug.unwrap_or_else(|| "source".to_owned()))
}
