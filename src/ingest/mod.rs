//! Files to draft incidents. Nothing here knows of a database.

pub mod dataset;
pub mod dateline;
pub mod decode;
pub mod language;
pub mod layout;
pub mod lexicon;
pub mod rules;
pub mod sentence;
pub mod story;
pub mod token;
pub mod vocabulary;

pub use story::Reasons;

use crate::knowledge::Knowledge;
use crate::model::date::PartialDate;
use crate::model::document::{ParsedDocument, Problem, Shape};
use crate::model::incident::Draft;
use crate::model::source::{SourceKind, SourceMeta};
use layout::Layout;
use vocabulary::Vocabulary;

/// What the user says of a file that the file itself does not.
#[derive(Debug, Clone, Copy, Default)]
pub struct Hints {
    /// When it was published; front matter wins.
    pub published: Option<PartialDate>,
    /// How to read it, when it cannot be told.
    pub shape: Option<Shape>,
}

/// Reads documents. Made once and used for every file.
pub struct Parser<'k> {
    known: &'k Knowledge,
    vocabulary: Vocabulary,
}

impl<'k> Parser<'k> {
    /// Makes everything that is known ready for looking up.
    pub fn new(known: &'k Knowledge) -> Self {
        Self { known, vocabulary: Vocabulary::new(known) }
    }

    /// Reads one document and parses its incidents.
    ///
    /// # Errors
    /// When it is no readable text at all: empty, binary, too large, cut in the middle of a
    /// character. What is wrong with a part of it is in [`ParsedDocument::problems`].
    pub fn parse(
        &self,
        file_name: &str,
        bytes: &[u8],
        hints: &Hints,
    ) -> Result<ParsedDocument, Problem> {
        let text = decode::decode(file_name, bytes)?.into_owned();
        let shape = hints.shape.unwrap_or_else(|| layout::detect(&text));
        let mut layout = layout::read(file_name, &text, shape);
        let dateline = dateline::dateline(&text, &layout);
        let mut meta = meta(file_name, &text, &mut layout, hints);
        let written = dateline.as_ref().map(|(day, _)| PartialDate::Day(*day));
        meta.published = meta.published.or(written);
        let story = story::Story {
            file: file_name,
            text: &text,
            layout: &layout,
            meta: &meta,
            dateline: dateline.map(|(_, bytes)| bytes),
            known: self.known,
            vocabulary: &self.vocabulary,
        };
        let (drafts, mut problems) = story::drafts(&story);
        problems.splice(0..0, layout.problems);
        let (shape, body_start) = (layout.shape, layout.body_start);
        let file_name = file_name.to_owned();
        Ok(ParsedDocument { file_name, meta, shape, text, body_start, drafts, problems })
    }

    /// The drafts of a document that was parsed, with the rules behind their facts.
    pub fn explain(&self, doc: &ParsedDocument) -> Vec<(Draft, Reasons)> {
        let layout = layout::read(&doc.file_name, &doc.text, doc.shape);
        story::explain(&story::Story {
            file: &doc.file_name,
            text: &doc.text,
            layout: &layout,
            meta: &doc.meta,
            dateline: dateline::dateline(&doc.text, &layout).map(|(_, bytes)| bytes),
            known: self.known,
            vocabulary: &self.vocabulary,
        })
    }
}

/// What is known of a document: its own front matter before what the shape tells before hints.
fn meta(file_name: &str, text: &str, layout: &mut Layout, hints: &Hints) -> SourceMeta {
    let found = std::mem::take(&mut layout.meta);
    let kind = match layout.shape {
        Shape::EncyclopediaExtract | Shape::EncyclopediaCopy => SourceKind::Encyclopedia,
        shape if shape.is_dataset() => SourceKind::Dataset,
        _ => SourceKind::News,
    };
    let mut meta = found.meta.unwrap_or(SourceMeta {
        title: String::new(),
        publisher: found.publisher,
        kind,
        lang: language::detect(&text[layout.body_start..]),
        url: None,
        published: None,
        retrieved: None,
        licence: None,
    });
    meta.title = found.title.unwrap_or_else(|| file_name.to_owned());
    meta.published = meta.published.or(hints.published);
    meta
}
