//! The writing side: what a source says of an incident, and all that derives from it.

use super::error::{StoreError, during};
use super::load;
use crate::knowledge::Knowledge;
use crate::model::claim::Measure;
use crate::model::incident::{Draft, Incident, Stance};
use crate::model::passage::Passage;
use rusqlite::{Connection, Transaction, params};
use std::collections::BTreeSet;

/// A current account of a source, as import needs it to find it again.
#[derive(Debug, Clone, PartialEq)]
pub struct Existing {
    /// Key of the account.
    pub key: i64,
    /// Key of the incident that it was found to tell, whatever that is shown as.
    pub incident_key: i64,
    /// What it says.
    pub draft: Draft,
}

/// Stores what a source says of an incident. [`derive()`] must follow, once for each incident
/// touched as it is shown ([`super::identity::shown`]).
///
/// # Errors
/// What SQLite says.
pub fn add(
    tx: &Transaction,
    run: i64,
    source_key: i64,
    incident_key: i64,
    ordinal: usize,
    draft: &Draft,
) -> Result<(), StoreError> {
    during("store an account", || {
        tx.prepare_cached(
            "insert into account (incident_id, own_incident, source_id, ordinal, main, title, kind,
               date_start, date_end, date_precision, added_run)
             select coalesce(shown_as, incident_id), iif(shown_as is null, null, incident_id),
               ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10
             from incident where incident_id = ?1",
        )?
        .execute(params![
            incident_key,
            source_key,
            ordinal,
            draft.main,
            draft.title,
            draft.kind.as_str(),
            draft.date.start().map(|d| d.to_string()),
            draft.date.end().map(|d| d.to_string()),
            draft.date.precision().as_str(),
            run,
        ])?;
        let account = tx.last_insert_rowid();
        add_passage(tx, account, "whole", &draft.passage)?;
        if let Some(passage) = &draft.date_passage {
            add_passage(tx, account, "date", passage)?;
        }
        add_facts(tx, account, draft)
    })
}

fn add_facts(tx: &Transaction, account: i64, draft: &Draft) -> Result<(), StoreError> {
    for (i, p) in draft.places.iter().enumerate() {
        let passage = add_passage(tx, account, "place", &p.passage)?;
        tx.prepare_cached(
            "insert into account_place values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)",
        )?
        .execute(params![
            account,
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
        ])?;
    }
    for (i, a) in draft.attributions.iter().enumerate() {
        let passage = add_passage(tx, account, "attribution", &a.passage)?;
        tx.prepare_cached("insert into attribution values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)")?
            .execute(params![
                account,
                i,
                a.actor,
                a.name,
                a.stance.as_str(),
                a.by.as_ref().map(|by| &by.name),
                a.by.as_ref().and_then(|by| by.actor.as_ref()),
                passage,
            ])?;
    }
    for (i, v) in draft.victims.iter().enumerate() {
        let passage = add_passage(tx, account, "victim", &v.passage)?;
        tx.prepare_cached("insert into account_victim values (?1, ?2, ?3, ?4)")?
            .execute(params![account, i, v.group, passage])?;
    }
    for (i, c) in draft.claims.iter().enumerate() {
        let passage = add_passage(tx, account, "claim", &c.passage)?;
        tx.prepare_cached(
            "insert into claim values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)",
        )?
        .execute(params![
            account,
            i,
            c.measure.as_str(),
            c.group.as_str(),
            c.min,
            c.max,
            c.qualifier.as_str(),
            c.claimant.as_ref().map(|by| &by.name),
            c.claimant.as_ref().and_then(|by| by.actor.as_ref()),
            c.said_on.map(|d| d.to_string()),
            c.partial,
            passage,
        ])?;
    }
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
pub fn of_source(tx: &Transaction, source_key: i64) -> Result<Vec<Existing>, StoreError> {
    during("read the accounts of a source", || {
        let mut keys = tx.prepare_cached(
            "select account_id, coalesce(own_incident, incident_id) from account
             where source_id = ?1 and retired_run is null order by account_id",
        )?;
        let keys: Vec<(i64, i64)> = keys
            .query_map([source_key], |row| Ok((row.get(0)?, row.get(1)?)))?
            .collect::<Result<_, _>>()?;
        let mut loaded: Vec<_> =
            load::accounts(tx, "a.source_id = ?1", source_key)?.into_iter().zip(keys).collect();
        loaded.sort_by_key(|(l, _)| l.ordinal);
        Ok(loaded
            .into_iter()
            .map(|(l, (key, incident_key))| Existing { key, incident_key, draft: l.account.draft })
            .collect())
    })
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

/// Computes again all that derives from an incident's accounts: its own columns, the values
/// under which it is found, and its words.
///
/// # Errors
/// What SQLite says.
pub fn derive(tx: &Transaction, key: i64, known: &Knowledge) -> Result<(), StoreError> {
    during("derive an incident", || {
        tx.prepare_cached("delete from facet where incident_id = ?1")?.execute([key])?;
        tx.prepare_cached("delete from incident_text where rowid = ?1")?.execute([key])?;
        let Some(incident) = load::incidents(tx, &[key])?.pop() else {
            tx.prepare_cached("update incident set account_count = 0 where incident_id = ?1")?
                .execute([key])?;
            return Ok(());
        };
        let toll = incident.toll(Measure::Killed);
        let start = incident.date.start().map(|d| d.to_string());
        tx.prepare_cached(
            "update incident set title = ?2, kind = ?3, date_start = ?4, date_end = ?5,
               date_precision = ?6, sort_date = ?7, sort_killed = ?8, killed_low = ?9,
               killed_high = ?10, killed_open = ?11, status = ?12, claim_count = ?13,
               account_count = ?14
             where incident_id = ?1",
        )?
        .execute(params![
            key,
            incident.title,
            incident.kind.as_str(),
            start,
            incident.date.end().map(|d| d.to_string()),
            incident.date.precision().as_str(),
            start.as_deref().unwrap_or_default(),
            toll.map_or(-1, |t| i64::from(t.high)),
            toll.map(|t| t.low),
            toll.map(|t| t.high),
            toll.is_some_and(|t| t.open),
            incident.status().as_str(),
            incident.claims().count(),
            incident.accounts.len(),
        ])?;
        let mut insert = tx.prepare_cached("insert into facet values (?1, ?2, ?3)")?;
        for (dimension, value) in values(&incident, known) {
            insert.execute(params![dimension, value, key])?;
        }
        tx.prepare_cached("insert into incident_text (rowid, words) values (?1, ?2)")?
            .execute(params![key, words(&incident, known)])?;
        Ok(())
    })
}

/// Hash of the data files from which all incidents were last derived; empty when never.
///
/// # Errors
/// What SQLite says.
pub fn knowledge(db: &Connection) -> Result<String, StoreError> {
    db.query_row("select knowledge from content", [], |row| row.get(0))
        .map_err(StoreError::sql("read the hash of the data files"))
}

/// Derives every incident again, and keeps the hash of the data files that it was done with.
///
/// # Errors
/// What SQLite says.
pub fn derive_all(tx: &Transaction, known: &Knowledge, hash: &str) -> Result<(), StoreError> {
    during("derive all incidents", || {
        tx.execute("update content set knowledge = ?1", [hash])?;
        let keys: Vec<i64> = tx
            .prepare("select incident_id from incident where account_count > 0")?
            .query_map([], |row| row.get(0))?
            .collect::<Result<_, _>>()?;
        keys.into_iter().try_for_each(|key| derive(tx, key, known))
    })
}

/// The values under which an incident is found, by dimension: those of every account. A part
/// also counts for its whole; a place for its region then and now, together and each alone.
pub fn values(incident: &Incident, known: &Knowledge) -> BTreeSet<(&'static str, String)> {
    let mut values = BTreeSet::new();
    values.insert(("status", incident.status().as_str().to_owned()));
    for account in &incident.accounts {
        let draft = &account.draft;
        values.insert(("source", account.source.id.clone()));
        values.insert(("type", draft.kind.as_str().to_owned()));
        for place in &draft.places {
            let regions = [&place.region_then, &place.region_now];
            values.extend(regions.into_iter().flatten().map(|r| ("region", r.clone())));
            values.extend(place.region_then.iter().map(|r| ("region_then", r.clone())));
            values.extend(place.region_now.iter().map(|r| ("region_now", r.clone())));
            values.insert(("place", place.key()));
        }
        for attribution in &draft.attributions {
            let stance = attribution.stance.as_str();
            values.insert(("stance", stance.to_owned()));
            for actor in wholes(draft, &attribution.actor, known) {
                if attribution.stance != Stance::Denied {
                    values.insert(("perpetrator", actor.to_owned()));
                }
                values.insert(("perpetrator_stance", format!("{actor}:{stance}")));
            }
        }
        for victim in &draft.victims {
            let groups = known.victims.with_wholes(&victim.group);
            values.extend(groups.into_iter().map(|g| ("victim", g.to_owned())));
        }
    }
    values
}

/// An actor and what it was part of when the incident happened.
fn wholes<'a>(draft: &Draft, actor: &'a str, known: &'a Knowledge) -> Vec<&'a str> {
    match draft.date.end() {
        Some(day) => known.actors.with_wholes_in(actor, day.year()),
        None => known.actors.with_wholes(actor),
    }
}

/// The words by which an incident is found: titles, places with their regions, actors and
/// victim groups in both languages, and every quoted passage.
pub fn words(incident: &Incident, known: &Knowledge) -> String {
    let mut lines = BTreeSet::<&str>::new();
    for account in &incident.accounts {
        let draft = &account.draft;
        lines.extend([draft.title.as_str(), draft.passage.quote.as_str()]);
        lines.extend(draft.date_passage.iter().map(|p| p.quote.as_str()));
        for place in &draft.places {
            lines.extend([place.name.as_str(), place.passage.quote.as_str()]);
            lines.extend(place.cercle.as_deref());
            lines.extend(known.gazetteer.get(&place.id).map(|p| p.name.as_str()));
            for region in [&place.region_then, &place.region_now].into_iter().flatten() {
                let region = known.regions.get(region);
                lines.extend(region.into_iter().flat_map(|r| [r.en.as_str(), &r.fr]));
            }
        }
        for attribution in &draft.attributions {
            lines.extend([attribution.name.as_str(), attribution.passage.quote.as_str()]);
            lines.extend(attribution.by.as_ref().map(|by| by.name.as_str()));
            for actor in wholes(draft, &attribution.actor, known) {
                let actor = known.actors.get(actor).into_iter();
                lines.extend(
                    actor.flat_map(|a| std::iter::once(a.name.as_str()).chain(a.fr.as_deref())),
                );
            }
        }
        for victim in &draft.victims {
            lines.insert(&victim.passage.quote);
            for group in known.victims.with_wholes(&victim.group) {
                let group = known.victims.get(group).into_iter();
                lines.extend(group.flat_map(|g| [g.en.as_str(), &g.fr]));
            }
        }
        for claim in &draft.claims {
            lines.insert(&claim.passage.quote);
            lines.extend(claim.claimant.as_ref().map(|by| by.name.as_str()));
        }
    }
    lines.into_iter().collect::<Vec<_>>().join("\n")
}
