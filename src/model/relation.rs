//! Incidents that a source itself links.

use super::claim::words;
use super::passage::Passage;
use serde::{Deserialize, Serialize};
use std::str::FromStr;

/// How a source links an incident to an earlier one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum RelationKind {
    /// Told as retaliation for it, or as a response to it.
    Answer,
    /// Told as so many days after it.
    After,
}
words!(RelationKind { Answer => "answer", After => "after" });

/// A link between two incidents that one document tells.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Relation {
    /// Which of the document's incidents is linked, from 0.
    pub from: usize,
    /// To which earlier one, from 0.
    pub to: usize,
    /// How.
    pub kind: RelationKind,
    /// The passage that tells the linked incident, and says so.
    pub passage: Passage,
}
