//! Spreadsheets: UTF-8 with a byte order mark, a row of column names, one row an incident or
//! one row a claim; with `--hxl` a second row of HXL hashtags.
//!
//! What the file says of itself comes last, so that the first row names the columns: rows of
//! the same width whose first cell starts with `# `, as no id and no hashtag does. The `sha256` seal is over
//! the cells of all rows before it, each row as a JSON array and a line feed, so that quoting
//! and line ends do not matter.

use super::phrases::Phrases;
use super::table::{self, Column, Row};
use super::{ExportError, Head, Out, Sealed, Tally, View, each};
use crate::model::hash::hex;
use crate::model::incident::Incident;
use rusqlite::Connection;
use serde::{Serialize, Serializer};
use sha2::{Digest, Sha256};
use std::borrow::Cow;
use std::io::{Read, Write};

/// Writes rows and seals their cells.
struct Rows<W: Write> {
    csv: ::csv::Writer<W>,
    seal: Sha256,
    width: usize,
    /// The row that was sealed last.
    sealed: Vec<u8>,
}

impl<W: Write> Rows<W> {
    fn row<'c>(&mut self, cells: impl Iterator<Item = &'c str> + Clone) -> Result<(), ExportError> {
        let cells = cells.map(safe);
        self.sealed.clear();
        seal_row(&mut self.sealed, cells.clone());
        self.seal.update(&self.sealed);
        self.write(cells)
    }

    fn write<'c>(&mut self, cells: impl Iterator<Item = Cow<'c, str>>) -> Result<(), ExportError> {
        let mut cells = cells;
        let mut write = || {
            cells.try_for_each(|cell| self.csv.write_field(cell.as_bytes()))?;
            self.csv.write_record(None::<&[u8]>)
        };
        write().map_err(|e| match e.into_kind() {
            ::csv::ErrorKind::Io(e) => ExportError::Write(e),
            other => ExportError::Write(std::io::Error::other(format!("{other:?}"))),
        })
    }

    /// A row that says something of the file.
    fn meta(&mut self, key: &str, value: &str) -> Result<(), ExportError> {
        let key = format!("# {key}");
        self.row(wide(&key, value, self.width))
    }
}

/// A row with two cells and otherwise nothing.
fn wide<'c>(key: &'c str, value: &'c str, width: usize) -> impl Iterator<Item = &'c str> + Clone {
    [key, value].into_iter().chain(std::iter::repeat_n("", width.saturating_sub(2)))
}

/// Adds what is sealed of a row.
fn seal_row(sealed: &mut Vec<u8>, cells: impl Iterator<Item = impl Serialize>) {
    serde_json::Serializer::new(&mut *sealed).collect_seq(cells).expect("texts are JSON");
    sealed.push(b'\n');
}

/// A cell that no spreadsheet takes for a formula.
fn safe(cell: &str) -> Cow<'_, str> {
    match cell.as_bytes().first() {
        Some(b'=' | b'+' | b'-' | b'@' | b'\t' | b'\r') => format!("'{cell}").into(),
        _ => cell.into(),
    }
}

pub(super) fn write(
    db: &Connection,
    view: &View,
    head: &Head,
    out: &mut Out<'_>,
) -> Result<(), ExportError> {
    let (mut phrases, mut row) = (Phrases::new(view.words), Row::default());
    table(db, view, head, out, &table::INCIDENT, false, |incident, rows| {
        row.incident(incident, &mut phrases);
        rows.row(row.cells())
    })
}

/// One row a claim; incidents without one have no row, but are counted.
pub(super) fn write_claims(
    db: &Connection,
    view: &View,
    head: &Head,
    out: &mut Out<'_>,
) -> Result<(), ExportError> {
    let mut row = Row::default();
    table(db, view, head, out, &table::CLAIM, true, |incident, rows| {
        incident.claims().try_for_each(|(account, claim)| {
            row.claim(incident, account, claim);
            rows.row(row.cells())
        })
    })
}

/// Columns, rows, and what the file says of itself; `of_claims` where a row is a claim.
fn table<'a>(
    db: &Connection,
    view: &View,
    head: &Head,
    out: &'a mut Out<'a>,
    columns: &[Column],
    of_claims: bool,
    mut add: impl FnMut(&Incident, &mut Rows<&'a mut Out<'a>>) -> Result<(), ExportError> + Send,
) -> Result<(), ExportError> {
    out.write_all("\u{feff}".as_bytes())?;
    let mut rows = Rows {
        csv: ::csv::WriterBuilder::new().terminator(::csv::Terminator::CRLF).from_writer(out),
        seal: Sha256::new(),
        width: columns.len(),
        sealed: Vec::new(),
    };
    rows.row(columns.iter().map(|c| c.name))?;
    if view.hxl {
        rows.row(columns.iter().map(|c| c.hxl))?;
    }
    let mut claims = 0;
    let walked = each(db, view, |incident, _| {
        claims += incident.claims().count();
        add(incident, &mut rows)
    })?;
    for (key, value) in table::about(head, &Tally::read(db, view)?, &view.words) {
        rows.meta(key, &value)?;
    }
    if of_claims {
        rows.meta("claims", &claims.to_string())?;
    }
    rows.meta("rows", &walked.seal)?;
    let sha256 = hex(rows.seal.clone());
    rows.write(wide("# sha256", &sha256, columns.len()).map(Cow::from))?;
    rows.csv.flush()?;
    Ok(())
}

/// Checks the seals of a CSV export.
///
/// # Errors
/// What is wrong with it.
pub fn check(file: impl Read) -> Result<Sealed, String> {
    let mut csv = ::csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(file);
    let (mut seal, mut sealed_row) = (Sha256::new(), Vec::new());
    let mut sealed = Sealed { parameters: Vec::new(), count: 0, rows: String::new() };
    let (mut stated_count, mut claims) = (None, None);
    let mut found_rows = 0_u64;
    let mut first = true;
    let mut records = csv.records();
    while let Some(record) = records.next() {
        let record = record.map_err(|e| format!("no CSV: {e}"))?;
        let value = record.get(1).unwrap_or_default();
        match record.get(0).unwrap_or_default() {
            "id" | "incident_id" if first => {}
            _ if first => return Err("its first row does not name our columns".to_owned()),
            "# sha256" => {
                let found = hex(seal);
                if found != value {
                    return Err(format!("it was changed: SHA-256 is {found}, it states {value}"));
                }
                if records.next().is_some() {
                    return Err("it was changed: rows follow its seal".to_owned());
                }
                sealed.count = stated_count.unwrap_or_default();
                // A row is a claim where claims are counted, otherwise an incident.
                return match claims.or(stated_count) == Some(found_rows) {
                    true => Ok(sealed),
                    false => Err("its rows are not as many as it states".to_owned()),
                };
            }
            "# rows" => sealed.rows = value.to_owned(),
            "# count" => stated_count = value.parse().ok(),
            "# claims" => claims = value.parse().ok(),
            "# parameters" => {
                let pairs = form_urlencoded::parse(value.as_bytes());
                sealed.parameters = pairs.into_owned().collect();
            }
            meta if meta.starts_with('#') => {}
            _ => found_rows += 1,
        }
        first = false;
        sealed_row.clear();
        seal_row(&mut sealed_row, record.iter());
        seal.update(&sealed_row);
    }
    Err("it ends before its seal".to_owned())
}
