//! Sources with their texts and rows, and what people decided about their incidents, for an
//! export that can be imported again.

use super::decision;
use super::error::{StoreError, during};
use super::identity;
use super::load::{self, word};
use super::record;
use super::select::Clause;
use crate::knowledge::Knowledge;
use crate::model::copy::{DatasetCopy, FormerId, PairCopy, RowCopy, SourceCopy};
use crate::model::filter::Filter;
use rusqlite::{Connection, Row, Transaction, params, params_from_iter};
use std::collections::HashMap;
use std::collections::hash_map::Entry;

/// Calls `f` with each source of the incidents of a filter, in the order in which they were
/// first imported.
///
/// # Errors
/// [`StoreError::BadSearch`], what SQLite says, or what `f` returns.
pub fn sources<E: From<StoreError>>(
    db: &Connection,
    filter: &Filter,
    mut f: impl FnMut(SourceCopy) -> Result<(), E>,
) -> Result<(), E> {
    let failed = StoreError::sql("read the texts of a filter");
    let clause = Clause::of(filter)?;
    let sql = format!(
        "select s.source_id, s.slug, s.file_name, s.shape, s.body_start, s.text, d.file_sha256,
           d.header
         from source s left join dataset d using (source_id)
         where s.retired_run is null and s.slug in
           (select f.value from facet f where f.dimension = 'source' and f.incident_id in
             (select i.incident_id from incident i where {}))
         order by (select min(v.source_id) from source v where v.slug = s.slug)",
        clause.sql
    );
    let mut statement = db.prepare_cached(&sql).map_err(&failed)?;
    let mut rows = statement.query(params_from_iter(&clause.values)).map_err(&failed)?;
    while let Some(row) = rows.next().map_err(&failed)? {
        f(source(db, row)?)?;
    }
    Ok(())
}

fn source(db: &Connection, row: &Row) -> Result<SourceCopy, StoreError> {
    let header: Option<String> = row.get("header")?;
    let dataset = match header {
        None => None,
        Some(header) => Some(DatasetCopy {
            file_sha256: row.get("file_sha256")?,
            header: record::list(&header)?,
        }),
    };
    Ok(SourceCopy {
        source: row.get("slug")?,
        file_name: row.get("file_name")?,
        shape: word(row, "shape")?,
        body_start: row.get("body_start")?,
        pages: load::pages(db, row.get("source_id")?)?,
        text: row.get("text")?,
        dataset,
    })
}

/// Calls `f` with each row of a dataset that tells an incident of a filter: the datasets in the
/// order of [`sources`], their rows in that in which they were imported.
///
/// # Errors
/// [`StoreError::BadSearch`], what SQLite says, or what `f` returns.
pub fn rows<E: From<StoreError>>(
    db: &Connection,
    filter: &Filter,
    mut f: impl FnMut(RowCopy) -> Result<(), E>,
) -> Result<(), E> {
    let failed = StoreError::sql("read the rows of a filter");
    let clause = Clause::of(filter)?;
    // Only keys are sorted: all the cells would be much to hold.
    let keys = format!(
        "select r.record_id
         from account a
         join record r using (record_id)
         where a.retired_run is null and a.incident_id in
           (select i.incident_id from incident i where {})
         order by r.first_id, r.record_id",
        clause.sql
    );
    let (mut cells, mut headers) = (record::Rows::default(), HashMap::new());
    let mut keys = db.prepare_cached(&keys).map_err(&failed)?;
    let mut keys = keys.query(params_from_iter(&clause.values)).map_err(&failed)?;
    let mut row = db
        .prepare_cached(
            "select s.slug, r.source_id, r.key, r.line, r.packed,
               (select v.source_id from source v where v.slug = s.slug
                order by v.version desc limit 1) as latest
             from record r join source s using (source_id) where r.record_id = ?1",
        )
        .map_err(&failed)?;
    while let Some(key) = keys.next().map_err(&failed)? {
        let key: i64 = key.get(0).map_err(&failed)?;
        let mut found = row.query([key]).map_err(&failed)?;
        if let Some(row) = found.next().map_err(&failed)? {
            f(one(db, row, &mut cells, &mut headers)?)?;
        }
    }
    Ok(())
}

/// A row; `latest` has the columns of the latest version of each dataset, read once.
fn one(
    db: &Connection,
    row: &Row,
    cells: &mut record::Rows,
    latest: &mut HashMap<i64, Vec<String>>,
) -> Result<RowCopy, StoreError> {
    let read = cells.read(db, row)?;
    let header = match latest.entry(row.get("latest")?) {
        Entry::Occupied(known) => known.into_mut(),
        Entry::Vacant(new) => {
            let header = record::header(db, *new.key())?;
            new.insert(header)
        }
    };
    Ok(RowCopy {
        source: row.get("slug")?,
        key: read.key,
        line: row.get("line")?,
        header: Some(read.header.to_vec()).filter(|own| own != header),
        cells: read.cells,
    })
}

/// Marks an account that was just stored as reviewed.
///
/// # Errors
/// What SQLite says.
pub fn mark_reviewed(tx: &Transaction, source: i64, ordinal: u64) -> Result<(), StoreError> {
    tx.prepare_cached(
        "update account set status = 'reviewed'
         where source_id = ?1 and ordinal = ?2 and retired_run is null",
    )
    .and_then(|mut s| s.execute(params![source, ordinal]))
    .map_err(StoreError::sql("mark an account as reviewed"))?;
    Ok(())
}

/// The pairs of which both incidents are shown in a filter; all that there are without one, those
/// of incidents that nothing tells at present among them.
///
/// # Errors
/// [`StoreError::BadSearch`], or what SQLite says.
pub fn pairs(db: &Connection, filter: &Filter) -> Result<Vec<PairCopy>, StoreError> {
    during("read decisions", || {
        let listed = Clause::of(filter)?;
        let sql = match filter.is_everything() {
            true => "select m.* from match m order by m.slug_a, m.slug_b".to_owned(),
            false => format!(
                "with listed as (select i.incident_id from incident i where {})
                 select m.* from match m
                 join incident a on a.slug = m.slug_a join incident b on b.slug = m.slug_b
                 where coalesce(a.shown_as, a.incident_id) in listed
                   and coalesce(b.shown_as, b.incident_id) in listed
                 order by m.slug_a, m.slug_b",
                listed.sql
            ),
        };
        let values = if filter.is_everything() { Vec::new() } else { listed.values };
        Ok(db
            .prepare_cached(&sql)?
            .query_map(params_from_iter(values), |row| {
                Ok(PairCopy {
                    a: row.get("slug_a")?,
                    b: row.get("slug_b")?,
                    score: row.get("score")?,
                    reason: row.get("reason")?,
                    decision: row.get("decision")?,
                    decided_at: row.get("decided_at")?,
                    parted: row.get("parted")?,
                })
            })?
            .collect::<Result<_, _>>()?)
    })
}

/// Ids that the incidents of a filter had before.
///
/// # Errors
/// [`StoreError::BadSearch`], or what SQLite says.
pub fn former_ids(db: &Connection, filter: &Filter) -> Result<Vec<FormerId>, StoreError> {
    during("read ids of before", || {
        let listed = Clause::of(filter)?;
        let sql = format!(
            "select l.slug, o.slug from incident_alias l join incident o using (incident_id)
             where coalesce(o.shown_as, o.incident_id) in
               (select i.incident_id from incident i where {})
             order by l.slug",
            listed.sql
        );
        Ok(db
            .prepare_cached(&sql)?
            .query_map(params_from_iter(listed.values), |row| {
                Ok(FormerId { id: row.get(0)?, incident: row.get(1)? })
            })?
            .collect::<Result<_, _>>()?)
    })
}

/// Lists pairs as an export has them, and shows the incidents of each as was decided.
///
/// # Errors
/// What SQLite says.
pub fn restore_pairs(
    tx: &Transaction,
    known: &Knowledge,
    pairs: &[PairCopy],
) -> Result<(), StoreError> {
    during("restore decisions", || {
        let mut insert = tx.prepare_cached(
            "insert into match (slug_a, slug_b, score, reason, decision, decided_at, parted)
             values (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        )?;
        for p in pairs {
            insert.execute(params![
                p.a, p.b, p.score, p.reason, p.decision, p.decided_at, p.parted
            ])?;
        }
        for pair in pairs.iter().filter(|pair| pair.decision == "same") {
            if let (Some(a), Some(b)) = (identity::find(tx, &pair.a)?, identity::find(tx, &pair.b)?)
            {
                decision::regroup(tx, known, [a, b])?;
            }
        }
        Ok(())
    })
}

/// Lets ids that incidents had before resolve to them; those of incidents that are not there are
/// left out.
///
/// # Errors
/// What SQLite says.
pub fn restore_former_ids(tx: &Transaction, ids: &[FormerId]) -> Result<(), StoreError> {
    during("restore ids of before", || {
        let mut insert = tx.prepare_cached(
            "insert into incident_alias (slug, incident_id)
             select ?1, incident_id from incident where slug = ?2",
        )?;
        for former in ids {
            insert.execute([&former.id, &former.incident])?;
        }
        Ok(())
    })
}
