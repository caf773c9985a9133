//! Which incident is which: readable ids, ids that an incident had before, candidates for
//! joining, and decisions about pairs.

use super::error::{StoreError, during};
use super::load;
use crate::model::date::DateSpan;
use crate::model::incident::{Draft, EventType};
use rusqlite::{Connection, OptionalExtension, Transaction, params, params_from_iter};

/// What a person decided about a pair of incidents.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Decision {
    /// Nothing yet.
    Open,
    /// They are one.
    Same,
    /// They are two.
    Different,
}

/// A pair of incidents that may be one.
#[derive(Debug, Clone, PartialEq)]
pub struct Pair {
    /// Id of one, the lesser.
    pub a: String,
    /// Id of the other.
    pub b: String,
    /// How well they agree, from 0 to 1.
    pub score: f64,
    /// What is in doubt.
    pub reason: String,
    /// What was decided.
    pub decision: Decision,
}

/// The incident that is to carry the id `base`: one that carried it before and is told by
/// nothing any more, if it was of this kind; else a new one, under `base` or the first of
/// `base-2`, `base-3` … that was never given.
///
/// # Errors
/// What SQLite says.
pub fn new_incident(tx: &Transaction, base: &str, kind: EventType) -> Result<i64, StoreError> {
    numbered(tx, base, Some(kind), 1).map(|(key, _)| key)
}

/// A new incident under an id that was never given: `base` or, from `number` on, the first of
/// `base-2`, `base-3` … Gives the number too: 1 for `base` itself.
///
/// # Errors
/// What SQLite says.
pub fn unused_incident(
    tx: &Transaction,
    base: &str,
    number: u32,
) -> Result<(i64, u32), StoreError> {
    numbered(tx, base, None, number)
}

/// See [`new_incident`] with a kind, [`unused_incident`] without.
fn numbered(
    tx: &Transaction,
    base: &str,
    kind: Option<EventType>,
    mut number: u32,
) -> Result<(i64, u32), StoreError> {
    during("make an incident", || {
        let slug_of = |number| match number {
            1 => base.to_owned(),
            n => format!("{base}-{n}"),
        };
        let mut slug = slug_of(number);
        while let Some(free) = taken(tx, &slug)? {
            if let (Some(key), Some(kind)) = (free, kind)
                && was_told_as(tx, key, kind)?
            {
                return Ok((key, number));
            }
            number += 1;
            slug = slug_of(number);
        }
        tx.prepare_cached(
            "insert into incident (slug, title, kind, date_precision, sort_date, sort_killed,
               status, claim_count, account_count)
             values (?1, '', 'other', 'unknown', '', -1, 'parsed', 0, 0)",
        )?
        .execute([&slug])?;
        Ok((tx.last_insert_rowid(), number))
    })
}

/// Whether an id was given, and to which incident if that is told by nothing now.
fn taken(tx: &Transaction, slug: &str) -> Result<Option<Option<i64>>, StoreError> {
    let alias =
        tx.prepare_cached("select 1 from incident_alias where slug = ?1")?.exists([slug])?;
    let found: Option<(i64, bool)> = tx
        .prepare_cached(
            "select i.incident_id, exists (select 1 from account a
               where a.incident_id = i.incident_id and a.retired_run is null)
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
        .prepare_cached("select 1 from account where incident_id = ?1 and kind = ?2")?
        .exists(params![key, kind.as_str()])?)
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

/// Current accounts of an incident.
///
/// # Errors
/// What SQLite says.
pub fn accounts(db: &Connection, key: i64) -> Result<Vec<Draft>, StoreError> {
    during("read the accounts of an incident", || {
        let accounts = load::accounts(db, "a.incident_id = ?1", key)?;
        Ok(accounts.into_iter().map(|l| l.account.draft).collect())
    })
}

/// Keys of incidents told to have happened at one of `places` (ids) when `date` may have been, or at
/// no known date; all dates when `date` is unknown.
///
/// # Errors
/// What SQLite says.
pub fn candidates(
    db: &Connection,
    places: &[&str],
    date: &DateSpan,
) -> Result<Vec<i64>, StoreError> {
    during("find incidents that may be the same", || {
        if places.is_empty() {
            return Ok(Vec::new());
        }
        let marks = vec!["?"; places.len()].join(", ");
        let mut values: Vec<String> = places.iter().map(|p| (*p).to_owned()).collect();
        let mut sql = format!(
            "select distinct a.incident_id from account_place p join account a using (account_id)
             where p.place in ({marks}) and a.retired_run is null"
        );
        if let (Some(start), Some(end)) = (date.start(), date.end()) {
            sql.push_str(" and (a.date_start is null or (a.date_end >= ? and a.date_start <= ?))");
            values.extend([start.to_string(), end.to_string()]);
        }
        sql.push_str(" order by 1");
        Ok(db
            .prepare_cached(&sql)?
            .query_map(params_from_iter(values), |row| row.get(0))?
            .collect::<Result<_, _>>()?)
    })
}

/// What was decided about an incident and others that are told, by their keys.
///
/// # Errors
/// What SQLite says.
pub fn decided(db: &Connection, slug: &str) -> Result<Vec<(i64, Decision)>, StoreError> {
    during("read decisions", || {
        Ok(db
            .prepare_cached(
                "select i.incident_id, m.decision from match m join incident i
                   on i.slug = case m.slug_a when ?1 then m.slug_b else m.slug_a end
                 where (m.slug_a = ?1 or m.slug_b = ?1) and m.decision <> 'open' and i.account_count > 0
                 order by 1",
            )?
            .query_map([slug], |row| {
                let word: String = row.get(1)?;
                Ok((row.get(0)?, decision_of(&word)))
            })?
            .collect::<Result<_, _>>()?)
    })
}

fn decision_of(word: &str) -> Decision {
    match word {
        "same" => Decision::Same,
        "different" => Decision::Different,
        _ => Decision::Open,
    }
}

/// Lists a pair as undecided, unless it is decided.
///
/// # Errors
/// What SQLite says.
pub fn doubt(
    tx: &Transaction,
    a: &str,
    b: &str,
    score: f64,
    reason: &str,
) -> Result<(), StoreError> {
    let (a, b) = (a.min(b), a.max(b));
    tx.prepare_cached(
        "insert into match (slug_a, slug_b, score, reason, decision) values (?1, ?2, ?3, ?4, 'open')
         on conflict do update set score = excluded.score, reason = excluded.reason
         where decision = 'open'",
    )
    .and_then(|mut s| s.execute(params![a, b, score, reason]))
    .map(|_| ())
    .map_err(StoreError::sql("list a doubtful pair"))
}

/// Forgets the undecided pairs of an incident, before they are looked for again.
///
/// # Errors
/// What SQLite says.
pub fn forget_doubts(tx: &Transaction, slug: &str) -> Result<(), StoreError> {
    tx.prepare_cached("delete from match where decision = 'open' and (slug_a = ?1 or slug_b = ?1)")
        .and_then(|mut s| s.execute([slug]))
        .map(|_| ())
        .map_err(StoreError::sql("forget doubtful pairs"))
}

/// Every listed pair, the most alike first.
///
/// # Errors
/// What SQLite says.
pub fn pairs(db: &Connection) -> Result<Vec<Pair>, StoreError> {
    during("list doubtful pairs", || {
        Ok(db
            .prepare_cached(
                "select slug_a, slug_b, score, reason, decision from match
                 order by score desc, slug_a, slug_b",
            )?
            .query_map([], |row| {
                let decision: String = row.get(4)?;
                Ok(Pair {
                    a: row.get(0)?,
                    b: row.get(1)?,
                    score: row.get(2)?,
                    reason: row.get(3)?,
                    decision: decision_of(&decision),
                })
            })?
            .collect::<Result<_, _>>()?)
    })
}

/// Records a decision about a pair of incidents.
///
/// # Errors
/// What SQLite says.
pub fn decide(tx: &Transaction, a: &str, b: &str, decision: Decision) -> Result<(), StoreError> {
    let (a, b) = (a.min(b), a.max(b));
    let word = match decision {
        Decision::Open => "open",
        Decision::Same => "same",
        Decision::Different => "different",
    };
    tx.prepare_cached(
        "insert into match (slug_a, slug_b, score, reason, decision, decided_at)
         values (?1, ?2, 1, 'decided by a person', ?3, ?4)
         on conflict do update set decision = excluded.decision, decided_at = excluded.decided_at",
    )
    .and_then(|mut s| s.execute(params![a, b, word, jiff::Timestamp::now().to_string()]))
    .map(|_| ())
    .map_err(StoreError::sql("record a decision"))
}
