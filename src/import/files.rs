//! Files and folders to documents, each imported in a transaction of its own.

use super::ahead::{Ahead, Found, ahead};
use super::dataset::{Opened, RowOptions, shape_of};
use super::exported;
use super::{
    Corrections, Counts, FileReport, Outcome, Report, Session, import_reviewed, is_corrections,
    origin_of,
};
use crate::export::{document, lines};
use crate::ingest::dataset::exported::Exported;
use crate::ingest::decode::MAX_BYTES;
use crate::ingest::documents::Documents;
use crate::ingest::{Hints, Parser, Reasons, dataset};
use crate::knowledge::Knowledge;
use crate::knowledge::files::{DataError, Files};
use crate::model::document::{ParsedDocument, Problem, Shape};
use crate::model::hash::sha256;
use crate::model::incident::Draft;
use crate::store::decision::{self, Decision};
use crate::store::{Db, StoreError, derive, source};
use rusqlite::Transaction;
use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};
use walkdir::WalkDir;

/// Exports above this size, in bytes, are refused unread: an export is read whole.
const LARGEST_EXPORT: u64 = 512 * 1024 * 1024;

/// How files are read.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// What the user says of the files.
    pub hints: Hints,
    /// Folder of reviews made in the browser; it need not exist.
    pub corrections: Option<PathBuf>,
    /// What the user says of those that are datasets.
    pub rows: RowOptions,
    /// Whether to take everything back in the end.
    pub dry_run: bool,
}

/// How far an import has come.
#[derive(Debug, Clone, Copy)]
pub enum Progress<'a> {
    /// A dataset is being read.
    Rows {
        /// The file.
        path: &'a Path,
        /// Rows that are in.
        rows: u64,
        /// Bytes read.
        bytes: u64,
        /// Bytes of the file.
        of: u64,
    },
    /// A file is done.
    File {
        /// What became of it.
        report: &'a FileReport,
        /// Files that are done.
        done: usize,
        /// All files.
        all: usize,
    },
}

/// Imports files and the files of folders, in the order of their paths; hidden ones in
/// folders are left out. `progress` is told of each file and of the rows of datasets, and
/// answers whether to go on. Each file is a transaction of its own, but a dry run is one that
/// is taken back.
///
/// # Errors
/// When the database fails, and [`StoreError::Stopped`]: the files before are in. What is wrong
/// with a file is in its report.
pub fn run(
    db: &Db,
    paths: &[PathBuf],
    options: &Options,
    known: &Knowledge,
    mut progress: impl FnMut(Progress) -> bool,
) -> Result<Report, StoreError> {
    let files = find(paths);
    let session = Session::with(Corrections::open(options.corrections.as_deref()));
    let mut run = Run { session, options, known };
    let mut report = Report::default();
    let mut all = |next: &mut Ahead<'_, Parsed>, one: &Transacted| {
        for (i, found) in files.iter().enumerate() {
            let read = match found {
                Ok(path) => one(path, &mut |tx| run.file(tx, path, next, &mut progress))?,
                Err((path, problem)) => vec![refused(path, problem.clone())],
            };
            for file in read {
                let done = Progress::File { report: &file, done: i + 1, all: files.len() };
                let go_on = progress(done);
                report.files.push(file);
                if !go_on {
                    return Err(StoreError::Stopped);
                }
            }
        }
        Ok(())
    };
    let paths: Vec<&Path> = files.iter().flatten().map(PathBuf::as_path).collect();
    let one = |path: &Path, import: &mut dyn FnMut(&Transaction) -> Written| match shape_of(
        path,
        &name_of(path),
        options.hints.shape,
    ) {
        None | Some(Shape::MaliTimeline) => db.write(import),
        Some(_) => db.write_many(import),
    };
    let parser = Parser::new(known);
    let pairs = ahead(&paths, &options.hints, &parser, Box::new, |next| match options.dry_run {
        true => db.rehearse(|tx| {
            all(next, &|_, import| import(tx))?;
            decision::pairs(tx)
        }),
        false => {
            all(next, &one)?;
            db.read(decision::pairs)
        }
    })?;
    let open = pairs.into_iter().filter(|pair| pair.decision == Decision::Open);
    report.doubtful = open.collect();
    Ok(report)
}

/// A document, or why it cannot be read.
type Parsed = Box<Result<ParsedDocument, Problem>>;

/// What became of the documents of a file, mostly one.
type Written = Result<Vec<FileReport>, StoreError>;

/// Runs the import of the file at a path in a transaction.
type Transacted<'a> = dyn Fn(&Path, &mut dyn FnMut(&Transaction) -> Written) -> Written + 'a;

/// What the files of one run share.
struct Run<'a> {
    session: Session,
    options: &'a Options,
    known: &'a Knowledge,
}

impl Run<'_> {
    fn file(
        &mut self,
        tx: &Transaction,
        path: &Path,
        next: &mut Ahead<'_, Parsed>,
        progress: &mut dyn FnMut(Progress) -> bool,
    ) -> Written {
        let name = name_of(path);
        let mut reports = Vec::new();
        for found in next.next() {
            let document = match found {
                Found::Rows(Shape::MaliTimeline) => return self.export(tx, path, &name),
                Found::Rows(_) => return self.dataset(tx, path, &name, progress),
                Found::Document(document) => *document,
            };
            reports.push(match document {
                Ok(doc) => {
                    let origin = origin_in(path, &doc);
                    import_in(tx, &mut self.session, &doc, path, &origin, self.known)?
                }
                Err(problem) => refused(path, problem),
            });
        }
        Ok(reports)
    }

    fn export(&mut self, tx: &Transaction, path: &Path, name: &str) -> Written {
        let exported = match read_export(path, name) {
            Ok(exported) => exported,
            Err(problem) => return Ok(vec![refused(path, problem)]),
        };
        let imported = exported::import(tx, &mut self.session, name, &exported, self.known)?;
        let report = |imported: exported::Imported| FileReport {
            path: path.to_owned(),
            outcome: imported.outcome,
            incidents: imported.incidents,
            problems: imported.problems,
            release: None,
        };
        Ok(imported.into_iter().map(report).collect())
    }

    fn dataset(
        &mut self,
        tx: &Transaction,
        path: &Path,
        name: &str,
        progress: &mut dyn FnMut(Progress) -> bool,
    ) -> Written {
        let of = std::fs::metadata(path).map_or(0, |meta| meta.len());
        let mut watch = |rows, bytes| progress(Progress::Rows { path, rows, bytes, of });
        let opened = Opened::new(path, name, &self.options.rows, self.known);
        let imported = opened.import(tx, &origin_of(path), &mut watch)?;
        let release = imported.release;
        Ok(vec![FileReport {
            path: path.to_owned(),
            outcome: imported.outcome,
            incidents: imported.incidents,
            problems: release.as_ref().map(|r| r.first_problems.clone()).unwrap_or_default(),
            release,
        }])
    }
}

/// Reads one of our own exports, whose seal must be whole.
fn read_export(path: &Path, name: &str) -> Result<Exported, Problem> {
    let bytes = bytes_of(path, LARGEST_EXPORT)?;
    let text = String::from_utf8(bytes)
        .map_err(|e| problem(path, "a JSON export", e.utf8_error().to_string()))?;
    if lines::is(text.as_bytes()).is_ok_and(|is| is) {
        let expected = "the JSON export, which has the texts of its sources";
        return Err(problem(path, expected, "JSON Lines".to_owned()));
    }
    document::check(text.as_bytes())
        .map_err(|wrong| problem(path, "an export as it was made", wrong))?;
    dataset::exported::read(name, &text)
}

/// Imports the bundled documents, all in one transaction, if the database has no source yet;
/// as they were reviewed, where the folder of corrections says so.
///
/// # Errors
/// When the database fails.
pub fn bundled(
    db: &Db,
    files: &Files,
    corrections: Option<&Path>,
    known: &Knowledge,
) -> Result<Option<Report>, StoreError> {
    let parser = Parser::new(known);
    let mut session = Session::with(Corrections::open(corrections));
    db.write(|tx| {
        if !source::titles(tx)?.is_empty() {
            return Ok(None);
        }
        let mut report = Report::default();
        for (name, text) in files.sources() {
            let path = Path::new(&name);
            let origin = sha256(format!("bundled:{name}"));
            let file = match parser.parse(&name, text.as_bytes(), &Hints::default()) {
                Ok(doc) => import_in(tx, &mut session, &doc, path, &origin, known)?,
                Err(problem) => refused(path, problem),
            };
            report.files.push(file);
        }
        Ok(Some(report))
    })
}

/// Data files from which the values under which incidents are found derive.
const DERIVED_FROM: [&str; 5] =
    ["actors.toml", "victims.toml", "regions.toml", "cercles.csv", "places.csv"];

/// Goes up with every change of what is derived from the accounts.
const DERIVATION: u32 = 3;

/// Derives all incidents again if the data files are other ones than when it was last done.
/// `told` hears now and then how many are done, of how many.
///
/// # Errors
/// When a data file cannot be read, or the database fails.
pub fn rederive(
    db: &Db,
    files: &Files,
    known: &Knowledge,
    told: impl FnMut(u64, u64),
) -> Result<(), RederiveError> {
    let knowledge = derived_from(files)?;
    if db.read(derive::knowledge)? != knowledge {
        db.write(|tx| derive::derive_all(tx, known, &knowledge, told))?;
    }
    Ok(())
}

/// Whether [`rederive`] would derive anything.
///
/// # Errors
/// As [`rederive`].
pub fn is_outdated(db: &Db, files: &Files) -> Result<bool, RederiveError> {
    Ok(db.read(derive::knowledge)? != derived_from(files)?)
}

/// SHA-256 of all that incidents derive from besides their accounts.
fn derived_from(files: &Files) -> Result<String, DataError> {
    let mut all = format!("{} {DERIVATION}", env!("CARGO_PKG_VERSION"));
    for name in DERIVED_FROM {
        all.push_str(&files.text(name)?);
    }
    Ok(sha256(&all))
}

/// Deriving again failed.
#[derive(Debug, thiserror::Error)]
pub enum RederiveError {
    /// A data file cannot be read.
    #[error(transparent)]
    Data(#[from] DataError),
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

fn import_in(
    tx: &Transaction,
    session: &mut Session,
    doc: &ParsedDocument,
    path: &Path,
    origin: &str,
    known: &Knowledge,
) -> Result<FileReport, StoreError> {
    let given = match session.corrections.of(Some(path), doc, known) {
        Ok(given) => given,
        Err(problem) => return Ok(refused(path, problem)),
    };
    let (outcome, incidents, reviewed) =
        import_reviewed(tx, session, doc, given.as_ref(), origin, known)?;
    let problems = doc.problems.iter().cloned().chain(reviewed).collect();
    Ok(FileReport { path: path.to_owned(), outcome, incidents, problems, release: None })
}

fn refused(path: &Path, problem: Problem) -> FileReport {
    FileReport {
        path: path.to_owned(),
        outcome: Outcome::Refused(problem),
        incidents: Counts::default(),
        problems: Vec::new(),
        release: None,
    }
}

type Unfound = (PathBuf, Problem);

/// The files at `paths`, those of folders sorted.
pub fn find(paths: &[PathBuf]) -> Vec<Result<PathBuf, Unfound>> {
    let mut files = Vec::new();
    for path in paths {
        let walk = WalkDir::new(path).sort_by_file_name().into_iter();
        let shown = walk.filter_entry(|e| {
            e.depth() == 0 || !e.file_name().as_encoded_bytes().starts_with(b".")
        });
        for entry in shown {
            match entry {
                Ok(e) if e.file_type().is_dir() => {}
                // Read with its document.
                Ok(e) if is_corrections(e.path()) => {
                    if e.depth() == 0 {
                        let found = "incidents, which are read with their document".to_owned();
                        let at = e.into_path();
                        let problem = problem(&at, "a document", found);
                        files.push(Err((at, problem)));
                    }
                }
                Ok(e) => files.push(Ok(e.into_path())),
                Err(e) => {
                    let at = e.path().unwrap_or(path).to_owned();
                    let found = e.io_error().map_or_else(|| e.to_string(), ToString::to_string);
                    let problem = problem(&at, "a file or folder that can be read", found);
                    files.push(Err((at, problem)));
                }
            }
        }
    }
    files
}

/// Reads and parses the documents of a file, one after the other: mostly one. What cannot be
/// read of it is told in their place.
pub fn read<'a>(path: &Path, hints: &'a Hints, parser: &'a Parser<'_>) -> Documents<'a> {
    match open(path) {
        Ok((file, _)) => parser.documents(&name_of(path), file, hints),
        Err(problem) => Box::new(std::iter::once(Err(problem))),
    }
}

/// Reads and parses a file that is one document, with the drafts and the rules behind their
/// facts.
///
/// # Errors
/// When it cannot be read, is too large, or is no readable text.
pub fn explain(
    path: &Path,
    hints: &Hints,
    parser: &Parser<'_>,
) -> Result<(ParsedDocument, Vec<(Draft, Reasons)>), Problem> {
    parser.explain(&name_of(path), &bytes_of(path, MAX_BYTES as u64)?, hints)
}

/// Opens a file, and gives its size in bytes.
fn open(path: &Path) -> Result<(File, u64), Problem> {
    let unreadable = |e: std::io::Error| problem(path, "a file that can be read", e.to_string());
    // Asked before it is opened: opening a pipe would wait for its other end.
    let meta = std::fs::metadata(path).map_err(unreadable)?;
    if !meta.is_file() {
        return Err(problem(path, "a file", "something else".to_owned()));
    }
    Ok((File::open(path).map_err(unreadable)?, meta.len()))
}

/// By what a document is known again: its file, and its name in it where the file has many.
fn origin_in(path: &Path, doc: &ParsedDocument) -> String {
    let origin = origin_of(path);
    match doc.file_name == name_of(path) {
        true => origin,
        false => sha256(format!("{origin}#{}", doc.file_name)),
    }
}

/// All of a file of at most `most` bytes.
fn bytes_of(path: &Path, most: u64) -> Result<Vec<u8>, Problem> {
    let (file, size) = open(path)?;
    let mut bytes = Vec::new();
    // The size may be wrong or grow meanwhile: no more is read than allowed.
    let mut limited = file.take(most + 1);
    if size <= most {
        let read = limited.read_to_end(&mut bytes);
        read.map_err(|e| problem(path, "a file that can be read", e.to_string()))?;
    }
    if size > most || bytes.len() as u64 > most {
        let found = format!("{} bytes", size.max(bytes.len() as u64));
        return Err(problem(path, format!("at most {most} bytes"), found));
    }
    Ok(bytes)
}

pub(super) fn name_of(path: &Path) -> String {
    let name = path.file_name().unwrap_or(path.as_os_str());
    name.to_string_lossy().into_owned()
}

fn problem(path: &Path, expected: impl Into<String>, found: String) -> Problem {
    Problem { file: name_of(path), line: 1, expected: expected.into(), found }
}
