//! Seals: SHA-256 over canonical rows and over what a file says.

use super::Out;
use super::canonical::Canonical;
use super::redact::Redaction;
use crate::model::filter::Filter;
use crate::model::hash::hex;
use crate::model::incident::Incident;
use crate::store::StoreError;
use crate::store::incident::{self, Batch};
use rusqlite::Connection;
use sha2::{Digest, Sha256};
use std::io;
use std::ops::ControlFlow;
use std::panic::resume_unwind;
use std::sync::mpsc::{Receiver, sync_channel};
use std::thread;

/// Batches that were read and wait to be told, besides the one that is being read and the one
/// that is being told.
const WAITING: usize = 1;

/// Writes bytes and seals them.
pub(super) struct Sealing<'a> {
    pub out: &'a mut Out<'a>,
    pub seal: Sha256,
}

impl<'a> Sealing<'a> {
    pub fn new(out: &'a mut Out<'a>) -> Self {
        Self { out, seal: Sha256::new() }
    }

    pub fn text(&mut self, text: &str) -> io::Result<()> {
        self.seal.update(text.as_bytes());
        self.out.write_all(text.as_bytes())
    }
}

/// Whether the seal that was found is the stated one.
pub(super) fn compare(found: &str, stated: &str) -> Result<(), String> {
    match found == stated {
        true => Ok(()),
        false => Err(format!("it was changed: SHA-256 is {found}, it states {stated}")),
    }
}

/// Seals the canonical rows.
#[derive(Debug, Default)]
pub struct RowSeal(Sha256);

impl RowSeal {
    /// Adds a canonical row.
    pub fn add(&mut self, row: &str) {
        self.0.update(row.as_bytes());
        self.0.update(b"\n");
    }

    /// The seal, in lower-case hex.
    pub fn finish(self) -> String {
        hex(self.0)
    }
}

/// The rows that were walked through.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Rows {
    /// How many.
    pub count: u64,
    /// Their seal.
    pub seal: String,
}

/// Gives every incident of a filter to `f`, as it may be told, with its canonical row.
///
/// This thread reads, and another does all the rest: the two take about as long. A few batches
/// may wait between them, so that memory does not grow with the rows; where one of them ends
/// early, so does the other.
pub(super) fn walk<E: From<StoreError> + Send>(
    db: &Connection,
    filter: &Filter,
    redaction: Option<Redaction>,
    f: impl FnMut(&Incident, &str) -> Result<(), E> + Send,
) -> Result<Rows, E> {
    thread::scope(|scope| {
        let (sender, receiver) = sync_channel(WAITING);
        let telling = scope.spawn(move || tell(&receiver, redaction.as_ref(), f));
        let read = incident::batches(db, filter, |batch| match sender.send(batch) {
            Ok(()) => ControlFlow::Continue(()),
            Err(_) => ControlFlow::Break(()),
        });
        drop(sender);
        let rows = telling.join().unwrap_or_else(|panic| resume_unwind(panic))?;
        read?;
        Ok(rows)
    })
}

/// What [`walk`] does with what was read.
fn tell<E: From<StoreError>>(
    read: &Receiver<Batch>,
    redaction: Option<&Redaction>,
    mut f: impl FnMut(&Incident, &str) -> Result<(), E>,
) -> Result<Rows, E> {
    let (mut seal, mut canonical, mut count) = (RowSeal::default(), Canonical::default(), 0);
    for batch in read {
        for mut incident in batch.incidents()? {
            if let Some(redaction) = redaction {
                redaction.incident(&mut incident);
            }
            let row = canonical.incident(&incident);
            seal.add(row);
            count += 1;
            f(&incident, row)?;
        }
    }
    Ok(Rows { count, seal: seal.finish() })
}

/// The seal of the rows of a filter, as the database has them now; `redaction` where the view
/// is one that withholds.
///
/// # Errors
/// When the database fails.
pub fn row_seal(
    db: &Connection,
    filter: &Filter,
    redaction: Option<Redaction>,
) -> Result<String, StoreError> {
    Ok(walk(db, filter, redaction, |_, _| Ok::<_, StoreError>(()))?.seal)
}

/// What a sealed file says of its rows, once its own seal was found whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sealed {
    /// The parameters of its filter.
    pub parameters: Vec<(String, String)>,
    /// How many incidents it has.
    pub count: u64,
    /// Seal of its rows.
    pub rows: String,
}
