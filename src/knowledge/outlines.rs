//! Outlines of regions, for the map.

use super::files::{DataError, Files};
use super::regions::Regions;
use crate::model::source::Lang;
use serde::Deserialize;

/// A point: degrees east, degrees north (WGS 84).
pub type Point = [f64; 2];

/// The border of a region.
#[derive(Debug, Clone)]
pub struct Outline {
    /// Slug of the region.
    pub region: String,
    /// Where its name stands.
    pub label: Point,
    /// The outer ring, then holes; each ends where it begins.
    pub rings: Vec<Vec<Point>>,
}

/// Every outline that there is: not every region has one.
#[derive(Debug)]
pub struct Outlines {
    /// Whose they are, and what was done to them, in English.
    pub attribution: String,
    attribution_fr: Option<String>,
    outlines: Vec<Outline>,
}

#[derive(Deserialize)]
struct Collection {
    attribution: String,
    attribution_fr: Option<String>,
    features: Vec<Feature>,
}

#[derive(Deserialize)]
struct Feature {
    properties: Properties,
    geometry: Geometry,
}

#[derive(Deserialize)]
struct Properties {
    region: String,
    label: Point,
}

#[derive(Deserialize)]
struct Geometry {
    coordinates: Vec<Vec<Point>>,
}

impl Outlines {
    /// Reads `outlines.json`.
    pub(super) fn load(files: &Files, regions: &Regions) -> Result<Self, DataError> {
        const NAME: &str = "outlines.json";
        let error = |problem: String| DataError { name: NAME.to_owned(), problem };
        let file: Collection =
            serde_json::from_str(&files.text(NAME)?).map_err(|e| error(e.to_string()))?;
        let mut outlines = Vec::new();
        let Collection { attribution, attribution_fr, features } = file;
        for Feature { properties: Properties { region, label }, geometry } in features {
            if regions.get(&region).is_none() {
                return Err(error(format!("no region {region:?}")));
            }
            let rings = geometry.coordinates;
            if rings.is_empty() || rings.iter().any(|r| r.len() < 4 || r.first() != r.last()) {
                return Err(error(format!("{region}: a ring that is not closed")));
            }
            outlines.push(Outline { region, label, rings });
        }
        Ok(Self { attribution, attribution_fr, outlines })
    }

    /// Whose they are, in a language; in English where the file has no other.
    pub fn credit(&self, lang: Lang) -> &str {
        match (&self.attribution_fr, lang) {
            (Some(credit), Lang::Fr) => credit,
            _ => &self.attribution,
        }
    }

    /// Every outline, in the file's order.
    pub fn iter(&self) -> impl Iterator<Item = &Outline> {
        self.outlines.iter()
    }

    /// The outline of a region, where there is one.
    pub fn get(&self, region: &str) -> Option<&Outline> {
        self.outlines.iter().find(|o| o.region == region)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeMap;

    fn outlines() -> Outlines {
        let files = Files::embedded();
        let regions = Regions::load(&files).expect("embedded regions");
        Outlines::load(&files, &regions).expect("the embedded file is whole")
    }

    #[test]
    fn the_regions_of_before_2016_are_drawn() {
        let outlines = outlines();
        let drawn: Vec<_> = outlines.iter().map(|o| o.region.as_str()).collect();
        assert_eq!(
            drawn,
            [
                "kayes", "koulikoro", "sikasso", "segou", "mopti", "tombouctou", "gao", "kidal",
                "bamako",
            ]
        );
        assert!(outlines.get("menaka").is_none());
        assert!(outlines.attribution.contains("Natural Earth"));
    }

    /// Neighbours were simplified along the same line: an edge inside the country stands in two
    /// rings, and nothing is left between them.
    #[test]
    fn neighbours_share_their_borders() {
        let outlines = outlines();
        let key = |p: Point| format!("{:.2} {:.2}", p[0], p[1]);
        let mut edges = BTreeMap::<_, u32>::new();
        for ring in outlines.iter().flat_map(|o| &o.rings) {
            for pair in ring.windows(2) {
                let mut edge = [key(pair[0]), key(pair[1])];
                edge.sort();
                *edges.entry(edge).or_default() += 1;
            }
        }
        assert!(edges.values().all(|n| *n <= 2));
        assert!(edges.values().filter(|n| **n == 2).count() > 80);
    }

    #[test]
    fn err_outlines() {
        let regions = Regions::load(&Files::embedded()).expect("embedded regions");
        for (region, ring, expected) in [
            ("atlantis", "[[0,0],[1,0],[1,1],[0,0]]", "outlines.json: no region \"atlantis\""),
            ("gao", "[[0,0],[1,0],[1,1]]", "outlines.json: gao: a ring that is not closed"),
        ] {
            let dir = tempfile::tempdir().expect("a folder");
            let text = format!(
                r#"{{"attribution": "", "features": [{{"properties": {{"region": "{region}",
                "label": [0, 0]}}, "geometry": {{"coordinates": [{ring}]}}}}]}}"#
            );
            std::fs::write(dir.path().join("outlines.json"), text).expect("a file");
            let files = Files::with_folder(dir.path().to_owned());
            let error = Outlines::load(&files, &regions).expect_err("a problem");
            assert_eq!(error.to_string(), expected);
        }
    }
}
