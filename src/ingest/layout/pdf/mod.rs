//! A PDF: the words of its pages in reading order, with the byte at which each page begins.
//! Running heads and page numbers are left out; footnotes stand at the end, out of the
//! sentences. A file without words (pictures of pages) or with a password is refused.

mod glyphs;
mod lines;
mod packed;
mod reading;

use super::notation::{Notation, one_line};
use super::{Document, File, Format, MetaFound};
use crate::model::document::{Problem, Shape};
use hayro_syntax::{LoadPdfError, Pdf as Opened};

/// A PDF.
pub(super) struct Pdf;

/// Where the sign of a PDF may stand, in bytes.
const LOOK: usize = 1024;

/// Most pages.
const MAX_PAGES: usize = 5_000;

/// Part of the signs, in percent, of which the file must say which letters they are.
const READABLE: usize = 80;

impl Format for Pdf {
    fn shape(&self) -> Shape {
        Shape::Pdf
    }

    fn detect(&self, file: &File<'_>) -> bool {
        let start = &file.bytes[..file.bytes.len().min(LOOK)];
        memchr::memmem::find(start, b"%PDF-").is_some()
    }

    fn read(&self, file: &File<'_>) -> Result<Document, Problem> {
        file.bounded()?;
        if !packed::is_bounded(file.bytes) {
            return Err(file.problem(packed::ALLOWED, "more"));
        }
        let pdf = Opened::new(file.bytes.to_vec()).map_err(|error| match error {
            LoadPdfError::Decryption(_) => {
                file.problem("a PDF without a password", "one that asks for a password")
            }
            LoadPdfError::Invalid => file.problem("a PDF", "a damaged or cut file"),
        })?;
        let count = pdf.pages().len();
        if count > MAX_PAGES {
            let expected = format!("a PDF of at most {MAX_PAGES} pages");
            return Err(file.problem(expected, format!("{count} pages")));
        }
        let pages = glyphs::pages(&pdf).map_err(|page| {
            let found = format!("page {page}, which cannot be drawn or never ends");
            file.problem("a PDF whose pages can be read", found)
        })?;
        check_words(file, &pages)?;
        let stated = pdf.metadata().title.as_deref().map(text_string);
        let title = stated.map(|t| one_line(&t)).filter(|t| is_title(t));
        let mut out = Notation::default();
        reading::write(&pages, title.as_deref(), &mut out);
        out.finish(file, self, MetaFound { title, ..MetaFound::default() })
    }
}

/// Refuses a file that shows pictures of words, or signs of which it does not say the letters.
fn check_words(file: &File<'_>, pages: &[glyphs::Page]) -> Result<(), Problem> {
    let signs: usize = pages.iter().map(|p| p.signs).sum();
    let known: usize = pages.iter().map(|p| p.known).sum();
    if known == 0 {
        let found = format!(
            "{} pages without any, perhaps pictures (text recognition makes words of them)",
            pages.len()
        );
        return Err(file.problem("a PDF with words", found));
    }
    if known * 100 < signs * READABLE {
        let found = "one that does not say which letters its signs are";
        return Err(file.problem("a PDF with words that can be copied", found));
    }
    Ok(())
}

/// A text of the file's metadata: UTF-16 or UTF-8 with its mark, otherwise Latin.
fn text_string(bytes: &[u8]) -> String {
    let encoding = encoding_rs::Encoding::for_bom(bytes).map_or(encoding_rs::WINDOWS_1252, |e| e.0);
    encoding.decode(bytes).0.into_owned()
}

/// Whether a stated title is one: many programs put the name of a file there.
fn is_title(title: &str) -> bool {
    const ENDINGS: [&str; 8] = [".doc", ".docx", ".pdf", ".indd", ".rtf", ".odt", ".qxd", ".pub"];
    let small = title.to_lowercase();
    title.split_whitespace().count() >= 2
        && !small.starts_with("microsoft word")
        && !small.starts_with("untitled")
        && !ENDINGS.iter().any(|ending| small.ends_with(ending))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ok_titles() {
        for (title, expected) in [
            ("Report on the events of Dia", true),
            ("Microsoft Word - report final 3.doc", false),
            ("report final.indd", false),
            ("Untitled document", false),
            ("a4f", false),
        ] {
            assert_eq!(is_title(title), expected, "{title}");
        }
        assert_eq!(text_string(b"\xFE\xFF\0D\0i\0a"), "Dia");
        assert_eq!(text_string(b"M\xE9naka"), "Ménaka");
    }

    #[test]
    fn err_no_pdf() {
        for (bytes, found) in [
            (b"%PDF-1.7\n%%EOF".as_slice(), "x:1: expected a PDF, found a damaged or cut file"),
            (
                b"%PDF-1.4\ntrailer <</Root 1 0 R>>",
                "x:1: expected a PDF, found a damaged or cut file",
            ),
        ] {
            assert_eq!(Pdf.read(&File::new("x", bytes)).unwrap_err().to_string(), found);
        }
    }
}
