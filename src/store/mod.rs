//! The database: open, migrate, read, write. Free functions over a connection, one file for
//! each noun; SQL stays in here, and nothing here parses documents or speaks HTTP.

/// Accounts and what derives from them: the writing side of an import.
pub mod account;
/// The database as it was known on an earlier day.
pub mod as_of;
/// The database checked against itself.
pub mod audit;
/// Writing very many incidents at once.
pub mod bulk;
/// Numbers by month, for the overview chart.
pub mod chart;
/// Sources with their texts and rows, for an export that can be imported again.
pub mod copy;
/// Incidents by value.
mod counted;
/// Datasets and their rows, as pages show them.
pub mod dataset;
/// What people decided about pairs of incidents.
pub mod decision;
/// What derives from the accounts of an incident.
pub mod derive;
/// The one error type.
pub mod error;
/// How many incidents each value of each dimension would list.
mod facet;
/// Places that users load.
pub mod gazetteer;
/// Which incident is which: ids, candidates for joining, decisions.
pub mod identity;
/// Incidents: list, show, count.
pub mod incident;
/// A derived copy of what is counted, in memory.
mod index;
/// Rows to whole incidents.
mod load;
/// Reading one moment, and not for ever.
mod moment;
/// Opening the file, and bringing its schema up to date.
mod open;
/// Cells of rows of datasets, packed.
pub mod packed;
/// Places of the incidents of a filter.
pub mod place;
/// Rows of datasets: find again, add, retire.
pub mod record;
/// Incidents that a source itself links.
pub mod relation;
/// Rows of datasets of earlier schemas.
mod repack;
/// What people made of parsed incidents.
pub mod review;
/// A filter as SQL.
mod select;
/// The incidents of a filter, found once for all that is said of them.
pub mod selection;
/// The database without its sensitive sources.
pub mod sensitive;
/// New incidents that one row tells.
pub mod single;
/// Sources: list, show.
pub mod source;
/// Rows of one table, many at a time.
mod table;
/// Which values the dimensions of a filter have.
pub mod value;

/// Versions of sources: find again, add, retire.
pub mod version;

pub use error::{BadDecision, StoreError};
pub use selection::Snapshot;

use index::Keeper;
use moment::{at_one_moment, until};
use open::{APPLICATION_ID, MIGRATIONS, open_reader, open_writer};

use rusqlite::{Connection, Transaction, TransactionBehavior};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// Readers kept open between uses; more are opened when more read at once.
const IDLE_READERS: usize = 4;

/// Kilobytes of pages of the file that each reader keeps. The system mostly has them in memory
/// anyway.
const READER_CACHE_KB: i64 = 2_000;

/// The same of a reader that reads much: the inner pages of every table of a million rows, so that
/// only leaves are read again, of which neighbours in a list have few in common.
const EXPORT_CACHE_KB: i64 = 16_000;

/// The same of a writer that has nothing to write.
const IDLE_WRITER_CACHE_KB: i64 = 1_000;

/// Kilobytes of pages that the writer keeps.
const WRITER_CACHE_KB: i64 = 32_000;

/// Kilobytes of pages that it keeps while it writes very many rows: what is written in no order
/// (ids, values under which incidents are found, places) stays in memory for some millions of
/// rows, and is not written to the log again and again.
const BULK_CACHE_KB: i64 = 64_000;

/// The database. Cheap to clone; all clones share one writer and the readers.
#[derive(Clone)]
pub struct Db(Arc<Shared>);

struct Shared {
    path: PathBuf,
    readers: Mutex<Vec<Connection>>,
    index: Keeper,
    /// None when the database was opened only to be read. It comes after the readers, so that it
    /// is closed last: only who may write can bring the log into the database, and remove it.
    writer: Option<Mutex<Connection>>,
}

impl Db {
    /// Opens the database at `path`, makes it when there is none, and brings its schema up
    /// to date.
    ///
    /// # Errors
    /// When the file is no database of ours, was made by a newer version, or cannot be
    /// written.
    pub fn open(path: &Path) -> Result<Self, StoreError> {
        let writer = open_writer(path)?;
        Ok(Self(Arc::new(Shared {
            path: path.to_owned(),
            writer: Some(Mutex::new(writer)),
            readers: Mutex::new(Vec::new()),
            index: Keeper::default(),
        })))
    }

    /// As [`Db::open`], but makes no new file.
    ///
    /// # Errors
    /// As [`Db::open`], and when there is no file.
    pub fn open_existing(path: &Path) -> Result<Self, StoreError> {
        if !path.exists() {
            return Err(StoreError::Missing(path.to_owned()));
        }
        Self::open(path)
    }

    /// Opens the database at `path` only to be read; the file is left as it is, even where it
    /// cannot be written.
    ///
    /// # Errors
    /// When there is no file, it is no database of ours, or its schema is not today's.
    pub fn open_to_read(path: &Path) -> Result<Self, StoreError> {
        if !path.exists() {
            return Err(StoreError::Missing(path.to_owned()));
        }
        let reader = open_reader(path)?;
        let not_ours = || StoreError::NotOurs(path.to_owned());
        let id: i32 = reader
            .pragma_query_value(None, "application_id", |row| row.get(0))
            .map_err(|_| not_ours())?;
        let missing = MIGRATIONS.pending_migrations(&reader).map_err(|_| not_ours())?;
        match missing.cmp(&0) {
            _ if id != APPLICATION_ID => Err(not_ours()),
            std::cmp::Ordering::Greater => Err(StoreError::Older(path.to_owned())),
            std::cmp::Ordering::Less => Err(StoreError::Newer(path.to_owned())),
            std::cmp::Ordering::Equal => Ok(Self(Arc::new(Shared {
                path: path.to_owned(),
                writer: None,
                readers: Mutex::new(vec![reader]),
                index: Keeper::default(),
            }))),
        }
    }

    /// Where the database stands.
    pub fn path(&self) -> &Path {
        &self.0.path
    }

    /// Runs `f` on a connection that cannot write. All that it reads is of one moment,
    /// whatever is imported meanwhile.
    ///
    /// # Errors
    /// Those of `f`, and those of opening a reader.
    pub fn read<T>(
        &self,
        f: impl FnOnce(&Connection) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        let idle = lock(&self.0.readers).pop();
        let reader = match idle {
            Some(reader) => reader,
            None => open_reader(&self.0.path)?,
        };
        let result = at_one_moment(&reader, f);
        let mut readers = lock(&self.0.readers);
        if readers.len() < IDLE_READERS {
            readers.push(reader);
        }
        result
    }

    /// As [`Db::read`], but broken off once it has read for longer than `limit`.
    ///
    /// # Errors
    /// As [`Db::read`], and [`StoreError::TooSlow`].
    pub fn read_within<T>(
        &self,
        limit: Duration,
        f: impl FnOnce(&Connection) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        let end = Instant::now() + limit;
        self.read_until(move || Instant::now() > end, f)
    }

    /// As [`Db::read`], but broken off once `stop` says so; it is asked every so often.
    ///
    /// # Errors
    /// As [`Db::read`], and [`StoreError::TooSlow`].
    pub fn read_until<T>(
        &self,
        stop: impl FnMut() -> bool + Send + 'static,
        f: impl FnOnce(&Connection) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        self.read(|db| until(db, stop, f))
    }

    /// As [`Db::read_until`], for reading much: on a connection of its own, and what SQLite must
    /// sort goes to a temporary file rather than to memory.
    ///
    /// # Errors
    /// As [`Db::read_until`].
    pub fn read_much<T>(
        &self,
        stop: impl FnMut() -> bool + Send + 'static,
        f: impl FnOnce(&Connection) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        let reader = open_reader(&self.0.path)?;
        reader
            .execute_batch("pragma temp_store = file")
            .and_then(|()| reader.pragma_update(None, "cache_size", -EXPORT_CACHE_KB))
            .map_err(StoreError::sql("choose where to sort, and how much to keep"))?;
        at_one_moment(&reader, |db| until(db, stop, f))
    }

    /// As [`Db::read_within`], with the index of what is read, where there is one.
    ///
    /// # Errors
    /// As [`Db::read_within`].
    pub fn snapshot_within<T>(
        &self,
        limit: Duration,
        f: impl FnOnce(&Snapshot) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        self.read_within(limit, |db| {
            let version = version(db)?;
            f(&Snapshot { db, version, index: self.0.index.get(self, db, version)? })
        })
    }

    /// Keeps little of the file for writing from now on: for who mostly reads.
    ///
    /// # Errors
    /// What SQLite says; or that the database was opened only to be read.
    pub fn mostly_read(&self) -> Result<(), StoreError> {
        let writer = self.writer()?;
        writer
            .pragma_update(None, "cache_size", -IDLE_WRITER_CACHE_KB)
            .and_then(|()| writer.execute_batch("pragma shrink_memory"))
            .map_err(StoreError::sql("keep little for writing"))
    }

    /// Begins to index what is there, in the background, so that the first page need not.
    pub fn start_index(&self) {
        self.0.index.start(self);
    }

    /// Makes the index; that it is being made was noted before.
    fn index_now(&self) {
        let made = self.read(|db| {
            self.0.index.make(db);
            Ok(())
        });
        if let Err(error) = made {
            tracing::warn!("pages are slower than they could be: no index: {error}");
            self.0.index.give_up();
        }
    }

    /// Runs `f` in one transaction of the one writer, and commits it when `f` succeeds.
    ///
    /// # Errors
    /// Those of `f`; then the database is as it was before.
    pub fn write<T>(
        &self,
        f: impl FnOnce(&Transaction) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        write(&mut *self.writer()?, f)
    }

    /// As [`Db::write`], for very many rows: what they refer to is not looked up for each,
    /// since `f` refers only to what it has read or written itself, and more of the file is
    /// kept in memory.
    ///
    /// # Errors
    /// As [`Db::write`].
    pub fn write_many<T>(
        &self,
        f: impl FnOnce(&Transaction) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        let mut writer = self.writer()?;
        let trust = |writer: &Connection, trust: bool, cache: i64| {
            writer
                .pragma_update(None, "foreign_keys", !trust)
                .and_then(|()| writer.pragma_update(None, "cache_size", -cache))
                .map_err(StoreError::sql("prepare to write much"))
        };
        trust(&writer, true, BULK_CACHE_KB)?;
        let written = write(&mut writer, f);
        trust(&writer, false, WRITER_CACHE_KB)?;
        written
    }

    /// Runs `f` as [`Db::write`] does and takes everything back.
    ///
    /// # Errors
    /// Those of `f`.
    pub fn rehearse<T>(
        &self,
        f: impl FnOnce(&Transaction) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        let mut writer = self.writer()?;
        let tx = writer
            .transaction_with_behavior(TransactionBehavior::Immediate)
            .map_err(StoreError::sql("begin writing"))?;
        let value = f(&tx)?;
        tx.rollback().map_err(StoreError::sql("take back"))?;
        Ok(value)
    }

    fn writer(&self) -> Result<MutexGuard<'_, Connection>, StoreError> {
        let writer = self.0.writer.as_ref().ok_or_else(|| StoreError::NotWritable {
            path: self.0.path.clone(),
            reason: "it was opened only to be read".to_owned(),
        })?;
        Ok(lock(writer))
    }

    /// A number that changes whenever content does.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn version(&self) -> Result<u64, StoreError> {
        self.read(version)
    }
}

/// See [`Db::write`].
fn write<T>(
    writer: &mut Connection,
    f: impl FnOnce(&Transaction) -> Result<T, StoreError>,
) -> Result<T, StoreError> {
    let tx = writer
        .transaction_with_behavior(TransactionBehavior::Immediate)
        .map_err(StoreError::sql("begin writing"))?;
    let before = tx.total_changes();
    let value = f(&tx)?;
    if tx.total_changes() != before {
        tx.execute("update content set version = version + 1", [])
            .map_err(StoreError::sql("count the change"))?;
    }
    tx.commit().map_err(StoreError::sql("commit"))?;
    Ok(value)
}

/// Copies the database at `from` to the new file `to`, as it is at one moment.
///
/// # Errors
/// When it cannot be read, or the copy cannot be written.
pub fn copy(from: &Path, to: &Path) -> Result<(), StoreError> {
    let reader = open_reader(from)?;
    let to = to.to_str().ok_or_else(|| StoreError::NotWritable {
        path: to.to_owned(),
        reason: "its name is no text".to_owned(),
    })?;
    // What it may not write to is the database itself: it was opened so.
    reader
        .execute_batch("pragma query_only = off")
        .and_then(|()| reader.execute("vacuum into ?1", [to]))
        .map(|_| ())
        .map_err(StoreError::sql("copy the database"))
}

/// [`Db::version`] as seen by a reader's snapshot.
///
/// # Errors
/// When it cannot be read.
pub fn version(db: &Connection) -> Result<u64, StoreError> {
    db.prepare_cached("select version from content")
        .and_then(|mut s| s.query_row([], |row| row.get(0)))
        .map_err(StoreError::sql("read the content version"))
}

/// A poisoned lock is fine: a transaction that panicked was rolled back when it was dropped.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
