//! Countries that reports name, with the words for what is of them.

use super::files::{DataError, Files};
use crate::model::slug::fold;
use serde::Deserialize;
use std::collections::HashMap;

/// One country.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Country {
    /// Readable id.
    pub slug: String,
    /// ISO 3166-1 alpha-2 code.
    pub iso: String,
    /// Name in English.
    pub en: String,
    /// Name in French.
    pub fr: String,
    /// Other names.
    #[serde(default)]
    pub aliases: Vec<String>,
    /// Words for its people and forces, EN and FR ("Chadian", "tchadiens").
    #[serde(default)]
    pub adjectives: Vec<String>,
}

#[derive(Deserialize)]
struct CountryFile {
    country: Vec<Country>,
}

/// Every known country.
#[derive(Debug)]
pub struct Countries {
    countries: Vec<Country>,
    by_name: HashMap<String, usize>,
    by_adjective: HashMap<String, usize>,
}

impl Countries {
    /// Reads `countries.toml`.
    pub(super) fn load(files: &Files) -> Result<Self, DataError> {
        let file: CountryFile = files.toml("countries.toml")?;
        let (mut by_name, mut by_adjective) = (HashMap::new(), HashMap::new());
        for (i, c) in file.country.iter().enumerate() {
            for name in [&c.en, &c.fr].into_iter().chain(&c.aliases) {
                enter(&mut by_name, name, i, &file.country)?;
            }
            for word in &c.adjectives {
                enter(&mut by_adjective, word, i, &file.country)?;
            }
        }
        Ok(Self { countries: file.country, by_name, by_adjective })
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.countries.is_empty()
    }

    /// Every country, in the file's order.
    pub fn iter(&self) -> impl Iterator<Item = &Country> {
        self.countries.iter()
    }

    /// The country of this ISO code.
    pub fn get(&self, iso: &str) -> Option<&Country> {
        self.countries.iter().find(|c| c.iso == iso)
    }

    /// The country of this name, case and accents ignored.
    pub fn named(&self, name: &str) -> Option<&Country> {
        self.by_name.get(&fold(name)).map(|&i| &self.countries[i])
    }

    /// The country to which this adjective or name of a people belongs. "Nigerian" and
    /// "nigérian" are of Nigeria, "Nigerien" and "nigérien" of Niger.
    pub fn of_adjective(&self, word: &str) -> Option<&Country> {
        self.by_adjective.get(&fold(word)).map(|&i| &self.countries[i])
    }
}

fn enter(
    names: &mut HashMap<String, usize>,
    name: &str,
    i: usize,
    all: &[Country],
) -> Result<(), DataError> {
    let other = *names.entry(fold(name)).or_insert(i);
    if other == i {
        return Ok(());
    }
    Err(DataError {
        name: "countries.toml".to_owned(),
        problem: format!("{name:?} names both {} and {}", all[other].slug, all[i].slug),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ok_countries() {
        let countries = Countries::load(&Files::embedded()).expect("the embedded file is whole");
        for (name, iso) in [
            ("Burkina", "BF"),
            ("Ivory Coast", "CI"),
            ("Côte d’Ivoire", "CI"),
            ("Tchad", "TD"),
            ("Soudan", "SD"),
        ] {
            assert_eq!(countries.named(name).map(|c| c.iso.as_str()), Some(iso));
        }
        for (word, iso) in [
            ("Burkinabè", "BF"),
            ("Nigerien", "NE"),
            ("nigérians", "NG"),
            ("Chadian", "TD"),
            ("tchadiens", "TD"),
            ("French", "FR"),
        ] {
            assert_eq!(countries.of_adjective(word).map(|c| c.iso.as_str()), Some(iso));
        }
        assert!(countries.named("Nigerien").is_none());
        assert_eq!(countries.get("ML").map(|c| c.en.as_str()), Some("Mali"));
    }
}
