//! Which index there is, and when it is made anew.

use super::Index;
use crate::store::{Db, StoreError, lock, version};
use rusqlite::Connection;
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

/// Up to so many incidents the index is made at once by whoever needs it first: that takes no
/// longer than to count without it.
const AT_ONCE: i64 = 50_000;

/// Of the time for one index, so many times as much passes before the next is begun: an import
/// that commits file after file is not to keep a core busy with indexes that nobody uses.
const PAUSE: u32 = 4;

/// How long an index that is being made is waited for: to count without it takes longer.
const PATIENCE: Duration = Duration::from_secs(6);

/// The index of a database, as far as there is one.
#[derive(Default)]
pub(in crate::store) struct Keeper {
    state: Mutex<State>,
    made: Condvar,
}

#[derive(Default)]
struct State {
    index: Option<Arc<Index>>,
    /// Whether one is being made.
    making: bool,
    /// Before it none is begun.
    pause: Option<Instant>,
    /// Version of which none could be made.
    failed: Option<u64>,
}

impl Keeper {
    /// The index of just what `reader` sees; none where it is of something else, and then a
    /// new one is made where that is due.
    pub fn get(
        &self,
        db: &Db,
        reader: &Connection,
        version: u64,
    ) -> Result<Option<Arc<Index>>, StoreError> {
        let mut state = lock(&self.state);
        if let Some(index) = state.of(version) {
            return Ok(Some(index));
        }
        if state.is_due(version) {
            let small = is_small(reader)?;
            state.making = true;
            drop(state);
            if small {
                return Ok(self.make(reader).filter(|index| index.version() == version));
            }
            let db = db.clone();
            thread::spawn(move || db.index_now());
            state = lock(&self.state);
        }
        let made = self.made.wait_timeout_while(state, PATIENCE, |state| state.making);
        let state = made.unwrap_or_else(PoisonError::into_inner).0;
        Ok(state.of(version))
    }

    /// Begins to make the first index, off this thread.
    pub fn start(&self, db: &Db) {
        let mut state = lock(&self.state);
        if state.index.is_none() && !state.making {
            state.making = true;
            let db = db.clone();
            thread::spawn(move || db.index_now());
        }
    }

    /// Makes the index of what `reader` sees. That it is being made was noted before.
    pub fn make(&self, reader: &Connection) -> Option<Arc<Index>> {
        let start = Instant::now();
        // Whatever happens, others must not wait for it for ever.
        let done = Done(self);
        let version = version(reader).ok();
        let built = Index::build(reader);
        let took = start.elapsed();
        let mut state = lock(&self.state);
        state.pause = Some(Instant::now() + took * PAUSE);
        match built {
            Ok(index) => {
                tracing::debug!(
                    "indexed {} incidents in {took:?}, {} bytes",
                    index.incidents(),
                    index.bytes()
                );
                state.index = Some(Arc::new(index));
            }
            Err(error) => {
                tracing::warn!("pages are slower than they could be: no index: {error}");
                state.failed = version;
            }
        }
        let index = state.index.clone();
        drop(state);
        drop(done);
        index
    }

    /// Notes that nothing is being made any more.
    pub fn give_up(&self) {
        drop(Done(self));
    }
}

impl State {
    fn of(&self, version: u64) -> Option<Arc<Index>> {
        self.index.as_ref().filter(|index| index.version() == version).cloned()
    }

    /// Whether an index of `version` is to be made now. Versions only go up: a reader that
    /// still sees an earlier one does not bring it back.
    fn is_due(&self, version: u64) -> bool {
        !self.making
            && self.failed != Some(version)
            && self.index.as_ref().is_none_or(|index| index.version() < version)
            && self.pause.is_none_or(|pause| Instant::now() >= pause)
    }
}

/// Ends the waiting when it goes.
struct Done<'k>(&'k Keeper);

impl Drop for Done<'_> {
    fn drop(&mut self) {
        lock(&self.0.state).making = false;
        self.0.made.notify_all();
    }
}

fn is_small(db: &Connection) -> Result<bool, StoreError> {
    db.prepare_cached("select coalesce(max(incident_id), 0) from incident")
        .and_then(|mut s| s.query_row([], |row| row.get::<_, i64>(0)))
        .map(|most| most <= AT_ONCE)
        .map_err(StoreError::sql("look how many incidents there are"))
}
