//! Spreadsheets: UTF-8 with a byte order mark, a row of column names, one row an incident.
//!
//! What the file says of itself comes last, so that the first row names the columns: rows of
//! the same width whose first cell starts with `#`, as no id does. The `sha256` seal is over
//! the cells of all rows before it, each row as a JSON array and a line feed, so that quoting
//! and line ends do not matter.

use super::{ExportError, Head, PROGRAM, RowSeal, Sealed, View, canonical, citation};
use crate::model::claim::Measure;
use crate::model::hash::hex;
use crate::model::incident::{Incident, Place};
use crate::store::incident;
use crate::wording::Words;
use rusqlite::Connection;
use sha2::{Digest, Sha256};
use std::collections::BTreeSet;
use std::io::Write;

/// Names of the columns.
///
/// `date_start` and `date_end` are the first and last day on which it may have happened (both
/// included; see `date_precision`); `killed_low` and `killed_high` the range over everybody's
/// claims, which may be exceeded where `killed_open` is true.
pub const COLUMNS: [&str; 17] = [
    "id", "title", "date_start", "date_end", "date_precision", "kind", "places", "regions_then",
    "regions_now", "perpetrators", "victims", "killed_low", "killed_high", "killed_open", "claims",
    "sources", "status",
];

/// Between things in one cell.
const AND: &str = "; ";

/// Writes rows and seals their cells.
struct Rows<W: Write> {
    csv: ::csv::Writer<W>,
    seal: Sha256,
}

impl<W: Write> Rows<W> {
    fn row(&mut self, cells: &[String]) -> Result<(), ExportError> {
        let cells: Vec<String> = cells.iter().map(|cell| safe(cell)).collect();
        seal_row(&mut self.seal, cells.iter().map(String::as_str));
        self.write(&cells)
    }

    fn write(&mut self, cells: &[String]) -> Result<(), ExportError> {
        self.csv.write_record(cells).map_err(|e| match e.into_kind() {
            ::csv::ErrorKind::Io(e) => ExportError::Write(e),
            other => ExportError::Write(std::io::Error::other(format!("{other:?}"))),
        })
    }

    /// A row that says something of the file.
    fn meta(&mut self, key: &str, value: &str) -> Result<(), ExportError> {
        self.row(&meta_row(key, value))
    }
}

fn meta_row(key: &str, value: &str) -> Vec<String> {
    let mut cells = vec![String::new(); COLUMNS.len()];
    cells[0] = format!("# {key}");
    cells[1] = value.to_owned();
    cells
}

fn seal_row<'a>(seal: &mut Sha256, cells: impl Iterator<Item = &'a str>) {
    let cells: Vec<_> = cells.collect();
    let row = serde_json::to_vec(&cells).expect("texts are JSON");
    seal.update(row);
    seal.update(b"\n");
}

/// A cell that no spreadsheet takes for a formula.
fn safe(cell: &str) -> String {
    match cell.starts_with(['=', '+', '-', '@', '\t', '\r']) {
        true => format!("'{cell}"),
        false => cell.to_owned(),
    }
}

pub(super) fn write(
    db: &Connection,
    view: &View,
    head: &Head,
    out: &mut dyn Write,
) -> Result<(), ExportError> {
    out.write_all("\u{feff}".as_bytes())?;
    let mut rows = Rows {
        csv: ::csv::WriterBuilder::new().terminator(::csv::Terminator::CRLF).from_writer(out),
        seal: Sha256::new(),
    };
    rows.row(&COLUMNS.map(str::to_owned))?;
    let mut seal = RowSeal::default();
    incident::for_each(db, view.filter, |incident| {
        seal.add(&canonical(&incident));
        rows.row(&cells(&incident, &view.words))
    })?;
    rows.meta("filter", &head.sentence)?;
    rows.meta("parameters", &head.query())?;
    rows.meta("count", &head.count.to_string())?;
    rows.meta("exported", &head.exported)?;
    rows.meta("language", head.lang)?;
    rows.meta("program", PROGRAM)?;
    for source in &head.sources {
        rows.meta("source", &citation(&view.words, &source.source))?;
        rows.meta("source sha256", &source.sha256)?;
    }
    rows.meta("rows", &seal.finish())?;
    let sha256 = hex(rows.seal.clone());
    rows.write(&meta_row("sha256", &sha256))?;
    rows.csv.flush()?;
    Ok(())
}

fn cells(incident: &Incident, words: &Words) -> Vec<String> {
    let day = |day: Option<jiff::civil::Date>| day.map(|d| d.to_string()).unwrap_or_default();
    let toll = incident.toll(Measure::Killed);
    let number = |n: Option<u32>| n.map(|n| n.to_string()).unwrap_or_default();
    let accounts = || incident.accounts.iter();
    let regions = |of: fn(&Place) -> &Option<String>| {
        let places = accounts().flat_map(|a| &a.draft.places);
        list(places.filter_map(|p| of(p).as_deref()).map(|r| words.region(r)))
    };
    vec![
        incident.id.clone(),
        incident.title.clone(),
        day(incident.date.start()),
        day(incident.date.end()),
        incident.date.precision().as_str().to_owned(),
        list(accounts().map(|a| words.kind(a.draft.kind))),
        list(incident.places().into_iter().map(|p| p.name.clone())),
        regions(|p| &p.region_then),
        regions(|p| &p.region_now),
        list(accounts().flat_map(|a| &a.draft.attributions).map(|a| words.attribution(a))),
        list(accounts().flat_map(|a| &a.draft.victims).map(|v| words.victim(&v.group))),
        number(toll.map(|t| t.low)),
        number(toll.map(|t| t.high)),
        toll.map(|t| t.open.to_string()).unwrap_or_default(),
        list(incident.claims().map(|(account, claim)| {
            let key = match claim.partial {
                true => "export-claim-part",
                false => "export-claim",
            };
            words.messages().text_with(
                key,
                &[
                    ("claim", words.claim(claim).into()),
                    ("who", words.speaker(account, claim).into()),
                    ("quote", claim.passage.quote.as_str().into()),
                ],
            )
        })),
        list(accounts().map(|a| citation(words, &a.source))),
        words.status(incident.status()),
    ]
}

/// Each thing once, in order.
fn list(items: impl Iterator<Item = String>) -> String {
    let mut seen = BTreeSet::new();
    let items: Vec<_> = items.filter(|item| seen.insert(item.clone())).collect();
    items.join(AND)
}

/// Checks the seals of a CSV export.
///
/// # Errors
/// What is wrong with it.
pub fn check(text: &str) -> Result<Sealed, String> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut csv =
        ::csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(text.as_bytes());
    let mut seal = Sha256::new();
    let mut sealed = Sealed { parameters: Vec::new(), count: 0, rows: String::new() };
    let mut stated_count = None;
    let mut first = true;
    let mut records = csv.records();
    while let Some(record) = records.next() {
        let record = record.map_err(|e| format!("no CSV: {e}"))?;
        let value = record.get(1).unwrap_or_default();
        match record.get(0).unwrap_or_default() {
            "id" if first => {}
            _ if first => return Err("its first row does not name our columns".to_owned()),
            "# sha256" => {
                let found = hex(seal);
                if found != value {
                    return Err(format!("it was changed: SHA-256 is {found}, it states {value}"));
                }
                if records.next().is_some() {
                    return Err("it was changed: rows follow its seal".to_owned());
                }
                return match stated_count == Some(sealed.count) {
                    true => Ok(sealed),
                    false => Err("its rows are not as many as it states".to_owned()),
                };
            }
            "# rows" => sealed.rows = value.to_owned(),
            "# count" => stated_count = value.parse().ok(),
            "# parameters" => {
                let pairs = form_urlencoded::parse(value.as_bytes());
                sealed.parameters = pairs.into_owned().collect();
            }
            meta if meta.starts_with('#') => {}
            _ => sealed.count += 1,
        }
        first = false;
        seal_row(&mut seal, record.iter());
    }
    Err("it ends before its seal".to_owned())
}
