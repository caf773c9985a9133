//! The words of a source that say a thing.

use serde::{Deserialize, Serialize};
use std::ops::Range;

/// Byte range `[start, end)` of a source's stored text, with the exact words found there.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Passage {
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
    /// `text[start..end]`, kept so that a later change of the text is noticed.
    pub quote: String,
    /// Page of the file on which it begins, from 1; none where the source has no pages.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub page: Option<u32>,
}

/// The page on which a byte stands, from 1, by the first bytes of all pages in rising order;
/// none where there are no pages.
pub fn page_at(pages: &[usize], byte: usize) -> Option<u32> {
    let number = pages.partition_point(|start| *start <= byte);
    u32::try_from(number).ok().filter(|n| *n > 0)
}

impl Passage {
    /// The passage of `text` at `range`.
    ///
    /// # Panics
    /// When `range` lies outside `text` or cuts a character; ranges come from rules that
    /// searched this same text.
    pub fn of(text: &str, range: Range<usize>) -> Self {
        Self { start: range.start, end: range.end, quote: text[range].to_owned(), page: None }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ok_page_of_a_byte() {
        let pages = [0, 10, 10, 25];
        for (byte, page) in [(0, 1), (9, 1), (10, 3), (24, 3), (25, 4), (99, 4)] {
            assert_eq!(page_at(&pages, byte), Some(page), "{byte}");
        }
        assert_eq!(page_at(&[], 5), None);
        assert_eq!(page_at(&[3], 2), None);
    }
}
