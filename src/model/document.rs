//! A document that was read: its words, what is known of it, and what was parsed from it.

use super::claim::words;
use super::incident::Draft;
use super::source::SourceMeta;
use serde::{Deserialize, Serialize};
use std::str::FromStr;

/// The layout in which a document is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Shape {
    /// Encyclopedia extract: `= Title =`, an `Infobox` list, `== Section ==` headings.
    EncyclopediaExtract,
    /// Browser copy of an encyclopedia page: `Jump to content`, `[edit]`, `[1]`.
    EncyclopediaCopy,
    /// Text or Markdown with front matter between `---` lines.
    FrontMatter,
    /// Plain text: a title line, if any, and paragraphs.
    Plain,
    /// Saved web page.
    Html,
    /// Source of a wiki page.
    Wikitext,
    /// XML export of a wiki.
    MediaWiki,
    /// PDF.
    Pdf,
    /// DOCX.
    Docx,
    /// Event dataset: the Georeferenced Event Dataset of the Uppsala Conflict Data Program.
    UcdpGed,
    /// Event dataset: an export of ACLED, of any vintage.
    Acled,
    /// Event dataset: a table (CSV, TSV, XLSX) read by a mapping or by its HXL hashtags.
    Table,
    /// Event dataset: events of TimeMap as JSON.
    Timemap,
    /// Our own JSON export.
    MaliTimeline,
}
words!(Shape {
    EncyclopediaExtract => "encyclopedia-extract", EncyclopediaCopy => "encyclopedia-copy",
    FrontMatter => "front-matter", Plain => "plain", Html => "html", Wikitext => "wikitext",
    MediaWiki => "mediawiki", Pdf => "pdf", Docx => "docx",
    UcdpGed => "ucdp-ged", Acled => "acled", Table => "table", Timemap => "timemap",
    MaliTimeline => "mali-timeline",
});

impl Shape {
    /// Whether a file of this shape is rows rather than a document.
    pub fn is_dataset(self) -> bool {
        matches!(
            self,
            Self::UcdpGed | Self::Acled | Self::Table | Self::Timemap | Self::MaliTimeline
        )
    }
}

/// Something in a file that could not be read.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize, thiserror::Error)]
#[error("{file}:{line}: expected {expected}, found {found}")]
pub struct Problem {
    /// Name of the file.
    pub file: String,
    /// Line, from 1.
    pub line: usize,
    /// What should stand there.
    pub expected: String,
    /// What stands there.
    pub found: String,
}

/// A document with everything that was read from it.
#[derive(Debug, Clone, PartialEq)]
pub struct ParsedDocument {
    /// Name of the file, without folders.
    pub file_name: String,
    /// What is known of the document.
    pub meta: SourceMeta,
    /// How it was read.
    pub shape: Shape,
    /// The whole text, front matter included, as it stands in the file (decoded to UTF-8).
    pub text: String,
    /// First byte after the front matter: 0 without any.
    pub body_start: usize,
    /// First byte of each page of the file, in rising order; empty where it has no pages.
    pub pages: Vec<usize>,
    /// Its incidents, in the order of the text, main ones first.
    pub drafts: Vec<Draft>,
    /// What was not understood; the rest stands.
    pub problems: Vec<Problem>,
}
