//! Bytes to text, or a clear refusal.

use crate::model::document::Problem;
use encoding_rs::{Encoding, UTF_16BE, UTF_16LE, WINDOWS_1252};
use std::borrow::Cow;

/// Largest document that is read, in bytes. Longer than any report; a file beyond it is
/// something else.
pub const MAX_BYTES: usize = 50 * 1024 * 1024;

/// The text of a document: UTF-8, UTF-16 with its byte order mark, or Windows-1252 (which
/// covers Latin-1). A byte order mark is dropped.
///
/// # Errors
/// Empty, longer than [`MAX_BYTES`], binary, or cut in the middle of a character.
pub fn decode<'b>(file: &str, bytes: &'b [u8]) -> Result<Cow<'b, str>, Problem> {
    let problem = |line: usize, expected: &str, found: String| Problem {
        file: file.to_owned(),
        line,
        expected: expected.to_owned(),
        found,
    };
    if bytes.len() > MAX_BYTES {
        let found = format!("{} bytes", bytes.len());
        return Err(problem(1, "a document of at most 50 MiB", found));
    }
    let text = match Encoding::for_bom(bytes) {
        Some((encoding, _)) if encoding == UTF_16LE || encoding == UTF_16BE => {
            let (text, _, damaged) = encoding.decode(bytes);
            if damaged {
                return Err(problem(1, "UTF-16 text", "a damaged or cut file".to_owned()));
            }
            text
        }
        bom => {
            let rest = &bytes[bom.map_or(0, |(_, length)| length)..];
            match std::str::from_utf8(rest) {
                Ok(text) => Cow::Borrowed(text),
                Err(error) => {
                    let line = 1 + memchr::memchr_iter(b'\n', &rest[..error.valid_up_to()]).count();
                    if error.error_len().is_none() {
                        let found = "a file cut in the middle of a character".to_owned();
                        return Err(problem(line, "UTF-8 text", found));
                    }
                    // Some valid multi-byte text before the bad byte: damaged UTF-8, not Latin-1.
                    if rest[..error.valid_up_to()].iter().any(|b| *b >= 0x80) {
                        let byte = rest[error.valid_up_to()];
                        return Err(problem(line, "UTF-8 text", format!("the byte 0x{byte:02X}")));
                    }
                    WINDOWS_1252.decode_without_bom_handling(rest).0
                }
            }
        }
    };
    if let Some(at) = text.find(is_binary) {
        let line = 1 + text[..at].matches('\n').count();
        return Err(problem(line, "a text document", "binary data".to_owned()));
    }
    if text.trim().is_empty() {
        return Err(problem(1, "a text document", "an empty file".to_owned()));
    }
    Ok(text)
}

/// Control characters that no text document holds.
fn is_binary(c: char) -> bool {
    matches!(c, '\0'..='\u{8}' | '\u{e}'..='\u{1a}' | '\u{1c}'..='\u{1f}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ok_encodings() {
        for bytes in [
            "Ménaka — tués".as_bytes().to_vec(),
            [b"\xEF\xBB\xBF".as_slice(), "Ménaka — tués".as_bytes()].concat(),
            b"M\xE9naka \x97 tu\xE9s".to_vec(),
            [0xFF, 0xFE]
                .into_iter()
                .chain("Ménaka — tués".encode_utf16().flat_map(u16::to_le_bytes))
                .collect(),
        ] {
            assert_eq!(decode("x", &bytes).unwrap(), "Ménaka — tués");
        }
    }

    #[test]
    fn err_no_text() {
        for (bytes, text) in [
            (b"".as_slice(), "x:1: expected a text document, found an empty file"),
            (b" \n\t ", "x:1: expected a text document, found an empty file"),
            (b"a\n\0b", "x:2: expected a text document, found binary data"),
            (
                b"a\nb\xC3",
                "x:2: expected UTF-8 text, found a file cut in the middle of a character",
            ),
            (b"\xC3\xA9t\xC3\xA9\n\xFF!", "x:2: expected UTF-8 text, found the byte 0xFF"),
        ] {
            assert_eq!(decode("x", bytes).unwrap_err().to_string(), text);
        }
        let huge = vec![b'a'; MAX_BYTES + 1];
        assert!(decode("x", &huge).unwrap_err().to_string().contains("at most 50 MiB"));
    }
}
