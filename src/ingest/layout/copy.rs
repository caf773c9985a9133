//! The browser copy of an encyclopedia page: lines without marks, labels stuck to their
//! values (`DateJanuary 10, 2023`), the two sides of a conflict by the order of lines,
//! `[edit]` behind headings and numbered references at the end.

use super::extract::field_of;
use super::{
    Block, BlockKind, Document, Field, File, Format, Layout, MetaFound, block, is_apparatus, item,
    lines, trimmed,
};
use crate::model::document::{Problem, Shape};
use std::ops::Range;

/// Lines that only a copied encyclopedia page has.
const PAGE_MARKS: [&str; 6] = [
    "Belligerents", "Casualties and losses", "Commanders and leaders", "Belligérants", "Pertes",
    "Strength",
];

/// The browser copy of an encyclopedia page.
pub(super) struct Copy;

impl Format for Copy {
    fn shape(&self) -> Shape {
        Shape::EncyclopediaCopy
    }

    fn detect(&self, file: &File<'_>) -> bool {
        let mut lines = file.text_or_empty().lines().map(str::trim);
        let first = lines.clone().find(|line| !line.is_empty()).unwrap_or_default();
        first == "Jump to content"
            || first == "Aller au contenu"
            || lines.clone().take(12).any(is_byline)
            || lines.by_ref().take(60).filter(|line| PAGE_MARKS.contains(line)).count() >= 2
    }

    fn read(&self, file: &File<'_>) -> Result<Document, Problem> {
        let text = file.text()?.to_owned();
        Ok(Document { layout: read(&text), text })
    }
}

/// Headings of the parts of a conflict infobox, each on a line of its own.
const PARTS: [(&str, Part); 12] = [
    ("Belligerents", Part::Sides),
    ("Belligérants", Part::Sides),
    ("Casualties and losses", Part::Losses),
    ("Pertes", Part::Losses),
    ("Commanders and leaders", Part::Other),
    ("Commandants", Part::Other),
    ("Units involved", Part::Other),
    ("Strength", Part::Other),
    ("Forces en présence", Part::Other),
    ("Location", Part::Place),
    ("Lieu", Part::Place),
    ("Territorial changes", Part::Other),
];

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    /// Before or between the parts: `LabelValue` lines.
    Head,
    Sides,
    Losses,
    Other,
    Place,
}

/// Labels that stand directly before their value.
const LABELS: [&str; 22] = [
    "Date", "Location", "Lieu", "Place", "Result", "Résultat", "Issue", "Status", "Target",
    "Cible", "Attack type", "Type", "Deaths", "Morts", "Injured", "Blessés", "Victims",
    "Perpetrators", "Perpetrator", "Assailants", "Motive", "Weapons",
];

/// The label with which a line of a copied infobox begins: "Deaths" of "Deaths26–37", where
/// nothing parts it from its value.
pub fn label(line: &str) -> Option<&'static str> {
    let fits = |label: &&&str| line.starts_with(**label) && line.len() > label.len();
    LABELS.iter().filter(fits).max_by_key(|label| label.len()).copied()
}

pub(super) fn read(text: &str) -> Layout {
    let mut reader = Reader {
        text,
        blocks: Vec::new(),
        any_field: false,
        title: None,
        skipping: false,
        goes_on: None,
    };
    let mut part = None;
    let mut in_infobox = false;
    let mut after_gap = false;
    for (line, range) in lines(text, 0) {
        let inside = line.trim();
        if inside.is_empty() {
            after_gap = true;
            reader.goes_on = None;
            continue;
        }
        // Empty lines stand inside an infobox too; a sentence behind one is the article.
        let prose = is_sentence(inside);
        in_infobox &= !(prose && (after_gap && reader.any_field || inside.len() > LONG_LINE));
        after_gap = false;
        if is_navigation(inside) {
            in_infobox |= is_byline(inside) || inside.starts_with("Part of ");
            continue;
        }
        if let Some((_, found)) = PARTS.iter().find(|(name, _)| *name == inside) {
            (part, in_infobox) = (Some(*found), true);
        } else if let Some(heading) = edited_heading(text, range.clone()) {
            (part, in_infobox) = (None, false);
            reader.heading(heading);
        } else if reader.skipping {
            continue;
        } else if reader.title.is_none() {
            reader.title = Some(inside.to_owned());
            reader.blocks.push(block(BlockKind::Title, text, range));
        } else if in_infobox {
            let now = reader.infobox_line(range, part.unwrap_or(Part::Head));
            part = Some(now);
        } else if let Some(inside) = item(text, range.clone()) {
            reader.blocks.push(block(BlockKind::Item, text, inside));
        } else {
            reader.blocks.push(block(BlockKind::Paragraph, text, range));
        }
    }
    let publisher = text.contains("Wikip").then(|| "Wikipedia".to_owned());
    Layout {
        shape: Shape::EncyclopediaCopy,
        body_start: 0,
        blocks: reader.blocks,
        pages: Vec::new(),
        meta: MetaFound { title: reader.title, publisher, ..MetaFound::default() },
        problems: Vec::new(),
    }
}

struct Reader<'t> {
    text: &'t str,
    blocks: Vec<Block>,
    any_field: bool,
    title: Option<String>,
    skipping: bool,
    /// The field that a line without a label goes on with: a second perpetrator, a rival toll.
    goes_on: Option<Field>,
}

impl Reader<'_> {
    fn heading(&mut self, range: Range<usize>) {
        self.skipping = is_apparatus(&self.text[range.clone()]);
        if !self.skipping {
            self.blocks.push(block(BlockKind::Heading(2), self.text, range));
        }
    }

    /// One line of the infobox; returns the part that the next line belongs to.
    fn infobox_line(&mut self, range: Range<usize>, part: Part) -> Part {
        let line = trimmed(self.text, range);
        let inside = &self.text[line.clone()];
        let kind = match part {
            _ if Some(inside) == self.title.as_deref() => return part,
            Part::Sides => Field::Side(0),
            Part::Losses => Field::Losses(0),
            Part::Other => Field::Other,
            // "Location" with nothing behind it but "Result Inconclusive".
            Part::Place if label(inside).is_some_and(|l| inside[l.len()..].starts_with(' ')) => {
                return self.infobox_line(line, Part::Head);
            }
            Part::Place => {
                self.field(Field::Place, line.clone(), line);
                return Part::Head;
            }
            Part::Head => {
                let Some(label) = label(inside) else {
                    if let Some(field) = self.goes_on {
                        self.field(field, line.clone(), line);
                    }
                    return Part::Head;
                };
                let value = trimmed(self.text, line.start + label.len()..line.end);
                let field = field_of(label);
                self.field(field, value, line);
                let listed = [Field::Perpetrator, Field::Fatalities, Field::Injuries];
                self.goes_on = Some(field).filter(|f| listed.contains(f));
                return Part::Head;
            }
        };
        // Two columns on one line are two sides.
        let mut start = line.start;
        for column in inside.split('\t') {
            let range = trimmed(self.text, start..start + column.len());
            start += column.len() + 1;
            if !range.is_empty() {
                self.field(kind, range.clone(), range);
            }
        }
        part
    }

    fn field(&mut self, field: Field, range: Range<usize>, line: Range<usize>) {
        self.any_field = true;
        self.blocks.push(Block { kind: BlockKind::Field(field), range, line });
    }
}

/// Lines of the page around the article.
fn is_navigation(line: &str) -> bool {
    const NAVIGATION: [&str; 12] = [
        "Jump to content",
        "Aller au contenu",
        "Toggle the table of contents",
        "Article",
        "Talk",
        "Read",
        "Edit",
        "View history",
        "Tools",
        "Main menu",
        "Contents",
        "Hide",
    ];
    NAVIGATION.contains(&line)
        || is_byline(line)
        || line.starts_with("Part of ")
        || line.starts_with("Coordinates:")
}

/// A sentence longer than this, in bytes, is of the article.
const LONG_LINE: usize = 80;

/// Whether a line ends as a sentence does, its references left out.
fn is_sentence(line: &str) -> bool {
    let mut rest = line.trim_end();
    while let Some((before, _)) = rest.ends_with(']').then(|| rest.rsplit_once('[')).flatten() {
        rest = before.trim_end();
    }
    rest.ends_with(['.', '”', '"', '!', '?'])
}

fn is_byline(line: &str) -> bool {
    line == "From Wikipedia, the free encyclopedia" || line.starts_with("Un article de Wikipédia")
}

/// `Background[edit]`: the bytes before the mark.
fn edited_heading(text: &str, line: Range<usize>) -> Option<Range<usize>> {
    let range = trimmed(text, line);
    let inside = &text[range.clone()];
    let mark = ["[edit]", "[edit source]", "[modifier | modifier le code]", "[modifier]"]
        .iter()
        .find(|m| inside.ends_with(**m))?;
    Some(trimmed(text, range.start..range.end - mark.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ok_copy() {
        let text = "Jump to content\n\nA raid\n\nFrom Wikipedia, the free encyclopedia\nA raid\n\
                    Part of a war\nDateJanuary 10, 2023\nLocation\nDia, Mali\nResult Inconclusive\n\
                    Belligerents\nMali\nJNIM\nCasualties and losses\n14 killed (per Mali)\n\
                    5 killed\t2 killed\n\nOn January 10, it began.\n\nPrelude[edit]\n\nBefore.[1]\n\n\
                    References[edit]\n\n  1. ^ \"A title\". A paper.\n";
        let layout = read(text);
        let blocks: Vec<_> =
            layout.blocks.iter().map(|b| (b.kind.clone(), &text[b.range.clone()])).collect();
        let field = BlockKind::Field;
        assert_eq!(
            blocks,
            [
                (BlockKind::Title, "A raid"),
                (field(Field::Date), "January 10, 2023"),
                (field(Field::Place), "Dia, Mali"),
                (field(Field::Other), "Inconclusive"),
                (field(Field::Side(0)), "Mali"),
                (field(Field::Side(0)), "JNIM"),
                (field(Field::Losses(0)), "14 killed (per Mali)"),
                (field(Field::Losses(0)), "5 killed"),
                (field(Field::Losses(0)), "2 killed"),
                (BlockKind::Paragraph, "On January 10, it began."),
                (BlockKind::Heading(2), "Prelude"),
                (BlockKind::Paragraph, "Before.[1]"),
            ]
        );
    }
}
