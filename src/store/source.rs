//! Sources: list, show with every marked passage, and find again at import.

use super::error::{StoreError, during};
use super::load;
use super::select::Clause;
use crate::model::claim::Claim;
use crate::model::date::DateSpan;
use crate::model::document::{ParsedDocument, Problem};
use crate::model::filter::Filter;
use crate::model::incident::{Attribution, Place, Status, Victim};
use crate::model::passage::Passage;
use crate::model::source::SourceRef;
use rusqlite::{Connection, OptionalExtension, Transaction, params, params_from_iter};
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
               (select count(distinct a.incident_id) from account a
                where a.source_id = s.source_id and a.retired_run is null) as incidents,
               (select count(*) from account a join claim c using (account_id)
                where a.source_id = s.source_id and a.retired_run is null) as claims
             from source s where s.retired_run is null
             order by s.title collate nocase, s.slug",
        )?;
        let mut rows = statement.query([])?;
        let mut sources = Vec::new();
        while let Some(row) = rows.next()? {
            sources.push(SourceSummary {
                source: load::source_of(row)?,
                incidents: row.get("incidents")?,
                claims: row.get("claims")?,
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
            "select s.* from source s where s.retired_run is null and s.slug in
               (select f.value from facet f where f.dimension = 'source' and f.incident_id in
                 (select i.incident_id from incident i where {}))
             order by s.title collate nocase, s.slug",
            clause.sql
        ))?;
        let mut rows = statement.query(params_from_iter(&clause.values))?;
        let mut sources = Vec::new();
        while let Some(row) = rows.next()? {
            sources.push(Cited {
                source: load::source_of(row)?,
                sha256: row.get("sha256")?,
            });
        }
        Ok(sources)
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
        Ok(Some(SourceText {
            source: load::source_of(row)?,
            text: row.get("text")?,
            body_start: row.get("body_start")?,
            sha256: row.get("sha256")?,
            marks: marks(db, key)?,
            problems: problems(db, key, &file_name)?,
            file_name,
        }))
    })
}

fn marks(db: &Connection, source_key: i64) -> Result<Vec<Mark>, StoreError> {
    let mut incidents = HashMap::<i64, (String, String)>::new();
    let mut statement = db.prepare_cached(
        "select i.incident_id, i.slug, i.title from account a join incident i using (incident_id)
         where a.source_id = ?1 and a.retired_run is null",
    )?;
    let mut rows = statement.query([source_key])?;
    while let Some(row) = rows.next()? {
        incidents.insert(row.get(0)?, (row.get(1)?, row.get(2)?));
    }
    let mut marks = Vec::new();
    for loaded in load::accounts(db, "a.source_id = ?1", source_key)? {
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

/// A current source as import finds it again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// Key of this version.
    pub key: i64,
    /// Its readable id.
    pub slug: String,
    /// Which version it is.
    pub version: i64,
    /// Import run that added it.
    pub added_run: i64,
    /// Which file it came from.
    pub origin: String,
    /// SHA-256 of its text.
    pub sha256: String,
    /// SHA-256 of what was parsed from it.
    pub parse_sha256: String,
}

/// By what a source is found again.
#[derive(Debug, Clone, Copy)]
pub enum By<'a> {
    /// The file it came from.
    Origin(&'a str),
    /// SHA-256 of its text.
    Text(&'a str),
    /// Link and kind of document.
    Link(&'a str, &'a str),
}

/// The first current source with this origin, text or link.
///
/// # Errors
/// What SQLite says.
pub fn find(db: &Connection, by: By) -> Result<Option<Found>, StoreError> {
    let (condition, values) = match by {
        By::Origin(origin) => ("origin = ?1", vec![origin]),
        By::Text(sha256) => ("sha256 = ?1", vec![sha256]),
        By::Link(url, kind) => ("url = ?1 and kind = ?2", vec![url, kind]),
    };
    db.prepare_cached(&format!(
        "select source_id, slug, version, added_run, origin, sha256, parse_sha256 from source
         where {condition} and retired_run is null order by source_id limit 1"
    ))
    .and_then(|mut s| {
        s.query_row(params_from_iter(values), |row| {
            Ok(Found {
                key: row.get(0)?,
                slug: row.get(1)?,
                version: row.get(2)?,
                added_run: row.get(3)?,
                origin: row.get(4)?,
                sha256: row.get(5)?,
                parse_sha256: row.get(6)?,
            })
        })
        .optional()
    })
    .map_err(StoreError::sql("find a source"))
}

/// What import adds to a document.
#[derive(Debug, Clone, Copy)]
pub struct Stamp<'a> {
    /// The import run.
    pub run: i64,
    /// Which file it came from.
    pub origin: &'a str,
    /// SHA-256 of the text.
    pub sha256: &'a str,
    /// SHA-256 of what was parsed from it.
    pub parse_sha256: &'a str,
}

/// Stores a document, as the next version of `replaces` or under a new id made from `base`,
/// and gives its key and id.
///
/// # Errors
/// What SQLite says.
pub fn add(
    tx: &Transaction,
    doc: &ParsedDocument,
    stamp: Stamp,
    base: &str,
    replaces: Option<&Found>,
) -> Result<(i64, String), StoreError> {
    during("store a source", || {
        let (slug, version) = match replaces {
            Some(old) => {
                retire(tx, stamp.run, old.key)?;
                (old.slug.clone(), old.version + 1)
            }
            None => (free_slug(tx, base)?, 1),
        };
        let meta = &doc.meta;
        tx.prepare_cached(
            "insert into source (slug, version, origin, file_name, title, publisher, kind, lang,
               url, published, retrieved, licence, shape, text, body_start, sha256, parse_sha256,
               added_run)
             values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17,
               ?18)",
        )?
        .execute(params![
            slug,
            version,
            stamp.origin,
            doc.file_name,
            meta.title,
            meta.publisher,
            meta.kind.as_str(),
            meta.lang.as_str(),
            meta.url,
            meta.published.map(|d| d.to_string()),
            meta.retrieved.map(|d| d.to_string()),
            meta.licence,
            doc.shape.as_str(),
            doc.text,
            doc.body_start,
            stamp.sha256,
            stamp.parse_sha256,
            stamp.run,
        ])?;
        let key = tx.last_insert_rowid();
        let mut insert = tx.prepare_cached(
            "insert into problem (source_id, line, expected, found) values (?1, ?2, ?3, ?4)",
        )?;
        for problem in &doc.problems {
            insert.execute(params![key, problem.line, problem.expected, problem.found])?;
        }
        Ok((key, slug))
    })
}

/// Marks a version of a source as no longer current.
///
/// # Errors
/// What SQLite says.
pub fn retire(tx: &Transaction, run: i64, key: i64) -> Result<(), StoreError> {
    tx.prepare_cached("update source set retired_run = ?1 where source_id = ?2")
        .and_then(|mut s| s.execute([run, key]))
        .map(|_| ())
        .map_err(StoreError::sql("retire a source"))
}

fn free_slug(tx: &Transaction, base: &str) -> Result<String, StoreError> {
    let mut taken = tx.prepare_cached("select 1 from source where slug = ?1")?;
    let mut slug = base.to_owned();
    let mut n = 1;
    while taken.exists([&slug])? {
        n += 1;
        slug = format!("{base}-{n}");
    }
    Ok(slug)
}

/// Starts an import run and gives its key.
///
/// # Errors
/// What SQLite says.
pub fn start_run(tx: &Transaction) -> Result<i64, StoreError> {
    tx.execute(
        "insert into import_run (started_at, program) values (?1, ?2)",
        params![
            jiff::Timestamp::now().to_string(),
            env!("CARGO_PKG_VERSION")
        ],
    )
    .map_err(StoreError::sql("start an import run"))?;
    Ok(tx.last_insert_rowid())
}
