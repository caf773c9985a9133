//! Incidents that a source itself links.

use super::error::{StoreError, during};
use super::load;
use crate::model::incident::Incident;
use crate::model::passage::Passage;
use crate::model::relation::{Relation, RelationKind};
use crate::model::source::SourceRef;
use rusqlite::{Connection, Transaction, params};

/// A link of an incident with another.
#[derive(Debug, Clone, PartialEq)]
pub struct Linked {
    /// How.
    pub kind: RelationKind,
    /// Whether the other one is the earlier: this one is told as its answer, or after it.
    pub earlier: bool,
    /// The other one.
    pub other: Incident,
    /// The source that links them.
    pub source: SourceRef,
    /// The sentence that says so.
    pub passage: Passage,
}

/// Gives the account that replaced another its links; those of the other retire with it.
///
/// # Errors
/// What SQLite says.
pub fn carry(tx: &Transaction, from: i64, to: i64) -> Result<(), StoreError> {
    during("carry links between incidents over", || {
        tx.execute(
            "insert into relation (account_id, other_account_id, kind, start_byte, end_byte, quote)
             select ?2, other_account_id, kind, start_byte, end_byte, quote from relation
             where account_id = ?1",
            [from, to],
        )?;
        tx.execute(
            "insert into relation (account_id, other_account_id, kind, start_byte, end_byte, quote)
             select account_id, ?2, kind, start_byte, end_byte, quote from relation
             where other_account_id = ?1",
            [from, to],
        )?;
        Ok(())
    })
}

/// Stores a link between accounts of one version of a source, which must be stored already.
///
/// # Errors
/// What SQLite says.
pub fn add(tx: &Transaction, source_key: i64, relation: &Relation) -> Result<(), StoreError> {
    during("store a link between incidents", || {
        let passage = &relation.passage;
        tx.prepare_cached(
            "insert into relation (account_id, other_account_id, kind, start_byte, end_byte, quote)
             select a.account_id, b.account_id, ?4, ?5, ?6, ?7 from account a, account b
             where a.source_id = ?1 and a.ordinal = ?2 and a.retired_run is null
               and b.source_id = ?1 and b.ordinal = ?3 and b.retired_run is null",
        )?
        .execute(params![
            source_key,
            relation.from,
            relation.to,
            relation.kind.as_str(),
            passage.start,
            passage.end,
            passage.quote,
        ])?;
        Ok(())
    })
}

/// The links of an incident, earlier incidents first, each in the order of the sources.
///
/// # Errors
/// What SQLite says.
pub fn of_incident(db: &Connection, id: &str) -> Result<Vec<Linked>, StoreError> {
    during("read the links of an incident", || {
        let mut statement = db.prepare_cached(
            "with ends as (
               select r.*, r.account_id as own, r.other_account_id as its, 1 as earlier
               from relation r
               union all
               select r.*, r.other_account_id, r.account_id, 0 from relation r)
             select e.kind as relation_kind, e.earlier, e.start_byte, e.end_byte, e.quote, b.incident_id as other,
               s.*
             from incident i
             join account a on a.incident_id = i.incident_id and a.retired_run is null
             join ends e on e.own = a.account_id
             join account b on b.account_id = e.its and b.retired_run is null
             join source s on s.source_id = a.source_id
             where i.slug = ?1 and b.incident_id <> i.incident_id
             order by e.earlier desc, e.kind, e.relation_id",
        )?;
        let mut rows = statement.query([id])?;
        let mut linked = Vec::new();
        while let Some(row) = rows.next()? {
            let Some(other) = load::incidents(db, &[row.get("other")?])?.pop() else { continue };
            linked.push(Linked {
                kind: load::word(row, "relation_kind")?,
                earlier: row.get("earlier")?,
                other,
                source: load::source_of(row)?,
                passage: Passage {
                    start: row.get("start_byte")?,
                    end: row.get("end_byte")?,
                    quote: row.get("quote")?,
                    page: None,
                },
            });
        }
        Ok(linked)
    })
}
