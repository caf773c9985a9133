//! Our own JSON export, read back: sources with their texts and rows, and the incidents that
//! they tell. The file is read whole.

use super::row::problem;
use crate::model::copy::{FormerId, GazetteerCopy, PairCopy, RowCopy, SourceCopy};
use crate::model::document::Problem;
use crate::model::incident::{Account, Incident};
use crate::model::record;
use crate::model::source::SourceRef;
use serde::Deserialize;
use std::collections::HashMap;

/// What an export holds.
#[derive(Debug, Deserialize)]
pub struct Exported {
    /// In the order of the view.
    pub incidents: Vec<Incident>,
    /// What is known of each source.
    pub sources: Vec<SourceRef>,
    /// The sources in the order in which they were first imported, datasets without rows.
    pub texts: Vec<SourceCopy>,
    /// The rows of datasets.
    pub records: Vec<RowCopy>,
    /// Pairs of incidents that may be one, or about which a person decided.
    #[serde(default)]
    pub decisions: Vec<PairCopy>,
    /// Ids that incidents had before.
    #[serde(default)]
    pub former_ids: Vec<FormerId>,
    /// Files of places that a user loaded.
    #[serde(default)]
    pub gazetteers: Vec<GazetteerCopy>,
}

/// Reads an export whose seal was found whole.
///
/// # Errors
/// What is no export with the texts of its sources, or does not hold together: a source that is
/// not in it, a passage whose words do not stand in its text.
pub fn read(file: &str, text: &str) -> Result<Exported, Problem> {
    let exported: Exported = serde_json::from_str(text).map_err(|e| {
        let expected = "a JSON export with the texts of its sources";
        problem(file, e.line() as u64, expected, e.to_string())
    })?;
    let wrong = |expected: String, found: String| problem(file, 1, &expected, found);
    let texts = Texts::of(&exported);
    for incident in &exported.incidents {
        for account in &incident.accounts {
            let text = texts.of_account(account).ok_or_else(|| {
                let row = account.record.as_deref().unwrap_or("no row");
                wrong(format!("the text of {:?}", account.source.id), format!("none for {row}"))
            })?;
            if let Some(bad) = account.draft.passages().find(|p| !p.holds_in(&text)) {
                return Err(wrong(
                    format!("the words {:?} at bytes {:?}", bad.quote, bad.range()),
                    format!("{:?} in {}", text.get(bad.range()), account.source.id),
                ));
            }
        }
    }
    if let Some(copy) = exported.texts.iter().find(|copy| exported.source(&copy.source).is_none()) {
        return Err(wrong(format!("a source {:?}", copy.source), "none".to_owned()));
    }
    Ok(exported)
}

impl Exported {
    /// What is known of the source of this id.
    pub fn source(&self, id: &str) -> Option<&SourceRef> {
        self.sources.iter().find(|source| source.id == id)
    }
}

/// The texts of an export, by what tells from them.
struct Texts<'e> {
    sources: HashMap<&'e str, &'e SourceCopy>,
    rows: HashMap<(&'e str, &'e str), &'e RowCopy>,
}

impl<'e> Texts<'e> {
    fn of(exported: &'e Exported) -> Self {
        let sources = exported.texts.iter().map(|copy| (copy.source.as_str(), copy));
        let rows = exported.records.iter().map(|r| ((r.source.as_str(), r.key.as_str()), r));
        Self { sources: sources.collect(), rows: rows.collect() }
    }

    /// The text in which an account's passages lie.
    fn of_account(&self, account: &Account) -> Option<std::borrow::Cow<'e, str>> {
        let copy = self.sources.get(account.source.id.as_str())?;
        let Some(key) = &account.record else {
            return Some(copy.text.as_str().into());
        };
        let row = self.rows.get(&(copy.source.as_str(), key.as_str()))?;
        let header = row.header.as_ref().or(copy.dataset.as_ref().map(|d| &d.header))?;
        Some(record::text(header, &row.cells).into())
    }
}
