//! How many incidents each value would list if it were chosen.

use super::counted::Counted;
use super::error::{StoreError, during};
use super::select::Clause;
use crate::model::filter::{Dimension, Filter};
use rusqlite::types::Value;
use rusqlite::{Connection, params_from_iter};
use std::collections::BTreeMap;

/// For each dimension and each value that has any: how many incidents would be listed if it
/// were chosen there, every other dimension, the dates and the search staying as they are.
///
/// # Errors
/// [`StoreError::BadSearch`], or what SQLite says.
pub fn facets(
    db: &Connection,
    filter: &Filter,
) -> Result<BTreeMap<Dimension, Counted>, StoreError> {
    during("count by facet", || {
        let mut counts: BTreeMap<_, Vec<_>> =
            Dimension::ALL.iter().map(|d| (*d, Vec::new())).collect();
        // Dimensions without a choice share one set of incidents.
        let (mut open, mut closed) = (Vec::new(), Vec::new());
        for &dimension in Dimension::ALL {
            let partner = match dimension {
                Dimension::Perpetrator => Some(Dimension::Stance),
                Dimension::Stance => Some(Dimension::Perpetrator),
                _ => None,
            };
            let has = |d: Dimension| filter.chosen.contains_key(&d);
            if has(dimension) || partner.is_some_and(has) {
                closed.push(dimension);
            } else {
                open.push(dimension);
            }
        }
        count_open(db, filter, &open, &mut counts)?;
        for dimension in closed {
            let values = count_one(db, filter, dimension)?;
            counts.insert(dimension, values);
        }
        Ok(counts.into_iter().map(|(d, values)| (d, values.into_iter().collect())).collect())
    })
}

fn count_open(
    db: &Connection,
    filter: &Filter,
    dimensions: &[Dimension],
    counts: &mut BTreeMap<Dimension, Vec<(String, u64)>>,
) -> Result<(), StoreError> {
    let base = Clause::of(filter)?;
    let marks = vec!["?"; dimensions.len()].join(", ");
    let sql = if filter.is_everything() {
        // Every derived row belongs to a listed incident.
        format!(
            "select dimension, value, count(*) from facet where dimension in ({marks})
             group by dimension, value"
        )
    } else {
        format!(
            "select f.dimension, f.value, count(*) from facet f
             where f.dimension in ({marks})
               and f.incident_id in (select i.incident_id from incident i where {})
             group by f.dimension, f.value",
            base.sql
        )
    };
    let mut values: Vec<Value> =
        dimensions.iter().map(|d| Value::from(filter.facet(*d).to_owned())).collect();
    if !filter.is_everything() {
        values.extend(base.values);
    }
    let mut statement = db.prepare_cached(&sql)?;
    let mut rows = statement.query(params_from_iter(values))?;
    while let Some(row) = rows.next()? {
        let word: String = row.get(0)?;
        if let Some(&dimension) = dimensions.iter().find(|d| filter.facet(**d) == word) {
            counts.entry(dimension).or_default().push((row.get(1)?, row.get(2)?));
        }
    }
    Ok(())
}

/// Counts of one dimension under the choices of the others.
fn count_one(
    db: &Connection,
    filter: &Filter,
    dimension: Dimension,
) -> Result<Vec<(String, u64)>, StoreError> {
    let chosen = |d| filter.chosen.get(&d).into_iter().flatten();
    // What perpetrator and stance list together are pairs: each is counted by the other.
    let pairs: Option<(&str, Vec<Value>)> = match dimension {
        Dimension::Perpetrator if filter.chosen.contains_key(&Dimension::Stance) => Some((
            "substr(value, 1, instr(value, ':') - 1)",
            chosen(Dimension::Stance).cloned().map(Value::from).collect(),
        )),
        Dimension::Stance if filter.chosen.contains_key(&Dimension::Perpetrator) => Some((
            "substr(value, instr(value, ':') + 1)",
            chosen(Dimension::Perpetrator).cloned().map(Value::from).collect(),
        )),
        _ => None,
    };
    let mut without = filter.clone();
    without.chosen.remove(&dimension);
    let mut clause = Clause::default();
    match pairs {
        Some((wanted, partners)) => {
            let other = if dimension == Dimension::Perpetrator {
                "substr(value, instr(value, ':') + 1)"
            } else {
                "substr(value, 1, instr(value, ':') - 1)"
            };
            without.chosen.remove(&Dimension::Stance);
            without.chosen.remove(&Dimension::Perpetrator);
            let marks = vec!["?"; partners.len()].join(", ");
            clause.push(
                &format!(
                    "select {wanted}, count(distinct incident_id) from facet
                     where dimension = 'perpetrator_stance' and {other} in ({marks})"
                ),
                partners,
            );
        }
        None => clause.push(
            "select value, count(distinct incident_id) from facet where dimension = ?",
            [Value::from(filter.facet(dimension).to_owned())],
        ),
    }
    let base = Clause::of(&without)?;
    clause.push(
        &format!(
            " and incident_id in (select i.incident_id from incident i where {}) group by 1",
            base.sql
        ),
        base.values,
    );
    let counts = db
        .prepare_cached(&clause.sql)?
        .query_map(params_from_iter(&clause.values), |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect::<Result<_, _>>()?;
    Ok(counts)
}
