//! Numbers by month, for the overview chart.

use super::error::{StoreError, during};
use super::select::Clause;
use crate::model::filter::{Dimension, Filter, Lanes};
use rusqlite::types::Value;
use rusqlite::{Connection, Row, params_from_iter};
use serde::Serialize;
use std::collections::BTreeMap;

/// What a filter lists in one month, or in one year at a month that is not known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
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
        let rows = statement.query_map(params_from_iter(&clause.values), period)?;
        Ok(rows.collect::<Result<_, _>>()?)
    })
}

/// What stands in one lane of the chart.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Lane {
    /// The kind of actor or the region; none for incidents that belong to no lane.
    pub of: Option<String>,
    /// Its months, in order; those without any incident are left out.
    pub periods: Vec<Period>,
    /// Its incidents without a date.
    pub undated: u64,
}

/// The incidents of a filter by lane and month. An incident stands in each lane that it
/// belongs to; `kinds` says to which an actor belongs, others are of kind `unknown`. Where a
/// stance is chosen, only actors named in that way count.
///
/// # Errors
/// [`StoreError::BadSearch`], or what SQLite says.
pub fn lanes(
    db: &Connection,
    filter: &Filter,
    by: Lanes,
    kinds: &BTreeMap<String, &'static str>,
) -> Result<Vec<Lane>, StoreError> {
    during("count by lane and month", || {
        let base = Clause::of(filter)?;
        let mut clause = Clause::default();
        clause.push(
            &format!("with listed as materialized (select i.* from incident i where {})", base.sql),
            base.values,
        );
        push_lanes(&mut clause, filter, by, kinds);
        clause.push(
            " select cast(substr(i.date_start, 1, 4) as integer) as year,
                case i.date_precision when 'year' then null
                  else cast(substr(i.date_start, 6, 2) as integer) end as month,
                count(*), coalesce(sum(i.killed_low), 0), coalesce(sum(i.killed_high), 0),
                coalesce(max(i.killed_open), 0), lane.name
              from listed i left join lane using (incident_id)
              group by lane.name, year, month order by lane.name, year, month",
            [],
        );
        let mut lanes: Vec<Lane> = Vec::new();
        let mut statement = db.prepare_cached(&clause.sql)?;
        let mut rows = statement.query(params_from_iter(&clause.values))?;
        while let Some(row) = rows.next()? {
            let of: Option<String> = row.get(6)?;
            let dated = row.get::<_, Option<i16>>(0)?.is_some();
            if lanes.last().is_none_or(|last| last.of != of) {
                lanes.push(Lane { of, periods: Vec::new(), undated: 0 });
            }
            match lanes.last_mut() {
                Some(lane) if dated => lane.periods.push(period(row)?),
                Some(lane) => lane.undated += row.get::<_, u64>(2)?,
                None => {}
            }
        }
        Ok(lanes)
    })
}

/// `, lane as (…)`: each incident with the names of its lanes, once each.
fn push_lanes(
    clause: &mut Clause,
    filter: &Filter,
    by: Lanes,
    kinds: &BTreeMap<String, &'static str>,
) {
    let dimension = match (by, filter.facet(Dimension::Region)) {
        (Lanes::Perpetrator, _) => Dimension::Perpetrator.as_str(),
        (Lanes::Region, "region_then") => "region_then",
        (Lanes::Region, _) => "region_now",
    };
    if by == Lanes::Region {
        clause.push(
            ", lane as (select incident_id, value as name from facet where dimension = ?)",
            [Value::from(dimension.to_owned())],
        );
        return;
    }
    let kinds = kinds.iter().map(|(actor, kind)| (actor.clone(), (*kind).into()));
    let kinds = serde_json::Value::Object(kinds.collect()).to_string();
    clause.push(
        ", kind as materialized (select key as actor, value as name from json_each(?))",
        [kinds.into()],
    );
    let (actor, which, values) = match filter.chosen.get(&Dimension::Stance) {
        None => ("f.value", "f.dimension = ?".to_owned(), vec![dimension.to_owned().into()]),
        Some(stances) => {
            let marks = vec!["?"; stances.len()].join(", ");
            (
                "substr(f.value, 1, instr(f.value, ':') - 1)",
                format!(
                    "f.dimension = 'perpetrator_stance'
                     and substr(f.value, instr(f.value, ':') + 1) in ({marks})"
                ),
                stances.iter().cloned().map(Value::from).collect(),
            )
        }
    };
    clause.push(
        &format!(
            ", lane as (
               select distinct f.incident_id, coalesce(kind.name, 'unknown') as name
               from facet f left join kind on kind.actor = {actor}
               where {which} and f.incident_id in (select incident_id from listed))"
        ),
        values,
    );
}

fn period(row: &Row) -> rusqlite::Result<Period> {
    Ok(Period {
        year: row.get(0)?,
        month: row.get(1)?,
        incidents: row.get(2)?,
        low: row.get(3)?,
        high: row.get(4)?,
        open: row.get(5)?,
    })
}
