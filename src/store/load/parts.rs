//! Everything of accounts that has a passage.

use super::head::{Head, date, word};
use super::{StoreError, json};
use crate::model::claim::{Claim, Claimant};
use crate::model::incident::{Attribution, Draft, Place, Victim};
use crate::model::passage::Passage;
use rusqlite::{Connection, Row};
use std::iter::Peekable;
use std::vec::IntoIter;

/// Things by the keys of their accounts, which only rise, as those that ask for them do.
#[derive(Debug)]
struct Of<T>(Peekable<IntoIter<(i64, T)>>);

impl<T> Of<T> {
    /// Those of an account.
    fn take(&mut self, account: i64) -> Vec<T> {
        let mut found = Vec::new();
        while let Some((_, thing)) = self.0.next_if(|(key, _)| *key == account) {
            found.push(thing);
        }
        found
    }
}

impl<T> From<Vec<(i64, T)>> for Of<T> {
    fn from(things: Vec<(i64, T)>) -> Self {
        Self(things.into_iter().peekable())
    }
}

/// Everything with a passage. Passages of rows of datasets are ranges, as yet without words.
#[derive(Debug)]
pub(super) struct Parts {
    wholes: Of<Passage>,
    dates: Of<Passage>,
    places: Of<Place>,
    attributions: Of<Attribution>,
    victims: Of<Victim>,
    claims: Of<Claim>,
}

impl Parts {
    /// Those of accounts, which are asked for in the same order.
    pub fn read(db: &Connection, heads: &[Head]) -> Result<Self, StoreError> {
        let accounts = &json(heads.iter().map(|head| &head.key));
        // Rows of datasets have theirs in the account itself.
        let told = json(heads.iter().filter(|head| head.row.is_none()).map(|head| &head.key));
        Ok(Self {
            wholes: passages(db, &told, "whole")?,
            dates: passages(db, &told, "date")?,
            places: rows(
                db,
                accounts,
                "account_place",
                "place, name, region_then, region_now, cercle, country, lat, lon, precision",
                place,
            )?,
            attributions: rows(
                db,
                accounts,
                "attribution",
                "actor, name, stance, by_name, by_actor",
                attribution,
            )?,
            victims: rows(db, accounts, "account_victim", "victim_group", |row| {
                Ok(Victim { group: row.get(FIRST)?, passage: passage(row)? })
            })?,
            claims: rows(
                db,
                accounts,
                "claim",
                "measure, casualty_group, min, max, qualifier, claimant_name, claimant_actor,
                 said_on, partial",
                claim,
            )?,
        })
    }

    /// Gives an account what is its own; an account of a row has two of its passages already.
    pub fn fill(
        &mut self,
        account: i64,
        of_row: bool,
        draft: &mut Draft,
    ) -> Result<(), StoreError> {
        if !of_row {
            let whole = self.wholes.take(account).pop();
            draft.passage = whole
                .ok_or_else(|| StoreError::Damaged("an account without its passage".to_owned()))?;
            draft.date_passage = self.dates.take(account).pop();
        }
        draft.places = self.places.take(account);
        draft.attributions = self.attributions.take(account);
        draft.victims = self.victims.take(account);
        draft.claims = self.claims.take(account);
        Ok(())
    }
}

fn place(row: &Row) -> Result<Place, StoreError> {
    Ok(Place {
        id: row.get(FIRST)?,
        name: row.get(FIRST + 1)?,
        region_then: row.get(FIRST + 2)?,
        region_now: row.get(FIRST + 3)?,
        cercle: row.get(FIRST + 4)?,
        country: row.get(FIRST + 5)?,
        lat: row.get(FIRST + 6)?,
        lon: row.get(FIRST + 7)?,
        precision: word(row, FIRST + 8)?,
        passage: passage(row)?,
    })
}

fn attribution(row: &Row) -> Result<Attribution, StoreError> {
    Ok(Attribution {
        actor: row.get(FIRST)?,
        name: row.get(FIRST + 1)?,
        stance: word(row, FIRST + 2)?,
        by: claimant(row, FIRST + 3)?,
        passage: passage(row)?,
    })
}

fn claim(row: &Row) -> Result<Claim, StoreError> {
    Ok(Claim {
        measure: word(row, FIRST)?,
        group: word(row, FIRST + 1)?,
        min: row.get(FIRST + 2)?,
        max: row.get(FIRST + 3)?,
        qualifier: word(row, FIRST + 4)?,
        claimant: claimant(row, FIRST + 5)?,
        said_on: date(row, FIRST + 7)?,
        partial: row.get(FIRST + 8)?,
        passage: passage(row)?,
    })
}

/// A claimant from two columns, its name and its actor.
fn claimant(row: &Row, column: usize) -> Result<Option<Claimant>, StoreError> {
    let name: Option<String> = row.get(column)?;
    let actor = row.get(column + 1)?;
    Ok(name.map(|name| Claimant { name, actor }))
}

/// A passage from the columns after the account; of a row of a dataset it has no words yet.
fn passage(row: &Row) -> Result<Passage, StoreError> {
    Ok(Passage {
        start: row.get(1)?,
        end: row.get(2)?,
        quote: row.get::<_, Option<String>>(3)?.unwrap_or_default(),
        page: None,
    })
}

fn passages(db: &Connection, accounts: &str, fact: &str) -> Result<Of<Passage>, StoreError> {
    let mut statement = db.prepare_cached(
        "select account_id, start_byte, end_byte, quote from passage
         where account_id in (select value from json_each(?1)) and fact = ?2
         order by account_id",
    )?;
    let mut rows = statement.query([accounts, fact])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        found.push((row.get(0)?, passage(row)?));
    }
    Ok(found.into())
}

/// The first column of [`rows`] that is of the table itself: account and passage stand before.
const FIRST: usize = 4;

/// The rows of a table of facts with their passages, by account, in the order of the text.
fn rows<T>(
    db: &Connection,
    accounts: &str,
    table: &'static str,
    columns: &'static str,
    read: impl Fn(&Row) -> Result<T, StoreError>,
) -> Result<Of<T>, StoreError> {
    let mut statement = db.prepare_cached(&format!(
        "select t.account_id, coalesce(p.start_byte, t.start_byte),
           coalesce(p.end_byte, t.end_byte), p.quote, {columns}
         from {table} t left join passage p using (passage_id)
         where t.account_id in (select value from json_each(?1))
         order by t.account_id, t.ordinal"
    ))?;
    let mut rows = statement.query([accounts])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        found.push((row.get(0)?, read(row)?));
    }
    Ok(found.into())
}
