//! Accounts with the sources that they are of.

use super::super::record::{Release, Rows};
use super::{Loaded, StoreError};
use crate::model::date::{DatePrecision, DateSpan};
use crate::model::incident::{Account, Draft};
use crate::model::passage::Passage;
use crate::model::source::{SourceMeta, SourceRef};
use rusqlite::{Connection, Row, RowIndex};
use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::str::FromStr;
use std::sync::Arc;

/// An account as it was read. Everything with a passage is filled in later.
#[derive(Debug)]
pub(super) struct Head {
    /// Its key in the database.
    pub key: i64,
    pub loaded: Loaded,
    pub origin: Arc<Origin>,
    /// The row that says it, where its source is a dataset.
    pub row: Option<OfRow>,
}

/// The source of an account.
#[derive(Debug)]
pub(super) struct Origin {
    source: SourceRef,
    /// Key of its first version: the smaller, the earlier.
    age: i64,
    /// First byte of each page; empty where it has none.
    pub pages: Vec<usize>,
}

/// What an account of a row has besides: the row, and its own ranges in the row's text.
#[derive(Debug)]
pub(super) struct OfRow {
    /// The dataset's own id of the event.
    pub key: String,
    pub release: Arc<Release>,
    pub packed: Vec<u8>,
    pub whole: Passage,
    pub date: Option<Passage>,
}

/// The current accounts that fulfil `condition`, whose one parameter is `value`, by their keys.
///
/// Columns are read by number: to look for a name takes longer than to read what stands there.
pub(super) fn read(
    db: &Connection,
    condition: &str,
    value: impl rusqlite::ToSql,
) -> Result<Vec<Head>, StoreError> {
    let mut statement = db.prepare_cached(&format!(
        "select a.account_id, a.source_id, a.incident_id, a.own_incident, a.ordinal, a.main,
                a.title, a.kind, a.status, a.reviewed_by, a.reviewed_at,
                a.date_start, a.date_end, a.date_precision,
                r.source_id, r.key, r.packed,
                a.whole_start, a.whole_end, a.date_passage_start, a.date_passage_end,
                (select o.slug from incident o where o.incident_id = a.own_incident)
         from account a left join record r using (record_id)
         where a.retired_run is null and ({condition})"
    ))?;
    let (mut origins, mut releases) = (HashMap::<i64, Arc<Origin>>::new(), Rows::default());
    let mut heads = Vec::new();
    let mut rows = statement.query([value])?;
    while let Some(row) = rows.next()? {
        let origin = match origins.entry(row.get(1)?) {
            Entry::Occupied(known) => Arc::clone(known.get()),
            Entry::Vacant(new) => {
                let origin = Origin::read(db, *new.key())?;
                Arc::clone(new.insert(Arc::new(origin)))
            }
        };
        heads.push(Head {
            key: row.get(0)?,
            loaded: loaded(row, &origin)?,
            origin,
            row: OfRow::read(db, row, &mut releases)?,
        });
    }
    // SQLite would sort whole rows, and those of a dataset are long.
    heads.sort_unstable_by_key(|head| head.key);
    Ok(heads)
}

fn loaded(row: &Row, origin: &Origin) -> Result<Loaded, StoreError> {
    let incident_key = row.get(2)?;
    Ok(Loaded {
        incident_key,
        own_key: row.get::<_, Option<i64>>(3)?.unwrap_or(incident_key),
        source_age: origin.age,
        ordinal: row.get(4)?,
        account: Account {
            source: origin.source.clone(),
            record: None,
            own: row.get(21)?,
            status: word(row, 8)?,
            reviewed_by: row.get(9)?,
            reviewed_at: row.get(10)?,
            draft: Draft {
                main: row.get(5)?,
                title: row.get(6)?,
                date: span(row, 11)?,
                date_passage: None,
                kind: word(row, 7)?,
                places: Vec::new(),
                attributions: Vec::new(),
                victims: Vec::new(),
                claims: Vec::new(),
                passage: Passage::default(),
            },
        },
    })
}

impl OfRow {
    fn read(db: &Connection, row: &Row, releases: &mut Rows) -> Result<Option<Self>, StoreError> {
        let Some(release) = row.get::<_, Option<i64>>(14)? else { return Ok(None) };
        let at = |start, end| Passage { start, end, ..Passage::default() };
        let date: (Option<usize>, Option<usize>) = (row.get(19)?, row.get(20)?);
        Ok(Some(Self {
            key: row.get(15)?,
            release: releases.release(db, release)?,
            packed: row.get(16)?,
            whole: at(row.get(17)?, row.get(18)?),
            date: date.0.zip(date.1).map(|(start, end)| at(start, end)),
        }))
    }
}

impl Origin {
    /// A row of a dataset that later releases left as it is belongs to the latest of them.
    fn read(db: &Connection, key: i64) -> Result<Self, StoreError> {
        let mut statement = db.prepare_cached(
            "select s.*, (select min(v.source_id) from source v where v.slug = s.slug) as age
             from source s
             where s.slug = (select slug from source where source_id = ?1)
             order by s.version desc limit 1",
        )?;
        let mut rows = statement.query([key])?;
        let row = rows
            .next()?
            .ok_or_else(|| StoreError::Damaged(format!("an account of no source ({key})")))?;
        let pages = pages(db, row.get("source_id")?)?;
        Ok(Self { source: source_of(row)?, age: row.get("age")?, pages })
    }
}

/// First byte of each page of a source, in their order; empty where it has none.
pub(in super::super) fn pages(db: &Connection, source: i64) -> Result<Vec<usize>, StoreError> {
    let mut statement =
        db.prepare_cached("select start_byte from page where source_id = ?1 order by number")?;
    let pages = statement.query_map([source], |row| row.get(0))?;
    Ok(pages.collect::<Result<_, _>>()?)
}

/// The reference to a source from the columns of `source`.
pub(in super::super) fn source_of(row: &Row) -> Result<SourceRef, StoreError> {
    let published: Option<String> = row.get("published")?;
    Ok(SourceRef {
        id: row.get("slug")?,
        meta: SourceMeta {
            title: row.get("title")?,
            publisher: row.get("publisher")?,
            kind: word(row, "kind")?,
            lang: word(row, "lang")?,
            url: row.get("url")?,
            published: published.as_deref().map(parse).transpose()?,
            retrieved: date(row, "retrieved")?,
            licence: row.get("licence")?,
            sensitive: row.get("sensitive")?,
        },
    })
}

/// The dates of an account from three columns: first day, last day, precision.
pub(in super::super) fn span(row: &Row, column: usize) -> Result<DateSpan, StoreError> {
    let (start, end) = (date(row, column)?, date(row, column + 1)?);
    let word = text(row, column + 2)?;
    let precision = DatePrecision::ALL.iter().find(|p| p.as_str() == word);
    let precision =
        precision.ok_or_else(|| StoreError::Damaged(format!("date precision {word:?}")))?;
    DateSpan::from_parts(start, end, *precision)
        .ok_or_else(|| StoreError::Damaged("a date that does not fit its precision".to_owned()))
}

/// A column as one of the words of the model.
pub(in super::super) fn word<T: FromStr>(
    row: &Row,
    column: impl RowIndex,
) -> Result<T, StoreError> {
    let text = text(row, column)?;
    text.parse().map_err(|_| StoreError::Damaged(format!("the word {text:?}")))
}

/// A column with a date, or nothing.
pub(super) fn date(
    row: &Row,
    column: impl RowIndex,
) -> Result<Option<jiff::civil::Date>, StoreError> {
    let value = row.get_ref(column)?;
    let text = value.as_str_or_null().map_err(|e| StoreError::Damaged(e.to_string()))?;
    text.map(parse).transpose()
}

fn text<'r>(row: &'r Row, column: impl RowIndex) -> Result<&'r str, StoreError> {
    row.get_ref(column)?.as_str().map_err(|error| StoreError::Damaged(error.to_string()))
}

fn parse<T: FromStr>(text: &str) -> Result<T, StoreError> {
    text.parse().map_err(|_| StoreError::Damaged(format!("{text:?}")))
}
