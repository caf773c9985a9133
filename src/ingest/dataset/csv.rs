//! Rows of a CSV file, one in memory at a time.

use super::rows::RawRow;
use crate::model::document::Problem;
use csv::{ByteRecord, ReaderBuilder, Terminator};
use encoding_rs::WINDOWS_1252;
use std::cell::Cell;
use std::io::{self, Read};
use std::rc::Rc;

/// Longest row that is read, in bytes. A longer one is a quotation mark that never closes.
const MAX_ROW: u64 = 8 * 1024 * 1024;

/// What the reader that reads ahead knows of the file.
#[derive(Default)]
struct State {
    /// How many bytes of the row may still come.
    left: Cell<u64>,
    /// Whether the file has been read to its end.
    at_end: Cell<bool>,
}

struct Bounded<R> {
    inner: R,
    state: Rc<State>,
}

impl<R: Read> Read for Bounded<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(buffer)?;
        self.state.at_end.set(read == 0);
        match self.state.left.get().checked_sub(read as u64) {
            Some(left) => self.state.left.set(left),
            None => return Err(io::Error::new(io::ErrorKind::FileTooLarge, "row too long")),
        }
        Ok(read)
    }
}

/// The rows of a CSV file.
pub(super) struct CsvRows<R> {
    file: String,
    reader: csv::Reader<Bounded<R>>,
    record: ByteRecord,
    state: Rc<State>,
    /// Whether any cell so far had UTF-8 beyond ASCII: then other bytes are damage, and no
    /// older encoding.
    utf8: bool,
    over: bool,
}

impl<R: Read> CsvRows<R> {
    /// The rows of `reader`, which gives UTF-8, or an encoding that agrees with it in ASCII.
    pub fn new(file: &str, reader: R, delimiter: u8, line_end: u8) -> Self {
        let state = Rc::new(State::default());
        let bounded = Bounded { inner: reader, state: Rc::clone(&state) };
        let reader = ReaderBuilder::new()
            .delimiter(delimiter)
            .terminator(Terminator::Any(line_end))
            .has_headers(false)
            .flexible(true)
            .from_reader(bounded);
        let record = ByteRecord::new();
        Self { file: file.to_owned(), reader, record, state, utf8: false, over: false }
    }

    fn problem(&self, line: u64, expected: &str, found: String) -> Problem {
        Problem {
            file: self.file.clone(),
            line: usize::try_from(line).unwrap_or(usize::MAX),
            expected: expected.to_owned(),
            found,
        }
    }

    /// Line on which the row just read begins. Counted back from its end, since the reader
    /// passes over empty lines before a row.
    fn line(&self) -> u64 {
        let inside = memchr::memchr_iter(b'\n', self.record.as_slice()).count() as u64;
        // The last row may end without a line feed.
        let ended = u64::from(!self.state.at_end.get());
        self.reader.position().line().saturating_sub(inside + ended).max(1)
    }

    /// Takes the carriage return before a line feed from the last cell.
    fn without_return(mut cells: Vec<String>) -> Vec<String> {
        if let Some(last) = cells.last_mut()
            && last.ends_with('\r')
        {
            last.pop();
        }
        cells
    }

    /// A cell in UTF-8: as it is, or from Windows-1252 as long as the file shows no UTF-8.
    fn cell(&mut self, column: usize, line: u64) -> Result<String, Problem> {
        let bytes = &self.record[column];
        if bytes.is_ascii() {
            return Ok(String::from_utf8_lossy(bytes).into_owned());
        }
        match std::str::from_utf8(bytes) {
            Ok(text) => {
                let text = text.to_owned();
                self.utf8 = true;
                Ok(text)
            }
            Err(error) if self.utf8 => {
                let byte = bytes[error.valid_up_to()];
                let found = format!("the byte 0x{byte:02X} in column {}", column + 1);
                Err(self.problem(line, "UTF-8 text", found))
            }
            Err(_) => Ok(WINDOWS_1252.decode_without_bom_handling(bytes).0.into_owned()),
        }
    }
}

impl<R: Read> Iterator for CsvRows<R> {
    type Item = Result<RawRow, Problem>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.over {
            return None;
        }
        self.state.left.set(MAX_ROW);
        let start = self.reader.position().line();
        match self.reader.read_byte_record(&mut self.record) {
            Ok(true) => {
                let line = self.line();
                let cells: Result<_, _> =
                    (0..self.record.len()).map(|column| self.cell(column, line)).collect();
                Some(cells.map(|cells| RawRow { line, cells: Self::without_return(cells) }))
            }
            Ok(false) => None,
            Err(error) => {
                self.over = true;
                let too_long = matches!(error.kind(), csv::ErrorKind::Io(e)
                    if e.kind() == io::ErrorKind::FileTooLarge);
                Some(Err(match too_long {
                    true => {
                        let found = "more than 8 MiB: a quotation mark that is not closed?";
                        self.problem(start, "the end of the row", found.to_owned())
                    }
                    false => self.problem(start, "a file that can be read", error.to_string()),
                }))
            }
        }
    }
}
