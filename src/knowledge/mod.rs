//! What the program knows of the conflict besides its sources: actors, victim groups,
//! regions, places and words, read from small files in `data/`. The files are embedded in
//! the binary; `--data DIR` reads them from a folder instead.

pub mod actors;
pub mod countries;
pub mod files;
pub mod gazetteer;
pub mod mappings;
pub mod outlines;
pub mod regions;
pub mod terms;
pub mod victims;
pub mod words;

use crate::model::gazetteer::NamedPlace;
use actors::Actors;
use countries::Countries;
use files::{DataError, Files};
use gazetteer::Gazetteer;
use mappings::Mapping;
use outlines::Outlines;
use regions::Regions;
use terms::Terms;
use victims::VictimGroups;
use words::Words;

/// Everything that is known, read once at start.
#[derive(Debug)]
pub struct Knowledge {
    /// Who fights: names, aliases, kinds, parents, years.
    pub actors: Actors,
    /// Whom it hits: a tree of groups.
    pub victims: VictimGroups,
    /// Regions of Mali through time, and their cercles.
    pub regions: Regions,
    /// Places with coordinates.
    pub gazetteer: Gazetteer,
    /// Outlines of regions.
    pub outlines: Outlines,
    /// The words of violence and of saying.
    pub words: Words,
    /// Countries and their adjectives.
    pub countries: Countries,
    /// What publishers of datasets ask.
    pub terms: Terms,
    /// Which column of which table is what.
    pub mappings: Vec<Mapping>,
}

impl Knowledge {
    /// Reads every file.
    ///
    /// # Errors
    /// The first file that is missing or cannot be understood, with its line.
    pub fn load(files: &Files) -> Result<Self, DataError> {
        let regions = Regions::load(files)?;
        Ok(Self {
            actors: Actors::load(files)?,
            victims: VictimGroups::load(files)?,
            gazetteer: Gazetteer::load(files, &regions)?,
            outlines: Outlines::load(files, &regions)?,
            words: Words::load(files)?,
            countries: Countries::load(files)?,
            terms: Terms::load(files)?,
            mappings: Mapping::load(files)?,
            regions,
        })
    }

    /// Adds places that the user loaded, or that datasets name: see [`gazetteer`].
    pub fn add_places(&mut self, places: &[NamedPlace]) {
        self.gazetteer.add_loaded(places, &self.regions);
    }

    /// The knowledge embedded in the binary.
    pub fn embedded() -> Self {
        Self::load(&Files::embedded()).expect("a test loads the embedded files")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn embedded_knowledge_loads() {
        let known = Knowledge::embedded();
        assert!(!known.actors.is_empty());
        assert!(!known.victims.is_empty());
        assert!(!known.regions.is_empty());
        assert!(!known.gazetteer.is_empty());
        assert!(!known.countries.is_empty());
    }
}
