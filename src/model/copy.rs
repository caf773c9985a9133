//! Sources as an export carries them, so that it can be imported again.

use super::document::Shape;
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
