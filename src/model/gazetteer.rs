//! Places that a user loads beside those that the program knows.

use serde::{Deserialize, Serialize};

/// One place of a loaded gazetteer, or one that event datasets name with an exact point.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct NamedPlace {
    /// Usual name.
    pub name: String,
    /// Other spellings.
    pub aliases: Vec<String>,
    /// Cercle, of before 2012 or of 2023; empty when it is not known.
    pub cercle: String,
    /// Slug of the region, of whatever stage; empty when it is not known.
    pub region: String,
    /// Degrees north, WGS 84.
    pub lat: Option<f64>,
    /// Degrees east, WGS 84.
    pub lon: Option<f64>,
}
