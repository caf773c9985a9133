//! A country file of GeoNames: 19 columns between tabs, no header. Its codes of regions and
//! cercles are told by its own rows of these.

use super::{Gazetteer, point, problem};
use crate::knowledge::Knowledge;
use crate::model::gazetteer::NamedPlace;
use crate::model::slug::fold;
use std::collections::HashMap;

const COLUMNS: usize = 19;

const NAME: usize = 1;
const ASCII_NAME: usize = 2;
const OTHER_NAMES: usize = 3;
const LAT: usize = 4;
const LON: usize = 5;
const CLASS: usize = 6;
const CODE: usize = 7;
const COUNTRY: usize = 8;
const ADMIN_1: usize = 10;
const ADMIN_2: usize = 11;

/// Populated places that are none any more: abandoned, destroyed, historical.
const NO_MORE: [&str; 4] = ["PPLQ", "PPLW", "PPLH", "PPLCH"];

/// Words around the name of a region or cercle.
const UNITS: [&str; 8] = [
    "Region", "Région de", "Région", "Cercle de", "Cercle d’", "Cercle d'", "Cercle", "District de",
];

/// Most other names that are kept of one place, and the fewest letters of one.
const MOST_NAMES: usize = 12;
const SHORTEST: usize = 3;

/// Whether the first row has the columns of GeoNames.
pub(super) fn is_geonames(text: &str) -> bool {
    let first = text.lines().find(|l| !l.trim().is_empty()).unwrap_or_default();
    let cells: Vec<_> = first.split('\t').collect();
    cells.len() == COLUMNS && cells[0].parse::<u64>().is_ok() && cells[LAT].parse::<f64>().is_ok()
}

pub(super) fn read(file: &str, text: &str, known: &Knowledge) -> Gazetteer {
    let units = Units::of(text, known);
    let mut found = Gazetteer {
        credit: "GeoNames (geonames.org), CC BY 4.0".to_owned(),
        places: Vec::new(),
        left_out: 0,
        problems: Vec::new(),
    };
    for (i, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        let cells: Vec<&str> = line.split('\t').collect();
        if cells.len() != COLUMNS {
            let columns = format!("{} columns", cells.len());
            found.problems.push(problem(file, i + 1, "19 columns between tabs", columns));
            continue;
        }
        let populated = cells[CLASS] == "P" && !NO_MORE.contains(&cells[CODE]);
        if !populated || cells[COUNTRY] != "ML" || cells[NAME].trim().is_empty() {
            found.left_out += 1;
            continue;
        }
        match point(cells[LAT], cells[LON]) {
            Ok((lat, lon)) => found.places.push(NamedPlace {
                name: cells[NAME].trim().to_owned(),
                aliases: other_names(&cells),
                cercle: units.cercles.get(cells[ADMIN_2]).cloned().unwrap_or_default(),
                region: units.regions.get(cells[ADMIN_1]).cloned().unwrap_or_default(),
                lat: Some(lat),
                lon: Some(lon),
            }),
            Err((expected, what)) => {
                found.problems.push(problem(file, i + 1, expected, what));
            }
        }
    }
    found
}

/// Spellings in Latin letters: the file has them in every script there is.
fn other_names(cells: &[&str]) -> Vec<String> {
    let mut seen = vec![fold(cells[NAME])];
    let mut names = Vec::new();
    for name in cells[OTHER_NAMES].split(',').chain([cells[ASCII_NAME]]) {
        let name = name.trim();
        let folded = fold(name);
        let latin = name.chars().all(|c| !c.is_alphabetic() || c < '\u{250}');
        if latin && folded.len() >= SHORTEST && !seen.contains(&folded) && names.len() < MOST_NAMES
        {
            seen.push(folded);
            names.push(name.to_owned());
        }
    }
    names
}

/// What the codes of the file stand for, as far as the program knows the name.
struct Units {
    /// Slug of the region by code.
    regions: HashMap<String, String>,
    /// Name of the cercle by code.
    cercles: HashMap<String, String>,
}

impl Units {
    fn of(text: &str, known: &Knowledge) -> Self {
        let mut units = Self { regions: HashMap::new(), cercles: HashMap::new() };
        for line in text.lines() {
            let cells: Vec<&str> = line.split('\t').collect();
            if cells.len() != COLUMNS || cells[CLASS] != "A" || cells[COUNTRY] != "ML" {
                continue;
            }
            let name = bare(cells[NAME]);
            match cells[CODE] {
                "ADM1" => {
                    if let Some(region) = known.regions.get(name) {
                        units.regions.insert(cells[ADMIN_1].to_owned(), region.slug.clone());
                    }
                }
                "ADM2" if known.regions.history(name).is_some() => {
                    units.cercles.insert(cells[ADMIN_2].to_owned(), name.to_owned());
                }
                _ => {}
            }
        }
        units
    }
}

/// The name without the word for what it is.
fn bare(name: &str) -> &str {
    let mut name = name.trim();
    for unit in UNITS {
        name = name.strip_prefix(unit).unwrap_or(name).trim();
        name = name.strip_suffix(unit).unwrap_or(name).trim();
    }
    name
}
