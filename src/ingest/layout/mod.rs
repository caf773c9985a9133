//! The layout of a document: which bytes are title, heading, paragraph, list item or
//! infobox field. One file for each shape.

mod copy;
mod extract;
mod front_matter;
mod plain;

use crate::model::document::{Problem, Shape};
use crate::model::source::SourceMeta;
use std::ops::Range;

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
    /// What it says of itself; the title falls back on the file name.
    pub meta: MetaFound,
    /// What was not understood.
    pub problems: Vec<Problem>,
}

/// What a document says of itself.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct MetaFound {
    /// Title.
    pub title: Option<String>,
    /// Everything that front matter gives; the title in it is the one above.
    pub meta: Option<SourceMeta>,
    /// Publisher, when the shape tells ("Wikipedia").
    pub publisher: Option<String>,
}

/// Lines that only a copied encyclopedia page has.
const PAGE_MARKS: [&str; 6] = [
    "Belligerents", "Casualties and losses", "Commanders and leaders", "Belligérants", "Pertes",
    "Strength",
];

/// Tells the shape of a document by its first lines.
pub fn detect(text: &str) -> Shape {
    let mut lines = text.lines().map(str::trim).filter(|l| !l.is_empty());
    let first = lines.next().unwrap_or_default();
    if first == "---" || first == "+++" {
        Shape::FrontMatter
    } else if text.lines().take(8).any(|l| {
        let l = l.trim();
        l.len() > 4 && l.starts_with("= ") && l.ends_with(" =")
    }) {
        Shape::EncyclopediaExtract
    } else if first == "Jump to content"
        || first == "Aller au contenu"
        || text.lines().take(12).any(|l| {
            let l = l.trim();
            l == "From Wikipedia, the free encyclopedia" || l.starts_with("Un article de Wikipédia")
        })
        || text.lines().take(60).filter(|l| PAGE_MARKS.contains(&l.trim())).count() >= 2
    {
        Shape::EncyclopediaCopy
    } else {
        Shape::Plain
    }
}

/// Takes `text` apart as the given shape.
pub fn read(file: &str, text: &str, shape: Shape) -> Layout {
    match shape {
        Shape::EncyclopediaExtract => extract::read(text),
        Shape::EncyclopediaCopy => copy::read(text),
        Shape::FrontMatter => front_matter::read(file, text),
        // A dataset read as a document is words like any other.
        Shape::Plain
        | Shape::UcdpGed
        | Shape::Acled
        | Shape::Table
        | Shape::Timemap
        | Shape::MaliTimeline => plain::read(text, 0),
    }
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
