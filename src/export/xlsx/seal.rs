//! What a workbook is sealed by, and whether one still says what it said. The seal is over cells,
//! so that a program for spreadsheets may save it anew: SHA-256 over the cells of each kind of
//! sheet, row by row, and then over these. A row is its cells up to the last that is not empty,
//! each as a JSON text with a comma behind it, and a line feed.

use super::super::Sealed;
use super::KINDS;
use crate::model::hash::{hex, sha256};
use calamine::{DataRef, Reader, Xlsx, open_workbook};
use sha2::{Digest, Sha256};
use std::fs::File;
use std::io::BufReader;
use std::path::Path;
use zip::ZipArchive;

/// What the last row of the last sheet is called, which states the seal.
pub const KEY: &str = "sha256";

/// Most that may be held of a workbook, in bytes when unpacked: what is no sheet. Sheets are read
/// cell by cell.
const HELD: u64 = 1 << 30;

/// More columns than any sheet of ours has.
const COLUMNS: u32 = 26;

/// Cells that are sealed as they come.
#[derive(Clone, Default)]
pub struct Cells {
    seal: Sha256,
    row: Vec<u8>,
    /// Empty cells since the last that is not.
    empty: usize,
}

impl Cells {
    /// The next cell of a row.
    pub fn add(&mut self, text: &str) {
        if text.is_empty() {
            self.empty += 1;
            return;
        }
        for _ in 0..std::mem::take(&mut self.empty) {
            self.row.extend_from_slice(b"\"\",");
        }
        serde_json::to_writer(&mut self.row, text).expect("a text is JSON");
        self.row.push(b',');
    }

    /// The row ends.
    pub fn end_row(&mut self) {
        self.row.push(b'\n');
        self.seal.update(&self.row);
        self.row.clear();
        self.empty = 0;
    }

    /// Of all rows so far.
    pub fn finish(&self) -> String {
        hex(self.seal.clone())
    }
}

/// The seal over those of each kind.
pub fn over(kinds: &[String]) -> String {
    sha256(kinds.join("\n"))
}

/// A sheet as it is read, cell by cell.
struct Reading {
    cells: Cells,
    /// Row and column that come next.
    next: (u32, u32),
    /// The cells of this row, where they are looked at.
    row: Vec<String>,
}

type Book = Xlsx<BufReader<File>>;

/// Seals the cells of one sheet. `each` looks at a row before it is sealed; where it wants that
/// no more, nothing may follow.
fn read(
    book: &mut Book,
    name: &str,
    cells: Cells,
    mut each: impl FnMut(&[String]) -> bool,
) -> Result<Cells, String> {
    let broken = |error: &dyn std::fmt::Display| format!("its sheet {name} is broken: {error}");
    let mut reader = book.worksheet_cells_reader(name).map_err(|e| broken(&e))?;
    let mut at = Reading { cells, next: (0, 0), row: Vec::new() };
    let mut ended = false;
    let mut end_row = |at: &mut Reading| match each(&at.row) {
        _ if ended => Err(format!("it was changed: rows follow its seal on sheet {name}")),
        true => {
            at.row.drain(..).for_each(|cell| at.cells.add(&cell));
            at.cells.end_row();
            Ok(())
        }
        false => {
            at.row.clear();
            ended = true;
            Ok(())
        }
    };
    while let Some(cell) = reader.next_cell_with_formula().map_err(|e| broken(&e))? {
        let (row, column) = cell.pos;
        // We write neither, and others could make much of them.
        if cell.formula.is_some() || column >= COLUMNS {
            return Err(format!("it was changed: sheet {name} has formulas or more columns"));
        }
        let text = text(&cell.value);
        if text.is_empty() {
            continue;
        }
        if row > at.next.0 {
            end_row(&mut at)?;
            at.next = (row, 0);
        }
        at.row.resize(column.max(at.next.1) as usize, String::new());
        at.row.push(text);
        at.next.1 = column + 1;
    }
    if !at.row.is_empty() {
        end_row(&mut at)?;
    }
    Ok(at.cells)
}

/// What a cell says, as it was given to be written.
fn text(value: &DataRef<'_>) -> String {
    match value {
        DataRef::Empty => String::new(),
        DataRef::String(text) => unescaped(text),
        DataRef::SharedString(text) => unescaped(text),
        DataRef::Int(n) => n.to_string(),
        DataRef::Float(n) => n.to_string(),
        // No cell of ours is any of these.
        other => format!("{other:?}"),
    }
}

/// Text with the characters that XML cannot hold.
fn unescaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find("_x") {
        let ends = rest.as_bytes().get(at + 6) == Some(&b'_');
        let code = rest.get(at + 2..at + 6).filter(|_| ends);
        let code = code.filter(|code| code.bytes().all(|b| b.is_ascii_hexdigit()));
        let c = code.and_then(|code| char::from_u32(u32::from_str_radix(code, 16).ok()?));
        let (known, len) = c.map_or((None, 2), |c| (Some(c), 7));
        out.push_str(&rest[..at]);
        match known {
            Some(c) => out.push(c),
            None => out.push_str("_x"),
        }
        rest = &rest[at + len..];
    }
    out.push_str(rest);
    out
}

/// How large the parts that are no sheets say that they are, in bytes; what is no archive is
/// found out when it is opened.
fn held(path: &Path) -> u64 {
    let archive = File::open(path).ok().and_then(|file| ZipArchive::new(BufReader::new(file)).ok());
    let Some(mut archive) = archive else { return 0 };
    let parts = 0..archive.len();
    let size = |i| match archive.by_index_raw(i) {
        Ok(part) if part.name().is_ok_and(|name| name.starts_with("xl/worksheets/")) => 0,
        Ok(part) => part.size(),
        Err(_) => 0,
    };
    parts.map(size).fold(0, u64::saturating_add)
}

/// Checks the seal of a workbook.
///
/// # Errors
/// What is wrong with it.
pub fn check(path: &Path) -> Result<Sealed, String> {
    check_within(path, HELD)
}

/// As [`check`], where what is no sheet has `most` bytes at most.
fn check_within(path: &Path, most: u64) -> Result<Sealed, String> {
    if held(path) > most {
        return Err(format!("it has more than {most} bytes besides its sheets: no export of ours"));
    }
    let mut book: Book =
        open_workbook(path).map_err(|e: calamine::XlsxError| format!("no workbook: {e}"))?;
    let names = book.sheet_names();
    let mut left = names.iter().peekable();
    let mut seals = Vec::new();
    let mut about = Vec::new();
    for kind in KINDS {
        let (mut cells, mut part) = (Cells::default(), 1);
        let named = |part| if part == 1 { kind.to_owned() } else { format!("{kind} {part}") };
        while let Some(name) = left.next_if(|name| **name == named(part)) {
            let last = kind == KINDS[KINDS.len() - 1];
            cells = read(&mut book, name, cells, |row| {
                if last {
                    about.push(row.to_vec());
                }
                !(last && row.first().is_some_and(|key| key == KEY))
            })?;
            part += 1;
        }
        if part == 1 {
            return Err(format!("it has no sheet {kind}: no export of ours, or changed"));
        }
        seals.push(cells.finish());
    }
    if let Some(name) = left.next() {
        return Err(format!("it was changed: it has another sheet, {name}"));
    }
    let stated = |key: &str| {
        let row = about.iter().find(|row| row.first().is_some_and(|k| k == key));
        row.and_then(|row| row.get(1)).map(String::as_str)
    };
    let seal = stated(KEY).ok_or("it ends before its seal")?;
    let found = over(&seals);
    if found != seal {
        return Err(format!("it was changed: SHA-256 is {found}, it states {seal}"));
    }
    let query = stated("parameters").unwrap_or_default().as_bytes();
    let count = stated("count").and_then(|count| count.parse().ok());
    let (rows, count) = stated("rows").zip(count).ok_or("it does not state its rows")?;
    let parameters = form_urlencoded::parse(query).into_owned().collect();
    Ok(Sealed { parameters, count, rows: rows.to_owned() })
}

#[cfg(test)]
mod tests {
    use super::super::sheet::escape;
    use super::*;
    use std::io::Write;

    #[test]
    fn err_a_small_file_that_unpacks_to_very_much() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("bomb.xlsx");
        let mut zip = zip::ZipWriter::new(File::create(&path).unwrap());
        let options = zip::write::SimpleFileOptions::default();
        zip.start_file("xl/worksheets/sheet1.xml", options).unwrap();
        zip.write_all(&[b' '; 1 << 20]).unwrap();
        zip.start_file("xl/sharedStrings.xml", options).unwrap();
        zip.write_all(&[b' '; 1 << 20]).unwrap();
        zip.finish().unwrap();
        assert_eq!(held(&path), 1 << 20);
        assert!(check_within(&path, (1 << 20) - 1).unwrap_err().contains("besides its sheets"));
        // One that is as large as it may be is opened, and is no workbook.
        assert!(check_within(&path, 1 << 20).unwrap_err().contains("no workbook"));
    }

    #[test]
    fn a_text_is_read_as_it_was_written() {
        for text in [
            "", "plain", "a\rb\u{b}", "_x0041_", "_x", "_x00", "x_x005F_y_x0041_", "_xé123_",
            "\u{ffff}_x000",
        ] {
            let mut xml = String::new();
            escape(&mut xml, text);
            assert_eq!(unescaped(&xml), text, "{xml}");
        }
    }
}
