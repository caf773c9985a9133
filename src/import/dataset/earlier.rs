//! Of what a file is a later release.

use super::{BETWEEN_LOOKS, DatasetFile, Feed, Watch};
use crate::model::document::Problem;
use crate::store::StoreError;
use crate::store::record;
use crate::store::version::{self, By, Found};
use rusqlite::Transaction;

/// The current source of which `file` is a later release, with the key of its first version.
///
/// # Errors
/// What the store says, and [`StoreError::Stopped`]; within, what the user asked for that is not
/// there.
pub(super) fn replaced(
    tx: &Transaction,
    file: &DatasetFile,
    feed: &Feed,
    watch: &mut Watch,
) -> Result<Result<Option<(Found, i64)>, Problem>, StoreError> {
    if let Some(id) = file.release_of {
        let found = dataset_of(tx, version::find(tx, By::Id(id))?)?;
        return Ok(found.map(Some).ok_or_else(|| Problem {
            file: file.name.to_owned(),
            line: 1,
            expected: "a later release of a dataset that is in the database".to_owned(),
            found: format!("{id:?}, which is none"),
        }));
    }
    if let Some(found) = dataset_of(tx, version::find(tx, By::Origin(file.origin))?)? {
        return Ok(Ok(Some(found)));
    }
    Ok(Ok(alike(tx, file, feed, watch)?))
}

/// The one dataset of the same layout of which `file` has at least three quarters of the rows.
fn alike(
    tx: &Transaction,
    file: &DatasetFile,
    feed: &Feed,
    watch: &mut Watch,
) -> Result<Option<(Found, i64)>, StoreError> {
    let siblings = record::siblings(tx, file.shape.as_str(), 0)?;
    let mut shared = vec![0_u64; siblings.len()];
    if siblings.is_empty() {
        return Ok(None);
    }
    let (mut failed, mut read) = (None, 0_u64);
    // What is wrong with the file is told when it is read to be written.
    let _ = feed(&mut |row| {
        read += 1;
        if read.is_multiple_of(BETWEEN_LOOKS) && !watch(0, 0) {
            failed = Some(StoreError::Stopped);
        }
        let Ok(row) = row else { return failed.is_none() };
        for (i, first) in siblings.iter().enumerate() {
            match record::is_current(tx, *first, &row.key) {
                Ok(there) => shared[i] += u64::from(there),
                Err(error) => failed = Some(error),
            }
        }
        failed.is_none()
    });
    if let Some(error) = failed {
        return Err(error);
    }
    let mut found = Vec::new();
    for (first, shared) in siblings.into_iter().zip(shared) {
        if shared > 0 && 4 * shared >= 3 * record::count(tx, first)? {
            found.push(first);
        }
    }
    match found[..] {
        [first] => Ok(version::find(tx, By::First(first))?.map(|found| (found, first))),
        _ => Ok(None),
    }
}

/// A source that is a dataset, with the key of its first version.
///
/// # Errors
/// What the store says.
pub(super) fn dataset_of(
    tx: &Transaction,
    found: Option<Found>,
) -> Result<Option<(Found, i64)>, StoreError> {
    let Some(found) = found else { return Ok(None) };
    Ok(record::first_of(tx, found.key)?.map(|first| (found, first)))
}
