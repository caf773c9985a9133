//! A file as the formats look at it: its bytes, and its text once that is asked for.

use crate::ingest::decode::{MAX_BYTES, decode};
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

    /// Refuses a file that is longer than any document.
    ///
    /// # Errors
    /// When it is longer than [`MAX_BYTES`].
    pub fn bounded(&self) -> Result<(), Problem> {
        match self.bytes.len() > MAX_BYTES {
            true => {
                let found = format!("{} bytes", self.bytes.len());
                Err(self.problem("a document of at most 50 MiB", found))
            }
            false => Ok(()),
        }
    }

    /// What the file is, where it is a kind of document that is known by its first bytes and
    /// not read.
    pub fn unread(&self) -> Option<&'static str> {
        const SIGNS: [(&[u8], &str); 8] = [
            (b"{\\rtf", "RTF (save it as DOCX or text)"),
            (b"\xD0\xCF\x11\xE0", "an old Office file (save it as DOCX)"),
            (b"\x1F\x8B", "a packed file (unpack it first)"),
            (b"BZh", "a packed file (unpack it first)"),
            (b"7z\xBC\xAF", "an archive (unpack it first)"),
            (b"\x89PNG", "a picture"),
            (b"\xFF\xD8\xFF", "a picture"),
            (b"From: <Saved by", "a web archive (save the page as HTML)"),
        ];
        let known = SIGNS.iter().find(|(sign, _)| self.begins(sign)).map(|(_, what)| *what);
        known.or_else(|| self.begins(b"PK\x03\x04").then(|| self.archive()).flatten())
    }

    /// What an archive is that is no DOCX.
    fn archive(&self) -> Option<&'static str> {
        let has = |part: &[u8]| memchr::memmem::find(self.bytes, part).is_some();
        match () {
            () if has(b"word/document.xml") => None,
            () if has(b"opendocument.text") => Some("an OpenDocument text (save it as DOCX)"),
            () if has(b"xl/workbook.xml") => Some("a spreadsheet"),
            () => Some("an archive (unpack it first)"),
        }
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
