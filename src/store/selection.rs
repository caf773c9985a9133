//! The incidents of a filter, found once for all that a page says of them: from the index where
//! it is of what the reader sees, otherwise by SQL.

use super::chart::{self, Lane, Period};
use super::counted::Counted;
use super::error::{StoreError, during};
use super::incident::{self, Listing, Overview, Page};
use super::index::{Found, Index, Tally};
use super::select::{Clause, Cursor, order};
use super::{facet, load};
use crate::model::filter::{Dimension, Filter, Lanes};
use crate::model::incident::Incident;
use rusqlite::{Connection, OptionalExtension, params_from_iter};
use std::cell::OnceCell;
use std::collections::BTreeMap;
use std::ops::Deref;
use std::sync::Arc;

/// The database at one moment, with the index of just that moment where there is one.
pub struct Snapshot<'c> {
    pub(super) db: &'c Connection,
    pub(super) version: u64,
    pub(super) index: Option<Arc<Index>>,
}

impl Snapshot<'_> {
    /// [`super::version()`] of what is read.
    pub fn version(&self) -> u64 {
        self.version
    }

    /// Whether counts come from the index.
    pub fn is_indexed(&self) -> bool {
        self.index.is_some()
    }
}

impl Deref for Snapshot<'_> {
    type Target = Connection;

    fn deref(&self) -> &Connection {
        self.db
    }
}

/// The incidents of a filter. Each of its methods says the same whether there is an index or
/// not.
pub struct Selection<'s> {
    db: &'s Connection,
    filter: &'s Filter,
    found: Option<Found<'s>>,
    tally: OnceCell<Tally>,
}

impl<'s> Selection<'s> {
    /// The incidents of `filter`.
    ///
    /// # Errors
    /// [`StoreError::BadSearch`], or what SQLite says.
    pub fn of(snapshot: &'s Snapshot, filter: &'s Filter) -> Result<Self, StoreError> {
        let db = snapshot.db;
        let find =
            |index: &'s Arc<Index>| during("search for incidents", || Found::of(index, db, filter));
        let found = snapshot.index.as_ref().map(find).transpose()?;
        Ok(Self { db, filter, found, tally: OnceCell::new() })
    }

    /// See [`incident::list`].
    ///
    /// # Errors
    /// As [`incident::list`].
    pub fn list(&self, page: &Page) -> Result<Listing<Incident>, StoreError> {
        let Listing { rows, next, total } = self.page(page)?;
        Ok(Listing { rows: self.load(&rows)?, next, total })
    }

    /// As [`Selection::list`], but only their keys in the database.
    ///
    /// # Errors
    /// As [`incident::list`].
    pub fn page(&self, page: &Page) -> Result<Listing<i64>, StoreError> {
        let Some(found) = &self.found else {
            return incident::page_keys(self.db, self.filter, page);
        };
        during("list incidents", || {
            let sort = self.filter.sort;
            let after = page.after.as_deref().map(|text| Cursor::decode(text, sort)).transpose()?;
            let total = found.len();
            let from = match after.map(|after| self.first_after(after)).transpose()? {
                Some(None) => return Ok(Listing { rows: Vec::new(), next: None, total }),
                from => from.flatten(),
            };
            let size = page.size.max(1);
            let mut keys = found.keys(from, size + 1);
            let more = keys.len() > size;
            keys.truncate(size);
            let next = match keys.last().filter(|_| more) {
                Some(last) => Some(self.cursor(*last)?.encode(sort)),
                None => None,
            };
            Ok(Listing { rows: keys, next, total })
        })
    }

    /// The incidents of these keys, in their order.
    ///
    /// # Errors
    /// What SQLite says.
    pub fn load(&self, keys: &[i64]) -> Result<Vec<Incident>, StoreError> {
        during("read incidents", || load::incidents(self.db, keys))
    }

    /// The first incident of all that stands after a position in the order of the filter.
    fn first_after(&self, after: Cursor) -> Result<Option<i64>, StoreError> {
        let mut clause = Clause::default();
        clause.push("i.account_count > 0", []);
        after.push_after(self.filter.sort, &mut clause);
        let sql = format!(
            "select i.incident_id from incident i where {} order by {} limit 1",
            clause.sql,
            order(self.filter.sort)
        );
        let mut statement = self.db.prepare_cached(&sql)?;
        Ok(statement.query_row(params_from_iter(&clause.values), |row| row.get(0)).optional()?)
    }

    /// The position of an incident.
    fn cursor(&self, key: i64) -> Result<Cursor, StoreError> {
        let mut statement = self.db.prepare_cached(
            "select sort_killed, sort_date, slug from incident where incident_id = ?1",
        )?;
        Ok(statement.query_row([key], |row| {
            Ok(Cursor { killed: row.get(0)?, date: row.get(1)?, slug: row.get(2)? })
        })?)
    }

    /// See [`incident::facets`].
    ///
    /// # Errors
    /// As [`incident::facets`].
    pub fn facets(&self) -> Result<BTreeMap<Dimension, Counted>, StoreError> {
        match &self.found {
            Some(found) => Ok(found.facets()),
            None => facet::facets(self.db, self.filter),
        }
    }

    /// See [`incident::overview`].
    ///
    /// # Errors
    /// As [`incident::overview`].
    pub fn overview(&self) -> Result<Overview, StoreError> {
        match &self.found {
            Some(found) => Ok(found.overview(self.tally(found))),
            None => incident::overview(self.db, self.filter),
        }
    }

    /// See [`chart::periods`].
    ///
    /// # Errors
    /// As [`chart::periods`].
    pub fn periods(&self) -> Result<Vec<Period>, StoreError> {
        match &self.found {
            Some(found) => Ok(found.periods(self.tally(found))),
            None => chart::periods(self.db, self.filter),
        }
    }

    /// See [`chart::lanes`].
    ///
    /// # Errors
    /// As [`chart::lanes`].
    pub fn lanes(
        &self,
        by: Lanes,
        kinds: &BTreeMap<String, &'static str>,
    ) -> Result<Vec<Lane>, StoreError> {
        match &self.found {
            Some(found) => Ok(found.lanes(by, kinds)),
            None => chart::lanes(self.db, self.filter, by, kinds),
        }
    }

    fn tally(&self, found: &Found) -> &Tally {
        self.tally.get_or_init(|| found.tally())
    }
}
