//! Datasets into the database, row by row, in one transaction for each file: the rows are read
//! and worked out on one thread and written on another, and none is kept.
//!
//! A dataset is one source. What is stored as its text says which file it was and names the
//! columns; each row is a record of its own. A later release is a new version of the source:
//! rows that it has as they were stay as they are, and nothing is deleted.

mod earlier;
mod file;
mod others;
mod prepare;
mod rows;

use super::{Counts, Outcome, shortened};
use crate::knowledge::Knowledge;
use crate::model::document::{ParsedDocument, Problem, Shape};
use crate::model::hash::sha256;
use crate::model::record::{Field, Record};
use crate::model::slug::slug;
use crate::model::source::{SourceMeta, SourceRef};
use crate::store::derive::Numbers;
use crate::store::packed::{Packer, Sample};
use crate::store::record;
use crate::store::single::Singles;
use crate::store::version::{self, By, Stamp};
use crate::store::{StoreError, identity};
use earlier::{dataset_of, replaced};
pub use file::{Opened, RowOptions, shape_of};
use others::Others;
use prepare::{Batch, Preparing, Sender, WAITING};
use rows::{Seen, TOLD, Writer, many};
use rusqlite::Transaction;
use std::sync::mpsc::{RecvTimeoutError, channel, sync_channel};
use std::time::Duration;

/// Rows that are read between two looks whether to go on, while nothing is written.
const BETWEEN_LOOKS: u64 = 1_000;

/// Time after which it is asked whether to go on where no row comes.
const LOOK: Duration = Duration::from_millis(200);

/// A dataset that is to be imported.
#[derive(Debug, Clone)]
pub struct DatasetFile<'a> {
    /// Name of the file, without folders.
    pub name: &'a str,
    /// By what the file is known again: see [`super::origin_of`].
    pub origin: &'a str,
    /// SHA-256 of the file, lower-case hex.
    pub sha256: &'a str,
    /// What is known of the dataset.
    pub meta: SourceMeta,
    /// How it is read.
    pub shape: Shape,
    /// Names of the columns.
    pub header: Vec<String>,
    /// What else the reading depends on: options, a mapping.
    pub reading: &'a str,
    /// Id of the source of which the file is a later release, if the user says so.
    pub release_of: Option<&'a str>,
}

/// Reads the rows of a dataset from the first on and gives each to its argument until that
/// answers false. The result is the number of rows left out because they are about other
/// countries.
pub type Feed<'a> =
    dyn Fn(&mut dyn FnMut(Result<Record, Problem>) -> bool) -> Result<u64, Problem> + Sync + 'a;

/// Told every so often how many rows are in and how many bytes were read (where that is known),
/// it answers whether to go on.
pub type Watch<'a> = dyn FnMut(u64, u64) -> bool + 'a;

/// A row that says something else than in the release before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// The dataset's own id of the event.
    pub key: String,
    /// Line of the file, from 1.
    pub line: u64,
    /// What changed; nothing where the same cells are read in another way.
    pub fields: Vec<Field>,
}

/// What a file changed in its dataset, in rows.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Release {
    /// Rows that were not there before.
    pub added: u64,
    /// Rows that say something else.
    pub changed: u64,
    /// Rows that this file does not have any more. They are kept, and marked.
    pub withdrawn: u64,
    /// Rows as they were.
    pub unchanged: u64,
    /// Rows left out because they are about other countries.
    pub outside: u64,
    /// Rows, among those added, that another dataset of the same layout has too.
    pub elsewhere: u64,
    /// Rows that could not be read, what others leave open, and other problems.
    pub problems: u64,
    /// The first changes.
    pub changes: Vec<Change>,
    /// Ids of the first rows withdrawn.
    pub gone: Vec<String>,
    /// The first problems.
    pub first_problems: Vec<Problem>,
}

impl Release {
    fn problem(&mut self, problem: Problem) {
        self.problems += 1;
        if self.first_problems.len() < TOLD {
            self.first_problems.push(problem);
        }
    }

    fn change(&mut self, change: Change) {
        self.changed += 1;
        if self.changes.len() < TOLD {
            self.changes.push(change);
        }
    }

    fn withdraw(&mut self, key: String) {
        self.withdrawn += 1;
        if self.gone.len() < TOLD {
            self.gone.push(key);
        }
    }
}

/// What became of a dataset.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Imported {
    /// The source.
    pub outcome: Outcome,
    /// Its incidents.
    pub incidents: Counts,
    /// Its rows; none when the file was refused, or is there already.
    pub release: Option<Release>,
}

impl Imported {
    fn only(outcome: Outcome, incidents: Counts) -> Self {
        Self { outcome, incidents, release: None }
    }
}

/// Imports a dataset within `tx`. It is a new release of a source when the user says so, when
/// it comes from the same file, or when it has most of the rows of one of the same layout. The
/// file as it is there already changes nothing.
///
/// # Errors
/// What the store says, and [`StoreError::Stopped`] when `watch` says so; then `tx` must not
/// be committed.
pub fn import_dataset(
    tx: &Transaction,
    file: &DatasetFile,
    feed: &Feed,
    known: &Knowledge,
    watch: &mut Watch,
) -> Result<Imported, StoreError> {
    let dictionary = match sample(file, feed, watch)? {
        Ok(dictionary) => dictionary,
        Err(problem) => return Ok(Imported::only(Outcome::Refused(problem), Counts::default())),
    };
    let text = text_of(file);
    let (text_sha256, parse_sha256) = (sha256(&text), reading_of(file));
    let same = dataset_of(tx, version::find(tx, By::Text(&text_sha256))?)?;
    if let Some((found, first)) = &same
        && found.parse_sha256 == parse_sha256
    {
        let unchanged = record::count(tx, *first)?;
        let counts = Counts { unchanged, ..Counts::default() };
        return Ok(Imported::only(Outcome::Unchanged(found.slug.clone()), counts));
    }
    let replaces = match same {
        Some(same) => Some(same),
        None => match replaced(tx, file, feed, watch)? {
            Ok(replaced) => replaced,
            Err(problem) => {
                return Ok(Imported::only(Outcome::Refused(problem), Counts::default()));
            }
        },
    };
    let run = version::start_run(tx)?;
    let doc = ParsedDocument {
        file_name: file.name.to_owned(),
        meta: file.meta.clone(),
        shape: file.shape,
        text,
        body_start: 0,
        pages: Vec::new(),
        drafts: Vec::new(),
        problems: Vec::new(),
    };
    let stamp =
        Stamp { run, origin: file.origin, sha256: &text_sha256, parse_sha256: &parse_sha256 };
    let old = replaces.as_ref().map(|(found, _)| found);
    let (source, id) = version::add(tx, &doc, stamp, &slug_of(file), old)?;
    let first = replaces.as_ref().map_or(source, |(_, first)| *first);
    record::add_dataset(tx, source, first, file.sha256, &file.header, &dictionary)?;

    let mut writer = Writer {
        tx,
        known,
        run,
        source,
        first,
        dictionary: &dictionary,
        siblings: record::siblings(tx, file.shape.as_str(), first)?,
        others: Others::read(tx, first)?,
        seen: Seen::default(),
        deriving: Default::default(),
        held: Vec::new(),
        held_ids: Default::default(),
        singles: Singles::new(run, source, first),
        rows: 0,
        many: many(identity::count(tx)?),
        bulk: None,
        counts: Counts::default(),
        release: Release::default(),
    };
    let reference = SourceRef { id: id.clone(), meta: file.meta.clone() };
    write_rows(&mut writer, file, (reference, &dictionary), feed, watch)?;
    writer.finish()?;
    let Writer { release, counts, .. } = writer;
    for problem in &release.first_problems {
        version::add_problem(tx, source, problem)?;
    }
    record::close_dataset(tx, source, first, &numbers(&release))?;
    let outcome = match replaces {
        Some(_) => Outcome::Changed(id),
        None => Outcome::Added(id),
    };
    Ok(Imported { outcome, incidents: counts, release: Some(release) })
}

/// Reads on one thread and writes on this one.
fn write_rows(
    writer: &mut Writer,
    file: &DatasetFile,
    (source, dictionary): (SourceRef, &[u8]),
    feed: &Feed,
    watch: &mut Watch,
) -> Result<(), StoreError> {
    let (spent, to_free) = channel();
    writer.singles.send_spent(spent);
    let mut preparing = Preparing {
        source,
        file_name: file.name,
        header: &file.header,
        known: writer.known,
        packer: Packer::new(dictionary),
        drafted: Vec::new(),
        numbers: Numbers::default(),
        spent: to_free,
    };
    std::thread::scope(|scope| {
        let (to, from) = sync_channel::<Batch>(WAITING);
        let reader = scope.spawn(move || {
            let mut sender = Sender::new(to);
            let end = feed(&mut |row| sender.send(row.and_then(|record| preparing.row(record))));
            sender.flush();
            end
        });
        let mut written = 0;
        let end_of_writing = loop {
            let batch = match from.recv_timeout(LOOK) {
                Ok(batch) => batch,
                // Rows about other countries may go by for long.
                Err(RecvTimeoutError::Timeout) => Batch::new(),
                Err(RecvTimeoutError::Disconnected) => break Ok(()),
            };
            written += batch.len() as u64;
            if let Err(error) = batch.into_iter().try_for_each(|row| writer.put(row, file.name)) {
                break Err(error);
            }
            if !watch(written, 0) {
                break Err(StoreError::Stopped);
            }
        };
        // Nobody takes rows any more: the reader stops at its next one.
        drop(from);
        let end = match reader.join() {
            Ok(end) => end,
            Err(panic) => std::panic::resume_unwind(panic),
        };
        end_of_writing?;
        match end {
            Ok(outside) => writer.release.outside = outside,
            Err(problem) => writer.release.problem(problem),
        }
        Ok(())
    })
}

/// The dictionary of a dataset, from its first rows; the first problem where no row can be
/// read: nothing of such a file is let in, so that a damaged one never withdraws what an earlier
/// one said.
fn sample(
    file: &DatasetFile,
    feed: &Feed,
    watch: &mut Watch,
) -> Result<Result<Vec<u8>, Problem>, StoreError> {
    let (mut sample, mut found, mut first) = (Sample::default(), false, None);
    let (mut read, mut go_on) = (0_u64, true);
    let end = feed(&mut |row| {
        read += 1;
        go_on = !read.is_multiple_of(BETWEEN_LOOKS) || watch(0, 0);
        match row {
            Ok(row) => {
                found = true;
                sample.add(&row.cells) && go_on
            }
            Err(problem) => {
                first = first.take().or(Some(problem));
                go_on
            }
        }
    });
    if !go_on {
        return Err(StoreError::Stopped);
    }
    if found {
        return Ok(Ok(sample.finish()));
    }
    let outside = match end {
        Ok(outside) => outside,
        Err(problem) => return Ok(Err(problem)),
    };
    Ok(Err(first.unwrap_or_else(|| Problem {
        file: file.name.to_owned(),
        line: 1,
        expected: "at least one row".to_owned(),
        found: match outside {
            0 => "none".to_owned(),
            n => format!("{n} rows, all about other countries"),
        },
    })))
}

/// The text of the source: what the file was, and its columns.
fn text_of(file: &DatasetFile) -> String {
    let mut text =
        format!("Layout: {}\nSHA-256 of the file: {}\n", file.shape.as_str(), file.sha256);
    text.push_str("Columns:\n");
    for column in &file.header {
        text.push_str("- ");
        text.push_str(&column.replace(['\n', '\r'], " "));
        text.push('\n');
    }
    text
}

/// SHA-256 of all that what is read from the file depends on besides its bytes. The title is
/// left out: a copy of the file under another name is the same source.
fn reading_of(file: &DatasetFile) -> String {
    let mut meta = file.meta.clone();
    meta.title.clear();
    let all = (meta, file.shape, file.reading, env!("CARGO_PKG_VERSION"));
    sha256(serde_json::to_vec(&all).expect("plain types are always JSON"))
}

fn slug_of(file: &DatasetFile) -> String {
    let stem = file.name.rsplit_once('.').map_or(file.name, |(stem, _)| stem);
    let slugs = [slug(&file.meta.title), slug(stem), "dataset".to_owned()];
    let [title, stem, word] = slugs;
    shortened([title, stem].into_iter().find(|s| !s.is_empty()).unwrap_or(word))
}

fn numbers(release: &Release) -> record::Numbers {
    record::Numbers {
        added: release.added,
        changed: release.changed,
        withdrawn: release.withdrawn,
        unchanged: release.unchanged,
        problems: release.problems,
    }
}
