//! A table of places with a header: name, coordinates, cercle or region, other names.

use super::{Gazetteer, point, problem};
use crate::knowledge::Knowledge;
use crate::model::document::Problem;
use crate::model::gazetteer::NamedPlace;
use crate::model::slug::fold;

/// The columns, each by the names that it may have, in English and French.
const NAMES: [&[&str]; 6] = [
    &["name", "nom", "place", "lieu", "location", "village", "localite"],
    &["lat", "latitude"],
    &["lon", "lng", "long", "longitude"],
    &["cercle", "admin2", "adm2"],
    &["region", "admin1", "adm1"],
    &["aliases", "alias", "other names", "autres noms"],
];

/// A place in each row.
///
/// # Errors
/// When there is no column of names.
pub(super) fn read(file: &str, text: &str, known: &Knowledge) -> Result<Gazetteer, Problem> {
    let first = text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
    let count = |delimiter: char| first.matches(delimiter).count();
    let delimiter = [',', ';', '\t'].into_iter().max_by_key(|d| count(*d)).unwrap_or(',');
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(delimiter as u8)
        .flexible(true)
        .trim(csv::Trim::All)
        .from_reader(text.as_bytes());
    let header = reader.headers().map_err(|e| problem(file, 1, "a row of names", e.to_string()))?;
    let folded: Vec<String> = header.iter().map(fold).collect();
    let columns = NAMES
        .map(|names| names.iter().find_map(|name| folded.iter().position(|column| column == name)));
    if columns[0].is_none() {
        let expected = "a column name, with lat, lon, cercle, region, aliases beside it";
        let found = header.iter().take(8).collect::<Vec<_>>().join(", ");
        return Err(problem(file, 1, expected, found));
    }
    let mut found = Gazetteer {
        credit: file.to_owned(),
        places: Vec::new(),
        left_out: 0,
        problems: Vec::new(),
    };
    for row in reader.records() {
        let read = match &row {
            Ok(row) => place(&columns.map(|c| c.and_then(|c| row.get(c)).unwrap_or("")), known),
            Err(error) => Err(("a row of the table", error.to_string())),
        };
        let position = match &row {
            Ok(row) => row.position().map(csv::Position::line),
            Err(error) => error.position().map(csv::Position::line),
        };
        let line = position.and_then(|line| usize::try_from(line).ok()).unwrap_or(1);
        match read {
            Ok(place) => found.places.push(place),
            Err((expected, what)) => found.problems.push(problem(file, line, expected, what)),
        }
    }
    Ok(found)
}

fn place(
    [name, lat, lon, cercle, region, aliases]: &[&str; 6],
    known: &Knowledge,
) -> Result<NamedPlace, (&'static str, String)> {
    if fold(name).is_empty() {
        return Err(("a name", (*name).to_owned()));
    }
    let point = match (*lat, *lon) {
        ("", "") => None,
        (lat, lon) => Some(point(lat, lon)?),
    };
    if !cercle.is_empty() && known.regions.history(cercle).is_none() {
        return Err(("a cercle of Mali", (*cercle).to_owned()));
    }
    let region = match (*region, known.regions.get(region)) {
        ("", _) => String::new(),
        (_, Some(region)) => region.slug.clone(),
        (region, None) => return Err(("a region of Mali", region.to_owned())),
    };
    let others = aliases.split(['|', ';']).map(str::trim).filter(|alias| !alias.is_empty());
    Ok(NamedPlace {
        name: (*name).to_owned(),
        aliases: others.map(str::to_owned).collect(),
        cercle: (*cercle).to_owned(),
        region,
        lat: point.map(|p| p.0),
        lon: point.map(|p| p.1),
    })
}
