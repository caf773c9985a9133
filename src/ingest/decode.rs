//! Bytes to text, or a clear refusal.

use super::dataset::mojibake::repaired;
use crate::model::document::Problem;
use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};
use std::borrow::Cow;

/// Largest document that is read, in bytes. Longer than any report; a file beyond it is
/// something else.
pub const MAX_BYTES: usize = 50 * 1024 * 1024;

/// How far into a file its declared encoding is looked for, in bytes.
const LOOK: usize = 1024;

/// How much of a file is looked at to tell UTF-16 without a mark, in bytes.
const SAMPLE: usize = 4 * 1024;

/// The text of a document: UTF-8; UTF-16 with or without its byte order mark; otherwise the
/// encoding that the document declares, or that its bytes look like: mostly Windows-1252,
/// which covers Latin-1. A byte order mark is dropped.
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
    let mark = Encoding::for_bom(bytes);
    let rest = &bytes[mark.map_or(0, |(_, length)| length)..];
    let text = match mark.map(|(encoding, _)| encoding).or_else(|| wide(bytes)) {
        Some(encoding) if encoding != UTF_8 => {
            let (text, damaged) = encoding.decode_without_bom_handling(rest);
            if damaged {
                return Err(problem(1, "UTF-16 text", "a damaged or cut file".to_owned()));
            }
            text
        }
        _ => match std::str::from_utf8(rest) {
            Ok(text) => Cow::Borrowed(text),
            Err(error) => {
                let line = 1 + memchr::memchr_iter(b'\n', &rest[..error.valid_up_to()]).count();
                let declared = declared(rest);
                if error.error_len().is_none() && declared.is_none() {
                    let found = "a file cut in the middle of a character".to_owned();
                    return Err(problem(line, "UTF-8 text", found));
                }
                // Some valid multi-byte text before the bad byte: damaged UTF-8, not Latin-1.
                if rest[..error.valid_up_to()].iter().any(|b| *b >= 0x80) {
                    let byte = rest[error.valid_up_to()];
                    return Err(problem(line, "UTF-8 text", format!("the byte 0x{byte:02X}")));
                }
                let encoding = declared.unwrap_or_else(|| guessed(rest));
                encoding.decode_without_bom_handling(rest).0
            }
        },
    };
    if let Some(at) = binary(text.as_bytes()) {
        let line = 1 + memchr::memchr_iter(b'\n', &text.as_bytes()[..at]).count();
        return Err(problem(line, "a text document", "binary data".to_owned()));
    }
    if text.trim().is_empty() {
        return Err(problem(1, "a text document", "an empty file".to_owned()));
    }
    Ok(text)
}

/// What is to be said of a text that somebody saved after reading it in the wrong encoding: its
/// words with accents are none, and rules miss them.
pub fn garbled(file: &str, text: &str) -> Option<Problem> {
    // What the first bytes of accented letters and of curly quotes look like.
    if !text.contains("Ã") && !text.contains("â€") {
        return None;
    }
    let meant = |word: &str| match repaired(word) {
        Cow::Owned(meant) => Some(meant),
        Cow::Borrowed(_) => None,
    };
    let (line, word, meant) = (1..).zip(text.lines()).find_map(|(line, words)| {
        words.split_whitespace().find_map(|word| Some((line, word, meant(word)?)))
    })?;
    Some(Problem {
        file: file.to_owned(),
        line,
        expected: format!("letters as they were written, such as {meant:?}"),
        found: format!("{word:?}: UTF-8 that was read in another encoding and saved"),
    })
}

/// UTF-16 without a byte order mark: in text of European languages every other byte is zero.
fn wide(bytes: &[u8]) -> Option<&'static Encoding> {
    let sample = &bytes[..bytes.len().min(SAMPLE)];
    let (even, odd) =
        sample.iter().enumerate().filter(|(_, b)| **b == 0).fold((0, 0), |(even, odd), (at, _)| {
            if at % 2 == 0 { (even + 1, odd) } else { (even, odd + 1) }
        });
    let half = sample.len() / 2;
    let most = |zeros: usize| half >= 2 && zeros * 10 >= half * 7;
    match (even, odd) {
        (0..=1, odd) if most(odd) => Some(UTF_16LE),
        (even, 0..=1) if most(even) => Some(UTF_16BE),
        _ => None,
    }
}

/// The encoding that a web page or XML document says it is in, if it can be that: the bytes
/// are no UTF-8, and what reads as ASCII so far is no UTF-16.
fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    let start = &bytes[..bytes.len().min(LOOK)].to_ascii_lowercase();
    let sign = [b"charset=".as_slice(), b"encoding="];
    let (at, length) =
        sign.iter().find_map(|s| Some((memchr::memmem::find(start, s)?, s.len())))?;
    let value = &start[at + length..];
    let value = value.strip_prefix(b"\"").or(value.strip_prefix(b"'")).unwrap_or(value);
    let end = value.iter().position(|b| !b.is_ascii_alphanumeric() && !b"-_:.".contains(b));
    let encoding = Encoding::for_label(&value[..end.unwrap_or(value.len())])?;
    (encoding.is_ascii_compatible() && encoding != UTF_8).then_some(encoding)
}

/// The encoding that the bytes look like.
fn guessed(bytes: &[u8]) -> &'static Encoding {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    detector.guess(Some(b"fr"), Utf8Detection::Deny)
}

/// The first byte that no text has. A piece at a time, so that most are seen to have none
/// several bytes at once.
fn binary(bytes: &[u8]) -> Option<usize> {
    const PIECE: usize = 1024;
    let mut pieces = bytes.chunks(PIECE).enumerate();
    pieces.find_map(|(i, piece)| {
        let any = piece.iter().fold(false, |any, byte| any | is_binary(*byte));
        let at = || piece.iter().position(|byte| is_binary(*byte));
        any.then(at).flatten().map(|at| i * PIECE + at)
    })
}

/// Control characters that no text document holds.
fn is_binary(byte: u8) -> bool {
    matches!(byte, 0..=0x8 | 0xe..=0x1a | 0x1c..=0x1f)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn utf16(text: &str, order: fn(u16) -> [u8; 2]) -> Vec<u8> {
        text.encode_utf16().flat_map(order).collect()
    }

    #[test]
    fn ok_encodings() {
        for bytes in [
            "Ménaka — tués".as_bytes().to_vec(),
            [b"\xEF\xBB\xBF".as_slice(), "Ménaka — tués".as_bytes()].concat(),
            b"M\xE9naka \x97 tu\xE9s".to_vec(),
            [b"\xFF\xFE".to_vec(), utf16("Ménaka — tués", u16::to_le_bytes)].concat(),
            [b"\xFE\xFF".to_vec(), utf16("Ménaka — tués", u16::to_be_bytes)].concat(),
            utf16("Ménaka — tués", u16::to_le_bytes),
            utf16("Ménaka — tués", u16::to_be_bytes),
        ] {
            assert_eq!(decode("x", &bytes).unwrap(), "Ménaka — tués");
        }
    }

    #[test]
    fn ok_declared_encodings() {
        for (bytes, text) in [
            (b"<meta charset=\"iso-8859-15\">\xA4 \xBDuvre".as_slice(), "€ œuvre"),
            (b"<?xml version='1.0' encoding='windows-1252'?>\x80 \x9C", "€ œ"),
            (b"<meta content=\"text/html; charset=latin1\">\xE9", "é"),
            // What it declares cannot be.
            (b"<meta charset=utf-8>tu\xE9 \x97 M\xE9naka", "tué — Ménaka"),
            (b"<meta charset=utf-16>tu\xE9 \x97 M\xE9naka", "tué — Ménaka"),
            ("<meta charset=iso-8859-1>é".as_bytes(), "é"),
        ] {
            let decoded = decode("x", bytes).unwrap();
            assert_eq!(decoded.split_once('>').map_or(&*decoded, |d| d.1), text);
        }
    }

    #[test]
    fn ok_garbled_texts_are_named() {
        let said = |text: &str| garbled("x", text).map(|problem| problem.to_string());
        assert_eq!(
            said("Dix morts.\n\nL'armÃ©e l'a dit.").as_deref(),
            Some(
                "x:3: expected letters as they were written, such as \"L'armée\", found \
                 \"L'armÃ©e\": UTF-8 that was read in another encoding and saved"
            )
        );
        for text in ["L'armée l'a dit.", "Ã 山", "SÃO PAULO", "â"] {
            assert_eq!(said(text), None, "{text}");
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
            (b"\xFF\xFEa\0\0\xD8", "x:1: expected UTF-16 text, found a damaged or cut file"),
        ] {
            assert_eq!(decode("x", bytes).unwrap_err().to_string(), text);
        }
        let huge = vec![b'a'; MAX_BYTES + 1];
        assert!(decode("x", &huge).unwrap_err().to_string().contains("at most 50 MiB"));
    }
}
