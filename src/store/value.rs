//! Which values the dimensions of a filter have.

use super::error::{StoreError, during};
use crate::model::filter::Dimension;
use rusqlite::{Connection, params};

/// Whether any incident is found under this value. An actor that is only ever denied counts:
/// it can be chosen together with that stance.
///
/// # Errors
/// What SQLite says.
pub fn exists(db: &Connection, dimension: Dimension, value: &str) -> Result<bool, StoreError> {
    during("look for a filter value", || {
        Ok(db
            .prepare_cached(
                "select 1 from facet where dimension = ?1 and value = ?2
                 union all
                 select 1 from facet where ?1 = 'perpetrator' and dimension = 'perpetrator_stance'
                   and value >= ?2 || ':' and value < ?2 || ';'
                 limit 1",
            )?
            .exists(params![dimension.as_str(), value])?)
    })
}

/// Every value under which an incident is found, sorted.
///
/// # Errors
/// What SQLite says.
pub fn list(db: &Connection, dimension: Dimension) -> Result<Vec<String>, StoreError> {
    during("list filter values", || {
        let sql = match dimension {
            Dimension::Perpetrator => {
                "select distinct substr(v.value, 1, instr(v.value, ':') - 1) from facet_value v
                 where v.dimension = 'perpetrator_stance' and ?1 is not null and exists
                   (select 1 from facet_entry e where e.facet_value_id = v.facet_value_id)
                 order by 1"
            }
            // A value is kept when nothing is found under it any more.
            _ => {
                "select v.value from facet_value v where v.dimension = ?1 and exists
                   (select 1 from facet_entry e where e.facet_value_id = v.facet_value_id)
                 order by 1"
            }
        };
        Ok(db
            .prepare_cached(sql)?
            .query_map([dimension.as_str()], |row| row.get(0))?
            .collect::<Result<_, _>>()?)
    })
}
