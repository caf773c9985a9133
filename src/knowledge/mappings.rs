//! Mappings: which column of a table is what. Those of `data/mappings/` are ready-made; a user
//! may bring another.

use super::files::{DataError, Files};
use crate::model::claim::{CasualtyGroup, Measure};
use crate::model::incident::{EventType, PlacePrecision, Stance};
use crate::model::source::Lang;
use serde::Deserialize;
use std::collections::BTreeMap;

/// A mapping file.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Mapping {
    /// Its name.
    pub name: String,
    /// A table that has all these columns is read by it. Empty for one that is only used when
    /// asked for.
    #[serde(default)]
    pub header: Vec<String>,
    /// Title of the dataset; the name of the file when not given.
    pub title: Option<String>,
    /// Who publishes it.
    pub publisher: Option<String>,
    /// Where it can be read.
    pub url: Option<String>,
    /// Its licence.
    pub licence: Option<String>,
    /// The language of its cells.
    #[serde(default)]
    pub lang: Lang,
    /// How dates are written, besides those that nobody can mistake: `%d/%m/%Y`.
    #[serde(default)]
    pub date_formats: Vec<String>,
    /// Cells that say nothing, case and accents ignored.
    #[serde(default)]
    pub missing: Vec<String>,
    /// How the perpetrators' columns are meant, where no word of `stances` stands in the cell;
    /// `involved` when not given.
    pub stance: Option<Stance>,
    /// Victim group of every row.
    pub victims: Option<String>,
    /// How exact a place with coordinates is, where no column says so; `exact` when not given.
    pub place_precision: Option<PlacePrecision>,
    /// Which column is what.
    #[serde(default)]
    pub columns: MappedColumns,
    /// Columns with numbers of people.
    #[serde(default)]
    pub figures: Vec<FigureColumn>,
    /// Words in the column of the kind, and what they stand for.
    #[serde(default)]
    pub kinds: BTreeMap<String, EventType>,
    /// Words in the perpetrators' cells that say how they are named ("suspected").
    #[serde(default)]
    pub stances: BTreeMap<String, Stance>,
    /// Codes of the precision of dates.
    #[serde(default)]
    pub date_codes: BTreeMap<String, DateCode>,
    /// Codes of the precision of places.
    #[serde(default)]
    pub place_codes: BTreeMap<String, PlacePrecision>,
}

/// Names of columns, case, accents and signs ignored.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct MappedColumns {
    /// The dataset's own id of the event; without one a row is known by what it says.
    pub id: Option<String>,
    /// The day, or the first day.
    pub date: Option<String>,
    /// The last day, included.
    pub date_end: Option<String>,
    /// Year, month and day in columns of their own.
    pub year: Option<String>,
    /// From 1 to 12.
    pub month: Option<String>,
    /// From 1 to 31.
    pub day: Option<String>,
    /// A code of `date_codes`.
    pub date_precision: Option<String>,
    /// The place.
    pub place: Option<String>,
    /// A code of `place_codes`.
    pub place_precision: Option<String>,
    /// Region of Mali.
    pub region: Option<String>,
    /// Cercle.
    pub cercle: Option<String>,
    /// Country, by name or code.
    pub country: Option<String>,
    /// Degrees north.
    pub latitude: Option<String>,
    /// Degrees east.
    pub longitude: Option<String>,
    /// What sort of event.
    pub kind: Option<String>,
    /// Who did it.
    pub perpetrators: Vec<String>,
    /// Who took part, without direction.
    pub involved: Vec<String>,
    /// Whom it hit.
    pub victims: Option<String>,
    /// Casualties in words: "3 morts (2 militaires et 1 civil)".
    pub casualties: Option<String>,
    /// Who says the figures.
    pub claimant: Option<String>,
    /// Short title.
    pub title: Option<String>,
    /// What tells it.
    pub text: Option<String>,
}

/// A column with a number of people, or two with a range.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FigureColumn {
    /// The number, or the lowest number.
    pub column: String,
    /// The highest number, included.
    pub high: Option<String>,
    /// What happened to them.
    pub measure: Measure,
    /// Whom it counts.
    pub group: CasualtyGroup,
    /// Whether it counts a part of what another figure counts.
    #[serde(default)]
    pub partial: bool,
}

/// What a code says of a date.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum DateCode {
    /// That day.
    Day,
    /// Some day of the week of that day.
    Week,
    /// Some day of the month.
    Month,
    /// Some day of the year.
    Year,
}

impl Mapping {
    /// Reads a mapping file.
    ///
    /// # Errors
    /// What TOML found wrong and where.
    pub fn parse(text: &str) -> Result<Self, String> {
        toml::from_str(text).map_err(|e| e.to_string())
    }

    /// Every ready-made mapping, in the order of their files' names.
    pub(super) fn load(files: &Files) -> Result<Vec<Self>, DataError> {
        let names = files.names("mappings/");
        let toml = names.into_iter().filter(|name| name.ends_with(".toml"));
        toml.map(|name| files.toml(&format!("mappings/{name}"))).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ok_a_folder_adds_mappings_and_overrides_them() {
        let count = Mapping::load(&Files::embedded()).expect("the embedded files are whole").len();
        assert!(count >= 3);
        let dir = tempfile::tempdir().expect("a folder");
        let folder = dir.path().join("mappings");
        std::fs::create_dir(&folder).expect("a folder");
        std::fs::write(folder.join("awsd.toml"), "name = 'other'").expect("a file");
        std::fs::write(folder.join("zz.toml"), "name = 'mine'").expect("a file");
        let files = Files::with_folder(dir.path().to_owned());
        let all = Mapping::load(&files).expect("all are whole");
        let names: Vec<_> = all.iter().map(|m| m.name.as_str()).collect();
        assert_eq!((names.len(), names[0], names[count]), (count + 1, "other", "mine"));
    }

    #[test]
    fn err_mappings_say_what_is_wrong() {
        for (text, expected) in [
            ("name = ", "line 1"),
            ("name = 'x'\nhead = []", "unknown field `head`"),
            ("name = 'x'\n[columns]\nwhen = 'd'", "unknown field `when`"),
            ("name = 'x'\nstance = 'surely'", "unknown variant `surely`"),
            ("title = 'x'", "missing field `name`"),
        ] {
            let error = Mapping::parse(text).expect_err("a problem");
            assert!(error.contains(expected), "{error}");
        }
    }
}
