//! The XML of a DOCX: its text, the styles that are headings, its notes.

use crate::ingest::layout::notation::Notation;
use crate::ingest::layout::xml::{attribute, entity};
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use rustc_hash::FxHashMap;
use std::collections::HashMap;

/// Levels of headings by the id of their style; 1 is the title of the document.
pub(super) type Styles = HashMap<String, usize>;

/// The styles that are headings, by the names that every language of the program keeps.
pub(super) fn headings(xml: &str) -> Styles {
    let mut styles = Styles::new();
    let mut id = String::new();
    let mut reader = Reader::from_str(xml);
    while let Ok(event) = reader.read_event() {
        match event {
            Event::Start(tag) if tag.local_name().as_ref() == "style" => {
                id = attribute(&tag, "styleId").unwrap_or_default();
            }
            Event::Empty(tag) | Event::Start(tag) => {
                let level = match tag.local_name().as_ref() {
                    "name" => attribute(&tag, "val").and_then(|name| level_of(&name)),
                    "outlineLvl" => outline(&tag),
                    _ => None,
                };
                if let Some(level) = level {
                    styles.entry(id.clone()).or_insert(level);
                }
            }
            Event::Eof => break,
            _ => {}
        }
    }
    styles
}

fn level_of(name: &str) -> Option<usize> {
    let name = name.to_lowercase();
    if name == "title" {
        return Some(1);
    }
    let number: usize = name.strip_prefix("heading")?.trim().parse().ok()?;
    (1..=6).contains(&number).then_some(number + 1)
}

fn outline(tag: &BytesStart<'_>) -> Option<usize> {
    let level: usize = attribute(tag, "val")?.parse().ok()?;
    (level < 6).then_some(level + 2)
}

/// The title in the properties of the document, if it is more than a word.
pub(super) fn stated_title(xml: &str) -> Option<String> {
    let mut reader = Reader::from_str(xml);
    let mut title: Option<String> = None;
    while let Ok(event) = reader.read_event() {
        match event {
            Event::Start(tag) if tag.local_name().as_ref() == "title" => {
                title = Some(String::new());
            }
            Event::End(tag) if tag.local_name().as_ref() == "title" => break,
            Event::Text(text) => {
                if let Some(title) = &mut title {
                    title.push_str(&text.xml10_content());
                }
            }
            Event::GeneralRef(name) => {
                if let Some(title) = &mut title {
                    title.extend(entity(&name));
                }
            }
            Event::Eof => break,
            _ => {}
        }
    }
    title.filter(|t| t.split_whitespace().count() >= 2)
}

/// Writes the text of the main part, and gives the numbers of its notes.
///
/// # Errors
/// When the XML is damaged.
pub(super) fn write(xml: &str, styles: &Styles, out: &mut Notation) -> quick_xml::Result<Numbers> {
    let mut writer = Writer {
        out,
        styles,
        paragraph: Paragraph::default(),
        tables: Tables::default(),
        skipped: 0,
        around: Vec::new(),
        boxed: Vec::new(),
        notes: Numbers::default(),
    };
    let mut reader = Reader::from_str(xml);
    let mut shown = false;
    loop {
        match reader.read_event()? {
            Event::Start(tag) => {
                shown = tag.local_name().as_ref() == "t";
                writer.start(&tag);
            }
            Event::Empty(tag) => writer.empty(&tag),
            Event::End(tag) => {
                shown = false;
                writer.end(tag.local_name().as_ref());
            }
            Event::Text(text) if shown => writer.text(&text.xml10_content()),
            Event::CData(text) if shown => writer.text(&text.xml10_content()),
            Event::GeneralRef(name) if shown => {
                if let Some(c) = entity(&name) {
                    writer.text(c.encode_utf8(&mut [0; 4]));
                }
            }
            Event::Eof => return Ok(writer.notes),
            _ => {}
        }
    }
}

/// What a paragraph is.
#[derive(Debug, Default)]
struct Paragraph {
    words: String,
    /// Level of a heading, 1 for the title.
    level: Option<usize>,
    item: bool,
}

/// Tables around the present place. Only the outermost is written as one; those within are
/// words of its cells.
#[derive(Debug, Default)]
struct Tables {
    depth: usize,
    row: Vec<String>,
}

struct Writer<'a> {
    out: &'a mut Notation,
    styles: &'a Styles,
    paragraph: Paragraph,
    tables: Tables,
    /// How deep within what is left out: struck text, the fallback of a drawing.
    skipped: usize,
    /// Paragraphs around the text box that is being read.
    around: Vec<Paragraph>,
    /// Paragraphs of text boxes, written behind the one that they stand in.
    boxed: Vec<Paragraph>,
    /// Numbers of notes, in the order of their first marks.
    notes: Numbers,
}

/// A footnote or endnote: the element that refers to it, and its id.
pub(super) type Note = (&'static str, String);

/// The number of each note, from 1.
pub(super) type Numbers = FxHashMap<Note, usize>;

/// What is left out with all that stands in it.
const SKIPPED: [&str; 4] = ["del", "moveFrom", "Fallback", "instrText"];

impl Writer<'_> {
    fn start(&mut self, tag: &BytesStart<'_>) {
        let name = tag.local_name();
        let name = name.as_ref();
        if self.skipped > 0 || SKIPPED.contains(&name) {
            self.skipped += 1;
            return;
        }
        match name {
            "tbl" => self.tables.depth += 1,
            "tr" if self.tables.depth == 1 => self.tables.row.clear(),
            "tc" if self.tables.depth == 1 => self.tables.row.push(String::new()),
            "txbxContent" => self.around.push(std::mem::take(&mut self.paragraph)),
            _ => self.empty(tag),
        }
    }

    fn empty(&mut self, tag: &BytesStart<'_>) {
        if self.skipped > 0 {
            return;
        }
        match tag.local_name().as_ref() {
            "pStyle" => {
                let style = attribute(tag, "val").unwrap_or_default();
                self.paragraph.level = self.styles.get(&style).copied();
                self.paragraph.item |= style.starts_with("List");
            }
            "outlineLvl" => self.paragraph.level = self.paragraph.level.or(outline(tag)),
            "numPr" => self.paragraph.item = true,
            "tab" | "br" | "cr" => self.paragraph.words.push(' '),
            "noBreakHyphen" => self.paragraph.words.push('-'),
            "footnoteReference" => self.mark("footnote", tag),
            "endnoteReference" => self.mark("endnote", tag),
            _ => {}
        }
    }

    fn text(&mut self, text: &str) {
        if self.skipped == 0 {
            self.paragraph.words.push_str(text);
        }
    }

    fn end(&mut self, name: &str) {
        if self.skipped > 0 {
            self.skipped -= 1;
            return;
        }
        match name {
            "p" => self.end_paragraph(),
            "txbxContent" => self.paragraph = self.around.pop().unwrap_or_default(),
            "tr" if self.tables.depth == 1 => {
                let row = std::mem::take(&mut self.tables.row);
                self.out.row(&row);
            }
            "tbl" => self.tables.depth = self.tables.depth.saturating_sub(1),
            _ => {}
        }
    }

    /// The mark of a note: its number, which Word does not write down.
    fn mark(&mut self, kind: &'static str, tag: &BytesStart<'_>) {
        let Some(id) = attribute(tag, "id") else { return };
        let next = self.notes.len() + 1;
        let number = *self.notes.entry((kind, id)).or_insert(next);
        self.paragraph.words.push_str(&format!("[{number}]"));
    }

    fn end_paragraph(&mut self) {
        let paragraph = std::mem::take(&mut self.paragraph);
        if !self.around.is_empty() {
            self.boxed.push(paragraph);
            return;
        }
        self.paragraph(paragraph);
        for boxed in std::mem::take(&mut self.boxed) {
            self.paragraph(boxed);
        }
    }

    fn paragraph(&mut self, paragraph: Paragraph) {
        let Paragraph { words, level, item } = paragraph;
        if let Some(cell) = self.tables.row.last_mut().filter(|_| self.tables.depth > 0) {
            cell.push(' ');
            cell.push_str(&words);
            return;
        }
        match level {
            Some(1) => self.out.title(&words),
            Some(level) => self.out.heading(level, &words),
            None if item => self.out.item(&words),
            None => self.out.paragraph(&words),
        }
    }
}

/// Footnotes or endnotes with what marks refer to; those that only draw lines are left out.
pub(super) fn notes(xml: &str) -> Vec<(Note, String)> {
    let mut notes: Vec<(Note, String)> = Vec::new();
    let mut reader = Reader::from_str(xml);
    let mut shown = false;
    while let Ok(event) = reader.read_event() {
        match event {
            Event::Start(tag) => {
                let name = tag.local_name();
                shown = name.as_ref() == "t";
                let kind = ["footnote", "endnote"].into_iter().find(|kind| *kind == name.as_ref());
                if let Some(kind) = kind {
                    let id = attribute(&tag, "id").unwrap_or_default();
                    notes.push(((kind, id), String::new()));
                }
            }
            Event::Text(text) if shown => {
                if let Some((_, words)) = notes.last_mut() {
                    words.push_str(&text.xml10_content());
                }
            }
            Event::GeneralRef(name) if shown => {
                if let Some((_, words)) = notes.last_mut() {
                    words.extend(entity(&name));
                }
            }
            Event::End(tag) => {
                shown = false;
                if let ("p", Some((_, words))) = (tag.local_name().as_ref(), notes.last_mut()) {
                    words.push(' ');
                }
            }
            Event::Eof => break,
            _ => {}
        }
    }
    notes.retain(|(_, words)| !words.trim().is_empty());
    notes
}
