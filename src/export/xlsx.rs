//! Workbooks with sheets of incidents, claims and sources, and one that says what the file is.
//! Texts are written as texts, so that nothing is taken for a formula. A workbook is written
//! beside and then passed on, since its parts are packed at the end; only one row of each
//! sheet is in memory. It carries the seal of its rows, not one over itself.

use super::table::{self, Column};
use super::{ExportError, Head, RowSeal, View, canonical, each};
use rusqlite::Connection;
use rust_xlsxwriter::{Format, Workbook, XlsxError};
use std::io::{self, Seek, Write};

/// Sheets in their order.
const INCIDENTS: usize = 0;
const CLAIMS: usize = 1;
const SOURCES: usize = 2;
const README: usize = 3;

/// The longest text of a cell, in UTF-16 units.
const MAX_CELL: usize = 32_767;

/// What stands at the end of a text that is longer.
const CUT: &str = " […]";

/// The columns of the sheet of sources.
const SOURCE_COLUMNS: [&str; 10] = [
    "id", "title", "publisher", "kind", "language", "url", "published", "retrieved", "licence",
    "sha256",
];

impl From<XlsxError> for ExportError {
    fn from(error: XlsxError) -> Self {
        Self::Write(io::Error::other(error))
    }
}

/// A workbook and how many rows each sheet has.
struct Book {
    book: Workbook,
    rows: [u32; 4],
    bold: Format,
}

impl Book {
    fn new() -> Result<Self, XlsxError> {
        let mut book = Workbook::new();
        for name in ["incidents", "claims", "sources", "readme"] {
            book.add_worksheet_with_constant_memory()?.set_name(name)?;
        }
        Ok(Self { book, rows: [0; 4], bold: Format::new().set_bold() })
    }

    fn head<'a>(
        &mut self,
        sheet: usize,
        names: impl Iterator<Item = &'a str>,
    ) -> Result<(), XlsxError> {
        let names: Vec<_> = names.collect();
        let bold = self.bold.clone();
        let page = self.book.worksheet_from_index(sheet)?;
        page.set_freeze_panes(1, 0)?;
        for (column, name) in (0..).zip(names) {
            page.write_string_with_format(0, column, name, &bold)?;
        }
        self.rows[sheet] = 1;
        Ok(())
    }

    fn row(
        &mut self,
        sheet: usize,
        cells: impl Iterator<Item = (String, bool)>,
    ) -> Result<(), XlsxError> {
        let row = self.rows[sheet];
        let page = self.book.worksheet_from_index(sheet)?;
        for (column, (cell, number)) in (0..).zip(cells) {
            match cell.parse::<u32>() {
                _ if cell.is_empty() => {}
                Ok(n) if number => {
                    page.write_number(row, column, n)?;
                }
                _ => {
                    page.write_string(row, column, fitting(&cell))?;
                }
            }
        }
        self.rows[sheet] += 1;
        Ok(())
    }
}

/// A text that a cell can hold; a cut is shown.
fn fitting(text: &str) -> String {
    if text.encode_utf16().count() <= MAX_CELL {
        return text.to_owned();
    }
    let room = MAX_CELL - CUT.chars().count();
    let mut units = 0;
    let whole = text.char_indices().find(|(_, c)| {
        units += c.len_utf16();
        units > room
    });
    format!("{}{CUT}", &text[..whole.map_or(text.len(), |(end, _)| end)])
}

pub(super) fn write(
    db: &Connection,
    view: &View,
    head: &Head,
    out: &mut dyn Write,
) -> Result<(), ExportError> {
    let words = &view.words;
    let mut book = Book::new()?;
    let names = |columns: &'static [Column]| columns.iter().map(|c| c.name);
    book.head(INCIDENTS, names(&table::INCIDENT))?;
    book.head(CLAIMS, names(&table::CLAIM))?;
    book.head(SOURCES, SOURCE_COLUMNS.into_iter())?;
    let numbers = |cells: Vec<String>, columns: &'static [Column]| {
        cells.into_iter().zip(columns.iter().map(|c| c.number))
    };
    let mut rows = RowSeal::default();
    each(db, view, |incident| {
        rows.add(&canonical(&incident));
        book.row(INCIDENTS, numbers(table::incident(&incident, words), &table::INCIDENT))?;
        for (account, claim) in incident.claims() {
            book.row(CLAIMS, numbers(table::claim(&incident, account, claim), &table::CLAIM))?;
        }
        Ok::<_, ExportError>(())
    })?;
    for cited in &head.sources {
        let meta = &cited.source.meta;
        let cells = [
            cited.source.id.clone(),
            meta.title.clone(),
            meta.publisher.clone().unwrap_or_default(),
            words.source_kind(meta.kind),
            meta.lang.as_str().to_owned(),
            meta.url.clone().unwrap_or_default(),
            meta.published.map(|d| d.to_string()).unwrap_or_default(),
            meta.retrieved.map(|d| d.to_string()).unwrap_or_default(),
            meta.licence.clone().unwrap_or_default(),
            cited.sha256.clone(),
        ];
        book.row(SOURCES, cells.into_iter().map(|cell| (cell, false)))?;
    }
    let mut about = table::about(head, words);
    about.push(("rows", rows.finish()));
    about.push(("note", words.messages().text("export-note")));
    for (key, value) in about {
        let cells = [key.to_owned(), value];
        book.row(README, cells.into_iter().map(|cell| (cell, false)))?;
    }
    let mut file = tempfile::tempfile()?;
    book.book.save_to_writer(&mut file)?;
    file.rewind()?;
    io::copy(&mut file, out)?;
    Ok(())
}
