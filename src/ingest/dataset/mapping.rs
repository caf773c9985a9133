//! Which column of a table is what.

use serde::Deserialize;

/// A mapping file.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Mapping {
    /// Its name.
    pub name: String,
}

impl Mapping {
    /// Reads a mapping file.
    ///
    /// # Errors
    /// What TOML found wrong and where.
    pub fn parse(text: &str) -> Result<Self, String> {
        toml::from_str(text).map_err(|e| e.to_string())
    }
}
