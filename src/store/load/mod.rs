//! Rows to whole incidents, a batch at a time: one query for each table, whatever the size
//! of the batch. A batch is read first and put together afterwards, which needs no database, so
//! that one thread can read the next while another puts together the last.

/// Accounts, without what has a passage.
mod head;
/// Everything with a passage.
mod parts;

pub(super) use head::{pages, source_of, span, word};

use super::StoreError;
use super::packed::Unpacker;
use crate::model::incident::{Account, Incident};
use crate::model::passage::{Passage, page_at};
use crate::model::record::push_line;
use head::{Head, OfRow};
use parts::Parts;
use rusqlite::Connection;
use std::cmp::Reverse;
use std::collections::HashMap;

/// The incidents of these keys, in their order; keys without an account are left out.
pub(super) fn incidents(db: &Connection, keys: &[i64]) -> Result<Vec<Incident>, StoreError> {
    let mut slugs = HashMap::with_capacity(keys.len());
    let mut statement = db.prepare_cached(
        "select incident_id, slug from incident
         where incident_id in (select value from json_each(?1))",
    )?;
    let mut rows = statement.query([json(keys)])?;
    while let Some(row) = rows.next()? {
        slugs.insert(row.get::<_, i64>(0)?, row.get::<_, String>(1)?);
    }
    let named = keys.iter().filter_map(|key| Some((*key, slugs.remove(key)?)));
    Batch::read(db, named.collect())?.incidents()
}

/// Incidents as they were read, not yet put together.
#[derive(Debug)]
pub struct Batch {
    /// Keys and ids, in the order of the list.
    listed: Vec<(i64, String)>,
    heads: Vec<Head>,
    parts: Parts,
}

impl Batch {
    /// Reads the incidents of these keys and ids.
    pub(super) fn read(db: &Connection, listed: Vec<(i64, String)>) -> Result<Self, StoreError> {
        let keys = json(listed.iter().map(|(key, _)| key));
        let heads = head::read(db, "a.incident_id in (select value from json_each(?1))", keys)?;
        let parts = Parts::read(db, &heads)?;
        Ok(Self { listed, heads, parts })
    }

    /// The incidents in their order; those without an account are left out.
    ///
    /// # Errors
    /// [`StoreError::Damaged`] where a row of a dataset is none, or has not the bytes that its
    /// passages name.
    pub fn incidents(self) -> Result<Vec<Incident>, StoreError> {
        let mut by_incident: HashMap<i64, Vec<Loaded>> = HashMap::with_capacity(self.listed.len());
        for loaded in put_together(self.heads, self.parts)? {
            by_incident.entry(loaded.incident_key).or_default().push(loaded);
        }
        let listed = self.listed.into_iter();
        Ok(listed.filter_map(|(key, id)| incident(id, by_incident.remove(&key)?)).collect())
    }
}

/// An account with what its order among others depends on.
#[derive(Debug)]
pub(super) struct Loaded {
    pub incident_key: i64,
    /// The incident that it was found to tell, whatever that is shown as.
    pub own_key: i64,
    /// First import of the source: the smaller, the earlier.
    pub source_age: i64,
    pub ordinal: i64,
    pub account: Account,
}

/// Joins accounts, the leading one first: see [`Incident`].
fn incident(id: String, mut accounts: Vec<Loaded>) -> Option<Incident> {
    accounts.sort_by_key(|a| {
        (
            Reverse(a.account.status),
            Reverse(a.account.draft.main),
            a.account.draft.date.precision(),
            a.source_age,
            a.ordinal,
        )
    });
    let lead = &accounts.first()?.account.draft;
    Some(Incident {
        id,
        title: lead.title.clone(),
        date: lead.date,
        kind: lead.kind,
        accounts: accounts.into_iter().map(|a| a.account).collect(),
    })
}

/// The current accounts that fulfil `condition`, whose one parameter is `value`, by their keys.
pub(super) fn accounts(
    db: &Connection,
    condition: &str,
    value: impl rusqlite::ToSql,
) -> Result<Vec<Loaded>, StoreError> {
    let heads = head::read(db, condition, value)?;
    let parts = Parts::read(db, &heads)?;
    put_together(heads, parts)
}

/// Gives accounts what has passages, and those of rows of datasets the words of theirs.
fn put_together(heads: Vec<Head>, mut parts: Parts) -> Result<Vec<Loaded>, StoreError> {
    let mut words = Words::default();
    let whole = |head: Head| {
        let (mut loaded, row) = (head.loaded, head.row);
        let draft = &mut loaded.account.draft;
        parts.fill(head.key, row.is_some(), draft)?;
        if let Some(row) = row {
            let text = words.of(&row)?;
            draft.passage = row.whole;
            draft.date_passage = row.date;
            for passage in draft.passages_mut() {
                quote(passage, &row.key, text)?;
            }
            loaded.account.record = Some(row.key);
        }
        if !head.origin.pages.is_empty() {
            for passage in draft.passages_mut() {
                passage.page = page_at(&head.origin.pages, passage.start);
            }
        }
        Ok(loaded)
    };
    heads.into_iter().map(whole).collect()
}

/// The texts of rows of datasets, one in memory at a time.
#[derive(Default)]
struct Words {
    unpacker: Unpacker,
    text: String,
}

impl Words {
    /// The text of a row.
    fn of(&mut self, row: &OfRow) -> Result<&str, StoreError> {
        let Self { unpacker, text } = self;
        text.clear();
        let header = &row.release.header;
        unpacker.each(&row.release.dictionary, &row.packed, |column, cell| {
            push_line(text, header, column, cell);
        })?;
        Ok(text)
    }
}

/// Finds the words of a passage in the text of its row.
fn quote(passage: &mut Passage, key: &str, text: &str) -> Result<(), StoreError> {
    let words = text.get(passage.range()).ok_or_else(|| {
        StoreError::Damaged(format!("record {key} has no bytes {:?}", passage.range()))
    })?;
    passage.quote = words.to_owned();
    Ok(())
}

/// Keys as the JSON array of which statements take them.
fn json<'k>(keys: impl IntoIterator<Item = &'k i64>) -> String {
    let mut array = String::from("[");
    for key in keys {
        if array.len() > 1 {
            array.push(',');
        }
        array.push_str(&key.to_string());
    }
    array.push(']');
    array
}
