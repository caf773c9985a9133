//! Cells of rows as earlier schemas had them, packed as they are today. Before migration 8 they
//! were a JSON array of texts, with it that array was deflated; only migrations know of either.

use super::StoreError;
use super::packed::{Packer, Sample};
use flate2::{Compress, Compression, Decompress, FlushCompress, FlushDecompress, Status};
use rusqlite::{Transaction, params};

/// Deflates cells that are JSON, as migration 8 wants them. Migration 9 packs them anew, so that
/// no dictionary is made for them.
///
/// # Errors
/// What SQLite says.
pub(super) fn deflate_all(tx: &Transaction) -> Result<(), StoreError> {
    let mut one = tx.prepare("select cells from record where record_id = ?1")?;
    let mut update =
        tx.prepare("update record set packed = ?2, cells = '' where record_id = ?1")?;
    for record in records(tx, None)? {
        let cells: String = one.query_row([record], |row| row.get(0))?;
        update.execute(params![record, deflate(&cells)])?;
    }
    tx.execute_batch("alter table record drop column cells")?;
    Ok(())
}

/// Packs cells that were deflated.
///
/// # Errors
/// What SQLite says; [`StoreError::Damaged`] where cells are no list of texts.
pub(super) fn repack_all(tx: &Transaction) -> Result<(), StoreError> {
    let mut one = tx.prepare("select packed from record where record_id = ?1")?;
    let mut update = tx.prepare("update record set packed = ?2 where record_id = ?1")?;
    let sources: Vec<(i64, Vec<u8>)> = tx
        .prepare("select source_id, dictionary from dataset order by source_id")?
        .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect::<Result<_, _>>()?;
    for (source, deflated_with) in sources {
        let records = records(tx, Some(source))?;
        let mut cells = |record: &i64| -> Result<Vec<String>, StoreError> {
            let packed: Vec<u8> = one.query_row([record], |row| row.get(0))?;
            inflate(&deflated_with, &packed)
        };
        let mut sample = Sample::default();
        for record in &records {
            if !sample.add(&cells(record)?) {
                break;
            }
        }
        let dictionary = sample.finish();
        let mut packer = Packer::new(&dictionary);
        for record in &records {
            update.execute(params![record, packer.pack(&cells(record)?)])?;
        }
        tx.execute(
            "update dataset set dictionary = ?2 where source_id = ?1",
            params![source, dictionary],
        )?;
    }
    Ok(())
}

/// Keys of the rows of a version of a dataset, or of all.
fn records(tx: &Transaction, source: Option<i64>) -> Result<Vec<i64>, StoreError> {
    Ok(tx
        .prepare(
            "select record_id from record where source_id = ?1 or ?1 is null order by record_id",
        )?
        .query_map([source], |row| row.get(0))?
        .collect::<Result<_, _>>()?)
}

/// Bytes of the cells of one row, at most: what claims to hold more is damaged.
const LARGEST: usize = 256 * 1024 * 1024;

/// Cells, deflated without a dictionary.
fn deflate(cells: &str) -> Vec<u8> {
    let mut deflate = Compress::new(Compression::fast(), false);
    // What cannot be packed grows by some bytes for each 16 KB.
    let mut packed = Vec::with_capacity(cells.len() + cells.len() / 1024 + 64);
    loop {
        let done = deflate.total_in();
        let rest = &cells.as_bytes()[usize::try_from(done).unwrap_or(cells.len())..];
        match deflate.compress_vec(rest, &mut packed, FlushCompress::Finish) {
            Ok(Status::StreamEnd) => return packed,
            _ => packed.reserve(cells.len() + 64),
        }
    }
}

/// The cells that were deflated with the dictionary.
///
/// # Errors
/// [`StoreError::Damaged`] where they are no such.
fn inflate(dictionary: &[u8], packed: &[u8]) -> Result<Vec<String>, StoreError> {
    let damaged = |what: String| StoreError::Damaged(format!("cells of a record: {what}"));
    let mut inflate = Decompress::new(false);
    if !dictionary.is_empty() {
        inflate.set_dictionary(dictionary).map_err(|e| damaged(e.to_string()))?;
    }
    let mut row = Vec::with_capacity(8 * packed.len() + 64);
    loop {
        let (read, written) = (inflate.total_in(), row.len());
        let rest = &packed[usize::try_from(read).unwrap_or(packed.len())..];
        let status = inflate
            .decompress_vec(rest, &mut row, FlushDecompress::Finish)
            .map_err(|e| damaged(e.to_string()))?;
        match status {
            Status::StreamEnd => break,
            // It asked for nothing but room, and there is some.
            _ if row.len() == written && row.capacity() > written => {
                return Err(damaged("they end too early".to_owned()));
            }
            _ if row.len() > LARGEST => return Err(damaged("they are too large".to_owned())),
            _ => row.reserve(row.len() + 64),
        }
    }
    serde_json::from_slice(&row).map_err(|e| damaged(e.to_string()))
}
