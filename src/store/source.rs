//! Sources: list, and show with every marked passage.

use super::error::{StoreError, during};
use super::select::Clause;
use super::{load, record};
use crate::model::claim::Claim;
use crate::model::date::DateSpan;
use crate::model::document::Problem;
use crate::model::filter::Filter;
use crate::model::incident::{Attribution, Place, Status, Victim};
use crate::model::passage::Passage;
use crate::model::source::SourceRef;
use rusqlite::{Connection, params_from_iter};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, HashMap};

/// A source with what was found in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceSummary {
    /// What it is.
    pub source: SourceRef,
    /// Incidents that it tells.
    pub incidents: u64,
    /// Casualty figures that it gives.
    pub claims: u64,
    /// SHA-256 of its text, lower-case hex.
    pub sha256: String,
}

/// What a passage supports.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "fact", content = "says", rename_all = "lowercase")]
pub enum Fact {
    /// The incident itself: the sentence or item that tells it.
    Whole,
    /// Its date.
    Date(DateSpan),
    /// A place.
    Place(Place),
    /// A perpetrator.
    Attribution(Attribution),
    /// A victim group.
    Victim(Victim),
    /// A casualty figure.
    Claim(Claim),
}

impl Fact {
    /// The word of the `fact` column.
    pub fn as_str(&self) -> &'static str {
        match self {
            Self::Whole => "whole",
            Self::Date(_) => "date",
            Self::Place(_) => "place",
            Self::Attribution(_) => "attribution",
            Self::Victim(_) => "victim",
            Self::Claim(_) => "claim",
        }
    }
}

/// A passage of a source that supports a fact.
#[derive(Debug, Clone, PartialEq)]
pub struct Mark {
    /// Where, and the words.
    pub passage: Passage,
    /// What it supports.
    pub fact: Fact,
    /// Id of the incident.
    pub incident_id: String,
    /// Title of the incident.
    pub incident_title: String,
    /// Whether a person has confirmed it.
    pub status: Status,
}

/// A source with its whole text.
#[derive(Debug, Clone, PartialEq)]
pub struct SourceText {
    /// What it is.
    pub source: SourceRef,
    /// The whole text, front matter included.
    pub text: String,
    /// First byte after the front matter.
    pub body_start: usize,
    /// First byte of each page of the file; empty where it has none.
    pub pages: Vec<usize>,
    /// SHA-256 of the text, lower-case hex.
    pub sha256: String,
    /// Name of the file that was imported.
    pub file_name: String,
    /// Every supporting passage, in the order of the text; longer ones first where they
    /// start together.
    pub marks: Vec<Mark>,
    /// What was not understood.
    pub problems: Vec<Problem>,
}

/// Every current source, by title.
///
/// # Errors
/// What SQLite says.
pub fn list(db: &Connection) -> Result<Vec<SourceSummary>, StoreError> {
    during("list sources", || {
        let mut statement = db.prepare_cached(
            "select s.*,
               -- Of a dataset they were counted when its last release was in.
               coalesce(d.incidents, (select count(distinct a.incident_id) from account a
                where a.source_id = s.source_id and a.retired_run is null)) as told,
               coalesce(d.claims, (select count(*) from account a join claim c using (account_id)
                where a.source_id = s.source_id and a.retired_run is null)) as claimed
             from source s left join dataset d using (source_id) where s.retired_run is null
             order by s.title collate nocase, s.slug",
        )?;
        let mut rows = statement.query([])?;
        let mut sources = Vec::new();
        while let Some(row) = rows.next()? {
            sources.push(SourceSummary {
                source: load::source_of(row)?,
                incidents: row.get("told")?,
                claims: row.get("claimed")?,
                sha256: row.get("sha256")?,
            });
        }
        Ok(sources)
    })
}

/// A source as an export names it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cited {
    /// What it is.
    #[serde(flatten)]
    pub source: SourceRef,
    /// SHA-256 of its text, lower-case hex.
    pub sha256: String,
}

/// The sources of the incidents of a filter, by title.
///
/// # Errors
/// [`StoreError::BadSearch`], or what SQLite says.
pub fn of_filter(db: &Connection, filter: &Filter) -> Result<Vec<Cited>, StoreError> {
    during("list the sources of a filter", || {
        let clause = Clause::of(filter)?;
        let mut statement = db.prepare_cached(&format!(
            "select s.* from source s where s.retired_run is null and exists
               (select 1 from facet f join incident i using (incident_id)
                where f.dimension = 'source' and f.value = s.slug and {})
             order by s.title collate nocase, s.slug",
            clause.sql
        ))?;
        let mut rows = statement.query(params_from_iter(&clause.values))?;
        let mut sources = Vec::new();
        while let Some(row) = rows.next()? {
            sources.push(Cited { source: load::source_of(row)?, sha256: row.get("sha256")? });
        }
        Ok(sources)
    })
}

/// Each pair of publisher and licence that a current source states.
///
/// # Errors
/// What SQLite says.
pub fn terms(db: &Connection) -> Result<Vec<[Option<String>; 2]>, StoreError> {
    during("list the terms of sources", || {
        Ok(db
            .prepare_cached(
                "select distinct publisher, licence from source where retired_run is null",
            )?
            .query_map([], |row| Ok([row.get(0)?, row.get(1)?]))?
            .collect::<Result<_, _>>()?)
    })
}

/// Titles of the current sources, by id.
///
/// # Errors
/// What SQLite says.
pub fn titles(db: &Connection) -> Result<BTreeMap<String, String>, StoreError> {
    during("list the titles of sources", || {
        Ok(db
            .prepare_cached("select slug, title from source where retired_run is null")?
            .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?
            .collect::<Result<_, _>>()?)
    })
}

/// The current version of a source, with its text and every passage that supports a fact.
///
/// # Errors
/// What SQLite says.
pub fn show(db: &Connection, id: &str) -> Result<Option<SourceText>, StoreError> {
    during("show a source", || {
        let mut statement =
            db.prepare_cached("select * from source where slug = ?1 and retired_run is null")?;
        let mut rows = statement.query([id])?;
        let Some(row) = rows.next()? else {
            return Ok(None);
        };
        let key: i64 = row.get("source_id")?;
        let file_name: String = row.get("file_name")?;
        // The facts of a dataset lie in its records.
        let marks = match record::first_of(db, key)? {
            Some(_) => Vec::new(),
            None => marks(db, "a.source_id = ?1", key)?,
        };
        Ok(Some(SourceText {
            source: load::source_of(row)?,
            text: row.get("text")?,
            body_start: row.get("body_start")?,
            pages: load::pages(db, key)?,
            sha256: row.get("sha256")?,
            marks,
            problems: problems(db, key, &file_name)?,
            file_name,
        }))
    })
}

/// What the current accounts that fulfil `condition`, whose one parameter is `value`, rest on.
pub(super) fn marks(db: &Connection, condition: &str, value: i64) -> Result<Vec<Mark>, StoreError> {
    let mut incidents = HashMap::<i64, (String, String)>::new();
    let mut statement = db.prepare_cached(&format!(
        "select i.incident_id, i.slug, i.title from account a join incident i using (incident_id)
         where {condition} and a.retired_run is null"
    ))?;
    let mut rows = statement.query([value])?;
    while let Some(row) = rows.next()? {
        incidents.insert(row.get(0)?, (row.get(1)?, row.get(2)?));
    }
    let mut marks = Vec::new();
    for loaded in load::accounts(db, condition, value)? {
        let (id, title) = &incidents[&loaded.incident_key];
        let status = loaded.account.status;
        let draft = loaded.account.draft;
        let mut mark = |passage: Passage, fact: Fact| {
            marks.push(Mark {
                passage,
                fact,
                incident_id: id.clone(),
                incident_title: title.clone(),
                status,
            });
        };
        mark(draft.passage, Fact::Whole);
        if let Some(passage) = draft.date_passage {
            mark(passage, Fact::Date(draft.date));
        }
        for place in draft.places {
            mark(place.passage.clone(), Fact::Place(place));
        }
        for attribution in draft.attributions {
            mark(attribution.passage.clone(), Fact::Attribution(attribution));
        }
        for victim in draft.victims {
            mark(victim.passage.clone(), Fact::Victim(victim));
        }
        for claim in draft.claims {
            mark(claim.passage.clone(), Fact::Claim(claim));
        }
    }
    marks.sort_by_key(|m| (m.passage.start, std::cmp::Reverse(m.passage.end)));
    Ok(marks)
}

fn problems(db: &Connection, key: i64, file: &str) -> Result<Vec<Problem>, StoreError> {
    let problems = db
        .prepare_cached(
            "select line, expected, found from problem where source_id = ?1
             order by line, problem_id",
        )?
        .query_map([key], |row| {
            Ok(Problem {
                file: file.to_owned(),
                line: row.get(0)?,
                expected: row.get(1)?,
                found: row.get(2)?,
            })
        })?
        .collect::<Result<_, _>>()?;
    Ok(problems)
}
