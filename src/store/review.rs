//! What people made of parsed incidents: lists that stand in place of the parse, rejected
//! drafts, and the log of every change.

use super::account::{self, Existing};
use super::error::{StoreError, during};
use super::identity;
use crate::model::hash::sha256;
use crate::model::incident::Draft;
use crate::model::passage::Passage;
use crate::model::review::{Entry, Rejected, Review, Signature};
use crate::model::source::Lang;
use rusqlite::{Connection, OptionalExtension, Transaction, params};
use std::str::FromStr;

/// What import asks of a version of a source.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct State {
    /// SHA-256 of the list that stands in place of the parse; none while the parse stands.
    pub review_sha256: Option<String>,
    /// SHA-256 of the file beside the document from which it was last taken.
    pub beside_sha256: Option<String>,
}

/// What a person did with drafts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Action {
    /// Confirmed as it is.
    Accept,
    /// Changed what it says.
    Correct,
    /// Made two of one.
    Split,
    /// Made one of two.
    Merge,
    /// Found it to be no incident.
    Reject,
    /// Took over what the parser proposes, or wrote a new one.
    Add,
}
crate::model::claim::words!(Action {
    Accept => "accept", Correct => "correct", Split => "split", Merge => "merge",
    Reject => "reject", Add => "add",
});

/// A line of the log.
#[derive(Debug, Clone, PartialEq)]
pub struct Logged {
    /// Id of the source.
    pub source: String,
    /// Id that the incident had.
    pub incident: String,
    /// Who and when.
    pub signed: Signature,
    /// What was done.
    pub action: Action,
    /// Why, where it was said.
    pub why: Option<String>,
    /// What was said before.
    pub old: Vec<Draft>,
    /// What is said since.
    pub new: Vec<Draft>,
}

/// The incidents of a source as a person reviews them.
#[derive(Debug, Clone, PartialEq)]
pub struct Listed {
    /// Key of the current version of the source.
    pub source_key: i64,
    /// Its text.
    pub text: String,
    /// SHA-256 of the text.
    pub sha256: String,
    /// Name of its file.
    pub file_name: String,
    /// Its title.
    pub title: String,
    /// Language of the text.
    pub lang: Lang,
    /// The file from which a list was taken, and the list.
    pub state: State,
    /// Its accounts, each with the id of its incident.
    pub accounts: Vec<(String, Existing)>,
    /// What was rejected.
    pub rejected: Vec<Rejected>,
    /// What the parser says, where that is not what is listed.
    pub parsed: Option<Vec<Draft>>,
}

impl Listed {
    /// The list as a file has it.
    pub fn review(&self) -> Review {
        let entry = |(_, e): &(String, Existing)| Entry {
            draft: e.draft.clone(),
            signed: e.signed.clone(),
        };
        Review {
            entries: self.accounts.iter().map(entry).collect(),
            rejected: self.rejected.clone(),
        }
    }
}

/// Identifies a list: the same for the same incidents, signatures and rejections.
pub fn fingerprint(review: &Review) -> String {
    let mut review = review.clone();
    for passage in review.entries.iter_mut().flat_map(|e| e.draft.passages_mut()) {
        // Known by where it stands, as soon as it is stored.
        passage.page = None;
    }
    let json = serde_json::to_vec(&review).expect("plain types have no map that JSON cannot hold");
    sha256(json)
}

/// What is known of the list of a version of a source.
///
/// # Errors
/// What SQLite says.
pub fn state(db: &Connection, source_key: i64) -> Result<State, StoreError> {
    db.prepare_cached("select review_sha256, beside_sha256 from source where source_id = ?1")
        .and_then(|mut s| {
            s.query_row([source_key], |row| {
                Ok(State { review_sha256: row.get(0)?, beside_sha256: row.get(1)? })
            })
        })
        .map_err(StoreError::sql("read the state of a review"))
}

/// Keeps what is known of a list, with what the parser says in its place.
///
/// # Errors
/// What SQLite says.
pub fn keep(
    tx: &Transaction,
    source_key: i64,
    state: &State,
    rejected: &[Rejected],
    parsed: &[Draft],
) -> Result<(), StoreError> {
    during("keep a review", || {
        tx.execute(
            "update source set review_sha256 = ?2, beside_sha256 = ?3 where source_id = ?1",
            params![source_key, state.review_sha256, state.beside_sha256],
        )?;
        tx.execute("delete from rejected where source_id = ?1", [source_key])?;
        let mut insert = tx.prepare_cached(
            "insert into rejected (source_id, title, start_byte, end_byte, quote, reviewed_by,
               reviewed_at, why) values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
        )?;
        for one in rejected {
            let Rejected { title, passage, signed, why } = one;
            insert.execute(params![
                source_key, title, passage.start, passage.end, passage.quote, signed.by, signed.at,
                why,
            ])?;
        }
        tx.execute(
            "insert or replace into reading (source_id, drafts) values (?1, ?2)",
            params![source_key, json(parsed)],
        )?;
        Ok(())
    })
}

/// What was rejected in a version of a source, in the order of the text.
///
/// # Errors
/// What SQLite says.
pub fn rejected(db: &Connection, source_key: i64) -> Result<Vec<Rejected>, StoreError> {
    during("read what was rejected", || {
        Ok(db
            .prepare_cached(
                "select title, start_byte, end_byte, quote, reviewed_by, reviewed_at, why
                 from rejected where source_id = ?1 order by start_byte, rejected_id",
            )?
            .query_map([source_key], |row| {
                let (start, end, quote) = (row.get(1)?, row.get(2)?, row.get(3)?);
                Ok(Rejected {
                    title: row.get(0)?,
                    passage: Passage { start, end, quote, page: None },
                    signed: Signature { by: row.get(4)?, at: row.get(5)? },
                    why: row.get(6)?,
                })
            })?
            .collect::<Result<_, _>>()?)
    })
}

/// Everything that is needed to review the current version of a source; none when there is no
/// such source, or it is a dataset.
///
/// # Errors
/// What SQLite says.
pub fn listed(db: &Connection, slug: &str) -> Result<Option<Listed>, StoreError> {
    during("read a source for review", || {
        let head = db
            .prepare_cached(
                "select s.source_id, s.text, s.sha256, s.file_name, s.title, r.drafts,
                   s.lang
                 from source s left join reading r using (source_id)
                 where s.slug = ?1 and s.retired_run is null
                   and not exists (select 1 from dataset d where d.source_id = s.source_id)",
            )?
            .query_row([slug], |row| {
                let parsed: Option<String> = row.get(5)?;
                let lang: String = row.get(6)?;
                let listed = Listed {
                    source_key: row.get(0)?,
                    text: row.get(1)?,
                    sha256: row.get(2)?,
                    file_name: row.get(3)?,
                    title: row.get(4)?,
                    lang: lang.parse().unwrap_or_default(),
                    state: State::default(),
                    accounts: Vec::new(),
                    rejected: Vec::new(),
                    parsed: None,
                };
                Ok((listed, parsed))
            })
            .optional()?;
        let Some((mut listed, parsed)) = head else {
            return Ok(None);
        };
        listed.state = state(db, listed.source_key)?;
        listed.rejected = rejected(db, listed.source_key)?;
        listed.parsed = parsed.as_deref().map(drafts).transpose()?;
        for existing in account::of_source(db, listed.source_key)? {
            listed.accounts.push((identity::slug(db, existing.incident_key)?, existing));
        }
        Ok(Some(listed))
    })
}

/// A source in numbers, for choosing one to review.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Progress {
    /// Its id.
    pub source: String,
    /// Its title.
    pub title: String,
    /// Incidents that it tells.
    pub incidents: u64,
    /// How many of them are reviewed.
    pub reviewed: u64,
}

/// Every document with what is left to review: the most first, then by title.
///
/// # Errors
/// What SQLite says.
pub fn progress(db: &Connection) -> Result<Vec<Progress>, StoreError> {
    during("count what is reviewed", || {
        Ok(db
            .prepare_cached(
                "select s.slug, s.title, count(a.account_id), coalesce(sum(a.status = 'reviewed'), 0)
                 from source s left join account a
                   on a.source_id = s.source_id and a.retired_run is null
                 where s.retired_run is null
                   and not exists (select 1 from dataset d where d.source_id = s.source_id)
                 group by s.source_id
                 order by coalesce(sum(a.status = 'parsed'), 0) desc, s.title collate nocase, s.slug",
            )?
            .query_map([], |row| {
                Ok(Progress {
                    source: row.get(0)?,
                    title: row.get(1)?,
                    incidents: row.get(2)?,
                    reviewed: row.get(3)?,
                })
            })?
            .collect::<Result<_, _>>()?)
    })
}

/// Writes a line of the log.
///
/// # Errors
/// What SQLite says.
pub fn log(tx: &Transaction, line: &Logged) -> Result<(), StoreError> {
    tx.prepare_cached(
        "insert into review_log (source, incident, at, who, action, why, old, new)
         values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
    )
    .and_then(|mut s| {
        s.execute(params![
            line.source,
            line.incident,
            line.signed.at,
            line.signed.by,
            line.action.as_str(),
            line.why,
            json(&line.old),
            json(&line.new),
        ])
    })
    .map(|_| ())
    .map_err(StoreError::sql("write the log of reviews"))
}

/// The log of an incident and of those that were joined with it, earliest first.
///
/// # Errors
/// What SQLite says.
pub fn history(db: &Connection, incident: &str) -> Result<Vec<Logged>, StoreError> {
    during("read the log of reviews", || {
        let mut statement = db.prepare_cached(
            "select source, incident, at, who, action, why, old, new from review_log
             where incident = ?1 or incident in
               (select a.slug from incident_alias a join incident i using (incident_id)
                where i.slug = ?1)
             order by review_log_id",
        )?;
        let mut rows = statement.query([incident])?;
        let mut lines = Vec::new();
        while let Some(row) = rows.next()? {
            let (old, new): (String, String) = (row.get(6)?, row.get(7)?);
            lines.push(Logged {
                source: row.get(0)?,
                incident: row.get(1)?,
                signed: Signature { at: row.get(2)?, by: row.get(3)? },
                action: super::load::word(row, "action")?,
                why: row.get(5)?,
                old: drafts(&old)?,
                new: drafts(&new)?,
            });
        }
        Ok(lines)
    })
}

/// Who made the latest change.
///
/// # Errors
/// What SQLite says.
pub fn last_reviewer(db: &Connection) -> Result<Option<String>, StoreError> {
    db.query_row("select who from review_log order by review_log_id desc limit 1", [], |row| {
        row.get(0)
    })
    .optional()
    .map_err(StoreError::sql("read the latest reviewer"))
}

fn json(drafts: &[Draft]) -> String {
    serde_json::to_string(drafts).expect("plain types have no map that JSON cannot hold")
}

fn drafts(json: &str) -> Result<Vec<Draft>, StoreError> {
    serde_json::from_str(json).map_err(|e| StoreError::Damaged(format!("stored drafts: {e}")))
}
