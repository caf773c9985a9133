//! What derives from the accounts of an incident: its own columns, the values under which it
//! is found, and its words. It can be computed again at any time.

use super::error::{StoreError, during};
use super::{identity, load};
use crate::knowledge::Knowledge;
use crate::model::claim::Measure;
use crate::model::incident::{Draft, Incident, Stance};
use rusqlite::{Connection, OptionalExtension, Transaction, params};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// All that derives from an incident's accounts, ready to be written.
#[derive(Debug, Clone)]
pub struct Derived {
    title: String,
    kind: &'static str,
    date_start: Option<String>,
    date_end: Option<String>,
    date_precision: &'static str,
    killed: Option<(u32, u32, bool)>,
    status: &'static str,
    claims: usize,
    accounts: usize,
    values: BTreeSet<(&'static str, String)>,
    words: String,
}

impl Derived {
    /// What derives from `incident`; its id does not matter.
    pub fn of(incident: &Incident, known: &Knowledge) -> Self {
        let toll = incident.toll(Measure::Killed);
        Self {
            title: incident.title.clone(),
            kind: incident.kind.as_str(),
            date_start: incident.date.start().map(|d| d.to_string()),
            date_end: incident.date.end().map(|d| d.to_string()),
            date_precision: incident.date.precision().as_str(),
            killed: toll.map(|t| (t.low, t.high, t.open)),
            status: incident.status().as_str(),
            claims: incident.claims().count(),
            accounts: incident.accounts.len(),
            values: values(incident, known),
            words: words(incident, known),
        }
    }
}

/// Bytes of words that wait to be written together.
const WAITING: usize = 1 << 20;

/// What incidents share that are derived one after the other. [`Deriving::finish`] must follow.
#[derive(Debug, Default)]
pub struct Deriving {
    /// Keys of the values under which incidents are found, as far as they were asked for.
    keys: HashMap<&'static str, HashMap<String, i64>>,
    /// Words that wait, by incident: SQLite writes its index of words out before most statements
    /// that follow, which takes as long for one incident as for many.
    words: BTreeMap<i64, String>,
    /// Bytes of `words`.
    waiting: usize,
}

impl Deriving {
    /// Writes what waits.
    ///
    /// # Errors
    /// What SQLite says.
    pub fn finish(&mut self, tx: &Transaction) -> Result<(), StoreError> {
        during("write the words of incidents", || {
            let mut insert =
                tx.prepare_cached("insert into incident_text (rowid, words) values (?1, ?2)")?;
            self.waiting = 0;
            for (key, words) in std::mem::take(&mut self.words) {
                insert.execute(params![key, words])?;
            }
            Ok(())
        })
    }

    /// Has the words of an incident written, now or later.
    fn write_words(&mut self, tx: &Transaction, key: i64, words: &str) -> Result<(), StoreError> {
        self.waiting += words.len();
        self.words.insert(key, words.to_owned());
        if self.waiting < WAITING { Ok(()) } else { self.finish(tx) }
    }

    /// The key of a value, which is written out when it is new.
    fn key(
        &mut self,
        tx: &Transaction,
        dimension: &'static str,
        value: &str,
    ) -> Result<i64, StoreError> {
        let keys = self.keys.entry(dimension).or_default();
        if let Some(key) = keys.get(value) {
            return Ok(*key);
        }
        let found: Option<i64> = tx
            .prepare_cached(
                "select facet_value_id from facet_value where dimension = ?1 and value = ?2",
            )?
            .query_row([dimension, value], |row| row.get(0))
            .optional()?;
        let key = match found {
            Some(key) => key,
            None => {
                tx.prepare_cached("insert into facet_value (dimension, value) values (?1, ?2)")?
                    .execute([dimension, value])?;
                tx.last_insert_rowid()
            }
        };
        keys.insert(value.to_owned(), key);
        Ok(key)
    }
}

/// Computes again all that derives from the accounts of an incident, as what it is shown.
///
/// # Errors
/// What SQLite says.
pub fn derive(tx: &Transaction, key: i64, known: &Knowledge) -> Result<(), StoreError> {
    let mut deriving = Deriving::default();
    derive_with(tx, key, known, &mut deriving)?;
    deriving.finish(tx)
}

/// As [`derive()`], for many incidents one after the other.
///
/// # Errors
/// What SQLite says.
pub fn derive_with(
    tx: &Transaction,
    key: i64,
    known: &Knowledge,
    deriving: &mut Deriving,
) -> Result<(), StoreError> {
    during("derive an incident", || {
        forget(tx, key, deriving)?;
        let shown = identity::shown(tx, key)?;
        if shown != key {
            count_none(tx, key)?;
            forget(tx, shown, deriving)?;
        }
        let key = shown;
        match load::incidents(tx, &[key])?.pop() {
            Some(incident) => write(tx, key, &Derived::of(&incident, known), deriving),
            None => count_none(tx, key),
        }
    })
}

/// Notes that nothing tells an incident as itself any more.
fn count_none(tx: &Transaction, key: i64) -> Result<(), StoreError> {
    tx.prepare_cached("update incident set account_count = 0 where incident_id = ?1")?
        .execute([key])?;
    Ok(())
}

/// Removes the values and words of an incident.
fn forget(tx: &Transaction, key: i64, deriving: &mut Deriving) -> Result<(), StoreError> {
    tx.prepare_cached(
        "delete from facet_entry where incident_id = ?1 and facet_value_id in
           (select value from json_each((select facets from incident where incident_id = ?1)))",
    )?
    .execute([key])?;
    tx.prepare_cached("update incident set facets = '[]' where incident_id = ?1")?
        .execute([key])?;
    match deriving.words.remove(&key) {
        Some(words) => deriving.waiting -= words.len(),
        None => {
            tx.prepare_cached("delete from incident_text where rowid = ?1")?.execute([key])?;
        }
    }
    Ok(())
}

/// Writes what derives from the accounts of an incident that has neither values nor words.
///
/// # Errors
/// What SQLite says.
pub fn write(
    tx: &Transaction,
    key: i64,
    derived: &Derived,
    deriving: &mut Deriving,
) -> Result<(), StoreError> {
    during("write what derives from accounts", || {
        let mut insert = tx.prepare_cached("insert into facet_entry values (?1, ?2)")?;
        let mut facets = String::from("[");
        for (dimension, value) in &derived.values {
            let value = deriving.key(tx, dimension, value)?;
            insert.execute([value, key])?;
            if facets.len() > 1 {
                facets.push(',');
            }
            facets.push_str(&value.to_string());
        }
        facets.push(']');
        let (low, high, open) = match derived.killed {
            Some((low, high, open)) => (Some(low), Some(high), open),
            None => (None, None, false),
        };
        tx.prepare_cached(
            "update incident set title = ?2, kind = ?3, date_start = ?4, date_end = ?5,
               date_precision = ?6, sort_date = ?7, sort_killed = ?8, killed_low = ?9,
               killed_high = ?10, killed_open = ?11, status = ?12, claim_count = ?13,
               account_count = ?14, facets = ?15
             where incident_id = ?1",
        )?
        .execute(params![
            key,
            derived.title,
            derived.kind,
            derived.date_start,
            derived.date_end,
            derived.date_precision,
            derived.date_start.as_deref().unwrap_or_default(),
            high.map_or(-1, i64::from),
            low,
            high,
            open,
            derived.status,
            derived.claims,
            derived.accounts,
            facets,
        ])?;
        deriving.write_words(tx, key, &derived.words)
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
        let mut deriving = Deriving::default();
        keys.into_iter().try_for_each(|key| derive_with(tx, key, known, &mut deriving))?;
        deriving.finish(tx)
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
