//! A file as the formats look at it: its bytes, and its text once that is asked for.

use crate::ingest::decode::decode;
use crate::model::document::Problem;
use std::borrow::Cow;
use std::cell::OnceCell;

/// A file to be read.
pub struct File<'a> {
    /// Its name, without folders.
    pub name: &'a str,
    /// Its bytes.
    pub bytes: &'a [u8],
    text: OnceCell<Result<Cow<'a, str>, Problem>>,
}

impl<'a> File<'a> {
    /// A file with these bytes.
    pub fn new(name: &'a str, bytes: &'a [u8]) -> Self {
        Self { name, bytes, text: OnceCell::new() }
    }

    /// Its text.
    ///
    /// # Errors
    /// When it is no text: see [`decode`].
    pub fn text(&self) -> Result<&str, Problem> {
        let text = self.text.get_or_init(|| decode(self.name, self.bytes));
        text.as_deref().map_err(Clone::clone)
    }

    /// Its text, or nothing where it is none.
    pub fn text_or_empty(&self) -> &str {
        self.text().unwrap_or_default()
    }

    /// Whether it begins with these bytes.
    pub fn begins(&self, bytes: &[u8]) -> bool {
        self.bytes.starts_with(bytes)
    }

    /// What is wrong with it as a whole.
    pub fn problem(&self, expected: impl Into<String>, found: impl Into<String>) -> Problem {
        Problem {
            file: self.name.to_owned(),
            line: 1,
            expected: expected.into(),
            found: found.into(),
        }
    }
}
