//! Sources, and what people made of their incidents, as an export carries them, so that it can
//! be imported again.

use super::document::Shape;
use super::gazetteer::NamedPlace;
use serde::{Deserialize, Serialize};

/// A source with everything that its accounts rest on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SourceCopy {
    /// Its readable id.
    pub source: String,
    /// Name of the file that was imported, without folders.
    pub file_name: String,
    /// How it was read.
    pub shape: Shape,
    /// First byte after the front matter.
    pub body_start: usize,
    /// First byte of each page, in rising order; empty where it has no pages.
    pub pages: Vec<usize>,
    /// The whole text.
    pub text: String,
    /// For a dataset: what its rows have in common.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub dataset: Option<DatasetCopy>,
}

/// What the rows of a dataset have in common.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DatasetCopy {
    /// SHA-256 of the file, lower-case hex.
    pub file_sha256: String,
    /// Names of the columns.
    pub header: Vec<String>,
}

/// A row of a dataset.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RowCopy {
    /// Readable id of the dataset.
    pub source: String,
    /// The dataset's own id of the event.
    pub key: String,
    /// Line of the file, from 1.
    pub line: u64,
    /// Its cells, in the order of the header.
    pub cells: Vec<String>,
    /// Names of its columns, where they are not those of the dataset: the row is as an earlier
    /// release had it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub header: Option<Vec<String>>,
}

/// A pair of incidents that may be one, or about which a person decided.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PairCopy {
    /// Id of one, the lesser.
    pub a: String,
    /// Id of the other.
    pub b: String,
    /// How well they agree, from 0 to 1.
    pub score: f64,
    /// What is in doubt, in a word.
    pub reason: String,
    /// `open`, `same` or `different`.
    pub decision: String,
    /// When it was decided: UTC, RFC 3339.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decided_at: Option<String>,
    /// Which of the two a person parted from the other.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parted: Option<String>,
}

/// An id that an incident had before.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FormerId {
    /// The id.
    pub id: String,
    /// Id of the incident, as itself.
    pub incident: String,
}

/// A file of places that a user loaded.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct GazetteerCopy {
    /// Its name.
    pub name: String,
    /// SHA-256 of the file, lower-case hex.
    pub sha256: String,
    /// Whom to name where its places are shown.
    pub credit: String,
    /// When it was loaded: UTC, RFC 3339.
    pub loaded_at: String,
    /// In their order.
    pub places: Vec<NamedPlace>,
}
