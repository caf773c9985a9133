//! A file to a checked list of incidents: every quote must stand in the document's text.

use super::check::incident;
use super::file::{self, File, Loose, Text};
use super::named::given;
use super::quote::{Hint, Quoted};
use crate::knowledge::Knowledge;
use crate::model::document::Problem;
use crate::model::review::{Entry, Rejected, Review, Signature};
use jiff::civil::Date;
use std::ops::Range;
use toml::{Spanned, Value};

/// A field that cannot be taken.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{field}: expected {expected}, found {found}")]
pub struct Fault {
    /// Bytes of the file; empty at 0 where it came from elsewhere.
    pub span: Range<usize>,
    /// Which field, such as `claim 2 quote`; numbers from 1.
    pub field: String,
    /// What should stand there.
    pub expected: String,
    /// What stands there.
    pub found: String,
}

/// What was taken from a file.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Taken {
    /// The incidents that are right.
    pub review: Review,
    /// How many were refused.
    pub refused: usize,
    /// Why, and what else is to be said of the file.
    pub problems: Vec<Problem>,
}

/// Reads a file that was written beside the document of `text`.
///
/// # Errors
/// When it is no TOML of this shape; then nothing is taken. An incident with a fault is
/// refused alone.
pub fn read(
    name: &str,
    toml: &str,
    text: &str,
    sha256: &str,
    known: &Knowledge,
) -> Result<Taken, Problem> {
    let lines = Quoted::new(toml);
    let problem = |at: usize, expected: &str, found: String| Problem {
        file: name.to_owned(),
        line: lines.line(at),
        expected: expected.to_owned(),
        found,
    };
    let file = parse(name, toml)?;
    let as_problem =
        |f: Fault| problem(f.span.start, &format!("{}: {}", f.field, f.expected), f.found);
    let signed = signature(&file.reviewed_by, &file.reviewed_at).map_err(as_problem)?;
    let mut taken = Taken::default();
    if let Some(other) = file.sha256.as_ref().filter(|s| s.get_ref() != sha256) {
        let expected = "sha256: that of the document's text";
        let found = "another: the text has changed since".to_owned();
        taken.problems.push(problem(other.span().start, expected, found));
    }
    let quoted = Quoted::new(text);
    for item in &file.incidents {
        let own = signature(&item.get_ref().reviewed_by, &item.get_ref().reviewed_at);
        let own = own.map_err(|f| vec![f]);
        let read = own.and_then(|own| Ok((incident(item.get_ref(), &quoted, known)?, own)));
        match read {
            Ok((draft, own)) => {
                let signed = own.or_else(|| signed.clone());
                taken.review.entries.push(Entry { draft, signed });
            }
            Err(faults) => {
                taken.refused += 1;
                let placed = faults.into_iter().map(|f| match f.span {
                    Range { start: 0, end: 0 } => Fault { span: item.span(), ..f },
                    _ => f,
                });
                taken.problems.extend(placed.map(as_problem));
            }
        }
    }
    for item in &file.rejected {
        match rejected(item.get_ref(), &quoted, signed.as_ref()) {
            Ok(rejected) => taken.review.rejected.push(rejected),
            Err(fault) => {
                taken.refused += 1;
                taken.problems.push(as_problem(fault));
            }
        }
    }
    if let Some(first) = taken.review.entries.iter().position(|e| e.signed.is_none()) {
        let at = file.incidents.get(first).map_or(0, |i| i.span().start);
        let expected = "reviewed_by: who has checked this incident";
        let found = "nobody: it stays marked as not reviewed".to_owned();
        taken.problems.push(problem(at, expected, found));
    }
    Ok(taken)
}

/// The file as it stands, unchecked.
///
/// # Errors
/// When it is no TOML of this shape.
pub fn parse(name: &str, toml: &str) -> Result<File, Problem> {
    toml::from_str(toml).map_err(|e: toml::de::Error| Problem {
        file: name.to_owned(),
        line: Quoted::new(toml).line(e.span().map_or(0, |s| s.start)),
        expected: "a file of incidents".to_owned(),
        found: e.message().to_owned(),
    })
}

/// Who signed and when; nobody when no name is given.
///
/// # Errors
/// A name without a day, or what is no day.
pub fn signature(by: &Option<Text>, at: &Option<Loose>) -> Result<Option<Signature>, Fault> {
    let Some(by) = given(by) else {
        return Ok(None);
    };
    let word = at.as_ref().and_then(word_of).unwrap_or_default();
    let fine = word.parse::<Date>().is_ok() || word.parse::<jiff::Timestamp>().is_ok();
    // A date is also the start of a longer text: only the two forms that are written.
    if fine && (word.len() == 10 || word.contains('T')) {
        return Ok(Some(Signature { by: by.to_owned(), at: word }));
    }
    Err(Fault {
        span: at.as_ref().map_or(0..0, Spanned::span),
        field: "reviewed_at".to_owned(),
        expected: "the day of the review, YYYY-MM-DD".to_owned(),
        found: format!("{word:?}"),
    })
}

fn rejected(
    entry: &file::Rejected,
    quoted: &Quoted<'_>,
    signed: Option<&Signature>,
) -> Result<Rejected, Fault> {
    let quote = entry.quote.as_ref().map_or("", |q| q.get_ref());
    let span = entry.quote.as_ref().map_or(0..0, Spanned::span);
    let fault = |field: &str, expected: &str, found: String| Fault {
        span: span.clone(),
        field: format!("rejected {field}"),
        expected: expected.to_owned(),
        found,
    };
    let passage = quoted
        .find(quote, hint(&entry.at), None)
        .map_err(|found| fault("quote", "words of the document", found))?;
    let own = signature(&entry.reviewed_by, &entry.reviewed_at)?;
    let Some(signed) = own.or_else(|| signed.cloned()) else {
        return Err(fault("reviewed_by", "who has rejected it", "nobody".to_owned()));
    };
    let title = given(&entry.title).unwrap_or_default().to_owned();
    Ok(Rejected { title, passage, signed, why: given(&entry.why).map(str::to_owned) })
}

/// The place that `at` names.
pub(super) fn hint(at: &Option<Loose>) -> Option<Hint> {
    at.as_ref().and_then(word_of)?.parse().ok()
}

/// A value as a word, however it was written.
pub(super) fn word_of(value: &Loose) -> Option<String> {
    match value.get_ref() {
        Value::String(word) => Some(word.trim().to_owned()),
        Value::Integer(number) => Some(number.to_string()),
        Value::Datetime(date) => Some(date.to_string()),
        _ => None,
    }
}
