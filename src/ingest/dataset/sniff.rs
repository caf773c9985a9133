//! Whether a file is a dataset, and of which shape.

use super::ged;
use super::row::Columns;
use super::rows::{self, Rows};
use crate::model::document::Shape;

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
    let told = rows::open(file_name, first_bytes).ok().and_then(|rows| shape_of(&rows));
    told.or_else(|| is(&TABLES).then_some(Shape::Table))
}

/// The shape that the header tells, for sure; none for a table that only a mapping can read.
pub(super) fn shape_of(rows: &Rows<'_>) -> Option<Shape> {
    match dataset_of(&rows.header.cells) {
        None if rows.events => Some(Shape::Timemap),
        None if rows.hxl.is_some() => Some(Shape::Table),
        told => told,
    }
}

/// The dataset that has such a header, or such a first row without one.
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
