//! What people decided about pairs of incidents: that they are one, or two. Decisions last
//! through imports, and can be undone.
//!
//! A decision is about incidents as they were found to be told. Those that are one are shown
//! as the oldest of them (`regroup`); what each was is kept, so that undoing a decision
//! leaves them as they would be without it.

use super::derive::derive;
use super::error::{BadDecision, StoreError, during};
use super::identity::{accounts, find, new_incident, redirect, shown, slug};
use crate::knowledge::Knowledge;
use crate::matching::Reason;
use crate::model::claim::words;
use crate::model::incident::{Account, EventType};
use rusqlite::{Connection, OptionalExtension, Transaction, params};
use std::collections::{BTreeMap, BTreeSet};
use std::str::FromStr;

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
words!(Decision { Open => "open", Same => "same", Different => "different" });

/// A pair of incidents that may be one, or about which a person decided.
#[derive(Debug, Clone, PartialEq)]
pub struct Pair {
    /// Id of one, the lesser.
    pub a: String,
    /// Id of the other.
    pub b: String,
    /// How well they agree, from 0 to 1.
    pub score: f64,
    /// What is in doubt.
    pub reason: Reason,
    /// What was decided.
    pub decision: Decision,
    /// When it was decided: UTC, RFC 3339.
    pub decided_at: Option<String>,
    /// Which of the two a person parted from the other, which rules had joined to it.
    pub parted: Option<String>,
    /// The incidents as which the two are shown.
    pub shown: [String; 2],
}

/// Every pair of incidents that are told at present, the undecided and the most alike first.
/// Undecided pairs of what is shown as one are left out.
///
/// # Errors
/// What SQLite says.
pub fn pairs(db: &Connection) -> Result<Vec<Pair>, StoreError> {
    during("list pairs", || {
        let mut statement = db.prepare_cached(
            "select m.*, sa.slug as shown_a, sb.slug as shown_b
             from match m
             join incident a on a.slug = m.slug_a join incident b on b.slug = m.slug_b
             join incident sa on sa.incident_id = coalesce(a.shown_as, a.incident_id)
             join incident sb on sb.incident_id = coalesce(b.shown_as, b.incident_id)
             where sa.account_count > 0 and sb.account_count > 0
               and (m.decision <> 'open' or sa.incident_id <> sb.incident_id)
             order by m.decision <> 'open', m.score desc, m.slug_a, m.slug_b",
        )?;
        let mut rows = statement.query([])?;
        let mut pairs = Vec::new();
        while let Some(row) = rows.next()? {
            pairs.push(Pair {
                a: row.get("slug_a")?,
                b: row.get("slug_b")?,
                score: row.get("score")?,
                reason: word(row.get("reason")?)?,
                decision: word(row.get("decision")?)?,
                decided_at: row.get("decided_at")?,
                parted: row.get("parted")?,
                shown: [row.get("shown_a")?, row.get("shown_b")?],
            });
        }
        Ok(pairs)
    })
}

fn word<T: FromStr>(text: String) -> Result<T, StoreError> {
    text.parse().map_err(|_| StoreError::Damaged(format!("match: no such word: {text:?}")))
}

/// An incident that rules found several sources to tell.
#[derive(Debug, Clone, PartialEq)]
pub struct Joined {
    /// Its id, as itself.
    pub own: String,
    /// The incident as which it is shown.
    pub id: String,
    /// Its accounts, as they were imported.
    pub accounts: Vec<Account>,
}

/// What rules joined: the accounts of several sources that were found to tell one incident, in
/// the order of the ids, at most `size` from after `after` on. With `only`, those of one
/// incident as it is shown.
///
/// # Errors
/// What SQLite says.
pub fn joined(
    db: &Connection,
    only: Option<&str>,
    after: &str,
    size: usize,
) -> Result<Vec<Joined>, StoreError> {
    during("list what rules joined", || {
        let which = match only {
            Some(_) => {
                "(own.slug = ?2 or own.shown_as = (select incident_id from incident where slug = ?2))"
            }
            None => "?2 is null",
        };
        let mut statement = db.prepare_cached(&format!(
            "select own.incident_id, own.slug, shown.slug
             from incident own join incident shown
               on shown.incident_id = coalesce(own.shown_as, own.incident_id)
             where own.slug > ?1 and {which} and shown.account_count > 1
               and (select count(distinct a.source_id) from account a
                    where a.incident_id = shown.incident_id and a.retired_run is null
                      and coalesce(a.own_incident, a.incident_id) = own.incident_id) > 1
             order by own.slug limit ?3"
        ))?;
        let size = i64::try_from(size).unwrap_or(i64::MAX);
        let mut rows = statement.query(params![after, only, size])?;
        let mut found = Vec::new();
        while let Some(row) = rows.next()? {
            let key: i64 = row.get(0)?;
            found.push(Joined { own: row.get(1)?, id: row.get(2)?, accounts: accounts(db, key)? });
        }
        Ok(found)
    })
}

/// The incidents about which a person decided together with this one, by their keys.
///
/// # Errors
/// What SQLite says.
pub fn of_incident(db: &Connection, slug: &str) -> Result<Vec<(i64, Decision)>, StoreError> {
    during("read decisions", || {
        let mut statement = db.prepare_cached(
            "select i.incident_id, m.decision from match m join incident i
               on i.slug = case m.slug_a when ?1 then m.slug_b else m.slug_a end
             where (m.slug_a = ?1 or m.slug_b = ?1) and m.decision <> 'open' order by 1",
        )?;
        let mut rows = statement.query([slug])?;
        let mut found = Vec::new();
        while let Some(row) = rows.next()? {
            found.push((row.get(0)?, word(row.get(1)?)?));
        }
        Ok(found)
    })
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
    reason: Reason,
) -> Result<(), StoreError> {
    let (a, b) = (a.min(b), a.max(b));
    tx.prepare_cached(
        "insert into match (slug_a, slug_b, score, reason, decision) values (?1, ?2, ?3, ?4, 'open')
         on conflict do update set score = excluded.score, reason = excluded.reason
         where decision = 'open'",
    )
    .and_then(|mut s| s.execute(params![a, b, score, reason.as_str()]))
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

/// Records that two incidents are one or two, and shows them so.
///
/// # Errors
/// [`BadDecision`] when there is no such incident, both are one incident, or it contradicts
/// what was decided before; then `tx` must not be committed. What SQLite says.
pub fn decide(
    tx: &Transaction,
    known: &Knowledge,
    [a, b]: [&str; 2],
    decision: Decision,
) -> Result<(), StoreError> {
    during("record a decision", || {
        let keys = [told(tx, a)?, told(tx, b)?];
        if keys[0] == keys[1] {
            return Err(BadDecision::OneIncident(a.to_owned(), b.to_owned()).into());
        }
        let (a, b) = (slug(tx, keys[0])?, slug(tx, keys[1])?);
        let (a, b) = (a.as_str().min(&b), a.as_str().max(&b));
        tx.prepare_cached(
            "insert into match (slug_a, slug_b, score, reason, decision, decided_at)
             values (?1, ?2, 1, ?3, ?4, ?5)
             on conflict do update set decision = excluded.decision,
               decided_at = excluded.decided_at",
        )?
        .execute(params![a, b, Reason::Person.as_str(), decision.as_str(), now()])?;
        regroup(tx, known, keys)?;
        contradiction(tx)
    })
}

/// Parts what the source `source` tells from the incident `id`, to which rules joined it, and
/// gives the id of the new incident.
///
/// # Errors
/// [`BadDecision`] when there is no such incident, the source does not tell it, or nobody else
/// does. What SQLite says.
pub fn part(
    tx: &Transaction,
    known: &Knowledge,
    id: &str,
    source: &str,
) -> Result<String, StoreError> {
    during("part an incident", || {
        let whole = shown(tx, told(tx, id)?)?;
        let found: Option<(i64, String)> = tx
            .prepare_cached(
                "select coalesce(a.own_incident, a.incident_id), a.kind
                 from account a join source s using (source_id)
                 where a.incident_id = ?1 and s.slug = ?2 and a.retired_run is null
                 order by a.account_id limit 1",
            )?
            .query_row(params![whole, source], |row| Ok((row.get(0)?, row.get(1)?)))
            .optional()?;
        let refused = || BadDecision::NotJoined { id: id.to_owned(), told_by: source.to_owned() };
        let (own, kind) = found.ok_or_else(refused)?;
        let kind: EventType = word(kind)?;
        let rest: i64 = tx
            .prepare_cached(
                "select count(*) from account a join source s using (source_id)
                 where a.incident_id = ?1 and coalesce(a.own_incident, a.incident_id) = ?2
                   and s.slug <> ?3 and a.retired_run is null",
            )?
            .query_row(params![whole, own, source], |row| row.get(0))?;
        if rest == 0 {
            return Err(refused().into());
        }
        let (of, parted) = (slug(tx, own)?, new_incident(tx, &slug(tx, own)?, kind)?);
        tx.prepare_cached(
            "update account set incident_id = ?3, own_incident = null
             where coalesce(own_incident, incident_id) = ?2 and incident_id = ?1
               and source_id in (select source_id from source where slug = ?4)",
        )?
        .execute(params![whole, own, parted, source])?;
        let parted_slug = slug(tx, parted)?;
        let (a, b) = (of.as_str().min(&parted_slug), of.as_str().max(&parted_slug));
        tx.prepare_cached(
            "insert into match (slug_a, slug_b, score, reason, decision, decided_at, parted)
             values (?1, ?2, 1, ?3, 'different', ?4, ?5)
             on conflict do update set decision = 'different', decided_at = excluded.decided_at,
               parted = excluded.parted",
        )?
        .execute(params![a, b, Reason::Person.as_str(), now(), parted_slug])?;
        regroup(tx, known, [own, parted])?;
        contradiction(tx)?;
        Ok(parted_slug)
    })
}

/// Takes a decision back: the two are what they were before it.
///
/// # Errors
/// [`BadDecision`] when nothing was decided about them, or when other decisions build on it.
/// What SQLite says.
pub fn undo(tx: &Transaction, known: &Knowledge, [a, b]: [&str; 2]) -> Result<(), StoreError> {
    during("undo a decision", || {
        let (a, b) = (a.min(b), a.max(b));
        let found: Option<(String, Option<String>)> = tx
            .prepare_cached(
                "select reason, parted from match
                 where slug_a = ?1 and slug_b = ?2 and decision <> 'open'",
            )?
            .query_row([a, b], |row| Ok((row.get(0)?, row.get(1)?)))
            .optional()?;
        let undecided = || BadDecision::Undecided(a.to_owned(), b.to_owned());
        let (reason, parted) = found.ok_or_else(undecided)?;
        let keys = [told(tx, a)?, told(tx, b)?];
        if reason == Reason::Person.as_str() {
            tx.execute("delete from match where slug_a = ?1 and slug_b = ?2", [a, b])?;
        } else {
            tx.execute(
                "update match set decision = 'open', decided_at = null
                 where slug_a = ?1 and slug_b = ?2",
                [a, b],
            )?;
        }
        if let Some(parted) = parted {
            let (from, to) = if parted == a { (keys[0], keys[1]) } else { (keys[1], keys[0]) };
            if let Some((other, _)) = of_incident(tx, &parted)?.first() {
                return Err(BadDecision::Contradicts(parted, slug(tx, *other)?).into());
            }
            tx.prepare_cached(
                "update account set incident_id = ?2, own_incident = null
                 where coalesce(own_incident, incident_id) = ?1",
            )?
            .execute([from, to])?;
            redirect(tx, from, to)?;
            forget_doubts(tx, &parted)?;
        }
        regroup(tx, known, keys)
    })
}

fn now() -> String {
    jiff::Timestamp::now().to_string()
}

/// The incident of an id, which must be there.
fn told(db: &Connection, id: &str) -> Result<i64, StoreError> {
    let missing = || StoreError::from(BadDecision::NoIncident(id.to_owned()));
    let key = find(db, id)?.ok_or_else(missing)?;
    let count: i64 = db
        .prepare_cached("select account_count from incident where incident_id = ?1")?
        .query_row([shown(db, key)?], |row| row.get(0))?;
    if count == 0 { Err(missing()) } else { Ok(key) }
}

/// Shows the incidents that are or were one with `keys` as the decisions now say.
pub(super) fn regroup(
    tx: &Transaction,
    known: &Knowledge,
    keys: [i64; 2],
) -> Result<(), StoreError> {
    let mut members = BTreeSet::from(keys);
    for key in keys {
        let root = shown(tx, key)?;
        members.insert(root);
        let mut others =
            tx.prepare_cached("select incident_id from incident where shown_as = ?1")?;
        for other in others.query_map([root], |row| row.get::<_, i64>(0))? {
            members.insert(other?);
        }
    }
    let mut roots: BTreeMap<i64, i64> = members.iter().map(|key| (*key, *key)).collect();
    for (a, b) in said_to_be_one(tx)? {
        if let (Some(&a), Some(&b)) = (roots.get(&a), roots.get(&b)) {
            let (oldest, other) = (a.min(b), a.max(b));
            roots.values_mut().filter(|root| **root == other).for_each(|root| *root = oldest);
        }
    }
    // All are as themselves before any is shown as another.
    let mut own = tx.prepare_cached(
        "update account set incident_id = own_incident, own_incident = null where own_incident = ?1",
    )?;
    let mut alone =
        tx.prepare_cached("update incident set shown_as = null where incident_id = ?1")?;
    for key in &members {
        own.execute([key])?;
        alone.execute([key])?;
    }
    let mut joined = tx.prepare_cached(
        "update account set incident_id = ?2, own_incident = ?1
         where incident_id = ?1 and own_incident is null",
    )?;
    let mut shown_as =
        tx.prepare_cached("update incident set shown_as = ?2 where incident_id = ?1")?;
    for (key, root) in roots.iter().filter(|(key, root)| key != root) {
        joined.execute([key, root])?;
        shown_as.execute([key, root])?;
    }
    members.into_iter().try_for_each(|key| derive(tx, key, known))
}

fn said_to_be_one(db: &Connection) -> Result<Vec<(i64, i64)>, StoreError> {
    Ok(db
        .prepare_cached(
            "select a.incident_id, b.incident_id from match m
             join incident a on a.slug = m.slug_a join incident b on b.slug = m.slug_b
             where m.decision = 'same'",
        )?
        .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect::<Result<_, _>>()?)
}

/// Refuses that two incidents be one by some decisions and two by another.
fn contradiction(db: &Connection) -> Result<(), StoreError> {
    let found = db
        .prepare_cached(
            "select m.slug_a, m.slug_b from match m
             join incident a on a.slug = m.slug_a join incident b on b.slug = m.slug_b
             where m.decision = 'different' and coalesce(a.shown_as, a.incident_id)
               = coalesce(b.shown_as, b.incident_id)",
        )?
        .query_row([], |row| Ok(BadDecision::Contradicts(row.get(0)?, row.get(1)?)))
        .optional()?;
    found.map_or(Ok(()), |found| Err(found.into()))
}
