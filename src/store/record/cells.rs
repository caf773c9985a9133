//! Rows of datasets as they were.

use super::header;
use crate::model::record;
use crate::store::error::{StoreError, during};
use crate::store::packed::unpack;
use rusqlite::{Connection, Row};
use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::ops::Range;
use std::sync::Arc;

/// A row as it was.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cells {
    /// The dataset's own id of the event.
    pub key: String,
    /// Names of the columns.
    pub header: Arc<Vec<String>>,
    /// What stands in them.
    pub cells: Vec<String>,
}

impl Cells {
    /// The text in which its passages lie.
    pub fn text(&self) -> String {
        record::text(&self.header, &self.cells)
    }

    /// The same, with the byte range of the line of each cell; it is empty for an empty cell.
    pub fn text_with_lines(&self) -> (String, Vec<Range<usize>>) {
        record::text_with_lines(&self.header, &self.cells)
    }
}

/// What the rows of one version of a dataset share.
#[derive(Debug)]
pub(in crate::store) struct Release {
    /// Names of the columns.
    pub header: Arc<Vec<String>>,
    /// With what cells are packed.
    pub dictionary: Vec<u8>,
}

/// Rows as they were, read one by one; what those of a version share is read once.
#[derive(Debug, Default)]
pub struct Rows(HashMap<i64, Arc<Release>>);

impl Rows {
    /// The row with this key in the database.
    ///
    /// # Errors
    /// What SQLite says; [`StoreError::Damaged`] where its cells are no list of texts.
    pub fn get(&mut self, db: &Connection, record: i64) -> Result<Cells, StoreError> {
        during("read a record", || {
            let mut statement = db
                .prepare_cached("select source_id, key, packed from record where record_id = ?1")?;
            let mut rows = statement.query([record])?;
            let row = rows.next()?.ok_or(rusqlite::Error::QueryReturnedNoRows)?;
            self.read(db, row)
        })
    }

    /// The same from a row that has the columns `source_id`, `key` and `packed` of `record`.
    pub(in crate::store) fn read(
        &mut self,
        db: &Connection,
        row: &Row,
    ) -> Result<Cells, StoreError> {
        let release = self.release(db, row.get("source_id")?)?;
        let packed = row.get_ref("packed")?.as_blob().map_err(rusqlite::Error::from)?;
        Ok(Cells {
            key: row.get("key")?,
            header: Arc::clone(&release.header),
            cells: unpack(&release.dictionary, packed)?,
        })
    }

    /// What the rows of this version of a dataset share.
    pub(in crate::store) fn release(
        &mut self,
        db: &Connection,
        source: i64,
    ) -> Result<Arc<Release>, StoreError> {
        let release = match self.0.entry(source) {
            Entry::Occupied(read) => read.into_mut(),
            Entry::Vacant(new) => {
                let header = Arc::new(header(db, source)?);
                let dictionary = db
                    .prepare_cached("select dictionary from dataset where source_id = ?1")?
                    .query_row([source], |row| row.get(0))?;
                new.insert(Arc::new(Release { header, dictionary }))
            }
        };
        Ok(Arc::clone(release))
    }
}
