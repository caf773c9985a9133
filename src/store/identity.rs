//! Which incident is which: readable ids, ids that an incident had before, what it is shown
//! as, and candidates for joining.

use super::error::{StoreError, during};
use super::load;
use crate::matching::{REACH_KM, is_specific};
use crate::model::distance::KM_OF_A_DEGREE;
use crate::model::incident::{Account, Draft, EventType, PlacePrecision};
use jiff::Span;
use rusqlite::types::Value;
use rusqlite::{Connection, OptionalExtension, Transaction, params, params_from_iter};

/// The accounts that were found to tell the incident `?1`, whatever it is shown as.
const OWN: &str = "((a.incident_id = ?1 and a.own_incident is null) or a.own_incident = ?1)";

/// Those of them that are current. Two questions, each with its index: as one, joined by `or`, it
/// reads all accounts.
const OWN_NOW: &str = "a.account_id in (
    select account_id from account
    where retired_run is null and incident_id = ?1 and own_incident is null
    union all
    select account_id from account where retired_run is null and own_incident = ?1)";

/// The incident that is to carry the id `base`: one that carried it before and is told by
/// nothing any more, if it was of this kind; else a new one, under `base` or the first of
/// `base-2`, `base-3` … that was never given.
///
/// # Errors
/// What SQLite says.
pub fn new_incident(tx: &Transaction, base: &str, kind: EventType) -> Result<i64, StoreError> {
    numbered(tx, base, Some(kind))
}

/// A new incident under an id that was never given: `base` or the first of `base-2`, `base-3` …
///
/// # Errors
/// What SQLite says.
pub fn unused_incident(tx: &Transaction, base: &str) -> Result<i64, StoreError> {
    numbered(tx, base, None)
}

/// See [`new_incident`] with a kind, [`unused_incident`] without.
fn numbered(tx: &Transaction, base: &str, kind: Option<EventType>) -> Result<i64, StoreError> {
    during("make an incident", || {
        let (mut number, mut slug) = (1, base.to_owned());
        while let Some(free) = taken(tx, &slug)? {
            if let (Some(key), Some(kind)) = (free, kind)
                && was_told_as(tx, key, kind)?
            {
                return Ok(key);
            }
            number += 1;
            slug = numbered_id(base, number);
        }
        tx.prepare_cached(
            "insert into incident (slug, title, kind, date_precision, sort_date, sort_killed,
               status, claim_count, account_count)
             values (?1, '', 'other', 'unknown', '', -1, 'parsed', 0, 0)",
        )?
        .execute([&slug])?;
        Ok(tx.last_insert_rowid())
    })
}

/// The id of the `number`th incident that asks for `base`, from 1.
pub(super) fn numbered_id(base: &str, number: u32) -> String {
    match number {
        1 => base.to_owned(),
        n => format!("{base}-{n}"),
    }
}

/// Whether an id was ever given to an incident.
pub(super) fn is_given(tx: &Transaction, slug: &str) -> rusqlite::Result<bool> {
    tx.prepare_cached(
        "select 1 from incident where slug = ?1
         union all select 1 from incident_alias where slug = ?1",
    )?
    .exists([slug])
}

/// How many incidents there are at most, those that nothing tells any more among them.
///
/// # Errors
/// What SQLite says.
pub fn count(tx: &Transaction) -> Result<u64, StoreError> {
    let next = next(tx).map_err(StoreError::sql("count incidents"))?;
    Ok(u64::try_from(next - 1).unwrap_or(0))
}

/// The key of the next incident.
pub(super) fn next(tx: &Transaction) -> rusqlite::Result<i64> {
    tx.prepare_cached("select coalesce(max(incident_id), 0) + 1 from incident")?
        .query_row([], |row| row.get(0))
}

/// Whether an id was given, and to which incident if that is told by nothing now.
fn taken(tx: &Transaction, slug: &str) -> Result<Option<Option<i64>>, StoreError> {
    let alias =
        tx.prepare_cached("select 1 from incident_alias where slug = ?1")?.exists([slug])?;
    let found: Option<(i64, bool)> = tx
        .prepare_cached(
            // Two questions, each with its index: as one, joined by `or`, it reads all accounts.
            "select i.incident_id,
               exists (select 1 from account a where a.retired_run is null
                 and a.incident_id = i.incident_id and a.own_incident is null)
               or exists (select 1 from account a where a.retired_run is null
                 and a.own_incident = i.incident_id)
             from incident i where i.slug = ?1",
        )?
        .query_row([slug], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    Ok(match found {
        Some((key, told)) => Some((!told && !alias).then_some(key)),
        None => alias.then_some(None),
    })
}

fn was_told_as(tx: &Transaction, key: i64, kind: EventType) -> Result<bool, StoreError> {
    Ok(tx
        .prepare_cached(&format!("select 1 from account a where {OWN} and a.kind = ?2"))?
        .exists(params![key, kind.as_str()])?)
}

/// The incident of the id `base` and this kind about which people decided something, if nothing
/// tells it at present: who tells it again gets their decisions back.
///
/// # Errors
/// What SQLite says.
pub fn returning(tx: &Transaction, base: &str, kind: EventType) -> Result<Option<i64>, StoreError> {
    during("look for an incident of before", || {
        let decided = tx
            .prepare_cached(
                "select 1 from match where decision <> 'open' and (slug_a = ?1 or slug_b = ?1)",
            )?
            .exists([base])?;
        match if decided { taken(tx, base)? } else { None } {
            Some(Some(key)) if was_told_as(tx, key, kind)? => Ok(Some(key)),
            _ => Ok(None),
        }
    })
}

/// The key under which an incident is shown: its own, unless a person joined it with another.
///
/// # Errors
/// What SQLite says.
pub fn shown(db: &Connection, key: i64) -> Result<i64, StoreError> {
    db.prepare_cached("select coalesce(shown_as, incident_id) from incident where incident_id = ?1")
        .and_then(|mut s| s.query_row([key], |row| row.get(0)))
        .map_err(StoreError::sql("read what an incident is shown as"))
}

/// The incident of an id or of one that it had before, as itself.
///
/// # Errors
/// What SQLite says.
pub fn find(db: &Connection, slug: &str) -> Result<Option<i64>, StoreError> {
    db.prepare_cached(
        "select coalesce((select incident_id from incident_alias where slug = ?1),
                         (select incident_id from incident where slug = ?1))",
    )
    .and_then(|mut s| s.query_row([slug], |row| row.get(0)))
    .map_err(StoreError::sql("find an incident"))
}

/// The readable id of an incident.
///
/// # Errors
/// What SQLite says.
pub fn slug(db: &Connection, key: i64) -> Result<String, StoreError> {
    db.prepare_cached("select slug from incident where incident_id = ?1")
        .and_then(|mut s| s.query_row([key], |row| row.get(0)))
        .map_err(StoreError::sql("read the id of an incident"))
}

/// Lets the id of `from`, which is told by nothing any more, resolve to `to`.
///
/// # Errors
/// What SQLite says.
pub fn redirect(tx: &Transaction, from: i64, to: i64) -> Result<(), StoreError> {
    during("redirect an id", || {
        tx.execute(
            "update incident_alias set incident_id = ?2 where incident_id = ?1",
            [from, to],
        )?;
        tx.execute(
            "insert or replace into incident_alias (slug, incident_id)
             select slug, ?2 from incident where incident_id = ?1",
            [from, to],
        )?;
        Ok(())
    })
}

/// Current accounts that were found to tell an incident, whatever it is shown as.
///
/// # Errors
/// What SQLite says.
pub fn accounts(db: &Connection, key: i64) -> Result<Vec<Account>, StoreError> {
    during("read the accounts of an incident", || {
        let accounts = load::accounts(db, OWN_NOW, key)?;
        Ok(accounts.into_iter().map(|l| l.account).collect())
    })
}

/// What they say.
///
/// # Errors
/// What SQLite says.
pub fn drafts(db: &Connection, key: i64) -> Result<Vec<Draft>, StoreError> {
    Ok(accounts(db, key)?.into_iter().map(|account| account.draft).collect())
}

/// What all current accounts say that are shown as an incident.
///
/// # Errors
/// What SQLite says.
pub fn shown_drafts(db: &Connection, key: i64) -> Result<Vec<Draft>, StoreError> {
    during("read the accounts of an incident", || {
        let accounts = load::accounts(db, "a.incident_id = ?1", key)?;
        Ok(accounts.into_iter().map(|l| l.account.draft).collect())
    })
}

/// Keys of incidents told to have happened about where and when `draft` did, each as itself:
/// at one of its places or near one of its points, and on overlapping days, the day before or
/// after, or at no known date; at all dates when it has none.
///
/// # Errors
/// What SQLite says.
pub fn candidates(db: &Connection, draft: &Draft) -> Result<Vec<i64>, StoreError> {
    during("find incidents that may be the same", || {
        let mut values: Vec<Value> = Vec::new();
        let mut wheres = Vec::new();
        for place in draft.places.iter().filter(|p| is_specific(p)) {
            wheres.push("p.place = ?");
            values.push(place.id.clone().into());
            if let (Some(lat), Some(lon)) = (place.lat, place.lon)
                && place.precision <= PlacePrecision::Near
            {
                wheres.push(
                    "(p.lat between ? and ? and p.lon between ? and ?
                      and p.precision in ('exact', 'near'))",
                );
                let north = REACH_KM / KM_OF_A_DEGREE;
                let east = north / lat.to_radians().cos().max(0.1);
                let bounds = [lat - north, lat + north, lon - east, lon + east];
                values.extend(bounds.map(Value::from));
            }
        }
        if wheres.is_empty() {
            return Ok(Vec::new());
        }
        let mut sql = format!(
            "select distinct coalesce(a.own_incident, a.incident_id)
             from account_place p join account a using (account_id)
             where ({}) and a.retired_run is null",
            wheres.join(" or ")
        );
        if let (Some(start), Some(end)) = (draft.date.start(), draft.date.end()) {
            sql.push_str(" and (a.date_start is null or (a.date_end >= ? and a.date_start <= ?))");
            let day = Span::new().days(1);
            let days = [start.saturating_sub(day), end.saturating_add(day)];
            values.extend(days.map(|d| Value::from(d.to_string())));
        }
        sql.push_str(" order by 1");
        Ok(db
            .prepare_cached(&sql)?
            .query_map(params_from_iter(values), |row| row.get(0))?
            .collect::<Result<_, _>>()?)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::Db;

    #[test]
    fn the_accounts_of_an_incident_are_found_without_reading_all() {
        let folder = tempfile::tempdir().unwrap();
        let db = Db::open(&folder.path().join("plan.db")).unwrap();
        let plan: Vec<String> = db
            .read(|db| {
                let sql = format!("explain query plan select 1 from account a where {OWN_NOW}");
                let mut plan = db.prepare(&sql).unwrap();
                let steps = plan.query_map([1], |row| row.get(3)).unwrap();
                Ok(steps.collect::<Result<_, _>>().unwrap())
            })
            .unwrap();
        assert!(plan.iter().any(|step| step.contains("INDEX account_own")), "{plan:?}");
        assert!(!plan.iter().any(|step| step.starts_with("SCAN")), "{plan:?}");
    }
}
