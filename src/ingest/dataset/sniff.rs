//! Whether a file is a dataset, and of which shape.

use super::ged;
use super::row::Columns;
use super::rows::{self, Rows};
use crate::model::document::Shape;
use memchr::{memchr, memchr_iter, memchr2_iter};

/// Endings of the names of files that hold tables.
const TABLES: [&str; 5] = ["csv", "tsv", "tab", "xlsx", "xlsm"];

/// The shape of the dataset whose first bytes (see [`super::SNIFF_BYTES`]) these are; none for
/// a document. A file that is called a table is one, so that what is wrong with it is said.
pub fn sniff(first_bytes: &[u8], file_name: &str) -> Option<Shape> {
    let ending = file_name.rsplit_once('.').map_or("", |(_, ending)| ending);
    let is = |endings: &[&str]| endings.iter().any(|e| ending.eq_ignore_ascii_case(e));
    let start = first_bytes.trim_ascii_start();
    if start.starts_with(b"PK") {
        return is(&TABLES).then_some(Shape::Table);
    }
    if start.starts_with(b"{") || start.starts_with(b"[") {
        return json(start);
    }
    if is(&TABLES) {
        return Some(told(first_bytes, file_name).unwrap_or(Shape::Table));
    }
    may_be_rows(start).then(|| told(first_bytes, file_name)).flatten()
}

/// What the rows themselves tell.
fn told(first_bytes: &[u8], file_name: &str) -> Option<Shape> {
    shape_of(&rows::open(file_name, first_bytes).ok()?)
}

/// Whether a header can be among these bytes, which are trimmed: no is certain. To read a text as
/// rows costs a tenth of what it costs to parse it.
fn may_be_rows(start: &[u8]) -> bool {
    let end = memchr(b'\n', start).or_else(|| memchr(b'\r', start)).unwrap_or(start.len());
    let line = &start[..end];
    let delimiters = line.iter().filter(|b| matches!(b, b',' | b';' | b'\t' | b'|')).count();
    let is_date =
        |at: usize| line.get(at..at + 4).is_some_and(|name| name.eq_ignore_ascii_case(b"date"));
    // Every layout has columns of dates; without a header it has many.
    let named = || delimiters > 0 && memchr2_iter(b'd', b'D', line).any(is_date);
    let is_tag = |at: usize| start.get(at + 1).is_some_and(u8::is_ascii_alphabetic);
    // The mark of an encoding; a quotation mark, which may hide the end of the line.
    matches!(start, [0xef | 0xfe | 0xff, ..])
        || memchr(b'"', line).is_some()
        || delimiters + 1 >= ged::COLUMNS.len()
        || named()
        || memchr_iter(b'#', start).any(is_tag)
}

/// The shape that the header tells, for sure; none for a table that only a mapping can read.
pub(super) fn shape_of(rows: &Rows<'_>) -> Option<Shape> {
    match dataset_of(&rows.header.cells) {
        None if rows.events => Some(Shape::Timemap),
        None if rows.hxl.is_some() => Some(Shape::Table),
        told => told,
    }
}

/// The dataset that has such a header, or such a first row without one. [`may_be_rows`] must know
/// by what it is told.
pub(super) fn dataset_of(header: &[String]) -> Option<Shape> {
    let columns = Columns::new(header);
    let has = |name: &str| columns.get(name).is_some();
    let is_ged = has("type_of_violence") && has("date_start")
        || has("date_prec") && has("where_prec") && has("best");
    if is_ged || ged::is_row(header) {
        Some(Shape::UcdpGed)
    } else if has("event_date") && (has("event_id_cnty") || has("data_id") && has("actor1")) {
        Some(Shape::Acled)
    } else {
        None
    }
}

/// JSON: our own export names itself, events of TimeMap have their members.
fn json(start: &[u8]) -> Option<Shape> {
    let text = String::from_utf8_lossy(start);
    let has = |member: &str| text.contains(&format!("\"{member}\""));
    let ours = text.starts_with("{\"accounts\":[") || text.contains("\"mali-timeline/1\"");
    if ours || text.contains("\"mali-timeline-lines/1\"") {
        Some(Shape::MaliTimeline)
    } else if has("description") && has("date") && (has("latitude") || has("location")) {
        Some(Shape::Timemap)
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const PIECES: [&str; 26] = [
        "date_start", "Date Start", "type_of_violence", "date_prec", "where_prec", "best",
        "event_date", "EVENT_DATE", "event_id_cnty", "data_id", "actor1", "#event+date", "#adm1",
        "# Title", "12", "2019-05-03", ",", ",", ";", "\t", "\n", "\r", "\"", " ", "été",
        "\u{feff}",
    ];

    proptest! {
        #[test]
        fn what_is_passed_over_is_no_dataset(
            pieces in prop::collection::vec(prop::sample::select(&PIECES[..]), 0..12),
        ) {
            let text = pieces.concat();
            let start = text.as_bytes().trim_ascii_start();
            let json = start.starts_with(b"{") || start.starts_with(b"[");
            prop_assert!(json || may_be_rows(start) || told(text.as_bytes(), "x").is_none());
        }
    }

    #[test]
    fn rows_without_a_header_are_looked_at() {
        let row = vec!["1"; ged::COLUMNS.len()].join(",");
        assert!(may_be_rows(row.as_bytes()));
        assert!(!may_be_rows(b"1,2,3\n"));
        assert!(!may_be_rows("# Le marché, le 3 mai\n\n12 morts".as_bytes()));
    }
}
