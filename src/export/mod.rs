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
/// Rows whose members are in the order of their names.
mod canonical;
/// How sources are named.
mod cite;
/// Spreadsheets.
pub mod csv;
/// Whether a JSON document is what it was.
pub mod document;
/// Drafts as `parse --format json` prints them.
pub mod drafts;
/// Text files that are checked without being held.
pub mod ends;
/// The formats.
mod format;
/// Points for maps.
mod geojson;
/// What a file says of itself.
mod head;
/// One self-contained page.
pub mod html;
/// Everything, for programs.
pub mod json;
/// Everything, one incident a line.
pub mod lines;
/// Text for a report.
pub mod markdown;
/// Words of rows.
mod phrases;
/// Views without what could point to a private person.
pub mod redact;
/// Seals over rows and files.
mod seal;
/// Rows and columns, whatever the file.
pub mod table;
/// Slides of a timeline.
mod timelinejs;
/// Workbooks.
pub mod xlsx;

pub use cite::{citation, is_restricted, listed, not_to_be_passed_on};
pub use format::Format;
pub use head::{Head, Tally};
pub use seal::{Sealed, row_seal};

use crate::model::filter::Filter;
use crate::model::incident::Incident;
use crate::store::{StoreError, incident};
use crate::wording::Words;
use jiff::Timestamp;
use jiff::civil::Date;
use redact::{Redaction, Safe};
use rusqlite::Connection;
use seal::{RowSeal, Rows, Sealing, compare};
use std::io::{self, Write};

/// Name and version of the program, as files state it.
pub const PROGRAM: &str = concat!("mali-timeline ", env!("CARGO_PKG_VERSION"));

/// Where an export is written to: rows are made on another thread than the one that reads.
pub type Out<'a> = dyn Write + Send + 'a;

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

/// Every incident of a view, as the view may tell it, with its canonical row.
fn each<E: From<StoreError> + Send>(
    db: &Connection,
    view: &View,
    f: impl FnMut(&Incident, &str) -> Result<(), E> + Send,
) -> Result<Rows, E> {
    seal::walk(db, view.filter, view.redaction(db)?, f)
}

/// Writes the incidents of a view as a file, a batch in memory at a time.
///
/// # Errors
/// When the database fails, the search text has no words, or `out` cannot be written.
pub fn write(
    db: &Connection,
    view: &View,
    format: Format,
    out: &mut Out<'_>,
) -> Result<(), ExportError> {
    // Whoever waits for it is to know at once that it comes: counting may take a while, and what
    // is safe to share is a copy of the database that must be made first.
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
        Format::Ris => bibliography::write_ris(db, view, &head, out),
    }
}
