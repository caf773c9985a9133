//! Files and folders to documents, each imported in a transaction of its own.

use super::{
    Corrections, Counts, FileReport, Outcome, Report, Session, import_reviewed, is_corrections,
    origin_of,
};
use crate::ingest::decode::MAX_BYTES;
use crate::ingest::{Hints, Parser};
use crate::knowledge::Knowledge;
use crate::knowledge::files::{DataError, Files};
use crate::model::document::{ParsedDocument, Problem};
use crate::model::hash::sha256;
use crate::store::{Db, StoreError, derive, source};
use rusqlite::Transaction;
use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};
use walkdir::WalkDir;

/// Files above this size, in bytes, are refused unread.
const LARGEST_FILE: u64 = MAX_BYTES as u64;

/// How files are read.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// What the user says of the files.
    pub hints: Hints,
    /// Folder of reviews made in the browser; it need not exist.
    pub corrections: Option<PathBuf>,
}

/// Imports files and the files of folders, in the order of their paths; hidden ones in
/// folders are left out. `progress` is told of each file, with how many are done and to do.
///
/// # Errors
/// When the database fails. What is wrong with a file is in its report.
pub fn run(
    db: &Db,
    paths: &[PathBuf],
    options: &Options,
    known: &Knowledge,
    mut progress: impl FnMut(&FileReport, usize, usize),
) -> Result<Report, StoreError> {
    let mut report = Report::default();
    let mut session = Session::with(Corrections::open(options.corrections.as_deref()));
    let files = find(paths);
    let parser = Parser::new(known);
    for (i, found) in files.iter().enumerate() {
        let file = match found {
            Ok(path) => match read(path, &options.hints, &parser) {
                Ok(doc) => {
                    let origin = origin_of(path);
                    db.write(|tx| import_in(tx, &mut session, &doc, path, &origin, known))?
                }
                Err(problem) => refused(path, problem),
            },
            Err((path, problem)) => refused(path, problem.clone()),
        };
        progress(&file, i + 1, files.len());
        report.files.push(file);
    }
    Ok(report)
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
///
/// # Errors
/// When a data file cannot be read, or the database fails.
pub fn rederive(db: &Db, files: &Files, known: &Knowledge) -> Result<(), RederiveError> {
    let mut all = format!("{} {DERIVATION}", env!("CARGO_PKG_VERSION"));
    for name in DERIVED_FROM {
        all.push_str(&files.text(name)?);
    }
    let knowledge = sha256(&all);
    if db.read(derive::knowledge)? != knowledge {
        db.write(|tx| derive::derive_all(tx, known, &knowledge))?;
    }
    Ok(())
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
    Ok(FileReport { path: path.to_owned(), outcome, incidents, problems })
}

fn refused(path: &Path, problem: Problem) -> FileReport {
    FileReport {
        path: path.to_owned(),
        outcome: Outcome::Refused(problem),
        incidents: Counts::default(),
        problems: Vec::new(),
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

/// Reads and parses one file.
///
/// # Errors
/// When it cannot be read, is too large, or is no readable text.
pub fn read(path: &Path, hints: &Hints, parser: &Parser<'_>) -> Result<ParsedDocument, Problem> {
    let unreadable = |e: std::io::Error| problem(path, "a file that can be read", e.to_string());
    // Asked before it is opened: opening a pipe would wait for its other end.
    let meta = std::fs::metadata(path).map_err(unreadable)?;
    if !meta.is_file() {
        return Err(problem(path, "a file", "something else".to_owned()));
    }
    let file = File::open(path).map_err(unreadable)?;
    let mut bytes = Vec::new();
    // The size may be wrong or grow meanwhile: no more is read than allowed.
    let mut limited = file.take(LARGEST_FILE + 1);
    if meta.len() <= LARGEST_FILE {
        limited.read_to_end(&mut bytes).map_err(unreadable)?;
    }
    if meta.len() > LARGEST_FILE || bytes.len() as u64 > LARGEST_FILE {
        let found = format!("{} bytes", meta.len().max(bytes.len() as u64));
        return Err(problem(path, format!("at most {LARGEST_FILE} bytes"), found));
    }
    parser.parse(&name_of(path), &bytes, hints)
}

fn name_of(path: &Path) -> String {
    let name = path.file_name().unwrap_or(path.as_os_str());
    name.to_string_lossy().into_owned()
}

fn problem(path: &Path, expected: impl Into<String>, found: String) -> Problem {
    Problem { file: name_of(path), line: 1, expected: expected.into(), found }
}
