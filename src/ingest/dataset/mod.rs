//! Event datasets: bytes in, one [`Record`] for each row out, or the [`Problem`] with it.
//! Rows are read one at a time and none is kept, so that memory does not grow with the file.

mod acled;
mod csv;
mod dates;
mod events;
pub mod exported;
mod ged;
mod hxl;
pub(super) mod mojibake;
mod names;
mod places;
mod release;
mod row;
mod rows;
mod sheet;
mod sniff;
mod table;
mod words;

pub use crate::knowledge::mappings::Mapping;
pub use sniff::sniff;

use crate::knowledge::Knowledge;
use crate::model::date::DateSpan;
use crate::model::document::{Problem, Shape};
use crate::model::incident::{Draft, EventType};
use crate::model::passage::Passage;
use crate::model::record::Record;
use crate::model::source::SourceMeta;
use acled::Acled;
use ged::Ged;
use row::{Columns, Row};
use rows::{RawRow, Rows};
use std::io::Read;
use table::Table;

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
    if options.shape == Some(Shape::MaliTimeline) {
        let found = "an export of this program, which only import reads";
        return Err(row::problem(file_name, 1, "rows of a dataset", found));
    }
    let mut rows = rows::open(file_name, reader)?;
    rows.find_header(|cells| {
        let columns = Columns::new(cells);
        let asked = options.mapping.as_ref().map(|m| table::Fields::of(m, &columns).is_dated());
        match (options.shape, asked) {
            (Some(Shape::Table) | None, Some(dated)) => dated,
            _ => sniff::dataset_of(cells).is_some() || table::ready_made(known, &columns).is_some(),
        }
    });
    let mapping = mapping(&rows, options, known);
    let told = options.shape.or_else(|| sniff::shape_of(&rows));
    let Some(shape) = told.or(mapping.as_ref().map(|_| Shape::Table)) else {
        return Err(unknown_columns(file_name, &rows.header));
    };
    let mut header = rows.header.cells.clone();
    let hxl = rows.hxl.take();
    let raw: Box<dyn Iterator<Item = Result<RawRow, Problem>>> = match shape {
        Shape::UcdpGed if ged::is_row(&header) => {
            header = ged::COLUMNS.map(str::to_owned).into();
            rows.without_header();
            Box::new(rows)
        }
        Shape::Acled if acled::is_by_actor(&header) => {
            let joined = acled::Joined::new(rows, &header);
            header = acled::joined_header(&header);
            Box::new(joined)
        }
        _ => Box::new(rows),
    };
    let columns = Columns::new(&header);
    let meta = release::meta(shape, file_name, mapping.as_ref());
    let countries = options.countries;
    let layout = match (shape, mapping, hxl) {
        (Shape::UcdpGed, ..) => Ged::new(&columns, countries, known).map(Layout::Ged),
        (Shape::Acled, ..) => Acled::new(&columns, countries, known).map(Layout::Acled),
        (_, Some(mapping), _) => {
            let fields = table::Fields::of(&mapping, &columns);
            Table::new(fields, mapping, countries, known).map(|t| Layout::Table(Box::new(t)))
        }
        (_, None, Some(tags)) => {
            let table = Table::new(hxl::fields(&tags), Mapping::default(), countries, known);
            table.map(|t| Layout::Table(Box::new(t)))
        }
        _ => return Err(unknown_columns(file_name, &RawRow { line: 1, cells: header })),
    };
    let layout = layout.map_err(|column| {
        row::problem(file_name, 1, &format!("a column {column}"), names_of(&header))
    })?;
    let reading = Reading { file: file_name.to_owned(), header: header.clone(), layout };
    Ok(Dataset { meta, shape, header, outside: 0, rows: Box::new(reading.records(raw)) })
}

/// By what a table is read: what was asked for, else a ready-made mapping that fits; hashtags
/// go before ready-made ones.
fn mapping(rows: &Rows<'_>, options: &Options, known: &Knowledge) -> Option<Mapping> {
    if options.mapping.is_some() {
        return options.mapping.clone();
    }
    let timemap = || known.mappings.iter().find(|m| rows.events && m.name == "timemap");
    let ready_made = || table::ready_made(known, &Columns::new(&rows.header.cells));
    if rows.hxl.is_some() { None } else { ready_made().or_else(timemap).cloned() }
}

/// What reads the cells.
enum Layout<'k> {
    Ged(Ged<'k>),
    Acled(Acled<'k>),
    Table(Box<Table<'k>>),
}

struct Reading<'k> {
    file: String,
    header: Vec<String>,
    layout: Layout<'k>,
}

impl<'k> Reading<'k> {
    /// What each row says; nothing for one outside what was asked for.
    fn records<'a>(
        mut self,
        rows: impl Iterator<Item = Result<RawRow, Problem>> + 'a,
    ) -> impl Iterator<Item = Result<Option<Record>, Problem>> + 'a
    where
        'k: 'a,
    {
        rows.map(move |row| self.record(row?))
    }

    fn record(&mut self, raw: RawRow) -> Result<Option<Record>, Problem> {
        let outside = match &self.layout {
            Layout::Ged(ged) => ged.is_outside(&raw),
            Layout::Acled(acled) => acled.is_outside(&raw),
            Layout::Table(table) => table.is_outside(&raw),
        };
        if outside {
            return Ok(None);
        }
        let row = Row::new(&self.file, &self.header, &raw);
        let (key, draft) = match &mut self.layout {
            Layout::Ged(ged) => ged.read(&row)?,
            Layout::Acled(acled) => acled.read(&row)?,
            Layout::Table(table) => table.read(&row)?,
        };
        let open = row.into_open();
        Ok(Some(Record { key, line: raw.line, cells: raw.cells, draft, open }))
    }
}

/// A draft that says nothing yet.
const EMPTY_DRAFT: Draft = Draft {
    main: true,
    title: String::new(),
    date: DateSpan::UNKNOWN,
    date_passage: None,
    kind: EventType::Other,
    places: Vec::new(),
    attributions: Vec::new(),
    victims: Vec::new(),
    claims: Vec::new(),
    passage: Passage { start: 0, end: 0, quote: String::new(), page: None },
};

fn unknown_columns(file: &str, header: &RawRow) -> Problem {
    let expected = "columns of a known dataset, HXL hashtags, or a mapping";
    row::problem(file, header.line, expected, names_of(&header.cells))
}

/// The first columns, to be named in a problem.
fn names_of(header: &[String]) -> String {
    let names = header.iter().take(8).map(|n| n.trim()).collect::<Vec<_>>().join(", ");
    let more = if header.len() > 8 { ", …" } else { "" };
    format!("the columns {names}{more}")
}

#[cfg(test)]
mod tests;

#[cfg(test)]
mod tests_acled;

#[cfg(test)]
mod tests_tables;
