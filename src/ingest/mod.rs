//! Files to draft incidents. Nothing here knows of a database.

pub mod decode;
pub mod language;
pub mod layout;
pub mod lexicon;
pub mod rules;
pub mod sentence;
pub mod token;
pub mod vocabulary;

use crate::knowledge::Knowledge;
use crate::model::date::PartialDate;
use crate::model::document::{ParsedDocument, Problem, Shape};

/// What the user says of a file that the file itself does not.
#[derive(Debug, Clone, Copy, Default)]
pub struct Hints {
    /// When it was published; front matter wins.
    pub published: Option<PartialDate>,
    /// How to read it, when it cannot be told.
    pub shape: Option<Shape>,
}

/// Reads one document and parses its incidents.
///
/// # Errors
/// When it is no readable text at all: empty, binary, too large, cut in the middle of a
/// character. What is wrong with a part of it is in [`ParsedDocument::problems`].
pub fn parse(
    file_name: &str,
    bytes: &[u8],
    hints: &Hints,
    known: &Knowledge,
) -> Result<ParsedDocument, Problem> {
    let _ = (bytes, hints, known);
    Err(Problem {
        file: file_name.to_owned(),
        line: 1,
        expected: "a parser".to_owned(),
        found: "none yet".to_owned(),
    })
}
