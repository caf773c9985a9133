//! Our own JSON export into the database, with its sources, their rows and its incidents.
//!
//! Into a database without sources everything goes in as it was: ids and those of before, what was
//! joined, reviewed and decided, places that were loaded. So an export of all incidents gives the
//! same database. Into any other database only documents go, those that are not there yet, each
//! like a file of its own: whether two incidents are one is then decided anew.

use super::{Counts, Given, Outcome, Session, import_reviewed, parse_sha256};
use crate::ingest::dataset::exported::Exported;
use crate::knowledge::Knowledge;
use crate::matching::Reason;
use crate::model::copy::{PairCopy, RowCopy, SourceCopy};
use crate::model::document::{ParsedDocument, Problem};
use crate::model::hash::{hash64, sha256};
use crate::model::incident::{Account, Status};
use crate::model::record;
use crate::model::review::{self, Review};
use crate::model::source::SourceMeta;
use crate::store::account::{self, Slot};
use crate::store::decision::Decision;
use crate::store::derive::{self, Deriving};
use crate::store::packed::{Packer, Sample};
use crate::store::record::{self as rows, New, Numbers};
use crate::store::version::{self, By, Stamp};
use crate::store::{StoreError, copy, gazetteer, identity, source};
use rusqlite::Transaction;
use std::collections::hash_map::Entry;
use std::collections::{HashMap, HashSet};

/// What became of a source of an export.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Imported {
    pub outcome: Outcome,
    pub incidents: Counts,
    pub problems: Vec<Problem>,
}

impl Imported {
    fn only(outcome: Outcome, incidents: Counts) -> Self {
        Self { outcome, incidents, problems: Vec::new() }
    }
}

/// Imports an export within `tx`, and tells of each of its sources; `file` is its name.
///
/// # Errors
/// What the store says; then `tx` must not be committed.
pub(super) fn import(
    tx: &Transaction,
    session: &mut Session,
    file: &str,
    exported: &Exported,
    known: &Knowledge,
) -> Result<Vec<Imported>, StoreError> {
    let told = told(exported);
    if let Some(problem) = undecidable(file, exported) {
        return Ok(vec![Imported::only(Outcome::Refused(problem), Counts::default())]);
    }
    if source::titles(tx)?.is_empty() {
        return restore(tx, exported, &told, known);
    }
    let mut out = Vec::new();
    for from in &exported.texts {
        out.push(add(tx, session, file, (exported, from), &told, known)?);
    }
    Ok(out)
}

/// What is wrong with what people decided.
fn undecidable(file: &str, exported: &Exported) -> Option<Problem> {
    let bad = |pair: &&PairCopy| {
        pair.a >= pair.b
            || pair.reason.parse::<Reason>().is_err()
            || pair.decision.parse::<Decision>().is_err()
    };
    let pairs: HashSet<_> = exported.decisions.iter().map(|pair| (&pair.a, &pair.b)).collect();
    let ids: HashSet<_> = exported.former_ids.iter().map(|former| &former.id).collect();
    let found = match exported.decisions.iter().find(bad) {
        Some(pair) => format!("{pair:?}"),
        None if pairs.len() < exported.decisions.len() => "one pair twice".to_owned(),
        None if ids.len() < exported.former_ids.len() => "one former id twice".to_owned(),
        None => return None,
    };
    let expected = "pairs of incidents with what was decided, and former ids".to_owned();
    Some(Problem { file: file.to_owned(), line: 1, expected, found })
}

/// Adds a source of an export to those that are there.
fn add(
    tx: &Transaction,
    session: &mut Session,
    file: &str,
    (exported, from): (&Exported, &SourceCopy),
    told: &Told,
    known: &Knowledge,
) -> Result<Imported, StoreError> {
    if let Some(found) = version::find(tx, By::Text(&sha256(&from.text)))? {
        let unchanged = match rows::first_of(tx, found.key)? {
            Some(first) => rows::count(tx, first)?,
            None => account::of_source(tx, found.key)?.len() as u64,
        };
        let counts = Counts { unchanged, ..Counts::default() };
        return Ok(Imported::only(Outcome::Unchanged(found.slug), counts));
    }
    if from.dataset.is_some() {
        let expected = "rows of datasets from their own file, or a database without sources";
        let problem = Problem {
            file: file.to_owned(),
            line: 1,
            expected: expected.to_owned(),
            found: format!("the dataset {:?}", from.source),
        };
        return Ok(Imported::only(Outcome::Refused(problem), Counts::default()));
    }
    let doc = document(exported, from, told);
    let (given, origin) = (reviewed(from, told), origin_of(&from.source));
    let (outcome, incidents, problems) =
        import_reviewed(tx, session, &doc, given.as_ref(), &origin, known)?;
    Ok(Imported { outcome, incidents, problems })
}

/// By what a source that came with an export is known again.
fn origin_of(id: &str) -> String {
    sha256(format!("export:{id}"))
}

/// What each source tells, in the order of the export, with the id of the incident.
type Told<'e> = HashMap<&'e str, Vec<(&'e str, &'e Account)>>;

fn told(exported: &Exported) -> Told<'_> {
    let mut told = Told::new();
    for incident in &exported.incidents {
        for account in &incident.accounts {
            told.entry(&account.source.id).or_default().push((&incident.id, account));
        }
    }
    told
}

/// The list of a source's incidents, if a person has reviewed any of them.
fn reviewed(from: &SourceCopy, told: &Told) -> Option<Given> {
    let accounts = told.get(from.source.as_str()).into_iter().flatten();
    let accounts = accounts.map(|(_, account)| *account).filter(|a| a.record.is_none());
    let entry = |a: &Account| review::Entry { draft: a.draft.clone(), signed: a.signed() };
    let entries: Vec<_> = accounts.map(entry).collect();
    let signed = entries.iter().any(|e| e.signed.is_some());
    let review = Review { entries, rejected: Vec::new() };
    signed.then(|| Given { review, ..Given::default() })
}

/// A source as it was parsed; of a dataset without its rows.
fn document(exported: &Exported, from: &SourceCopy, told: &Told) -> ParsedDocument {
    let accounts = told.get(from.source.as_str()).into_iter().flatten();
    let drafts = accounts.filter(|(_, account)| account.record.is_none());
    let meta: &SourceMeta =
        &exported.source(&from.source).expect("an export is only read with all its sources").meta;
    ParsedDocument {
        file_name: from.file_name.clone(),
        meta: meta.clone(),
        shape: from.shape,
        text: from.text.clone(),
        body_start: from.body_start,
        pages: from.pages.clone(),
        drafts: drafts.map(|(_, account)| account.draft.clone()).collect(),
        problems: Vec::new(),
    }
}

/// Everything as it was, into a database without sources.
fn restore(
    tx: &Transaction,
    exported: &Exported,
    told: &Told,
    known: &Knowledge,
) -> Result<Vec<Imported>, StoreError> {
    let mut incidents = HashMap::<&str, i64>::new();
    // Those as which others are shown are the oldest: see `store::decision`.
    for incident in &exported.incidents {
        if incident.accounts.iter().any(|account| account.own.is_some()) {
            incidents.insert(&incident.id, identity::unused_incident(tx, &incident.id)?);
        }
    }
    let mut met = HashSet::new();
    let mut out = Vec::new();
    for from in &exported.texts {
        let run = version::start_run(tx)?;
        let doc = document(exported, from, told);
        let accounts = told.get(from.source.as_str()).map_or(&[][..], Vec::as_slice);
        let mut stored = Stored::new(tx, run, from, &doc)?;
        stored.add_rows(&exported.records, accounts)?;
        let mut counts = Counts::default();
        for (ordinal, (id, account)) in (0..).zip(accounts) {
            match met.insert(*id) {
                true => counts.added += 1,
                false => counts.joined += 1,
            }
            let incident = match incidents.entry(account.own.as_deref().unwrap_or(id)) {
                Entry::Occupied(made) => *made.get(),
                Entry::Vacant(new) => {
                    let key = identity::unused_incident(tx, new.key())?;
                    *new.insert(key)
                }
            };
            let (source, record) = stored.teller(account);
            let slot = Slot { run, source, record, incident, ordinal };
            let key = account::add(tx, slot, &account.draft)?;
            match account.signed() {
                Some(signed) => account::sign(tx, key, &signed)?,
                None if account.status == Status::Reviewed => {
                    copy::mark_reviewed(tx, source, ordinal)?;
                }
                None => {}
            }
        }
        stored.finish()?;
        out.push(Imported::only(Outcome::Added(from.source.clone()), counts));
    }
    let mut deriving = Deriving::default();
    for incident in incidents.values() {
        derive::derive_with(tx, *incident, known, &mut deriving)?;
    }
    deriving.finish(tx)?;
    copy::restore_former_ids(tx, &exported.former_ids)?;
    copy::restore_pairs(tx, known, &exported.decisions)?;
    exported.gazetteers.iter().try_for_each(|copy| gazetteer::restore(tx, copy))?;
    Ok(out)
}

/// A source that is being stored, with its versions and rows.
struct Stored<'e, 'tx> {
    tx: &'e Transaction<'tx>,
    run: i64,
    from: &'e SourceCopy,
    doc: &'e ParsedDocument,
    /// Key of the current version.
    source: i64,
    /// Key of the first version.
    first: i64,
    /// With what its rows are packed.
    dictionary: Vec<u8>,
    /// Keys of the version and of the row, by the dataset's own id.
    rows: HashMap<&'e str, (i64, i64)>,
}

impl<'e, 'tx> Stored<'e, 'tx> {
    fn new(
        tx: &'e Transaction<'tx>,
        run: i64,
        from: &'e SourceCopy,
        doc: &'e ParsedDocument,
    ) -> Result<Self, StoreError> {
        let rows = HashMap::new();
        let dictionary = Vec::new();
        let mut stored = Self { tx, run, from, doc, source: 0, first: 0, dictionary, rows };
        if from.dataset.is_none() {
            stored.version(None)?;
        }
        Ok(stored)
    }

    /// Stores the rows of a dataset. Those as earlier releases had them, with other columns, get
    /// a version of their own before the current one.
    fn add_rows(
        &mut self,
        all: &'e [RowCopy],
        accounts: &[(&str, &'e Account)],
    ) -> Result<(), StoreError> {
        let Some(dataset) = &self.from.dataset else { return Ok(()) };
        let own: Vec<&RowCopy> = all.iter().filter(|r| r.source == self.from.source).collect();
        let mut sample = Sample::default();
        let _ = own.iter().all(|row| sample.add(&row.cells));
        self.dictionary = sample.finish();
        let mut versions = HashMap::<Option<&[String]>, i64>::new();
        for header in own.iter().filter_map(|row| row.header.as_deref()) {
            if let Entry::Vacant(new) = versions.entry(Some(header)) {
                self.version(Some(header))?;
                new.insert(self.source);
            }
        }
        self.version(None)?;
        versions.insert(None, self.source);
        let drafts = accounts.iter().filter_map(|(_, a)| Some((a.record.as_deref()?, &a.draft)));
        let drafts: HashMap<_, _> = drafts.collect();
        let dictionary = self.dictionary.clone();
        let mut packer = Packer::new(&dictionary);
        for row in own {
            let source = versions[&row.header.as_deref()];
            let header = row.header.as_ref().unwrap_or(&dataset.header);
            let draft = drafts.get(row.key.as_str());
            let draft = serde_json::to_vec(&draft).expect("plain types are always JSON");
            let new = New {
                run: self.run,
                source,
                first: self.first,
                key: &row.key,
                line: row.line,
                cells: &packer.pack(&row.cells),
                text_hash: hash64(record::text(header, &row.cells)),
                draft_hash: hash64(draft),
            };
            self.rows.insert(&row.key, (source, rows::add(self.tx, new)?));
        }
        Ok(())
    }

    /// Keys of the version and of the row that say what an account says.
    fn teller(&self, account: &Account) -> (i64, Option<i64>) {
        match account.record.as_deref().and_then(|key| self.rows.get(key)) {
            Some((source, row)) => (*source, Some(*row)),
            None => (self.source, None),
        }
    }

    /// Adds a version, with other columns than those of the dataset where they are given.
    fn version(&mut self, header: Option<&[String]>) -> Result<(), StoreError> {
        let before = match self.source {
            0 => None,
            _ => version::find(self.tx, By::Id(&self.from.source))?,
        };
        let origin = origin_of(&self.from.source);
        let (text_sha256, parse_sha256) = (sha256(&self.doc.text), parse_sha256(self.doc));
        let stamp = Stamp {
            run: self.run,
            origin: &origin,
            sha256: &text_sha256,
            parse_sha256: &parse_sha256,
        };
        let (key, _) = version::add(self.tx, self.doc, stamp, &self.from.source, before.as_ref())?;
        self.source = key;
        if self.first == 0 {
            self.first = key;
        }
        if let Some(dataset) = &self.from.dataset {
            let header = header.unwrap_or(&dataset.header);
            let (first, file) = (self.first, &dataset.file_sha256);
            rows::add_dataset(self.tx, key, first, file, header, &self.dictionary)?;
        }
        Ok(())
    }

    fn finish(self) -> Result<(), StoreError> {
        let numbers = Numbers { added: self.rows.len() as u64, ..Numbers::default() };
        match self.from.dataset {
            Some(_) => rows::close_dataset(self.tx, self.source, self.first, &numbers),
            None => Ok(()),
        }
    }
}
