//! A dataset from a file, read from its start as often as is needed.

use super::{DatasetFile, Imported, Watch, import_dataset};
use crate::import::{Counts, Outcome};
use crate::ingest::dataset::{self, Dataset, SNIFF_BYTES};
use crate::knowledge::Knowledge;
use crate::model::document::{Problem, Shape};
use crate::model::hash::hex;
use crate::model::record::Record;
use crate::store::StoreError;
use rusqlite::Transaction;
use sha2::{Digest, Sha256};
use std::fs::File;
use std::io::{self, Read};
use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};

/// How the rows of datasets are read and taken in.
#[derive(Debug, Clone, Default)]
pub struct RowOptions {
    /// Layout, mapping, countries.
    pub reading: dataset::Options,
    /// The text of the mapping, when one is given.
    pub mapping: String,
    /// Id of the source of which the files are a later release.
    pub release_of: Option<String>,
}

/// The shape of the dataset at `path`; none for a document, and for what cannot be read: that
/// is found out again, and told, when it is read.
pub fn shape_of(path: &Path, name: &str, forced: Option<Shape>) -> Option<Shape> {
    if let Some(shape) = forced {
        return shape.is_dataset().then_some(shape);
    }
    // Asked before it is opened: opening a pipe would wait for its other end.
    let meta = std::fs::metadata(path).ok()?;
    let mut start = Vec::with_capacity(SNIFF_BYTES);
    if meta.is_file() {
        File::open(path).ok()?.take(SNIFF_BYTES as u64).read_to_end(&mut start).ok()?;
    }
    dataset::sniff(&start, name)
}

/// Counts the bytes that are read through it.
struct Counted<'a, R> {
    from: R,
    bytes: &'a AtomicU64,
}

impl<R: Read> Read for Counted<'_, R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let read = self.from.read(into)?;
        self.bytes.fetch_add(read as u64, Ordering::Relaxed);
        Ok(read)
    }
}

/// A dataset on disk.
pub struct Opened<'a> {
    path: &'a Path,
    name: &'a str,
    options: &'a RowOptions,
    known: &'a Knowledge,
    /// Bytes read since the rows were last asked for.
    bytes: AtomicU64,
}

impl<'a> Opened<'a> {
    /// The dataset at `path`, which is a file; `name` is that of the file, without folders.
    pub fn new(
        path: &'a Path,
        name: &'a str,
        options: &'a RowOptions,
        known: &'a Knowledge,
    ) -> Self {
        Self { path, name, options, known, bytes: AtomicU64::new(0) }
    }

    /// The dataset, at its first row.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn dataset(&self) -> Result<Dataset<'_>, Problem> {
        self.bytes.store(0, Ordering::Relaxed);
        let from = self.file()?;
        let reader = Counted { from, bytes: &self.bytes };
        dataset::open(self.name, reader, &self.options.reading, self.known)
    }

    fn file(&self) -> Result<File, Problem> {
        let regular = std::fs::metadata(self.path).map_err(|e| self.unreadable(&e))?.is_file();
        if !regular {
            return Err(self.problem("a file", "something else".to_owned()));
        }
        File::open(self.path).map_err(|e| self.unreadable(&e))
    }

    fn problem(&self, expected: &str, found: String) -> Problem {
        Problem { file: self.name.to_owned(), line: 1, expected: expected.to_owned(), found }
    }

    fn unreadable(&self, error: &io::Error) -> Problem {
        self.problem("a file that can be read", error.to_string())
    }

    /// SHA-256 of the file, lower-case hex; none where `go_on`, which is asked every so often,
    /// says no.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn sha256(&self, go_on: &mut dyn FnMut() -> bool) -> Result<Option<String>, Problem> {
        let mut hash = Sha256::new();
        let mut file = self.file()?;
        let mut bytes = vec![0; 1 << 20];
        while go_on() {
            match file.read(&mut bytes) {
                Ok(0) => return Ok(Some(hex(hash))),
                Ok(read) => hash.update(&bytes[..read]),
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(self.unreadable(&error)),
            }
        }
        Ok(None)
    }

    fn feed(&self, give: &mut dyn FnMut(Result<Record, Problem>) -> bool) -> Result<u64, Problem> {
        let mut rows = self.dataset()?;
        for row in rows.by_ref() {
            if !give(row) {
                break;
            }
        }
        Ok(rows.outside)
    }

    /// Imports it within `tx`; `origin` is by what the file is known again.
    ///
    /// # Errors
    /// What the store says, and [`StoreError::Stopped`]; then `tx` must not be committed.
    pub fn import(
        &self,
        tx: &Transaction,
        origin: &str,
        watch: &mut Watch,
    ) -> Result<Imported, StoreError> {
        let head = self.sha256(&mut || watch(0, 0)).and_then(|sha256| {
            let dataset = self.dataset()?;
            Ok((sha256, dataset.meta.clone(), dataset.shape, dataset.header.clone()))
        });
        let (sha256, meta, shape, header) = match head {
            Ok((Some(sha256), meta, shape, header)) => (sha256, meta, shape, header),
            Ok((None, ..)) => return Err(StoreError::Stopped),
            Err(problem) => {
                return Ok(Imported::only(Outcome::Refused(problem), Counts::default()));
            }
        };
        let reading = format!("{:?} {}", self.options.reading.countries, self.options.mapping);
        let file = DatasetFile {
            name: self.name,
            origin,
            sha256: &sha256,
            meta,
            shape,
            header,
            reading: &reading,
            release_of: self.options.release_of.as_deref(),
        };
        let mut watched = |rows, _| watch(rows, self.bytes.load(Ordering::Relaxed));
        import_dataset(tx, &file, &|give| self.feed(give), self.known, &mut watched)
    }
}
