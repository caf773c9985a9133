//! Places of the incidents that a filter lists, for the map.

use super::error::{StoreError, during};
use super::select::Clause;
use crate::model::filter::Filter;
use crate::model::incident::{CERCLE, PlacePrecision, REGION};
use rusqlite::{Connection, params_from_iter};
use serde::Serialize;

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
        // SQLite takes the other columns from the row that has the minimum.
        let sql = format!(
            "with named as (
               select p.place || case p.precision when 'cercle' then '{CERCLE}'
                   when 'region' then '{REGION}' else '' end as key,
                 a.incident_id, p.name, p.lat, p.lon, p.region_now, p.country,
                 case p.precision when 'exact' then 0 when 'near' then 1 when 'cercle' then 2
                   when 'region' then 3 else 4 end as precision
               from account_place p join account a using (account_id)
               where a.retired_run is null
                 and a.incident_id in (select i.incident_id from incident i where {})),
             once as (
               select key, incident_id, min(precision) as precision, name, lat, lon, region_now,
                 country
               from named group by key, incident_id)
             select o.key, min(o.precision) as precision, o.name, o.lat, o.lon, o.region_now,
               o.country, count(*) as incidents,
               (select slug from incident where incident_id = o.incident_id) as incident
             from once o group by o.key order by incidents desc, o.key",
            clause.sql
        );
        let mut statement = db.prepare_cached(&sql)?;
        let places = statement.query_map(params_from_iter(&clause.values), |row| {
            let rank: usize = row.get("precision")?;
            Ok(PlaceCount {
                key: row.get("key")?,
                name: row.get("name")?,
                precision: PlacePrecision::ALL[rank.min(PlacePrecision::ALL.len() - 1)],
                lat: row.get("lat")?,
                lon: row.get("lon")?,
                region: row.get("region_now")?,
                country: row.get("country")?,
                incidents: row.get("incidents")?,
                incident: row.get("incident")?,
            })
        })?;
        Ok(places.collect::<Result<_, _>>()?)
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
