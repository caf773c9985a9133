//! Documents that were imported.

use super::date::PartialDate;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::str::FromStr;

/// What sort of document a source is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum SourceKind {
    /// An encyclopedia article.
    Encyclopedia,
    /// A story of a news agency, paper, radio or site.
    News,
    /// A report of an organisation (UN, NGO, research body).
    Report,
    /// A statement or communiqué of a party or authority.
    Statement,
    /// Rows of an event dataset.
    Dataset,
    /// A digest: facts of another document retold in the project's own words.
    Digest,
}

impl SourceKind {
    /// Every kind, in the order of the declaration.
    pub const ALL: [Self; 6] = [
        Self::Encyclopedia,
        Self::News,
        Self::Report,
        Self::Statement,
        Self::Dataset,
        Self::Digest,
    ];

    /// The word used in front matter, the database and JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Encyclopedia => "encyclopedia",
            Self::News => "news",
            Self::Report => "report",
            Self::Statement => "statement",
            Self::Dataset => "dataset",
            Self::Digest => "digest",
        }
    }
}

impl FromStr for SourceKind {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        Self::ALL.into_iter().find(|k| k.as_str() == text).ok_or(())
    }
}

/// The language a text is written in.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
#[serde(rename_all = "lowercase")]
pub enum Lang {
    /// English.
    #[default]
    En,
    /// French.
    Fr,
}

impl Lang {
    /// Both languages.
    pub const ALL: [Self; 2] = [Self::En, Self::Fr];

    /// ISO 639-1 code.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::Fr => "fr",
        }
    }
}

impl FromStr for Lang {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        Self::ALL.into_iter().find(|l| l.as_str() == text).ok_or(())
    }
}

/// What is known of a document besides its words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SourceMeta {
    /// Title of the document, or its file name when it has none.
    pub title: String,
    /// Who published it.
    pub publisher: Option<String>,
    /// What sort of document it is.
    pub kind: SourceKind,
    /// Language of the text.
    pub lang: Lang,
    /// Where the original can be read.
    pub url: Option<String>,
    /// When it was published, as exactly as is known.
    pub published: Option<PartialDate>,
    /// When the copy was taken.
    pub retrieved: Option<Date>,
    /// Licence of the text.
    pub licence: Option<String>,
    /// Whether passing it on could harm somebody: then safe exports leave out all that only it
    /// says.
    #[serde(default, skip_serializing_if = "is_false")]
    pub sensitive: bool,
}

fn is_false(value: &bool) -> bool {
    !value
}

/// A short reference to a source, enough to name it and link to it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SourceRef {
    /// Readable id, as in `/sources/{id}`.
    pub id: String,
    /// What is known of it.
    #[serde(flatten)]
    pub meta: SourceMeta,
}
