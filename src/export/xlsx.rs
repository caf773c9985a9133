//! Workbooks with sheets of incidents, claims and sources, and one that says what the file is.
//! Texts are written as texts, so that nothing is taken for a formula. A workbook is written
//! beside and then passed on, since its parts are packed at the end; only one row of each
//! sheet is in memory. A sheet that is full is continued by another: `claims 2`. It carries the seal of its rows, not one over itself.

use super::phrases::Phrases;
use super::table::{self, Column, Row};
use super::{ExportError, Head, Out, Tally, View, each};
use rusqlite::Connection;
use rust_xlsxwriter::{Format, Workbook, XlsxError};
use std::io::{self, Seek};

/// Sheets in their order.
const INCIDENTS: usize = 0;
const CLAIMS: usize = 1;
const SOURCES: usize = 2;
const README: usize = 3;

/// Most rows of a sheet: what programs for spreadsheets can hold.
const MAX_ROWS: u32 = 1 << 20;

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

/// A sheet and those that continue it.
struct Sheet {
    name: &'static str,
    /// Names of its columns; nothing where the first row is none of names.
    columns: Vec<&'static str>,
    /// Which one of the workbook is written to.
    index: usize,
    /// How many of them there are.
    parts: usize,
    /// Rows that the one has so far.
    rows: u32,
}

/// A workbook that is being written.
struct Book {
    book: Workbook,
    sheets: [Sheet; 4],
    /// Most rows of one sheet.
    most: u32,
}

impl Book {
    fn new(most: u32) -> Result<Self, XlsxError> {
        let names = |columns: &'static [Column]| columns.iter().map(|c| c.name).collect();
        let sheet = |name, columns| Sheet { name, columns, index: 0, parts: 0, rows: 0 };
        let mut book = Self {
            book: Workbook::new(),
            sheets: [
                sheet("incidents", names(&table::INCIDENT)),
                sheet("claims", names(&table::CLAIM)),
                sheet("sources", SOURCE_COLUMNS.to_vec()),
                sheet("readme", Vec::new()),
            ],
            most,
        };
        (0..book.sheets.len()).try_for_each(|sheet| book.begin(sheet))?;
        Ok(book)
    }

    /// Begins a sheet, or one that continues it: `claims`, `claims 2` …
    fn begin(&mut self, sheet: usize) -> Result<(), XlsxError> {
        let index = self.book.worksheets().len();
        let sheet = &mut self.sheets[sheet];
        sheet.parts += 1;
        (sheet.index, sheet.rows) = (index, 0);
        let name = match sheet.parts {
            1 => sheet.name.to_owned(),
            part => format!("{} {part}", sheet.name),
        };
        let page = self.book.add_worksheet_with_constant_memory()?.set_name(name)?;
        if !sheet.columns.is_empty() {
            page.set_freeze_panes(1, 0)?;
            let bold = Format::new().set_bold();
            for (column, name) in (0..).zip(&sheet.columns) {
                page.write_string_with_format(0, column, *name, &bold)?;
            }
            sheet.rows = 1;
        }
        Ok(())
    }

    fn row(
        &mut self,
        sheet: usize,
        cells: impl Iterator<Item = (impl AsRef<str>, bool)>,
    ) -> Result<(), XlsxError> {
        if self.sheets[sheet].rows == self.most {
            self.begin(sheet)?;
        }
        let Sheet { index, rows, .. } = &mut self.sheets[sheet];
        let page = self.book.worksheet_from_index(*index)?;
        for (column, (cell, number)) in (0..).zip(cells) {
            let cell = cell.as_ref();
            match cell.parse::<u32>() {
                _ if cell.is_empty() => {}
                Ok(n) if number => {
                    page.write_number(*rows, column, n)?;
                }
                _ => {
                    page.write_string(*rows, column, fitting(cell))?;
                }
            }
        }
        *rows += 1;
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
    out: &mut Out<'_>,
) -> Result<(), ExportError> {
    let words = &view.words;
    let mut book = Book::new(MAX_ROWS)?;
    let (mut phrases, mut row) = (Phrases::new(*words), Row::default());
    let numbers = |columns: &'static [Column]| columns.iter().map(|c| c.number);
    let rows = each(db, view, |incident, _| {
        row.incident(incident, &mut phrases);
        book.row(INCIDENTS, row.cells().zip(numbers(&table::INCIDENT)))?;
        for (account, claim) in incident.claims() {
            row.claim(incident, account, claim);
            book.row(CLAIMS, row.cells().zip(numbers(&table::CLAIM)))?;
        }
        Ok::<_, ExportError>(())
    })?;
    let tally = Tally::read(db, view)?;
    for cited in &tally.sources {
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
    let mut about = table::about(head, &tally, words);
    about.push(("rows", rows.seal));
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

#[cfg(test)]
mod tests {
    use super::*;
    use calamine::{Reader, Xlsx};
    use std::io::Cursor;

    #[test]
    fn a_full_sheet_is_continued_by_another() {
        let mut book = Book::new(3).unwrap();
        for row in 0..5 {
            let cells = [(format!("id {row}"), false), (row.to_string(), true)];
            book.row(INCIDENTS, cells.into_iter()).unwrap();
        }
        book.row(README, [("key".to_owned(), false)].into_iter()).unwrap();
        let bytes = book.book.save_to_buffer().unwrap();
        let mut read: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).unwrap();
        let names = read.sheet_names();
        assert_eq!(
            names,
            ["incidents", "claims", "sources", "readme", "incidents 2", "incidents 3"]
        );
        let mut ids = Vec::new();
        for name in ["incidents", "incidents 2", "incidents 3"] {
            let sheet = read.worksheet_range(name).unwrap();
            assert!(sheet.height() <= 3, "{name}");
            assert_eq!(sheet.get((0, 0)).unwrap().to_string(), "id", "{name}");
            ids.extend(sheet.rows().skip(1).map(|row| row[0].to_string()));
        }
        assert_eq!(ids, ["id 0", "id 1", "id 2", "id 3", "id 4"]);
    }
}
