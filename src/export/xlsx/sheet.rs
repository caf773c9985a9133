//! Rows as XML, sheet by sheet. Texts are written as texts, in the cell itself, so that nothing is
//! taken for a formula and no list of all texts is kept.

use super::seal::Cells;
use crate::export::table;
use std::borrow::Cow;
use std::fmt::Write;
use std::io;

/// How much a sheet can hold.
#[derive(Debug, Clone, Copy)]
pub struct Most {
    /// Rows, those of names included.
    pub rows: u32,
    /// Bytes before they are packed.
    pub bytes: u64,
}

/// What programs for spreadsheets can hold, and what the sizes of a part of a package can say
/// without an extension that some of them do not know.
pub const MOST: Most = Most { rows: 1 << 20, bytes: 3 << 30 };

/// The longest text of a cell, in UTF-16 units.
const MAX_CELL: usize = 32_767;

/// What stands at the end of a text that is longer.
const CUT: &str = " […]";

/// Letters of columns: as many as the widest sheet needs, and no more than have one letter.
const COLUMNS: std::ops::RangeInclusive<char> = 'A'..='Z';
const _: () = assert!(table::INCIDENT.len() <= 26 && table::CLAIM.len() <= 26);

/// XML that is handed on at a time.
const PIECE: usize = 64 * 1024;

const BEGIN: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n\
    <worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\">";
const END: &str = "</sheetData></worksheet>";

/// Where the XML of sheets goes, one sheet after the other.
pub trait Sink {
    /// A new sheet, after the end of the one before.
    fn begin(&mut self, number: usize) -> io::Result<()>;
    /// More of it.
    fn add(&mut self, xml: &str) -> io::Result<()>;
    /// That was all of it.
    fn end(&mut self) -> io::Result<()>;
}

/// A sheet that was begun.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sheet {
    /// As readers see it.
    pub name: String,
    /// Of its part in the package.
    pub number: usize,
}

/// Rows of one kind. A sheet that is full is continued by another: `claims`, `claims 2` …
pub struct Sheets<S> {
    /// The names of all kinds, and which this is.
    kinds: &'static [&'static str],
    kind: usize,
    /// Rows at the top of each: the names of the columns, and what goes with them.
    top: Vec<Vec<&'static str>>,
    most: Most,
    sink: S,
    begun: Vec<Sheet>,
    /// Rows and bytes that the last one has so far.
    rows: u32,
    bytes: u64,
    /// XML that was not handed on yet.
    xml: String,
    /// Of all cells so far.
    seal: Cells,
}

impl<S: Sink> Sheets<S> {
    /// Begins the first.
    pub fn new(
        kinds: &'static [&'static str],
        kind: usize,
        top: Vec<Vec<&'static str>>,
        most: Most,
        sink: S,
    ) -> io::Result<Self> {
        let (begun, xml, seal) = (Vec::new(), String::new(), Cells::default());
        let mut sheets = Self { kinds, kind, top, most, sink, begun, rows: 0, bytes: 0, xml, seal };
        sheets.begin()?;
        Ok(sheets)
    }

    fn begin(&mut self) -> io::Result<()> {
        // A number of its own for each, however many there will be.
        let number = 1 + self.kind + self.kinds.len() * self.begun.len();
        let name = self.kinds[self.kind];
        let name = match self.begun.len() {
            0 => name.to_owned(),
            before => format!("{name} {}", before + 1),
        };
        self.begun.push(Sheet { name, number });
        (self.rows, self.bytes) = (0, 0);
        self.sink.begin(number)?;
        self.xml.push_str(BEGIN);
        if let top @ 1.. = self.top.len() {
            // They stay where they are while one scrolls.
            self.xml.push_str("<sheetViews><sheetView workbookViewId=\"0\">");
            self.put(format_args!(
                "<pane ySplit=\"{top}\" topLeftCell=\"A{}\" activePane=\"bottomLeft\" \
                 state=\"frozen\"/><selection pane=\"bottomLeft\"/></sheetView></sheetViews>",
                top + 1
            ));
        }
        self.xml.push_str("<sheetData>");
        for (row, cells) in self.top.clone().into_iter().enumerate() {
            let style = if row == 0 { " s=\"1\"" } else { "" };
            self.add(cells.into_iter().map(|cell| (cell, false)), style);
        }
        // At once, since somebody waits for it.
        self.hand_on()
    }

    /// Adds a row: each cell and whether it is a whole number, which it is written as if it is one.
    pub fn row(&mut self, cells: impl Iterator<Item = (impl AsRef<str>, bool)>) -> io::Result<()> {
        let bytes = self.bytes + self.xml.len() as u64;
        let none_yet = self.rows as usize == self.top.len();
        if !none_yet && (self.rows >= self.most.rows || bytes >= self.most.bytes) {
            self.finish()?;
            self.begin()?;
        }
        self.add(cells, "");
        match self.xml.len() < PIECE {
            true => Ok(()),
            false => self.hand_on(),
        }
    }

    fn add(&mut self, cells: impl Iterator<Item = (impl AsRef<str>, bool)>, style: &str) {
        self.rows += 1;
        let row = self.rows;
        self.put(format_args!("<row r=\"{row}\">"));
        for (column, (cell, number)) in COLUMNS.zip(cells) {
            let cell = cell.as_ref();
            match cell.parse::<u32>() {
                _ if cell.is_empty() => self.seal.add(""),
                Ok(n) if number => {
                    self.put(format_args!("<c r=\"{column}{row}\"{style}><v>{n}</v></c>"));
                    self.seal.add(cell);
                }
                _ => {
                    self.put(format_args!("<c r=\"{column}{row}\" t=\"inlineStr\"{style}><is>"));
                    let kept = fitting(cell);
                    text(&mut self.xml, &kept);
                    self.xml.push_str("</is></c>");
                    self.seal.add(&kept);
                }
            }
        }
        self.seal.end_row();
        self.xml.push_str("</row>");
    }

    fn put(&mut self, xml: std::fmt::Arguments<'_>) {
        // Writing to a text cannot fail.
        let _ = self.xml.write_fmt(xml);
    }

    fn hand_on(&mut self) -> io::Result<()> {
        self.bytes += self.xml.len() as u64;
        self.sink.add(&self.xml)?;
        self.xml.clear();
        Ok(())
    }

    fn finish(&mut self) -> io::Result<()> {
        self.xml.push_str(END);
        self.hand_on()?;
        self.sink.end()
    }

    /// The seal of all cells so far.
    pub fn seal(&self) -> String {
        self.seal.finish()
    }

    /// Ends the last, and gives all of them.
    pub fn end(mut self) -> io::Result<(Vec<Sheet>, S)> {
        self.finish()?;
        Ok((self.begun, self.sink))
    }
}

/// A text as an element, all that it says kept.
fn text(xml: &mut String, text: &str) {
    // Readers may drop white space at either end unless they are told.
    let ends = text.starts_with(char::is_whitespace) || text.ends_with(char::is_whitespace);
    xml.push_str(if ends { "<t xml:space=\"preserve\">" } else { "<t>" });
    escape(xml, text);
    xml.push_str("</t>");
}

/// As much of a text as a cell can hold; a cut is shown.
fn fitting(text: &str) -> Cow<'_, str> {
    if text.len() <= MAX_CELL || text.encode_utf16().count() <= MAX_CELL {
        return text.into();
    }
    let room = MAX_CELL - CUT.chars().count();
    let mut units = 0;
    let whole = text.char_indices().find(|(_, c)| {
        units += c.len_utf16();
        units > room
    });
    format!("{}{CUT}", &text[..whole.map_or(text.len(), |(end, _)| end)]).into()
}

/// Adds text to XML. Characters that XML cannot hold are written as Office Open XML has them,
/// `_x001F_`, and text that looks like that so that it stays text.
pub fn escape(xml: &mut String, text: &str) {
    let mut from = 0;
    for (at, c) in text.char_indices() {
        let instead = match c {
            '&' => "&amp;",
            '<' => "&lt;",
            '>' => "&gt;",
            '"' => "&quot;",
            '_' if looks_escaped(&text.as_bytes()[at..]) => "_x005F_",
            '\t' | '\n' => continue,
            '\0'..='\x1f' | '\u{fffe}' | '\u{ffff}' => "",
            _ => continue,
        };
        xml.push_str(&text[from..at]);
        match instead {
            // Writing to a text cannot fail.
            "" => drop(write!(xml, "_x{:04X}_", u32::from(c))),
            instead => xml.push_str(instead),
        }
        from = at + c.len_utf8();
    }
    xml.push_str(&text[from..]);
}

/// Whether a reader would take what begins here for one character: `_xHHHH_`.
fn looks_escaped(text: &[u8]) -> bool {
    match text {
        [b'_', b'x', digits @ .., b'_'] if digits.len() == 4 => {
            digits.iter().all(u8::is_ascii_hexdigit)
        }
        _ => text.len() > 7 && looks_escaped(&text[..7]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_escaped_so_that_readers_have_it_back() {
        for (text, xml) in [
            ("plain, é 😀", "plain, é 😀"),
            ("<a & \"b\">", "&lt;a &amp; &quot;b&quot;&gt;"),
            ("a\tb\nc\rd", "a\tb\nc_x000D_d"),
            ("\0\u{b}\u{1f}\u{7f}\u{fffe}\u{ffff}", "_x0000__x000B__x001F_\u{7f}_xFFFE__xFFFF_"),
            ("_x000D_", "_x005F_x000D_"),
            ("a_x00ff_b_x00FF_", "a_x005F_x00ff_b_x005F_x00FF_"),
            ("__x0041_", "__x005F_x0041_"),
            ("_x000D", "_x000D"),
            ("_x00GG_", "_x00GG_"),
            ("_X0041_", "_X0041_"),
            ("_x00é_", "_x00é_"),
            ("snake_case_", "snake_case_"),
        ] {
            let mut out = String::new();
            escape(&mut out, text);
            assert_eq!(out, xml, "{text:?}");
        }
    }

    #[test]
    fn a_text_that_is_too_long_is_cut_where_a_cell_ends() {
        for (text, whole) in [
            ("x".repeat(MAX_CELL), true),
            ("x".repeat(MAX_CELL + 1), false),
            // Three bytes but one unit, four bytes and two.
            ("世".repeat(MAX_CELL), true),
            ("😀".repeat(MAX_CELL / 2), true),
            ("😀".repeat(MAX_CELL / 2 + 1), false),
        ] {
            let kept = fitting(&text);
            assert_eq!((kept == text, !kept.ends_with(CUT)), (whole, whole));
            let units = kept.encode_utf16().count();
            assert!((MAX_CELL - 1..=MAX_CELL).contains(&units), "{units}");
        }
    }
}
