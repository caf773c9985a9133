//! Bytes to rows of cells: what a file of any kind has in common before anything is read from
//! its cells.

use super::csv::CsvRows;
use super::{events, sheet};
use crate::ingest::decode::MAX_BYTES;
use crate::model::document::Problem;
use encoding_rs_io::DecodeReaderBytesBuilder;
use std::collections::VecDeque;
use std::io::{self, Read};

/// One row as it stands in the file.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct RawRow {
    /// Line on which it begins, from 1; in a workbook its row.
    pub line: u64,
    /// Its cells.
    pub cells: Vec<String>,
}

impl RawRow {
    fn is_blank(&self) -> bool {
        self.cells.iter().all(|cell| cell.trim().is_empty())
    }

    /// A row of HXL hashtags: nothing but hashtags, and at least two.
    fn is_hxl(&self) -> bool {
        let mut filled = self.cells.iter().map(|c| c.trim()).filter(|c| !c.is_empty());
        let is_tag = |cell: &str| {
            cell.strip_prefix('#').is_some_and(|t| t.starts_with(|c: char| c.is_ascii_alphabetic()))
        };
        filled.clone().count() >= 2 && filled.all(is_tag)
    }
}

type AllRows<'a> = Box<dyn Iterator<Item = Result<RawRow, Problem>> + 'a>;

/// The rows of a file, the first ones taken apart from the rest.
pub(super) struct Rows<'a> {
    /// Names of the columns: the row above the hashtags, or the first row. Empty when the file
    /// has no row at all.
    pub header: RawRow,
    /// Hashtags, one for each column, when there are.
    pub hxl: Option<Vec<String>>,
    /// Whether they are events as JSON.
    pub events: bool,
    first: VecDeque<Result<RawRow, Problem>>,
    rest: AllRows<'a>,
}

/// Among so many rows a header is looked for; of HXL hashtags the standard says so.
const FIRST_ROWS: usize = 25;

impl<'a> Rows<'a> {
    fn new(mut rest: AllRows<'a>) -> Result<Self, Problem> {
        let mut first: VecDeque<_> = rest.by_ref().take(FIRST_ROWS).collect();
        let is_hxl = |row: &Result<RawRow, Problem>| row.as_ref().is_ok_and(RawRow::is_hxl);
        let tags = first.iter().position(is_hxl);
        let hxl = tags.and_then(|at| first[at].as_ref().ok());
        let hxl = hxl.map(|row| row.cells.iter().map(|cell| cell.trim().to_owned()).collect());
        // Hashtags alone name the columns; above others stands a row of names.
        let above = tags.map_or(0, |at| at.saturating_sub(1));
        let header = first.drain(..=tags.unwrap_or(0).min(first.len().saturating_sub(1)));
        let header = header.into_iter().nth(above).transpose()?.unwrap_or_default();
        Ok(Self { header, hxl, events: false, first, rest })
    }

    /// Takes the first of the first rows that is a header for one; those above it, a title or
    /// a note, are passed over. Where there is none the first row stays it.
    pub fn find_header(&mut self, is_header: impl Fn(&[String]) -> bool) {
        let fits = |row: &Result<RawRow, Problem>| row.as_ref().is_ok_and(|r| is_header(&r.cells));
        if self.hxl.is_some() || is_header(&self.header.cells) {
            return;
        }
        if let Some(at) = self.first.iter().position(fits)
            && let Some(Ok(header)) = self.first.drain(..=at).next_back()
        {
            self.header = header;
        }
    }

    /// Puts the header back: it was the first row of a file without one.
    pub fn without_header(&mut self) {
        self.first.push_front(Ok(std::mem::take(&mut self.header)));
    }
}

impl Iterator for Rows<'_> {
    type Item = Result<RawRow, Problem>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            match self.first.pop_front().or_else(|| self.rest.next())? {
                Ok(row) if row.is_blank() => {}
                row => return Some(row),
            }
        }
    }
}

/// Opens a file of rows: CSV with any delimiter and encoding, a workbook, or events as JSON.
///
/// # Errors
/// Empty, binary, a page of the web, or damaged in a way that hides every row.
pub(super) fn open<'a>(file: &str, mut reader: impl Read + 'a) -> Result<Rows<'a>, Problem> {
    let head = head(file, &mut reader)?;
    if head.starts_with(b"PK\x03\x04") {
        let bytes = whole(file, head, reader)?;
        return Rows::new(Box::new(sheet::rows(file, bytes)?.into_iter().map(Ok)));
    }
    let decoded = DecodeReaderBytesBuilder::new()
        .utf8_passthru(true)
        .strip_bom(true)
        .build(io::Cursor::new(head).chain(reader));
    let mut decoded: Box<dyn Read + 'a> = Box::new(decoded);
    let head = self::head(file, &mut decoded)?;
    refuse(file, &head)?;
    match head.iter().find(|b| !b.is_ascii_whitespace()) {
        None => Err(problem(file, "rows", "an empty file")),
        Some(b'{' | b'[') => {
            let events = events::rows(file, &whole(file, head, decoded)?)?;
            Ok(Rows { events: true, ..Rows::new(Box::new(events.into_iter()))? })
        }
        Some(_) => {
            let delimiter = delimiter(&head);
            // Rows end with a line feed, on old machines with a carriage return.
            let line_end = if head.contains(&b'\n') { b'\n' } else { b'\r' };
            let all = io::Cursor::new(head).chain(decoded);
            Rows::new(Box::new(CsvRows::new(file, all, delimiter, line_end)))
        }
    }
}

fn problem(file: &str, expected: &str, found: impl Into<String>) -> Problem {
    Problem { file: file.to_owned(), line: 1, expected: expected.to_owned(), found: found.into() }
}

/// The first bytes of a file.
fn head(file: &str, reader: &mut impl Read) -> Result<Vec<u8>, Problem> {
    let mut head = Vec::new();
    let read = reader.take(super::SNIFF_BYTES as u64).read_to_end(&mut head);
    read.map_err(|e| problem(file, "a file that can be read", e.to_string()))?;
    Ok(head)
}

/// All of a file that cannot be read row by row.
fn whole(file: &str, head: Vec<u8>, rest: impl Read) -> Result<Vec<u8>, Problem> {
    let mut bytes = head;
    let read =
        rest.take((MAX_BYTES + 1).saturating_sub(bytes.len()) as u64).read_to_end(&mut bytes);
    read.map_err(|e| problem(file, "a file that can be read", e.to_string()))?;
    match bytes.len() > MAX_BYTES {
        true => Err(problem(file, "at most 50 MiB; a larger table as CSV", "a larger file")),
        false => Ok(bytes),
    }
}

/// What is no table, whatever its name.
fn refuse(file: &str, head: &[u8]) -> Result<(), Problem> {
    let start = head.trim_ascii_start();
    let start = start[..start.len().min(1024)].to_ascii_lowercase();
    let page = [b"<!doctype".as_slice(), b"<html", b"<?xml", b"<head", b"<body"];
    if page.iter().any(|mark| start.starts_with(mark)) {
        return Err(problem(file, "a table", "a page of the web (HTML or XML)"));
    }
    if let Some(at) = head.iter().position(|b| *b == 0) {
        let line = 1 + head[..at].iter().filter(|b| **b == b'\n').count();
        return Err(Problem { line, ..problem(file, "a table", "binary data") });
    }
    Ok(())
}

/// The sign between the cells of the first row: the one that stands there most often outside
/// quotation marks; a comma when there is none.
fn delimiter(head: &[u8]) -> u8 {
    let mut quoted = false;
    let mut counts = [(b',', 0), (b';', 0), (b'\t', 0), (b'|', 0)];
    for byte in head.trim_ascii_start() {
        match byte {
            b'"' => quoted = !quoted,
            b'\n' | b'\r' if !quoted => break,
            byte if !quoted => {
                counts.iter_mut().filter(|(b, _)| b == byte).for_each(|(_, n)| *n += 1);
            }
            _ => {}
        }
    }
    // The first of those that stand as often.
    counts.iter().rev().max_by_key(|(_, n)| *n).map_or(b',', |(byte, _)| *byte)
}
