//! Gazetteers that users load: a country file of GeoNames, or a table of names with their
//! coordinates. Nothing is guessed: a place without a cercle or region has none.

mod geonames;
mod table;

use super::decode::decode;
use crate::knowledge::Knowledge;
use crate::model::document::Problem;
use crate::model::gazetteer::NamedPlace;

/// South, north, west and east of Mali, in degrees, a little wide.
const BOUNDS: [f64; 4] = [10.0, 25.1, -12.4, 4.4];

/// What a file of places holds.
#[derive(Debug, Clone, PartialEq)]
pub struct Gazetteer {
    /// Whom to name where its places are shown.
    pub credit: String,
    /// Its places in Mali, in the order of the file.
    pub places: Vec<NamedPlace>,
    /// Rows that are no populated place, or lie outside Mali.
    pub left_out: usize,
    /// Rows that cannot be read.
    pub problems: Vec<Problem>,
}

/// Reads a file of places: of GeoNames when its rows have 19 columns, otherwise a table with a
/// header.
///
/// # Errors
/// When it is no text, or neither of the two.
pub fn read(file: &str, bytes: &[u8], known: &Knowledge) -> Result<Gazetteer, Problem> {
    let text = decode(file, bytes)?;
    match geonames::is_geonames(&text) {
        true => Ok(geonames::read(file, &text, known)),
        false => table::read(file, &text, known),
    }
}

fn problem(file: &str, line: usize, expected: &str, found: impl Into<String>) -> Problem {
    Problem { file: file.to_owned(), line, expected: expected.to_owned(), found: found.into() }
}

/// A point of Mali.
///
/// # Errors
/// What is expected in place of which text.
fn point(lat: &str, lon: &str) -> Result<(f64, f64), (&'static str, String)> {
    let degrees = |text: &str| -> Option<f64> {
        let number = text.trim().replace(',', ".").parse::<f64>().ok()?;
        number.is_finite().then_some(number)
    };
    let lat_of = degrees(lat).ok_or_else(|| ("degrees north such as 15.28", lat.to_owned()))?;
    let lon_of = degrees(lon).ok_or_else(|| ("degrees east such as -1.70", lon.to_owned()))?;
    let [south, north, west, east] = BOUNDS;
    match (south..=north).contains(&lat_of) && (west..=east).contains(&lon_of) {
        true => Ok((lat_of, lon_of)),
        false => Err(("a point in Mali", format!("{lat_of}, {lon_of}"))),
    }
}

#[cfg(test)]
mod tests;
