//! Incidents: list, show, and walk through all of a filter.

use super::error::{StoreError, during};
use super::load::incidents;
use super::select::{Clause, Cursor, order};
use crate::model::filter::Filter;
use crate::model::incident::Incident;
use jiff::civil::Date;
use rusqlite::{Connection, OptionalExtension, params_from_iter};
use std::ops::ControlFlow;

pub use super::counted::Counted;
pub use super::facet::facets;
pub use super::load::Batch;

/// Rows read at a time when all are walked through: few at first, so that whoever waits for them
/// has some soon, and twice as many each time.
const FIRST_BATCH: usize = 250;

/// So many at most. They are read in the order of their keys, in which more of them lie together
/// the more they are; but they are in memory together too.
const LARGEST_BATCH: usize = 2_000;

/// Which piece of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    /// [`Listing::next`] of the piece before; none for the first.
    pub after: Option<String>,
    /// Most rows, at least 1.
    pub size: usize,
}

/// A piece of a list.
#[derive(Debug, Clone, PartialEq)]
pub struct Listing<T> {
    /// The rows, in the list's order.
    pub rows: Vec<T>,
    /// Where the next piece starts; none when this is the last.
    pub next: Option<String>,
    /// Rows of the whole list.
    pub total: u64,
}

/// What a filter covers, in numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Overview {
    /// Incidents.
    pub incidents: u64,
    /// Sources that tell them.
    pub sources: u64,
    /// Casualty figures claimed for them.
    pub claims: u64,
    /// First possible day of the earliest.
    pub first: Option<Date>,
    /// Last possible day of the latest.
    pub last: Option<Date>,
    /// Incidents without a date.
    pub undated: u64,
}

/// Whether a filter can be searched for; costs nothing.
///
/// # Errors
/// [`StoreError::BadSearch`].
pub fn check(filter: &Filter) -> Result<(), StoreError> {
    Clause::of(filter).map(|_| ())
}

/// One page of the incidents of `filter`, in its order.
///
/// # Errors
/// [`StoreError::BadCursor`], [`StoreError::BadSearch`], or what SQLite says.
pub fn list(
    db: &Connection,
    filter: &Filter,
    page: &Page,
) -> Result<Listing<Incident>, StoreError> {
    during("list incidents", || {
        let Listing { rows, next, total } = page_keys(db, filter, page)?;
        Ok(Listing { rows: incidents(db, &rows)?, next, total })
    })
}

/// As [`list`], but only their keys in the database.
pub(super) fn page_keys(
    db: &Connection,
    filter: &Filter,
    page: &Page,
) -> Result<Listing<i64>, StoreError> {
    during("list incidents", || {
        let after =
            page.after.as_deref().map(|text| Cursor::decode(text, filter.sort)).transpose()?;
        let total = count(db, filter)?;
        let clause = Clause::of(filter)?;
        let size = page.size.max(1);
        let mut keys = keys(db, filter, clause, after, size + 1)?;
        let more = keys.len() > size;
        keys.truncate(size);
        let next = keys.last().filter(|_| more).map(|(_, cursor)| cursor.encode(filter.sort));
        Ok(Listing { rows: keys.into_iter().map(|(id, _)| id).collect(), next, total })
    })
}

/// How many incidents `filter` lists.
///
/// # Errors
/// [`StoreError::BadSearch`], or what SQLite says.
pub fn count(db: &Connection, filter: &Filter) -> Result<u64, StoreError> {
    during("count incidents", || {
        let clause = Clause::of(filter)?;
        Ok(db
            .prepare_cached(&format!("select count(*) from incident i where {}", clause.sql))?
            .query_row(params_from_iter(&clause.values), |row| row.get(0))?)
    })
}

/// The incident of this id, or of an id that it had before; `id` of the result is the
/// current one.
///
/// # Errors
/// What SQLite says.
pub fn show(db: &Connection, id: &str) -> Result<Option<Incident>, StoreError> {
    during("show an incident", || {
        let found = db
            .prepare_cached(
                "select shown.incident_id from incident own join incident shown
                   on shown.incident_id = coalesce(own.shown_as, own.incident_id)
                 where shown.account_count > 0 and (own.slug = ?1 or own.incident_id =
                   (select incident_id from incident_alias where slug = ?1))",
            )?
            .query_row([id], |row| row.get(0))
            .optional()?;
        match found {
            Some(key) => Ok(incidents(db, &[key])?.pop()),
            None => Ok(None),
        }
    })
}

/// Every incident of `filter` in its order, some hundred at a time, as they were read: to put
/// them together needs no database, and can be done while the next are read. `f` may say that
/// no more are wanted.
///
/// # Errors
/// [`StoreError::BadSearch`], or what SQLite says.
pub fn batches(
    db: &Connection,
    filter: &Filter,
    mut f: impl FnMut(Batch) -> ControlFlow<()>,
) -> Result<(), StoreError> {
    during("walk through incidents", || {
        let clause = Clause::of(filter)?;
        // One statement for all, so that what has no index is sorted once.
        let mut statement = db.prepare_cached(&format!(
            "select i.incident_id, i.slug from incident i where {} order by {}",
            clause.sql,
            order(filter.sort)
        ))?;
        let mut rows = statement.query(params_from_iter(&clause.values))?;
        let mut size = FIRST_BATCH;
        loop {
            let mut listed = Vec::with_capacity(size);
            while listed.len() < size
                && let Some(row) = rows.next()?
            {
                listed.push((row.get(0)?, row.get(1)?));
            }
            let full = listed.len() == size;
            size = LARGEST_BATCH.min(size * 2);
            if listed.is_empty() || f(Batch::read(db, listed)?).is_break() || !full {
                return Ok(());
            }
        }
    })
}

/// Every incident of `filter` in its order, one by one.
///
/// # Errors
/// Those of `f`, which end the walk, and those of [`batches`].
pub fn for_each<E: From<StoreError>>(
    db: &Connection,
    filter: &Filter,
    mut f: impl FnMut(Incident) -> Result<(), E>,
) -> Result<(), E> {
    let mut told = Ok(());
    batches(db, filter, |batch| {
        let incidents = batch.incidents().map_err(E::from);
        told = incidents.and_then(|all| all.into_iter().try_for_each(&mut f));
        match told {
            Ok(()) => ControlFlow::Continue(()),
            Err(_) => ControlFlow::Break(()),
        }
    })?;
    told
}

/// Keys of the first `limit` incidents after `after`, with their place in the order.
fn keys(
    db: &Connection,
    filter: &Filter,
    mut clause: Clause,
    after: Option<Cursor>,
    limit: usize,
) -> Result<Vec<(i64, Cursor)>, StoreError> {
    if let Some(after) = after {
        after.push_after(filter.sort, &mut clause);
    }
    clause.push(
        &format!(" order by {} limit ?", order(filter.sort)),
        [i64::try_from(limit).unwrap_or(i64::MAX).into()],
    );
    let sql = format!(
        "select i.incident_id, i.sort_killed, i.sort_date, i.slug from incident i where {}",
        clause.sql
    );
    let rows = db
        .prepare_cached(&sql)?
        .query_map(params_from_iter(&clause.values), |row| {
            Ok((row.get(0)?, Cursor { killed: row.get(1)?, date: row.get(2)?, slug: row.get(3)? }))
        })?
        .collect::<Result<_, _>>()?;
    Ok(rows)
}

/// The numbers of `filter`.
///
/// # Errors
/// [`StoreError::BadSearch`], or what SQLite says.
pub fn overview(db: &Connection, filter: &Filter) -> Result<Overview, StoreError> {
    during("count incidents", || {
        let clause = Clause::of(filter)?;
        let sql = format!(
            "select count(*), coalesce(sum(i.claim_count), 0), min(i.date_start),
                    max(i.date_end), coalesce(sum(i.date_start is null), 0)
             from incident i where {}",
            clause.sql
        );
        let mut overview =
            db.prepare_cached(&sql)?.query_row(params_from_iter(&clause.values), |row| {
                Ok(Overview {
                    incidents: row.get(0)?,
                    claims: row.get(1)?,
                    first: date(row.get(2)?),
                    last: date(row.get(3)?),
                    undated: row.get(4)?,
                    sources: 0,
                })
            })?;
        overview.sources = if filter.is_everything() {
            db.prepare_cached(
                "select count(*) from facet_value v where v.dimension = 'source' and exists
                   (select 1 from facet_entry e where e.facet_value_id = v.facet_value_id)",
            )?
            .query_row([], |row| row.get(0))?
        } else {
            let sql = format!(
                "select count(distinct f.value) from facet f where f.dimension = 'source'
                 and f.incident_id in (select i.incident_id from incident i where {})",
                clause.sql
            );
            db.prepare_cached(&sql)?
                .query_row(params_from_iter(&clause.values), |row| row.get(0))?
        };
        Ok(overview)
    })
}

fn date(text: Option<String>) -> Option<Date> {
    text?.parse().ok()
}
