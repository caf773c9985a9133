//! Numbers by month, for the overview chart.

use super::error::{StoreError, during};
use super::select::Clause;
use crate::model::filter::Filter;
use rusqlite::{Connection, params_from_iter};

/// What a filter lists in one month, or in one year at a month that is not known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Period {
    /// Year (Gregorian).
    pub year: i16,
    /// Month from 1 to 12; none for incidents of which only the year is known. A span of
    /// days over two months is counted in its first.
    pub month: Option<i8>,
    /// Incidents.
    pub incidents: u64,
    /// Sum of the lowest claims of deaths, in people.
    pub low: u64,
    /// Sum of the highest claims of deaths, in people.
    pub high: u64,
    /// Whether one of these claims has no upper end.
    pub open: bool,
}

/// The dated incidents of a filter by month, in order; months without any are left out.
///
/// # Errors
/// [`StoreError::BadSearch`], or what SQLite says.
pub fn periods(db: &Connection, filter: &Filter) -> Result<Vec<Period>, StoreError> {
    during("count by month", || {
        let clause = Clause::of(filter)?;
        let sql = format!(
            "select cast(substr(i.date_start, 1, 4) as integer) as year,
               case i.date_precision when 'year' then null
                 else cast(substr(i.date_start, 6, 2) as integer) end as month,
               count(*), coalesce(sum(i.killed_low), 0), coalesce(sum(i.killed_high), 0),
               coalesce(max(i.killed_open), 0)
             from incident i where {} and i.date_start is not null
             group by year, month order by year, month",
            clause.sql
        );
        let mut statement = db.prepare_cached(&sql)?;
        let rows = statement.query_map(params_from_iter(&clause.values), |row| {
            Ok(Period {
                year: row.get(0)?,
                month: row.get(1)?,
                incidents: row.get(2)?,
                low: row.get(3)?,
                high: row.get(4)?,
                open: row.get(5)?,
            })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    })
}
