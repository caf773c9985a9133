//! Places by name, with coordinates and the cercle that gives their region.

use super::files::{DataError, Files};
use super::regions::{RegionHistory, Regions};
use crate::model::slug::{fold, slug};
use serde::Deserialize;
use std::collections::HashMap;

/// What sort of place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum PlaceKind {
    /// City, town or village.
    Town,
    /// Camp, base, airport, mosque or other site.
    Site,
    /// Cercle, named as such.
    Cercle,
    /// Mountains, forest, desert, river, or a part of the country.
    Area,
    /// Place outside Mali.
    Abroad,
}

/// A row of `places.csv`.
#[derive(Debug, Deserialize)]
struct Row {
    name: String,
    /// Other spellings, separated with `|`.
    aliases: String,
    kind: PlaceKind,
    /// Cercle of before 2012; with the region, where the cercle is not enough.
    cercle: String,
    /// Cercle of 2023, when it is another; gives the region of today.
    cercle_2023: String,
    /// ISO code of the country when it is not Mali.
    country: String,
    lat: Option<f64>,
    lon: Option<f64>,
    /// Where the row is from.
    #[allow(dead_code, reason = "provenance for readers of the file")]
    source: String,
}

/// One known place.
#[derive(Debug, Clone)]
pub struct GazetteerPlace {
    /// Readable id; homonyms carry their cercle ("koro-koro", "koro-ansongo").
    pub slug: String,
    /// Usual name.
    pub name: String,
    /// Other spellings.
    pub aliases: Vec<String>,
    /// What sort.
    pub kind: PlaceKind,
    /// Cercle of before 2012; empty for areas that lie in several.
    pub cercle: String,
    /// Its regions through time; none for areas that lie in several and places abroad.
    pub regions: Option<RegionHistory>,
    /// Country (ISO 3166-1 alpha-2) outside Mali.
    pub country: Option<String>,
    /// Degrees north, WGS 84.
    pub lat: Option<f64>,
    /// Degrees east, WGS 84.
    pub lon: Option<f64>,
}

/// Every known place.
#[derive(Debug)]
pub struct Gazetteer {
    places: Vec<GazetteerPlace>,
    by_name: HashMap<String, Vec<usize>>,
}

impl Gazetteer {
    /// Reads `places.csv`, and adds the seats of the cercles that it lacks.
    pub(super) fn load(files: &Files, regions: &Regions) -> Result<Self, DataError> {
        let rows: Vec<Row> = files.csv("places.csv")?;
        let mut gazetteer = Self {
            places: Vec::new(),
            by_name: HashMap::new(),
        };
        for row in rows {
            let place = place_of(row, regions).map_err(|problem| DataError {
                name: "places.csv".to_owned(),
                problem,
            })?;
            gazetteer.add(place);
        }
        for c in regions.cercles() {
            let regions = regions.history_of(&c.region_pre2012, &c.cercle_pre2012, &c.region_2023);
            let known = gazetteer.by_name.get(&fold(&c.name)).is_some_and(|all| {
                all.iter()
                    .any(|&i| gazetteer.places[i].regions.as_ref() == Some(&regions))
            });
            if !known {
                gazetteer.add(GazetteerPlace {
                    slug: slug(&c.name),
                    name: c.name.clone(),
                    aliases: Vec::new(),
                    kind: PlaceKind::Town,
                    cercle: c.cercle_pre2012.clone(),
                    regions: Some(regions),
                    country: None,
                    lat: c.lat,
                    lon: c.lon,
                });
            }
        }
        Ok(gazetteer)
    }

    fn add(&mut self, mut place: GazetteerPlace) {
        if self.places.iter().any(|p| p.slug == place.slug) {
            place.slug = slug(&format!("{} {}", place.name, place.cercle));
        }
        let i = self.places.len();
        for name in std::iter::once(&place.name).chain(&place.aliases) {
            let homonyms = self.by_name.entry(fold(name)).or_default();
            if !homonyms.contains(&i) {
                homonyms.push(i);
            }
        }
        self.places.push(place);
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.places.is_empty()
    }

    /// Every place.
    pub fn iter(&self) -> impl Iterator<Item = &GazetteerPlace> {
        self.places.iter()
    }

    /// Every place of this name or spelling, case and accents ignored. More than one:
    /// homonyms, to be told apart by cercle or region.
    pub fn named(&self, name: &str) -> Vec<&GazetteerPlace> {
        let all = self.by_name.get(&fold(name)).map_or(&[][..], Vec::as_slice);
        all.iter().map(|&i| &self.places[i]).collect()
    }

    /// The place of this slug.
    pub fn get(&self, slug: &str) -> Option<&GazetteerPlace> {
        self.places.iter().find(|p| p.slug == slug)
    }
}

fn place_of(row: Row, regions: &Regions) -> Result<GazetteerPlace, String> {
    let history = match (row.cercle.as_str(), row.cercle_2023.as_str()) {
        ("", _) => None,
        (old, "") => Some(
            regions
                .history(old)
                .ok_or_else(|| format!("{}: no cercle {old:?}", row.name))?,
        ),
        (old, new) => {
            let new = regions
                .cercles()
                .iter()
                .find(|c| fold(&c.name) == fold(new))
                .ok_or_else(|| format!("{}: no cercle {new:?} of 2023", row.name))?;
            let region_old = regions
                .cercles()
                .iter()
                .find(|c| fold(&c.cercle_pre2012) == fold(old))
                .ok_or_else(|| format!("{}: no cercle {old:?} of before 2012", row.name))?;
            Some(regions.history_of(&region_old.region_pre2012, old, &new.region_2023))
        }
    };
    Ok(GazetteerPlace {
        slug: slug(&row.name),
        name: row.name,
        aliases: row
            .aliases
            .split('|')
            .filter(|a| !a.is_empty())
            .map(str::to_owned)
            .collect(),
        kind: row.kind,
        cercle: row.cercle,
        regions: history,
        country: Some(row.country).filter(|c| !c.is_empty()),
        lat: row.lat,
        lon: row.lon,
    })
}
