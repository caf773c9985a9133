//! The file beside a document, `x.incidents.toml`, as it stands: every word optional and
//! unchecked, each with its place for whoever must mend it. A form of the review page fills
//! the same shapes.

use serde::{Deserialize, Serialize};
use toml::{Spanned, Value};

/// End of the file's name, in place of the document's own.
pub const ENDING: &str = "incidents.toml";

/// A text with its place in the file.
pub type Text = Spanned<String>;

/// A value that people write with and without quotation marks: days, lines.
pub type Loose = Spanned<Value>;

/// `text` from elsewhere than a file.
pub fn text(text: impl Into<String>) -> Text {
    Spanned::new(0..0, text.into())
}

/// As [`text()`], for a value.
pub fn loose(text: impl std::fmt::Display) -> Loose {
    Spanned::new(0..0, Value::String(text.to_string()))
}

/// The whole file.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct File {
    /// Name of the document's file.
    pub document: Option<Text>,
    /// Its title, for people.
    pub title: Option<Text>,
    /// SHA-256 of the document's text, lower-case hex.
    pub sha256: Option<Text>,
    /// SHA-256 of the file beside the document that this one goes on from.
    pub supersedes: Option<Text>,
    /// Who answers for every incident that names nobody else.
    pub reviewed_by: Option<Text>,
    /// When that was.
    pub reviewed_at: Option<Loose>,
    /// The document's incidents.
    #[serde(default, rename = "incident", skip_serializing_if = "Vec::is_empty")]
    pub incidents: Vec<Spanned<Incident>>,
    /// What is none.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub rejected: Vec<Spanned<Rejected>>,
}

/// An incident.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Incident {
    /// Short title.
    pub title: Option<Text>,
    /// Whether the document is about it; false where it is left out.
    pub main: Option<bool>,
    /// `2022-04-19`, `2022-04`, `2022`, `2022-04-19..2022-04-21`; left out when unknown.
    pub date: Option<Loose>,
    /// The words that date it.
    pub date_quote: Option<Text>,
    /// Where they stand.
    pub date_at: Option<Loose>,
    /// Kind of event.
    pub kind: Option<Text>,
    /// The words that tell it.
    pub quote: Option<Text>,
    /// Where they stand.
    pub at: Option<Loose>,
    /// Who answers for it.
    pub reviewed_by: Option<Text>,
    /// When that was.
    pub reviewed_at: Option<Loose>,
    /// Where.
    #[serde(default, rename = "place", skip_serializing_if = "Vec::is_empty")]
    pub places: Vec<Spanned<Place>>,
    /// Who.
    #[serde(default, rename = "perpetrator", skip_serializing_if = "Vec::is_empty")]
    pub perpetrators: Vec<Spanned<Perpetrator>>,
    /// Whom.
    #[serde(default, rename = "victim", skip_serializing_if = "Vec::is_empty")]
    pub victims: Vec<Spanned<Victim>>,
    /// How many.
    #[serde(default, rename = "claim", skip_serializing_if = "Vec::is_empty")]
    pub claims: Vec<Spanned<Claim>>,
}

/// A place. The gazetteer says where it lies, unless the file does.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Place {
    /// Name as the document writes it.
    pub name: Option<Text>,
    /// Slug in the gazetteer, where the name alone does not tell.
    pub place: Option<Text>,
    /// `exact`, `near`, `cercle`, `region` or `unknown`.
    pub precision: Option<Text>,
    /// Region, then and now.
    pub region: Option<Text>,
    /// Region on the day, where it was another.
    pub region_then: Option<Text>,
    /// Cercle, where the document states it.
    pub cercle: Option<Text>,
    /// Country outside Mali, two letters.
    pub country: Option<Text>,
    /// Degrees north.
    pub lat: Option<Spanned<f64>>,
    /// Degrees east.
    pub lon: Option<Spanned<f64>>,
    /// The words that name it.
    pub quote: Option<Text>,
    /// Where they stand.
    pub at: Option<Loose>,
}

/// An actor named as perpetrator.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Perpetrator {
    /// Name, alias or slug.
    pub actor: Option<Text>,
    /// Slug, where the name alone does not tell.
    pub actor_id: Option<Text>,
    /// `stated`, `claimed`, `accused`, `suspected`, `denied` or `involved`.
    pub attribution: Option<Text>,
    /// Who says so; left out when the document itself does.
    pub by: Option<Text>,
    /// The actor for which that speaker speaks, where the name alone does not tell; "" for none.
    pub by_actor: Option<Text>,
    /// The words that say it.
    pub quote: Option<Text>,
    /// Where they stand.
    pub at: Option<Loose>,
}

/// A group of people hit.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Victim {
    /// Slug or name of the group.
    pub group: Option<Text>,
    /// The words that name them.
    pub quote: Option<Text>,
    /// Where they stand.
    pub at: Option<Loose>,
}

/// A casualty figure.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Claim {
    /// `killed`, `wounded`, `detained`, `abducted` or `missing`.
    pub measure: Option<Text>,
    /// Casualty group; `total` where it is left out.
    pub group: Option<Text>,
    /// Lowest number, included.
    pub min: Option<Spanned<u32>>,
    /// Highest number, included.
    pub max: Option<Spanned<u32>>,
    /// `exact`, `at least`, `about`, `up to`, `range` or `dozens`.
    pub qualifier: Option<Text>,
    /// Who says so; left out when the document itself does.
    pub claimant: Option<Text>,
    /// The actor for which the claimant speaks, where the name alone does not tell; "" for none.
    pub claimant_actor: Option<Text>,
    /// The day on which it was said.
    pub said_on: Option<Loose>,
    /// Whether it counts only some of the victims.
    pub partial: Option<bool>,
    /// The words that say it.
    pub quote: Option<Text>,
    /// Where they stand.
    pub at: Option<Loose>,
}

/// A draft that is no incident of this document.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rejected {
    /// Title that it had.
    pub title: Option<Text>,
    /// The words that were read as telling it.
    pub quote: Option<Text>,
    /// Where they stand.
    pub at: Option<Loose>,
    /// Who rejected it.
    pub reviewed_by: Option<Text>,
    /// When that was.
    pub reviewed_at: Option<Loose>,
    /// Why.
    pub why: Option<Text>,
}
