//! The writing side: what a source says of an incident.

use super::error::{StoreError, during};
use super::load;
use crate::model::claim::Claim;
use crate::model::incident::Draft;
use crate::model::passage::Passage;
use crate::model::review::Signature;
use rusqlite::{Connection, Transaction, params};

/// A current account of a source, as import needs it to find it again.
#[derive(Debug, Clone, PartialEq)]
pub struct Existing {
    /// Key of the account.
    pub key: i64,
    /// Key of the incident that it was found to tell, whatever that is shown as.
    pub incident_key: i64,
    /// Its place in the order of the source.
    pub ordinal: i64,
    /// Who has confirmed or corrected it.
    pub signed: Option<Signature>,
    /// What it says.
    pub draft: Draft,
}

/// Where an account is stored.
#[derive(Debug, Clone, Copy)]
pub struct Slot {
    /// The import run.
    pub run: i64,
    /// Key of the version of the source that says it.
    pub source: i64,
    /// Key of the row that says it, when the source is a dataset: its passages lie in the text
    /// of that row.
    pub record: Option<i64>,
    /// Key of the incident that it was found to tell, whatever that is shown as.
    pub incident: i64,
    /// Its place in the order of the source.
    pub ordinal: u64,
}

/// Stores what a source says of an incident and gives the key of the account.
/// [`derive`](super::derive) must follow, once for each incident touched.
///
/// # Errors
/// What SQLite says.
pub fn add(tx: &Transaction, slot: Slot, draft: &Draft) -> Result<i64, StoreError> {
    during("store an account", || {
        let of_row = |passage: Option<&Passage>| {
            passage.filter(|_| slot.record.is_some()).map(|p| (p.start, p.end)).unzip()
        };
        let (whole_start, whole_end) = of_row(Some(&draft.passage));
        let (date_start, date_end) = of_row(draft.date_passage.as_ref());
        tx.prepare_cached(
            "insert into account (incident_id, own_incident, source_id, ordinal, main, title, kind,
               date_start, date_end, date_precision, added_run, record_id, whole_start, whole_end,
               date_passage_start, date_passage_end)
             select coalesce(shown_as, incident_id), iif(shown_as is null, null, incident_id),
               ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15
             from incident where incident_id = ?1",
        )?
        .execute(params![
            slot.incident,
            slot.source,
            slot.ordinal,
            draft.main,
            draft.title,
            draft.kind.as_str(),
            draft.date.start().map(|d| d.to_string()),
            draft.date.end().map(|d| d.to_string()),
            draft.date.precision().as_str(),
            slot.run,
            slot.record,
            whole_start,
            whole_end,
            date_start,
            date_end,
        ])?;
        let account = Stored { key: tx.last_insert_rowid(), of_row: slot.record.is_some() };
        if !account.of_row {
            add_passage(tx, account.key, "whole", &draft.passage)?;
            if let Some(passage) = &draft.date_passage {
                add_passage(tx, account.key, "date", passage)?;
            }
        }
        add_facts(tx, account, draft)?;
        Ok(account.key)
    })
}

/// An account whose facts are being stored.
#[derive(Debug, Clone, Copy)]
struct Stored {
    key: i64,
    /// Whether its passages are ranges of a row's text.
    of_row: bool,
}

/// The last columns of a fact: its passage, or its range of the row's text.
type Lies = (Option<i64>, Option<usize>, Option<usize>);

fn lies(
    tx: &Transaction,
    account: Stored,
    fact: &str,
    passage: &Passage,
) -> Result<Lies, StoreError> {
    match account.of_row {
        true => Ok((None, Some(passage.start), Some(passage.end))),
        false => Ok((Some(add_passage(tx, account.key, fact, passage)?), None, None)),
    }
}

fn add_facts(tx: &Transaction, account: Stored, draft: &Draft) -> Result<(), StoreError> {
    for (i, p) in draft.places.iter().enumerate() {
        let (passage, start, end) = lies(tx, account, "place", &p.passage)?;
        tx.prepare_cached(
            "insert into account_place values
               (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)",
        )?
        .execute(params![
            account.key,
            i,
            p.id,
            p.name,
            p.region_then,
            p.region_now,
            p.cercle,
            p.country,
            p.lat,
            p.lon,
            p.precision.as_str(),
            passage,
            start,
            end,
        ])?;
    }
    for (i, a) in draft.attributions.iter().enumerate() {
        let (passage, start, end) = lies(tx, account, "attribution", &a.passage)?;
        tx.prepare_cached(
            "insert into attribution values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
        )?
        .execute(params![
            account.key,
            i,
            a.actor,
            a.name,
            a.stance.as_str(),
            a.by.as_ref().map(|by| &by.name),
            a.by.as_ref().and_then(|by| by.actor.as_ref()),
            passage,
            start,
            end,
        ])?;
    }
    for (i, v) in draft.victims.iter().enumerate() {
        let (passage, start, end) = lies(tx, account, "victim", &v.passage)?;
        tx.prepare_cached("insert into account_victim values (?1, ?2, ?3, ?4, ?5, ?6)")?
            .execute(params![account.key, i, v.group, passage, start, end])?;
    }
    for (i, claim) in draft.claims.iter().enumerate() {
        add_claim(tx, account, i, claim)?;
    }
    Ok(())
}

fn add_claim(
    tx: &Transaction,
    account: Stored,
    ordinal: usize,
    claim: &Claim,
) -> Result<(), StoreError> {
    let (passage, start, end) = lies(tx, account, "claim", &claim.passage)?;
    tx.prepare_cached(
        "insert into claim values
           (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)",
    )?
    .execute(params![
        account.key,
        ordinal,
        claim.measure.as_str(),
        claim.group.as_str(),
        claim.min,
        claim.max,
        claim.qualifier.as_str(),
        claim.claimant.as_ref().map(|by| &by.name),
        claim.claimant.as_ref().and_then(|by| by.actor.as_ref()),
        claim.said_on.map(|d| d.to_string()),
        claim.partial,
        passage,
        start,
        end,
    ])?;
    Ok(())
}

fn add_passage(
    tx: &Transaction,
    account: i64,
    fact: &str,
    passage: &Passage,
) -> Result<i64, StoreError> {
    tx.prepare_cached(
        "insert into passage (account_id, fact, start_byte, end_byte, quote)
         values (?1, ?2, ?3, ?4, ?5)",
    )?
    .execute(params![account, fact, passage.start, passage.end, passage.quote])?;
    Ok(tx.last_insert_rowid())
}

/// The current accounts of one version of a source, in its order.
///
/// # Errors
/// What SQLite says.
pub fn of_source(tx: &Connection, source_key: i64) -> Result<Vec<Existing>, StoreError> {
    during("read the accounts of a source", || {
        let mut keys = tx.prepare_cached(
            "select account_id from account where source_id = ?1 and retired_run is null
             order by account_id",
        )?;
        let keys: Vec<i64> =
            keys.query_map([source_key], |row| row.get(0))?.collect::<Result<_, _>>()?;
        let mut loaded: Vec<_> =
            load::accounts(tx, "a.source_id = ?1", source_key)?.into_iter().zip(keys).collect();
        loaded.sort_by_key(|(l, _)| l.ordinal);
        Ok(loaded
            .into_iter()
            .map(|(l, key)| Existing {
                key,
                incident_key: l.own_key,
                ordinal: l.ordinal,
                signed: l.account.signed(),
                draft: l.account.draft,
            })
            .collect())
    })
}

/// Retires one account.
///
/// # Errors
/// What SQLite says.
pub fn retire(tx: &Transaction, run: i64, key: i64) -> Result<(), StoreError> {
    tx.execute("update account set retired_run = ?1 where account_id = ?2", [run, key])
        .map(|_| ())
        .map_err(StoreError::sql("retire an account"))
}

/// Marks an account as reviewed.
///
/// # Errors
/// What SQLite says.
pub fn sign(tx: &Transaction, key: i64, signed: &Signature) -> Result<(), StoreError> {
    tx.prepare_cached(
        "update account set status = 'reviewed', reviewed_by = ?2, reviewed_at = ?3
         where account_id = ?1",
    )
    .and_then(|mut s| s.execute(params![key, signed.by, signed.at]))
    .map(|_| ())
    .map_err(StoreError::sql("sign an account"))
}

/// Retires every current account of one version of a source.
///
/// # Errors
/// What SQLite says.
pub fn retire_of_source(tx: &Transaction, run: i64, source_key: i64) -> Result<(), StoreError> {
    tx.execute(
        "update account set retired_run = ?1 where source_id = ?2 and retired_run is null",
        [run, source_key],
    )
    .map(|_| ())
    .map_err(StoreError::sql("retire the accounts of a source"))
}
