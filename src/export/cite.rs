//! Sources as exports name them, and what their publishers ask.

use crate::model::filter::Filter;
use crate::model::source::{SourceMeta, SourceRef};
use crate::store::{StoreError, source};
use crate::wording::Words;
use rusqlite::Connection;

/// A source as the list of sources has it: its citation, and what its publisher asks.
pub fn listed(words: &Words, source: &SourceRef) -> String {
    let citation = citation(words, source);
    match words.known().terms.of(&source.meta, words.lang()) {
        Some(asked) => format!("{citation} · {asked}"),
        None => citation,
    }
}

/// A source on one line: title, publisher, dates, licence, address.
pub fn citation(words: &Words, source: &SourceRef) -> String {
    let (meta, messages) = (&source.meta, words.messages());
    let quoted = messages.text_with("quoted", &[("text", meta.title.as_str().into())]);
    let mut parts = vec![quoted];
    parts.extend(meta.publisher.clone());
    if let Some(date) = meta.published {
        let date = words.partial_date(date);
        parts.push(messages.text_with("source-published", &[("date", date.into())]));
    }
    if let Some(day) = meta.retrieved {
        let date = words.day(day);
        parts.push(messages.text_with("source-retrieved", &[("date", date.into())]));
    }
    parts.push(match &meta.licence {
        Some(licence) => licence.clone(),
        None => messages.text("licence-unknown"),
    });
    parts.extend(meta.url.clone());
    parts.join(" · ")
}

/// Whether a source's terms forbid passing its rows on: those of ACLED, by its publisher or
/// licence.
pub fn is_restricted(meta: &SourceMeta) -> bool {
    is_acled(&meta.publisher) || is_acled(&meta.licence)
}

fn is_acled(text: &Option<String>) -> bool {
    let text = text.as_deref().unwrap_or_default().to_ascii_lowercase();
    text.split(|c: char| !c.is_alphanumeric()).any(|word| word == "acled")
        || text.contains("armed conflict location & event data")
}

/// Titles of a view's sources whose terms forbid passing their rows on.
///
/// # Errors
/// When the database fails, or the search text has no words.
pub fn not_to_be_passed_on(db: &Connection, filter: &Filter) -> Result<Vec<String>, StoreError> {
    // Looking through the incidents is dear, and most databases have no such source.
    if !source::terms(db)?.iter().flatten().any(is_acled) {
        return Ok(Vec::new());
    }
    let cited = source::of_filter(db, filter)?.into_iter().map(|cited| cited.source.meta);
    Ok(cited.filter(is_restricted).map(|meta| meta.title).collect())
}
