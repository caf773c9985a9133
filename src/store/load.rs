//! Rows to whole incidents, a batch at a time: one query for each table, whatever the size
//! of the batch.

use super::{StoreError, record};
use crate::model::claim::{Claim, Claimant};
use crate::model::date::DateSpan;
use crate::model::incident::{Account, Attribution, Draft, Incident, Place, Victim};
use crate::model::passage::{Passage, page_at};
use crate::model::source::{SourceMeta, SourceRef};
use rusqlite::{Connection, Row, RowIndex};
use std::cmp::Reverse;
use std::collections::HashMap;
use std::str::FromStr;
use std::sync::Arc;

/// The incidents of these keys, in their order; keys without an account are left out.
pub(super) fn incidents(db: &Connection, keys: &[i64]) -> Result<Vec<Incident>, StoreError> {
    let mut slugs = HashMap::new();
    let mut statement = db.prepare_cached(
        "select incident_id, slug from incident
         where incident_id in (select value from json_each(?1))",
    )?;
    let mut rows = statement.query([json(keys)])?;
    while let Some(row) = rows.next()? {
        slugs.insert(row.get::<_, i64>(0)?, row.get::<_, String>(1)?);
    }
    let mut by_incident: HashMap<i64, Vec<Loaded>> = HashMap::new();
    for loaded in accounts(db, "a.incident_id in (select value from json_each(?1))", json(keys))? {
        by_incident.entry(loaded.incident_key).or_default().push(loaded);
    }
    Ok(keys
        .iter()
        .filter_map(|key| incident(slugs.remove(key)?, by_incident.remove(key)?))
        .collect())
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

/// The current accounts that fulfil `condition`, whose one parameter is `value`.
pub(super) fn accounts(
    db: &Connection,
    condition: &str,
    value: impl rusqlite::ToSql,
) -> Result<Vec<Loaded>, StoreError> {
    let mut heads = Vec::new();
    let mut rows_of = HashMap::new();
    let mut paged = HashMap::new();
    {
        let mut sources = HashMap::<i64, Arc<Origin>>::new();
        let mut statement = db.prepare_cached(&format!(
            "select a.account_id, a.incident_id, a.source_id, a.ordinal, a.main, a.title, a.kind,
                    a.date_start, a.date_end, a.date_precision, a.status, a.reviewed_by,
                    a.reviewed_at, a.own_incident, a.record_id,
                    a.whole_start, a.whole_end, a.date_passage_start, a.date_passage_end
             from account a where a.retired_run is null and ({condition})
             order by a.account_id"
        ))?;
        let mut rows = statement.query([value])?;
        while let Some(row) = rows.next()? {
            let source_key: i64 = row.get("source_id")?;
            let source = match sources.get(&source_key) {
                Some(source) => Arc::clone(source),
                None => {
                    let source = Arc::new(Origin::read(db, source_key)?);
                    sources.insert(source_key, Arc::clone(&source));
                    source
                }
            };
            let id: i64 = row.get(0)?;
            heads.push((id, head(row, &source)?));
            if let Some(record) = OfRow::read(row)? {
                rows_of.insert(id, record);
            }
            if !source.pages.is_empty() {
                paged.insert(id, source);
            }
        }
    }
    let ids: Vec<i64> = heads.iter().map(|(id, ..)| *id).collect();
    let mut parts = Parts::read(db, &json(&ids))?;
    parts.complete(db, &mut heads, &rows_of)?;
    heads
        .into_iter()
        .map(|(id, mut loaded)| {
            if loaded.account.record.is_none() {
                parts.fill(id, &mut loaded.account.draft)?;
            }
            if let Some(source) = paged.get(&id) {
                for passage in loaded.account.draft.passages_mut() {
                    passage.page = page_at(&source.pages, passage.start);
                }
            }
            Ok(loaded)
        })
        .collect()
}

/// The source of an account.
struct Origin {
    source: SourceRef,
    /// Key of its first version: the smaller, the earlier.
    age: i64,
    /// First byte of each page; empty where it has none.
    pages: Vec<usize>,
}

/// Finds the words of a passage in the text of its row.
fn quote_row(passage: &mut Passage, key: &str, text: &str) -> Result<(), StoreError> {
    let words = text.get(passage.range()).ok_or_else(|| {
        StoreError::Damaged(format!("record {key} has no bytes {:?}", passage.range()))
    })?;
    passage.quote = words.to_owned();
    Ok(())
}

fn json(keys: &[i64]) -> String {
    let keys: Vec<_> = keys.iter().map(i64::to_string).collect();
    format!("[{}]", keys.join(","))
}

/// The dates of an account.
pub(super) fn span(row: &Row) -> Result<DateSpan, StoreError> {
    DateSpan::from_parts(
        date(row, "date_start")?,
        date(row, "date_end")?,
        match row.get_ref("date_precision")?.as_str() {
            Ok(word) => *crate::model::date::DatePrecision::ALL
                .iter()
                .find(|p| p.as_str() == word)
                .ok_or_else(|| StoreError::Damaged(format!("date precision {word:?}")))?,
            Err(e) => return Err(StoreError::Damaged(e.to_string())),
        },
    )
    .ok_or_else(|| StoreError::Damaged("a date that does not fit its precision".to_owned()))
}

/// The account itself; everything with a passage is filled in later.
fn head(row: &Row, origin: &Origin) -> Result<Loaded, StoreError> {
    let date = span(row)?;
    Ok(Loaded {
        incident_key: row.get("incident_id")?,
        own_key: row
            .get::<_, Option<i64>>("own_incident")?
            .map_or_else(|| row.get("incident_id"), Ok)?,
        source_age: origin.age,
        ordinal: row.get("ordinal")?,
        account: Account {
            source: origin.source.clone(),
            record: None,
            status: word(row, "status")?,
            reviewed_by: row.get("reviewed_by")?,
            reviewed_at: row.get("reviewed_at")?,
            draft: Draft {
                main: row.get("main")?,
                title: row.get("title")?,
                date,
                date_passage: None,
                kind: word(row, "kind")?,
                places: Vec::new(),
                attributions: Vec::new(),
                victims: Vec::new(),
                claims: Vec::new(),
                passage: Passage::default(),
            },
        },
    })
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
pub(super) fn pages(db: &Connection, source: i64) -> Result<Vec<usize>, StoreError> {
    let mut statement =
        db.prepare_cached("select start_byte from page where source_id = ?1 order by number")?;
    let pages = statement.query_map([source], |row| row.get(0))?;
    Ok(pages.collect::<Result<_, _>>()?)
}

/// The reference to a source from the columns of `source`.
pub(super) fn source_of(row: &Row) -> Result<SourceRef, StoreError> {
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

/// A column as one of the words of the model.
pub(super) fn word<T: FromStr>(row: &Row, column: impl RowIndex) -> Result<T, StoreError> {
    let value = row.get_ref(column)?;
    let text = value.as_str().map_err(|error| StoreError::Damaged(error.to_string()))?;
    text.parse().map_err(|_| StoreError::Damaged(format!("the word {text:?}")))
}

fn parse<T: FromStr>(text: &str) -> Result<T, StoreError> {
    text.parse().map_err(|_| StoreError::Damaged(format!("{text:?}")))
}

fn date(row: &Row, column: impl RowIndex) -> Result<Option<jiff::civil::Date>, StoreError> {
    let text: Option<String> = row.get(column)?;
    text.as_deref().map(parse).transpose()
}

/// A claimant from two columns, its name and its actor.
fn claimant(row: &Row, column: usize) -> Result<Option<Claimant>, StoreError> {
    let name: Option<String> = row.get(column)?;
    let actor = row.get(column + 1)?;
    Ok(name.map(|name| Claimant { name, actor }))
}

/// Everything with a passage, by account.
struct Parts {
    wholes: HashMap<i64, Passage>,
    dates: HashMap<i64, Passage>,
    places: HashMap<i64, Vec<Place>>,
    attributions: HashMap<i64, Vec<Attribution>>,
    victims: HashMap<i64, Vec<Victim>>,
    claims: HashMap<i64, Vec<Claim>>,
}

impl Parts {
    fn read(db: &Connection, accounts: &str) -> Result<Self, StoreError> {
        Ok(Self {
            wholes: passages(db, accounts, "whole")?,
            dates: passages(db, accounts, "date")?,
            places: rows(
                db,
                accounts,
                "account_place",
                "place, name, region_then, region_now, cercle, country, lat, lon, precision",
                |row| {
                    Ok(Place {
                        id: row.get(FIRST)?,
                        name: row.get(FIRST + 1)?,
                        region_then: row.get(FIRST + 2)?,
                        region_now: row.get(FIRST + 3)?,
                        cercle: row.get(FIRST + 4)?,
                        country: row.get(FIRST + 5)?,
                        lat: row.get(FIRST + 6)?,
                        lon: row.get(FIRST + 7)?,
                        precision: word(row, FIRST + 8)?,
                        passage: passage(row)?,
                    })
                },
            )?,
            attributions: rows(
                db,
                accounts,
                "attribution",
                "actor, name, stance, by_name, by_actor",
                |row| {
                    Ok(Attribution {
                        actor: row.get(FIRST)?,
                        name: row.get(FIRST + 1)?,
                        stance: word(row, FIRST + 2)?,
                        by: claimant(row, FIRST + 3)?,
                        passage: passage(row)?,
                    })
                },
            )?,
            victims: rows(db, accounts, "account_victim", "victim_group", |row| {
                Ok(Victim { group: row.get(FIRST)?, passage: passage(row)? })
            })?,
            claims: rows(
                db,
                accounts,
                "claim",
                "measure, casualty_group, min, max, qualifier, claimant_name, claimant_actor, said_on,
                 partial",
                |row| {
                    Ok(Claim {
                        measure: word(row, FIRST)?,
                        group: word(row, FIRST + 1)?,
                        min: row.get(FIRST + 2)?,
                        max: row.get(FIRST + 3)?,
                        qualifier: word(row, FIRST + 4)?,
                        claimant: claimant(row, FIRST + 5)?,
                        said_on: date(row, FIRST + 7)?,
                        partial: row.get(FIRST + 8)?,
                        passage: passage(row)?,
                    })
                },
            )?,
        })
    }

    /// Gives the accounts of rows their passages, which are without words until
    /// [`quote_row`] finds them in the row's text.
    fn complete(
        &mut self,
        db: &Connection,
        heads: &mut [(i64, Loaded)],
        rows_of: &HashMap<i64, OfRow>,
    ) -> Result<(), StoreError> {
        if rows_of.is_empty() {
            return Ok(());
        }
        let mut rows = record::Rows::default();
        for (id, loaded) in heads.iter_mut() {
            let Some(of_row) = rows_of.get(id) else { continue };
            let row = rows.get(db, of_row.record)?;
            let text = row.text();
            let draft = &mut loaded.account.draft;
            self.wholes.insert(*id, of_row.whole.clone());
            self.dates.extend(of_row.date.clone().map(|date| (*id, date)));
            self.fill(*id, draft)?;
            for passage in draft.passages_mut() {
                quote_row(passage, &row.key, &text)?;
            }
            loaded.account.record = Some(row.key);
        }
        Ok(())
    }

    fn fill(&mut self, account: i64, draft: &mut Draft) -> Result<(), StoreError> {
        draft.passage = self
            .wholes
            .remove(&account)
            .ok_or_else(|| StoreError::Damaged("an account without its passage".to_owned()))?;
        draft.date_passage = self.dates.remove(&account);
        draft.places = self.places.remove(&account).unwrap_or_default();
        draft.attributions = self.attributions.remove(&account).unwrap_or_default();
        draft.victims = self.victims.remove(&account).unwrap_or_default();
        draft.claims = self.claims.remove(&account).unwrap_or_default();
        Ok(())
    }
}

/// A passage from the columns after the account; of a row of a dataset it has no words yet.
fn passage(row: &Row) -> Result<Passage, StoreError> {
    Ok(Passage {
        start: row.get(1)?,
        end: row.get(2)?,
        quote: row.get::<_, Option<String>>(3)?.unwrap_or_default(),
        page: None,
    })
}

/// What an account of a row has besides: which row, and its own ranges in the row's text.
struct OfRow {
    record: i64,
    whole: Passage,
    date: Option<Passage>,
}

impl OfRow {
    fn read(row: &Row) -> Result<Option<Self>, StoreError> {
        let Some(record) = row.get("record_id")? else { return Ok(None) };
        let at = |start, end| Passage { start, end, ..Passage::default() };
        let date: (Option<usize>, Option<usize>) =
            (row.get("date_passage_start")?, row.get("date_passage_end")?);
        Ok(Some(Self {
            record,
            whole: at(row.get("whole_start")?, row.get("whole_end")?),
            date: date.0.zip(date.1).map(|(start, end)| at(start, end)),
        }))
    }
}

fn passages(
    db: &Connection,
    accounts: &str,
    fact: &str,
) -> Result<HashMap<i64, Passage>, StoreError> {
    let mut statement = db.prepare_cached(
        "select account_id, start_byte, end_byte, quote from passage
         where account_id in (select value from json_each(?1)) and fact = ?2",
    )?;
    let mut rows = statement.query([accounts, fact])?;
    let mut found = HashMap::new();
    while let Some(row) = rows.next()? {
        found.insert(row.get(0)?, passage(row)?);
    }
    Ok(found)
}

/// The first column of [`rows`] that is of the table itself: account and passage stand before.
/// By number, since to look for a name takes longer than to read what stands there.
const FIRST: usize = 4;

/// The rows of a table of facts with their passages, by account, in the order of the text.
fn rows<T>(
    db: &Connection,
    accounts: &str,
    table: &'static str,
    columns: &'static str,
    read: impl Fn(&Row) -> Result<T, StoreError>,
) -> Result<HashMap<i64, Vec<T>>, StoreError> {
    let mut statement = db.prepare_cached(&format!(
        "select t.account_id, coalesce(p.start_byte, t.start_byte),
           coalesce(p.end_byte, t.end_byte), p.quote, {columns}
         from {table} t left join passage p using (passage_id)
         where t.account_id in (select value from json_each(?1))
         order by t.account_id, t.ordinal"
    ))?;
    let mut rows = statement.query([accounts])?;
    let mut found: HashMap<i64, Vec<T>> = HashMap::new();
    while let Some(row) = rows.next()? {
        found.entry(row.get(0)?).or_default().push(read(row)?);
    }
    Ok(found)
}
