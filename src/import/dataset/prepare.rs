//! Everything about a row that can be worked out without the database, on a thread of its
//! own, while the rows before it are written.

use crate::knowledge::Knowledge;
use crate::model::document::Problem;
use crate::model::hash::hash64;
use crate::model::id::base_id;
use crate::model::incident::{Account, Draft, Incident, Status};
use crate::model::record::{Record, text};
use crate::model::source::SourceRef;
use crate::store::derive::{Derived, Numbered, Numbers};
use crate::store::packed::Packer;
use crate::store::single::Single;
use std::sync::mpsc::{Receiver, SyncSender};

/// Rows that travel together.
const BATCH: usize = 32;

/// Batches that wait to be written, at most: memory does not grow with the file.
pub(super) const WAITING: usize = 64;

/// A row ready to be stored.
#[derive(Debug)]
pub(super) struct Row {
    /// See [`Record::key`].
    pub key: String,
    /// See [`Record::line`].
    pub line: u64,
    /// Its cells, packed.
    pub packed: Vec<u8>,
    /// See [`Record::draft`].
    pub draft: Draft,
    /// See [`Record::open`].
    pub open: Vec<Problem>,
    /// See [`crate::store::record::New::text_hash`].
    pub text_hash: i64,
    /// See [`crate::store::record::New::draft_hash`].
    pub draft_hash: i64,
    /// What derives from an incident that only this row tells, but for its values.
    pub derived: Derived,
    /// The values under which such an incident is found.
    pub values: Numbered,
    /// The readable id that such an incident asks for.
    pub base: String,
}

/// Rows, or what is wrong with them, in the order of the file.
pub(super) type Batch = Vec<Result<Row, Problem>>;

/// Works out the rows of one dataset.
pub(super) struct Preparing<'a> {
    pub source: SourceRef,
    pub file_name: &'a str,
    pub header: &'a [String],
    pub known: &'a Knowledge,
    pub packer: Packer<'a>,
    /// Room for what is hashed.
    pub drafted: Vec<u8>,
    /// Of values, which must be written in the order of the rows.
    pub numbers: Numbers,
    /// Rows that were written, to be freed.
    pub spent: Receiver<Vec<Single>>,
}

impl Preparing<'_> {
    /// The row, ready to be stored. One of which a passage does not stand in its text is
    /// refused: a reader that makes such is broken.
    pub fn row(&mut self, record: Record) -> Result<Row, Problem> {
        while let Ok(spent) = self.spent.try_recv() {
            drop(spent);
        }
        let Record { key, line, cells, draft, open } = record;
        let text = text(self.header, &cells);
        if let Some(bad) = draft.passages().find(|p| !p.holds_in(&text)) {
            return Err(Problem {
                file: self.file_name.to_owned(),
                line: usize::try_from(line).unwrap_or(usize::MAX),
                expected: format!(
                    "the words {:?} at bytes {:?} of the row",
                    bad.quote,
                    bad.range()
                ),
                found: format!("{:?}", text.get(bad.range()).unwrap_or("no such range")),
            });
        }
        self.drafted.clear();
        serde_json::to_writer(&mut self.drafted, &draft).expect("plain types are always JSON");
        let draft_hash = hash64(&self.drafted);
        let alone = Incident {
            id: String::new(),
            title: draft.title.clone(),
            date: draft.date,
            kind: draft.kind,
            accounts: vec![Account {
                source: self.source.clone(),
                record: None,
                own: None,
                reviewed_by: None,
                reviewed_at: None,
                status: Status::Parsed,
                draft,
            }],
        };
        let mut derived = Derived::of(&alone, self.known);
        let values = self.numbers.take(&mut derived);
        let [account] = <[Account; 1]>::try_from(alone.accounts).expect("it has one account");
        Ok(Row {
            base: base_id(&account.draft),
            packed: self.packer.pack(&cells),
            text_hash: hash64(&text),
            draft_hash,
            derived,
            values,
            key,
            line,
            draft: account.draft,
            open,
        })
    }
}

/// Sends rows on in batches.
pub(super) struct Sender {
    to: SyncSender<Batch>,
    batch: Batch,
}

impl Sender {
    pub fn new(to: SyncSender<Batch>) -> Self {
        Self { to, batch: Vec::with_capacity(BATCH) }
    }

    /// Sends a row; false when nobody wants any more.
    pub fn send(&mut self, row: Result<Row, Problem>) -> bool {
        self.batch.push(row);
        self.batch.len() < BATCH || self.flush()
    }

    /// Sends what is left.
    pub fn flush(&mut self) -> bool {
        let batch = std::mem::replace(&mut self.batch, Vec::with_capacity(BATCH));
        self.to.send(batch).is_ok()
    }
}
