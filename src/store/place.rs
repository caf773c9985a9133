//! Places of the incidents that a filter lists, for the map.

use super::error::{StoreError, during};
use super::select::Clause;
use crate::model::filter::Filter;
use crate::model::incident::{CERCLE, PlacePrecision, REGION};
use rusqlite::{Connection, Row, params_from_iter};
use serde::Serialize;
use std::collections::HashMap;

/// A place with the incidents told of it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PlaceCount {
    /// Value of `place=`: see [`Place::key`](crate::model::incident::Place::key).
    pub key: String,
    /// A name that a source gives it.
    pub name: String,
    /// The best that any of its incidents has.
    pub precision: PlacePrecision,
    /// Degrees north (WGS 84), with `precision`.
    pub lat: Option<f64>,
    /// Degrees east (WGS 84), with `precision`.
    pub lon: Option<f64>,
    /// Slug of the region in which it lies today.
    pub region: Option<String>,
    /// Country (ISO 3166-1 alpha-2) outside Mali.
    pub country: Option<String>,
    /// Incidents told of it.
    pub incidents: u64,
    /// Id of one of them: of the only one, where it is the only one.
    pub incident: String,
}

/// Every place of the incidents of `filter`, most incidents first, then by key.
///
/// # Errors
/// [`StoreError::BadSearch`], or what SQLite says.
pub fn list(db: &Connection, filter: &Filter) -> Result<Vec<PlaceCount>, StoreError> {
    during("list places", || {
        let clause = Clause::of(filter)?;
        // The rows of an incident come together, so that nothing is sorted: a million of them
        // would be much to hold.
        let sql = format!(
            "select p.place || case p.precision when 'cercle' then '{CERCLE}'
                 when 'region' then '{REGION}' else '' end as key,
               case p.precision when 'exact' then 0 when 'near' then 1 when 'cercle' then 2
                 when 'region' then 3 else 4 end as rank,
               i.incident_id, i.slug, p.name, p.lat, p.lon, p.region_now, p.country
             from incident i
             cross join account a on a.incident_id = i.incident_id and a.retired_run is null
             cross join account_place p on p.account_id = a.account_id
             where {}",
            clause.sql
        );
        let mut statement = db.prepare_cached(&sql)?;
        let mut rows = statement.query(params_from_iter(&clause.values))?;
        let mut found: HashMap<String, Found> = HashMap::new();
        while let Some(row) = rows.next()? {
            let key = row.get_ref(0)?.as_str().map_err(rusqlite::Error::from)?;
            let (rank, incident) = (row.get(1)?, row.get(2)?);
            match found.get_mut(key) {
                None => {
                    let best = place(key, rank, row)?;
                    let last = incident;
                    found.insert(key.to_owned(), Found { best, from: (rank, incident), last });
                }
                Some(known) => {
                    if std::mem::replace(&mut known.last, incident) != incident {
                        known.best.incidents += 1;
                    }
                    if (rank, incident) < known.from {
                        let incidents = known.best.incidents;
                        known.best = PlaceCount { incidents, ..place(key, rank, row)? };
                        known.from = (rank, incident);
                    }
                }
            }
        }
        let mut places: Vec<PlaceCount> = found.into_values().map(|found| found.best).collect();
        places.sort_by(|a, b| b.incidents.cmp(&a.incidents).then_with(|| a.key.cmp(&b.key)));
        Ok(places)
    })
}

/// A place while its incidents are counted.
struct Found {
    /// As the row says that is the most exact, and of these the one of the first incident.
    best: PlaceCount,
    /// Rank of its precision, and key of the incident.
    from: (usize, i64),
    /// The incident that was counted last.
    last: i64,
}

/// What one row says, as of one incident.
fn place(key: &str, rank: usize, row: &Row) -> Result<PlaceCount, StoreError> {
    Ok(PlaceCount {
        key: key.to_owned(),
        name: row.get(4)?,
        precision: PlacePrecision::ALL[rank.min(PlacePrecision::ALL.len() - 1)],
        lat: row.get(5)?,
        lon: row.get(6)?,
        region: row.get(7)?,
        country: row.get(8)?,
        incidents: 1,
        incident: row.get(3)?,
    })
}

/// How many incidents of `filter` name no place at all.
///
/// # Errors
/// [`StoreError::BadSearch`], or what SQLite says.
pub fn without(db: &Connection, filter: &Filter) -> Result<u64, StoreError> {
    during("count incidents without a place", || {
        let clause = Clause::of(filter)?;
        let sql = format!(
            "select count(*) from incident i where {} and i.incident_id not in
               (select incident_id from facet where dimension = 'place')",
            clause.sql
        );
        Ok(db
            .prepare_cached(&sql)?
            .query_row(params_from_iter(&clause.values), |row| row.get(0))?)
    })
}
