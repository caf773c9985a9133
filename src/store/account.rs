//! The writing side: what a source says of an incident.

use super::error::{StoreError, during};
use super::load;
use super::table::{self, Values, made, number, position, some_text, text};
use crate::model::claim::Claim;
use crate::model::incident::{Attribution, Draft, Place};
use crate::model::passage::Passage;
use crate::model::review::Signature;
use rusqlite::types::ToSqlOutput;
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
        let (shown, own): (i64, Option<i64>) = tx
            .prepare_cached(
                "select coalesce(shown_as, incident_id),
                   iif(shown_as is null, null, incident_id)
                 from incident where incident_id = ?1",
            )?
            .query_row([slot.incident], |row| Ok((row.get(0)?, row.get(1)?)))?;
        let key = next(tx)?;
        table::insert(tx, ACCOUNT, &[account(key, slot, (shown, own), draft)])?;
        let mut facts = Facts::default();
        if slot.record.is_some() {
            facts.of_row(key, draft);
        } else {
            add_passage(tx, key, "whole", &draft.passage)?;
            if let Some(passage) = &draft.date_passage {
                add_passage(tx, key, "date", passage)?;
            }
            facts.add(key, draft, |fact, passage| {
                Ok((Some(add_passage(tx, key, fact, passage)?), None))
            })?;
        }
        facts.write(tx)?;
        Ok(key)
    })
}

/// The key of the next account.
pub(super) fn next(tx: &Transaction) -> rusqlite::Result<i64> {
    tx.prepare_cached("select coalesce(max(account_id), 0) + 1 from account")?
        .query_row([], |row| row.get(0))
}

/// Where accounts are written, with the columns of [`account()`].
pub(super) const ACCOUNT: &str = "account (account_id, incident_id, own_incident, source_id, \
    ordinal, main, title, kind, date_start, date_end, date_precision, added_run, record_id, \
    whole_start, whole_end, date_passage_start, date_passage_end)";

/// The row of an account, with the key of the incident as which it is shown and of that which
/// it was found to tell, where that is another.
pub(super) fn account(
    key: i64,
    slot: Slot,
    (shown, own): (i64, Option<i64>),
    draft: &Draft,
) -> Values<'_, 17> {
    let of_row = |passage: Option<&Passage>| {
        let passage = passage.filter(|_| slot.record.is_some());
        let ends = passage.map_or([None; 2], |p| [Some(p.start), Some(p.end)]);
        ends.map(|end| end.map_or(number(None), position))
    };
    let [whole_start, whole_end] = of_row(Some(&draft.passage));
    let [date_start, date_end] = of_row(draft.date_passage.as_ref());
    [
        number(key),
        number(shown),
        number(own),
        number(slot.source),
        number(i64::try_from(slot.ordinal).unwrap_or(i64::MAX)),
        number(i64::from(draft.main)),
        text(&draft.title),
        text(draft.kind.as_str()),
        made(draft.date.start()),
        made(draft.date.end()),
        text(draft.date.precision().as_str()),
        number(slot.run),
        number(slot.record),
        whole_start,
        whole_end,
        date_start,
        date_end,
    ]
}

/// Where the words of a fact lie: the key of its passage, or the range in the text of its row.
type Lies = (Option<i64>, Option<(usize, usize)>);

/// Facts of accounts that wait to be written.
#[derive(Debug, Default)]
pub(super) struct Facts<'a> {
    places: Vec<Values<'a, 14>>,
    attributions: Vec<Values<'a, 10>>,
    victims: Vec<Values<'a, 6>>,
    claims: Vec<Values<'a, 14>>,
}

impl<'a> Facts<'a> {
    /// Adds those of the account of a row.
    pub fn of_row(&mut self, key: i64, draft: &'a Draft) {
        let range = |_: &str, passage: &Passage| Ok((None, Some((passage.start, passage.end))));
        self.add(key, draft, range).expect("to copy a range cannot fail");
    }

    /// Adds those of an account; `lies` says of each kind of fact and its words where these are.
    fn add(
        &mut self,
        key: i64,
        draft: &'a Draft,
        mut lies: impl FnMut(&str, &Passage) -> Result<Lies, StoreError>,
    ) -> Result<(), StoreError> {
        for (i, place) in draft.places.iter().enumerate() {
            self.places.push(place_row(key, i, place, lies("place", &place.passage)?));
        }
        for (i, attribution) in draft.attributions.iter().enumerate() {
            let lies = lies("attribution", &attribution.passage)?;
            self.attributions.push(attribution_row(key, i, attribution, lies));
        }
        for (i, victim) in draft.victims.iter().enumerate() {
            let [passage, start, end] = ends(lies("victim", &victim.passage)?);
            let group = text(&victim.group);
            self.victims.push([number(key), position(i), group, passage, start, end]);
        }
        for (i, claim) in draft.claims.iter().enumerate() {
            self.claims.push(claim_row(key, i, claim, lies("claim", &claim.passage)?));
        }
        Ok(())
    }

    /// Writes them, after their accounts.
    ///
    /// # Errors
    /// What SQLite says.
    pub fn write(&self, tx: &Transaction) -> rusqlite::Result<()> {
        table::insert(tx, "account_place", &self.places)?;
        table::insert(tx, "attribution", &self.attributions)?;
        table::insert(tx, "account_victim", &self.victims)?;
        table::insert(tx, "claim", &self.claims)
    }
}

/// The last columns of a fact.
fn ends<'a>((passage, range): Lies) -> Values<'a, 3> {
    let (start, end) = range.unzip();
    [number(passage), start.map_or(number(None), position), end.map_or(number(None), position)]
}

fn place_row(key: i64, ordinal: usize, place: &Place, lies: Lies) -> Values<'_, 14> {
    let [passage, start, end] = ends(lies);
    let degrees = |degrees: Option<f64>| degrees.map_or(number(None), ToSqlOutput::from);
    [
        number(key),
        position(ordinal),
        text(&place.id),
        text(&place.name),
        some_text(place.region_then.as_ref()),
        some_text(place.region_now.as_ref()),
        some_text(place.cercle.as_ref()),
        some_text(place.country.as_ref()),
        degrees(place.lat),
        degrees(place.lon),
        text(place.precision.as_str()),
        passage,
        start,
        end,
    ]
}

fn attribution_row(key: i64, ordinal: usize, said: &Attribution, lies: Lies) -> Values<'_, 10> {
    let [passage, start, end] = ends(lies);
    [
        number(key),
        position(ordinal),
        text(&said.actor),
        text(&said.name),
        text(said.stance.as_str()),
        some_text(said.by.as_ref().map(|by| &by.name)),
        some_text(said.by.as_ref().and_then(|by| by.actor.as_ref())),
        passage,
        start,
        end,
    ]
}

fn claim_row(key: i64, ordinal: usize, claim: &Claim, lies: Lies) -> Values<'_, 14> {
    let [passage, start, end] = ends(lies);
    [
        number(key),
        position(ordinal),
        text(claim.measure.as_str()),
        text(claim.group.as_str()),
        number(claim.min.map(i64::from)),
        number(claim.max.map(i64::from)),
        text(claim.qualifier.as_str()),
        some_text(claim.claimant.as_ref().map(|by| &by.name)),
        some_text(claim.claimant.as_ref().and_then(|by| by.actor.as_ref())),
        made(claim.said_on),
        number(i64::from(claim.partial)),
        passage,
        start,
        end,
    ]
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
