//! The words of a source that say a thing.

use serde::{Deserialize, Serialize};
use std::ops::Range;

/// Byte range `[start, end)` of a source's stored text, with the exact words found there.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Passage {
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
    /// `text[start..end]`, kept so that a later change of the text is noticed.
    pub quote: String,
}

impl Passage {
    /// The passage of `text` at `range`.
    ///
    /// # Panics
    /// When `range` lies outside `text` or cuts a character; ranges come from rules that
    /// searched this same text.
    pub fn of(text: &str, range: Range<usize>) -> Self {
        Self { start: range.start, end: range.end, quote: text[range].to_owned() }
    }

    /// The byte range.
    pub fn range(&self) -> Range<usize> {
        self.start..self.end
    }

    /// Whether `text` still has the quoted words at this range.
    pub fn holds_in(&self, text: &str) -> bool {
        text.get(self.range()) == Some(self.quote.as_str())
    }
}
