//! A row with its names: typed cells, and the words of its text that say them.

use super::mojibake;
use super::rows::RawRow;
use crate::model::document::Problem;
use crate::model::passage::Passage;
use crate::model::record;
use crate::model::slug::slug;
use std::borrow::Cow;
use std::cell::RefCell;
use std::collections::HashMap;
use std::ops::Range;

/// Number of a column, from 0. What a layout lacks is `None`.
pub(super) type Column = Option<usize>;

/// The columns of a file by name, case, accents and signs ignored.
#[derive(Debug)]
pub(super) struct Columns {
    by_name: HashMap<String, usize>,
}

/// The form in which names of columns are compared. Other scripts than the Latin have no slug.
pub(super) fn column_name(name: &str) -> String {
    match slug(&mojibake::repaired(name)).replace('-', "_") {
        slug if slug.is_empty() => name.trim().to_lowercase(),
        slug => slug,
    }
}

impl Columns {
    /// Of two columns of one name the first counts.
    pub fn new(header: &[String]) -> Self {
        let mut by_name = HashMap::new();
        for (i, name) in header.iter().enumerate() {
            by_name.entry(column_name(name)).or_insert(i);
        }
        by_name.remove("");
        Self { by_name }
    }

    /// The column of this name, given in the compared form.
    pub fn get(&self, name: &str) -> Column {
        self.by_name.get(name).copied()
    }

    /// The first of these names that is there.
    pub fn any(&self, names: &[&str]) -> Column {
        names.iter().find_map(|name| self.get(name))
    }
}

/// What a row is read with.
pub(super) struct Row<'r> {
    /// Name of the file.
    pub file: &'r str,
    header: &'r [String],
    raw: &'r RawRow,
    text: String,
    lines: Vec<Range<usize>>,
    open: RefCell<Vec<Problem>>,
}

impl<'r> Row<'r> {
    pub fn new(file: &'r str, header: &'r [String], raw: &'r RawRow) -> Self {
        let (text, lines) = record::text_with_lines(header, &raw.cells);
        Self { file, header, raw, text, lines, open: RefCell::default() }
    }

    /// A cell without white space around it; empty when there is none.
    pub fn cell(&self, column: Column) -> &'r str {
        cell(self.raw, column)
    }

    /// A cell with broken encodings mended, for names.
    pub fn name(&self, column: Column) -> Cow<'r, str> {
        mojibake::repaired(self.cell(column))
    }

    /// The row as text, in which passages lie.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The bytes of a cell in the text, white space around it left out; an empty range when
    /// there is nothing.
    pub fn cell_range(&self, column: Column) -> Range<usize> {
        let Some((line, raw)) = column.and_then(|c| self.lines.get(c).zip(self.raw.cells.get(c)))
        else {
            return 0..0;
        };
        let end = line.end - (raw.len() - raw.trim_end().len()).min(line.len());
        let start = line.end - raw.trim_start().len().min(line.len());
        start.min(end)..end
    }

    /// The first of these names that is not empty.
    pub fn first_name(&self, columns: &[Column]) -> Cow<'r, str> {
        columns.iter().map(|c| self.name(*c)).find(|name| !name.is_empty()).unwrap_or_default()
    }

    /// The cell's line of the row's text, name included, so that a quote shows what it is
    /// about; the whole row when there is no such cell.
    pub fn passage(&self, column: Column) -> Passage {
        self.passage_over(&[column])
    }

    /// From the first to the last of these cells, whatever stands between them.
    pub fn passage_over(&self, columns: &[Column]) -> Passage {
        let lines = columns.iter().filter_map(|c| self.lines.get((*c)?)).filter(|l| !l.is_empty());
        let range = lines.cloned().reduce(|a, b| a.start.min(b.start)..a.end.max(b.end));
        Passage::of(&self.text, range.unwrap_or(0..self.text.trim_end().len()))
    }

    /// The first of these cells that says anything; else the whole row.
    pub fn first_passage(&self, columns: &[Column]) -> Passage {
        let said = columns.iter().find(|c| !self.cell(**c).is_empty());
        self.passage(said.copied().flatten())
    }

    /// Notes that a cell, which is read all the same, leaves something open.
    pub fn leave_open(&self, column: Column, expected: &str) {
        self.open.borrow_mut().push(self.problem(column, expected));
    }

    /// What was noted.
    pub fn into_open(self) -> Vec<Problem> {
        self.open.into_inner()
    }

    /// A problem with a cell.
    pub fn problem(&self, column: Column, expected: &str) -> Problem {
        let name = column.and_then(|c| self.header.get(c));
        let place = match (column, name) {
            (_, Some(name)) if !name.trim().is_empty() => format!(" in column {name}"),
            (Some(number), _) => format!(" in column {}", number + 1),
            (None, _) => String::new(),
        };
        let found = match self.cell(column) {
            "" => "nothing".to_owned(),
            text => format!("{:?}", shortened(text)),
        };
        problem(self.file, self.raw.line, &format!("{expected}{place}"), found)
    }

    /// A number of people; none for an empty cell. `3.0` is 3, as spreadsheets write it.
    ///
    /// # Errors
    /// Anything else.
    pub fn count(&self, column: Column) -> Result<Option<u32>, Problem> {
        let text = self.cell(column);
        let digits = text.split_once('.').filter(|(_, rest)| rest.bytes().all(|b| b == b'0'));
        match digits.map_or(text, |(whole, _)| whole) {
            "" => Ok(None),
            digits if digits.bytes().all(|b| b.is_ascii_digit()) => {
                let number = digits.parse().map(Some);
                number.map_err(|_| self.problem(column, "a number of people"))
            }
            _ => Err(self.problem(column, "a number of people")),
        }
    }

    /// A code from 1 to `last`; none for an empty cell.
    ///
    /// # Errors
    /// Anything else.
    pub fn code(&self, column: Column, last: u8) -> Result<Option<u8>, Problem> {
        let text = self.cell(column);
        let text = text.strip_suffix(".0").unwrap_or(text);
        match text.parse::<u8>() {
            _ if text.is_empty() => Ok(None),
            Ok(code) if (1..=last).contains(&code) => Ok(Some(code)),
            _ => Err(self.problem(column, &format!("a code from 1 to {last}"))),
        }
    }

    /// Latitude and longitude in degrees; none when both cells are empty.
    ///
    /// # Errors
    /// When one is missing, no number, or no place on Earth.
    pub fn point(&self, lat: Column, lon: Column) -> Result<Option<(f64, f64)>, Problem> {
        if self.cell(lat).is_empty() && self.cell(lon).is_empty() {
            return Ok(None);
        }
        let degrees = |column: Column, limit: f64| {
            // A comma as French spreadsheets write it.
            let number = self.cell(column).replace(',', ".").parse::<f64>();
            let number = number.ok().filter(|d| d.abs() <= limit);
            number.ok_or_else(|| self.problem(column, &format!("degrees from -{limit} to {limit}")))
        };
        Ok(Some((degrees(lat, 90.0)?, degrees(lon, 180.0)?)))
    }

    /// Whether it has the cells that are read, and nothing beyond the header: a row with more
    /// or fewer has its cells under the wrong names.
    ///
    /// # Errors
    /// When it has not.
    pub fn check_width(&self, last_read: usize) -> Result<(), Problem> {
        let (wanted, found) = (self.header.len(), self.raw.cells.len());
        let beyond = self.raw.cells.iter().skip(wanted).any(|cell| !cell.trim().is_empty());
        if beyond || found <= last_read {
            let found = format!("{found} cells");
            return Err(problem(self.file, self.raw.line, &format!("{wanted} cells"), found));
        }
        Ok(())
    }
}

/// A cell of a row of which no more is wanted.
pub(super) fn cell(raw: &RawRow, column: Column) -> &str {
    column.and_then(|c| raw.cells.get(c)).map_or("", |cell| cell.trim())
}

pub(super) fn problem(file: &str, line: u64, expected: &str, found: impl Into<String>) -> Problem {
    Problem {
        file: file.to_owned(),
        line: usize::try_from(line).unwrap_or(usize::MAX),
        expected: expected.to_owned(),
        found: found.into(),
    }
}

/// The beginning of a long cell.
fn shortened(text: &str) -> Cow<'_, str> {
    match text.char_indices().nth(60) {
        Some((end, _)) => format!("{}…", &text[..end]).into(),
        None => text.into(),
    }
}
