//! How documents are written: one file for each format, behind one trait. A format gives the
//! text of a document and says which bytes of it are title, heading, paragraph, list item or
//! infobox field; later steps see only these blocks.
//!
//! Formats that are text themselves (plain text, front matter, the encyclopedia shapes) give
//! the text as it stands in the file. The others (HTML, wikitext, PDF, DOCX) write what they
//! extract in the notation of `notation`, which is that of the encyclopedia extract.

pub mod copy;
mod docx;
mod extract;
mod file;
mod front_matter;
mod html;
pub mod mediawiki;
mod notation;
mod pdf;
mod plain;
mod size;
mod wikitext;
mod xml;

pub use file::File;

use crate::model::date::PartialDate;
use crate::model::document::{Problem, Shape};
use crate::model::source::{Lang, SourceKind};
use jiff::civil::Date;
use std::ops::Range;

/// A way in which documents are written.
pub trait Format: Sync {
    /// The word by which it is forced and stored.
    fn shape(&self) -> Shape;

    /// Whether a file is written in this way, by its content.
    fn detect(&self, file: &File<'_>) -> bool;

    /// Takes a file apart.
    ///
    /// # Errors
    /// When it is not written in this way, is damaged, or goes beyond what is read.
    fn read(&self, file: &File<'_>) -> Result<Document, Problem>;
}

/// Every format, in the order in which they are tried. The last takes any text.
const FORMATS: [&dyn Format; 9] = [
    &pdf::Pdf,
    &docx::Docx,
    &mediawiki::MediaWiki,
    &html::Html,
    &front_matter::FrontMatter,
    &wikitext::Wikitext,
    &extract::Extract,
    &copy::Copy,
    &plain::Plain,
];

/// The text of a document and its pieces.
#[derive(Debug, Clone, PartialEq)]
pub struct Document {
    /// The text that is stored; all ranges are bytes of it.
    pub text: String,
    /// Its pieces.
    pub layout: Layout,
}

/// What a block of text is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum BlockKind {
    /// The document's title.
    Title,
    /// A section heading with its level, from 1.
    Heading(u8),
    /// Running text.
    Paragraph,
    /// An item of a list.
    Item,
    /// The value of an infobox line.
    Field(Field),
}

/// What an infobox line is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Field {
    /// When.
    Date,
    /// Where.
    Place,
    /// Who did it.
    Perpetrator,
    /// Whom it was aimed at.
    Target,
    /// Victims, with or without figures.
    Victims,
    /// Number of dead.
    Fatalities,
    /// Number of wounded.
    Injuries,
    /// Number of people taken or missing.
    Missing,
    /// Kind of attack.
    Type,
    /// A side of the fighting, from 1.
    Side(u8),
    /// Losses of a side, from 1; the group when the side is known to be one.
    Losses(u8),
    /// Losses among civilians.
    CivilLosses,
    /// Anything else (result, strength, motive …): not read for facts.
    Other,
}

/// A piece of the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Block {
    /// What it is.
    pub kind: BlockKind,
    /// Its bytes, without marks of layout.
    pub range: Range<usize>,
    /// The bytes of the whole line for an infobox field, so that a quote shows its label.
    pub line: Range<usize>,
}

/// A document taken apart.
#[derive(Debug, Clone, PartialEq)]
pub struct Layout {
    /// The shape in which it was read.
    pub shape: Shape,
    /// First byte after front matter.
    pub body_start: usize,
    /// Its pieces in the order of the text.
    pub blocks: Vec<Block>,
    /// First byte of each page, in rising order; empty where it has no pages.
    pub pages: Vec<usize>,
    /// What it says of itself.
    pub meta: MetaFound,
    /// What was not understood.
    pub problems: Vec<Problem>,
}

/// What a document says of itself.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct MetaFound {
    /// Title; otherwise the name of the file stands in.
    pub title: Option<String>,
    /// Who published it.
    pub publisher: Option<String>,
    /// What sort of document it is; otherwise that of its shape.
    pub kind: Option<SourceKind>,
    /// Language; otherwise that of its words.
    pub lang: Option<Lang>,
    /// Where the original can be read.
    pub url: Option<String>,
    /// When it was published.
    pub published: Option<PartialDate>,
    /// When the copy was taken, or the day of the version that it is.
    pub retrieved: Option<Date>,
    /// Licence of the text.
    pub licence: Option<String>,
    /// Whether passing it on could harm somebody.
    pub sensitive: bool,
}

/// What a file may be, in words.
const KNOWN: &str = "text, HTML, wikitext, PDF or DOCX";

/// Takes a file apart, as `shape` or else as its content says.
///
/// # Errors
/// When it is no document that can be read, or one of too many words.
pub fn read(file: &File<'_>, shape: Option<Shape>) -> Result<Document, Problem> {
    let fits = |format: &&&dyn Format| match shape {
        Some(shape) => format.shape() == shape,
        None => format.detect(file),
    };
    if let (None, Some(found)) = (shape, file.unread()) {
        return Err(file.problem(KNOWN, found));
    }
    let format = FORMATS.iter().find(fits).unwrap_or(&(&plain::Plain as &dyn Format));
    size::bounded(file, format.read(file)?)
}

/// Every line of `text` from `from` with its byte range, line ends left out.
fn lines(text: &str, from: usize) -> impl Iterator<Item = (&str, Range<usize>)> {
    let mut start = from;
    text[from..].split_inclusive('\n').map(move |whole| {
        let at = start;
        start += whole.len();
        let line = whole.trim_end_matches(['\n', '\r']);
        (line, at..at + line.len())
    })
}

/// The range without the white space around its text.
fn trimmed(text: &str, range: Range<usize>) -> Range<usize> {
    let inside = &text[range.clone()];
    let start = range.start + (inside.len() - inside.trim_start().len());
    start..start + inside.trim().len()
}

fn block(kind: BlockKind, text: &str, range: Range<usize>) -> Block {
    let range = trimmed(text, range);
    Block { kind, line: range.clone(), range }
}

/// A list item's text after its bullet (`*`, `-`, `•`, `1.`), if the line is one.
fn item(text: &str, line: Range<usize>) -> Option<Range<usize>> {
    let range = trimmed(text, line);
    let inside = &text[range.clone()];
    let bullet = ["* ", "- ", "• ", "– ", "◦ "].iter().find(|b| inside.starts_with(**b))?;
    Some(trimmed(text, range.start + bullet.len()..range.end))
}

/// Sections that hold no telling of events: from their heading to the next of the same or a
/// higher level nothing is read.
fn is_apparatus(heading: &str) -> bool {
    const NAMES: [&str; 14] = [
        "see also", "references", "notes", "external links", "further reading", "bibliography",
        "sources", "citations", "notes et references", "references", "voir aussi",
        "liens externes", "articles connexes", "annexes",
    ];
    let name = crate::ingest::lexicon::norm_phrase(heading);
    NAMES.contains(&name.as_str())
}
