//! How much text a document may have. What is read of a text takes many times its own size in
//! memory, so words are counted before any is looked at.

use super::{Document, File};
use crate::model::document::Problem;

/// Most words, signs and lines of a document: about 12 MB of running text, 6,000 printed pages.
/// Up to here no document takes more than about 600 MB of memory.
const MAX_WORDS: usize = 3_000_000;

/// What the end of a line or sentence counts, in words: each sentence is kept with what it says.
const END: usize = 3;

/// The document, unless it has more words than are read.
///
/// # Errors
/// When it has.
pub(super) fn bounded(file: &File<'_>, document: Document) -> Result<Document, Problem> {
    // Not one byte counts more than the end of a line.
    if document.text.len() <= MAX_WORDS / END {
        return Ok(document);
    }
    let words = words(&document.text);
    if words > MAX_WORDS {
        let expected = "a document of at most 3 million words, signs and lines (split it)";
        return Err(file.problem(expected, format!("{:.1} million", words as f64 / 1e6)));
    }
    Ok(document)
}

/// Words and signs of a text, ends of lines and sentences counted as [`END`].
fn words(text: &str) -> usize {
    let (mut words, mut before) = (0, b'\n');
    for byte in text.bytes() {
        let letter = |byte: u8| byte.is_ascii_alphanumeric() || !byte.is_ascii();
        words += match byte {
            b'\n' if before == b'\n' => 0,
            b'\n' | b'.' | b'!' | b'?' => END,
            _ if letter(byte) => usize::from(!letter(before)),
            _ => usize::from(!byte.is_ascii_whitespace()),
        };
        before = byte;
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ingest::{Hints, Parser};
    use crate::knowledge::Knowledge;

    #[test]
    fn ok_words() {
        for (text, expected) in [
            ("", 0),
            ("Ten men died", 3),
            ("Ten men died.\n\n\nFive", 3 + 2 * END + 1),
            ("« dix-sept tués »", 6),
        ] {
            assert_eq!(words(text), expected, "{text:?}");
        }
    }

    #[test]
    fn err_too_many_words() {
        let known = Knowledge::embedded();
        let parser = Parser::new(&known);
        let wiki = format!(
            "<mediawiki><page><title>A</title><ns>0</ns><revision><text>{}</text></revision></page></mediawiki>",
            "a ".repeat(MAX_WORDS)
        );
        for text in ["a ".repeat(MAX_WORDS + 1), format!("<p>{}", "a,".repeat(MAX_WORDS)), wiki] {
            let hints = Hints::default();
            let mut read = parser.documents("x", text.as_bytes(), &hints);
            let error = read.next().unwrap().unwrap_err();
            assert_eq!(
                error.expected,
                "a document of at most 3 million words, signs and lines (split it)"
            );
            assert!(error.found.ends_with(" million"), "{error}");
        }
    }
}
