//! What a person made of the incidents of a document.

use super::incident::{Draft, Status};
use super::passage::Passage;
use serde::{Deserialize, Serialize};

/// Who answers for a review, and when it was made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Signature {
    /// Name, as the person gave it.
    pub by: String,
    /// Day (`YYYY-MM-DD`) or moment (RFC 3339, UTC).
    pub at: String,
}

/// An incident of the list, signed by whoever confirmed or corrected it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Entry {
    /// What is told.
    pub draft: Draft,
    /// None while nobody has looked at it.
    pub signed: Option<Signature>,
}

impl Entry {
    /// Reviewed when it is signed.
    pub fn status(&self) -> Status {
        match self.signed {
            Some(_) => Status::Reviewed,
            None => Status::Parsed,
        }
    }
}

/// A draft that a person found to be no incident of its document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rejected {
    /// Title that it had.
    pub title: String,
    /// The passage that was read as telling it.
    pub passage: Passage,
    /// Who rejected it, and when.
    pub signed: Signature,
    /// Why, where it was said.
    pub why: Option<String>,
}

/// The whole list of a document's incidents once a person has had it in hand: it stands in
/// place of what the parser says.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Review {
    /// In the order of the list.
    pub entries: Vec<Entry>,
    /// What is not to be proposed again.
    pub rejected: Vec<Rejected>,
}
