//! From the sentences of a document to its incidents: what each sentence says, when it
//! happened, which sentences tell the same incident, and the drafts that come of it.

mod assemble;
pub mod calendar;
mod communique;
mod facts;
mod going_on;
mod infobox;
mod quotation;
mod segment;
mod tell;
mod whose;

#[cfg(test)]
mod tests;

pub use assemble::Reasons;

use super::layout::Layout;
use super::lines::LineNumbers;
use super::vocabulary::Vocabulary;
use crate::knowledge::Knowledge;
use crate::model::document::Problem;
use crate::model::incident::Draft;
use crate::model::source::SourceMeta;
use std::ops::Range;

/// What the story rules work with.
pub struct Story<'a> {
    /// Name of the file, for problems.
    pub file: &'a str,
    /// The whole text.
    pub text: &'a str,
    /// The numbers of its lines, for problems.
    pub lines: LineNumbers<'a>,
    /// Its pieces.
    pub layout: &'a Layout,
    /// What is known of the document.
    pub meta: &'a SourceMeta,
    /// Bytes of the dateline, which says when and where the story was written.
    pub dateline: Option<Range<usize>>,
    /// What is known.
    pub known: &'a Knowledge,
    /// Phrases ready for looking up.
    pub vocabulary: &'a Vocabulary,
}

/// The incidents of a document, main ones first, and what was not understood.
pub fn drafts(story: &Story<'_>) -> (Vec<Draft>, Vec<Problem>) {
    let facts = facts::read(story);
    let set_aside = assemble::set_aside(story, &facts);
    let told = segment::tell(story, facts);
    let (drafts, mut problems) = assemble::drafts(story, told);
    problems.extend(set_aside);
    (drafts, problems)
}

/// The drafts of a document with the rules behind their facts.
pub fn explain(story: &Story<'_>) -> Vec<(Draft, Reasons)> {
    assemble::explained(story, &segment::tell(story, facts::read(story)))
}
