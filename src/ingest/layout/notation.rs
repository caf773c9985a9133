//! The notation in which extracted text is stored: that of the encyclopedia extract, which
//! people can read and [`super::extract`] takes apart.
//!
//! ```text
//! = Title =
//!
//! Infobox
//! - Date: 19 April 2022
//!
//! A paragraph on one line.
//!
//! == Section ==
//!
//! - an item
//! cell | cell
//! ```

use super::{Document, File, Format, MetaFound, extract};
use crate::ingest::decode::MAX_BYTES;
use crate::model::document::Problem;

/// Writes the text of a document.
#[derive(Debug, Default)]
pub(super) struct Notation {
    text: String,
    pages: Vec<usize>,
    /// Pages that begin within the next piece: after how many of its letters.
    within: Vec<usize>,
    /// Whether the last line is an item or a row, which the next follows without a gap.
    in_list: bool,
}

impl Notation {
    /// The document's title, on top.
    pub fn title(&mut self, title: &str) {
        self.line(1, title);
    }

    /// A heading; `level` from 2 for the highest to 6.
    pub fn heading(&mut self, level: usize, heading: &str) {
        self.line(level.clamp(2, 6), heading);
    }

    fn line(&mut self, level: usize, words: &str) {
        let words = one_line(words);
        if !words.is_empty() {
            self.gap();
            let signs = &"======"[..level];
            self.push(&[signs, " ", &words, " ", signs]);
        }
    }

    /// A paragraph.
    pub fn paragraph(&mut self, words: &str) {
        let words = one_line(words);
        if !words.is_empty() {
            self.gap();
            self.push(&[&words]);
        }
    }

    /// An item of a list.
    pub fn item(&mut self, words: &str) {
        let words = one_line(words);
        if !words.is_empty() {
            self.listed();
            self.push(&["- ", &words]);
        }
    }

    /// A row of a table; none where all its cells are empty.
    pub fn row(&mut self, cells: &[String]) {
        let cells: Vec<_> = cells.iter().map(|cell| one_line(cell)).collect();
        if cells.iter().any(|cell| !cell.is_empty()) {
            self.listed();
            self.push(&[cells.join(" | ").trim()]);
        }
    }

    /// The lines of an infobox: labels and values, several of a label where it has several
    /// lines.
    pub fn infobox(&mut self, fields: &[(String, String)]) {
        let lines = fields.iter().map(|(label, value)| (one_line(label), one_line(value)));
        let lines: Vec<_> =
            lines.filter(|(label, value)| !label.is_empty() && !value.is_empty()).collect();
        if lines.is_empty() {
            return;
        }
        self.gap();
        self.push(&["Infobox"]);
        for (label, value) in lines {
            self.push(&["- ", &label, ": ", &value]);
        }
    }

    /// A page of the file begins.
    pub fn page(&mut self) {
        self.pages.push(self.text.len());
    }

    /// A page of the file begins within the piece that is written next, behind these words of
    /// it.
    pub fn page_within(&mut self, words: &str) {
        self.within.push(letters(words).count());
    }

    /// Whether more was written than is kept of any document.
    pub fn is_too_long(&self) -> bool {
        self.text.len() > MAX_BYTES
    }

    fn push(&mut self, parts: &[&str]) {
        for before in std::mem::take(&mut self.within) {
            let mut at = self.text.len();
            // The words are the longest part; signs stand around them.
            for part in parts {
                let found = letters(part).nth(before).filter(|_| part.len() > 2);
                match found {
                    Some((letter, _)) => {
                        at += letter;
                        break;
                    }
                    None => at += part.len(),
                }
            }
            self.pages.push(at);
        }
        self.text.extend(parts.iter().copied());
        self.text.push('\n');
    }

    /// An empty line before what follows.
    fn gap(&mut self) {
        self.in_list = false;
        if !self.text.is_empty() {
            self.text.push('\n');
        }
    }

    fn listed(&mut self) {
        if !self.in_list {
            self.gap();
        }
        self.in_list = true;
    }

    /// The document written, as `format` read it from `file`. Its title is the first that was
    /// written where `meta` has none.
    ///
    /// # Errors
    /// When nothing was written, or too much.
    pub fn finish(
        self,
        file: &File<'_>,
        format: &dyn Format,
        meta: MetaFound,
    ) -> Result<Document, Problem> {
        if self.is_too_long() {
            let found = format!("{} bytes of text", self.text.len());
            return Err(file.problem("a document of at most 50 MiB of text", found));
        }
        if self.text.trim().is_empty() {
            return Err(file.problem("a document with words", "no text in it"));
        }
        let mut layout = extract::read(&self.text);
        layout.shape = format.shape();
        layout.pages = self.pages;
        let title = meta.title.or(layout.meta.title);
        layout.meta = MetaFound { title, ..meta };
        Ok(Document { text: self.text, layout })
    }
}

/// The signs of a text that are kept on one line, spaces aside, with their bytes.
fn letters(text: &str) -> impl Iterator<Item = (usize, char)> + '_ {
    text.char_indices().filter(|(_, c)| !c.is_whitespace() && !c.is_control() && !is_invisible(*c))
}

/// The words with one space between them, and nothing that ends a line.
pub(super) fn one_line(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for word in text.split(|c: char| c.is_whitespace() || c.is_control()).filter(|w| !w.is_empty())
    {
        if !out.is_empty() {
            out.push(' ');
        }
        out.extend(word.chars().filter(|c| !is_invisible(*c)));
    }
    out.truncate(out.trim_end().len());
    out
}

/// Marks of layout without a width: soft hyphens, joiners, byte order marks.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ok_a_page_begins_within_a_paragraph() {
        let mut out = Notation::default();
        out.page();
        out.paragraph("One.");
        out.page_within("It  was\u{ad}");
        out.item("It was late.");
        out.page();
        out.paragraph("End");
        assert_eq!(out.text, "One.\n\n- It was late.\n\nEnd\n");
        assert_eq!(
            out.pages,
            [0, out.text.find("late").unwrap(), out.text.find("\n\nEnd").unwrap() + 1]
        );
    }

    #[test]
    fn ok_notation() {
        let mut out = Notation::default();
        out.title("A  raid");
        out.infobox(&[
            ("Date".to_owned(), " 1 May\u{a0}2020 ".to_owned()),
            ("Place".to_owned(), String::new()),
        ]);
        out.paragraph("It\nbegan.\u{ad}");
        out.page();
        out.heading(2, "Toll");
        out.item("first");
        out.item(" ");
        out.item("se\u{ad}cond");
        out.row(&["a".to_owned(), String::new(), "b".to_owned()]);
        out.paragraph("End.");
        assert_eq!(out.pages, [50]);
        assert_eq!(
            out.text,
            "= A raid =\n\nInfobox\n- Date: 1 May 2020\n\nIt began.\n\n== Toll ==\n\n- first\n\
             - second\na |  | b\n\nEnd.\n"
        );
    }
}
