//! Files to draft incidents. Nothing here knows of a database.

pub mod conjugation;
pub mod dataset;
pub mod dateline;
pub mod decode;
pub mod documents;
pub mod gazetteer;
pub mod language;
pub mod layout;
pub mod lexicon;
pub mod lines;
pub mod relation;
pub mod rules;
pub mod sentence;
pub mod story;
pub mod token;
pub mod vocabulary;
pub(crate) mod work;

pub use story::Reasons;

use crate::knowledge::Knowledge;
use crate::model::date::PartialDate;
use crate::model::document::{ParsedDocument, Problem, Shape};
use crate::model::incident::Draft;
use crate::model::source::{SourceKind, SourceMeta};
use layout::{Document, Layout};
use lines::LineNumbers;
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
        let file = layout::File::new(file_name, bytes);
        Ok(self.take(file_name, layout::read(&file, hints.shape)?, hints))
    }

    /// As [`Parser::parse`], with the drafts and the rules behind their facts.
    ///
    /// # Errors
    /// As [`Parser::parse`].
    pub fn explain(
        &self,
        file_name: &str,
        bytes: &[u8],
        hints: &Hints,
    ) -> Result<(ParsedDocument, Vec<(Draft, Reasons)>), Problem> {
        let file = layout::File::new(file_name, bytes);
        let document = layout::read(&file, hints.shape)?;
        Ok(self.told(file_name, document, hints, story::explain))
    }

    /// Parses the incidents of a document whose pieces are known.
    fn take(&self, file_name: &str, document: Document, hints: &Hints) -> ParsedDocument {
        self.told(file_name, document, hints, |_| ()).0
    }

    fn told<T>(
        &self,
        file_name: &str,
        document: Document,
        hints: &Hints,
        more: impl FnOnce(&story::Story<'_>) -> T,
    ) -> (ParsedDocument, T) {
        let Document { text, mut layout } = document;
        let dateline = dateline::dateline(&text, &layout);
        let words = language::Count::of(&text[layout.body_start..]);
        let mut meta = meta(file_name, &words, &mut layout, hints);
        let written = dateline.as_ref().and_then(|d| d.day).map(PartialDate::Day);
        meta.published = meta.published.or(written);
        let story = story::Story {
            file: file_name,
            text: &text,
            lines: LineNumbers::new(&text),
            layout: &layout,
            meta: &meta,
            dateline: dateline.map(|d| d.bytes),
            known: self.known,
            vocabulary: &self.vocabulary,
        };
        let (drafts, mut problems) = story::drafts(&story);
        let more = more(&story);
        problems.splice(0..0, std::mem::take(&mut layout.problems));
        problems.extend(decode::garbled(file_name, &text));
        problems.extend(words.other().map(|language| Problem {
            file: file_name.to_owned(),
            line: 1,
            expected: "a text in English or French".to_owned(),
            found: format!("a text in {language}"),
        }));
        let Layout { shape, body_start, pages, .. } = layout;
        let file_name = file_name.to_owned();
        let doc =
            ParsedDocument { file_name, meta, shape, text, body_start, pages, drafts, problems };
        (doc, more)
    }
}

/// What is known of a document: what it says of itself before what its shape and words tell
/// before hints.
fn meta(
    file_name: &str,
    words: &language::Count<'_>,
    layout: &mut Layout,
    hints: &Hints,
) -> SourceMeta {
    let found = std::mem::take(&mut layout.meta);
    let kind = match layout.shape {
        Shape::EncyclopediaExtract
        | Shape::EncyclopediaCopy
        | Shape::Wikitext
        | Shape::MediaWiki => SourceKind::Encyclopedia,
        Shape::Pdf | Shape::Docx => SourceKind::Report,
        shape if shape.is_dataset() => SourceKind::Dataset,
        _ => SourceKind::News,
    };
    SourceMeta {
        title: found.title.unwrap_or_else(|| file_name.to_owned()),
        publisher: found.publisher,
        kind: found.kind.unwrap_or(kind),
        lang: found.lang.unwrap_or_else(|| words.language(None)),
        url: found.url,
        published: found.published.or(hints.published),
        retrieved: found.retrieved,
        licence: found.licence,
        sensitive: found.sensitive,
    }
}
