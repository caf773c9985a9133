//! Whether a file is a dataset, and of which shape.

use crate::model::document::Shape;

/// The shape of the dataset whose first bytes (see [`super::SNIFF_BYTES`]) these are; none for
/// a document.
pub fn sniff(first_bytes: &[u8], file_name: &str) -> Option<Shape> {
    let ending = file_name.rsplit_once('.').map_or("", |(_, ending)| ending);
    let first = first_bytes.split(|b| *b == b'\n').next().unwrap_or_default();
    let names = String::from_utf8_lossy(first).to_ascii_lowercase();
    let has = |column: &str| names.contains(column);
    if has("type_of_violence") && has("date_prec") {
        Some(Shape::UcdpGed)
    } else if has("event_id_cnty") && has("actor1") {
        Some(Shape::Acled)
    } else if ["csv", "tsv", "xlsx"].iter().any(|e| ending.eq_ignore_ascii_case(e)) {
        Some(Shape::Table)
    } else {
        None
    }
}
