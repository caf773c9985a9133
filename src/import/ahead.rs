//! Files read and parsed ahead, on every core, while those before them are written. They come
//! in their order, and of each only a few documents wait in memory. What is made of a document
//! for writing it is made there too.

use super::dataset::shape_of;
use super::files::{name_of, read};
use crate::ingest::{Hints, Parser};
use crate::model::document::{ParsedDocument, Problem, Shape};
use std::collections::VecDeque;
use std::path::Path;
use std::sync::mpsc::{Receiver, Sender, SyncSender, channel, sync_channel};
use std::sync::{Mutex, PoisonError};
use std::thread;

/// What of one file may wait to be written besides the document that is being parsed: two others,
/// or the only one and that there are no more.
const WAITING: usize = 2;

/// What is found in a file.
pub enum Found<D> {
    /// Rows, which are read as they are written.
    Rows(Shape),
    /// What was made of one of its documents.
    Document(D),
}

/// A file to be read, and where to send what is found; nothing more is the last.
type Job<'f, D> = (&'f Path, SyncSender<Option<Found<D>>>);

/// The files to come.
pub struct Ahead<'f, D> {
    paths: std::slice::Iter<'f, &'f Path>,
    jobs: Sender<Job<'f, D>>,
    begun: VecDeque<Receiver<Option<Found<D>>>>,
    /// How many files are begun before they are asked for.
    window: usize,
}

impl<D> Ahead<'_, D> {
    /// What is found in the next file, as it is read; nothing after the last.
    ///
    /// # Panics
    /// The iterator, when the thread that reads the file did: half a file is not the file.
    // No iterator: what is found in a file has to be taken before the next one.
    #[expect(clippy::should_implement_trait, reason = "gives iterators")]
    pub fn next(&mut self) -> impl Iterator<Item = Found<D>> + use<D> {
        while self.begun.len() < self.window
            && let Some(path) = self.paths.next()
        {
            let (send, receive) = sync_channel(WAITING);
            if self.jobs.send((path, send)).is_ok() {
                self.begun.push_back(receive);
            }
        }
        let begun = self.begun.pop_front();
        std::iter::from_fn(move || {
            begun.as_ref()?.recv().expect("a file is read to its end where no thread panics")
        })
    }
}

/// Runs `write` with what `make` makes of each document, or of why it cannot be read, of the files
/// at `paths`, read by as many threads as there are cores. What `write` does not ask for is not
/// read to its end.
pub fn ahead<D: Send, T>(
    paths: &[&Path],
    hints: &Hints,
    parser: &Parser<'_>,
    make: impl Fn(Result<ParsedDocument, Problem>) -> D + Sync,
    write: impl FnOnce(&mut Ahead<'_, D>) -> T,
) -> T {
    let threads = thread::available_parallelism().map_or(1, usize::from).min(paths.len());
    let (jobs, waiting) = channel::<Job<'_, D>>();
    let waiting = Mutex::new(waiting);
    thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| {
                // One file after the other: the first to be asked for is always being read.
                let next = || waiting.lock().unwrap_or_else(PoisonError::into_inner).recv();
                while let Ok((path, found)) = next() {
                    parse(path, hints, parser, &make, &found);
                }
            });
        }
        let (paths, begun) = (paths.iter(), VecDeque::new());
        write(&mut Ahead { paths, jobs, begun, window: threads * 2 })
    })
}

/// Reads one file until nobody asks for more.
fn parse<D>(
    path: &Path,
    hints: &Hints,
    parser: &Parser<'_>,
    make: impl Fn(Result<ParsedDocument, Problem>) -> D,
    found: &SyncSender<Option<Found<D>>>,
) {
    let rows = shape_of(path, &name_of(path), hints.shape).map(Found::Rows);
    // Rows are no document, and no document is rows.
    let documents = rows.is_none().then(|| read(path, hints, parser)).into_iter().flatten();
    let documents = documents.map(|document| Found::Document(make(document)));
    for one in rows.into_iter().chain(documents).map(Some).chain([None]) {
        if found.send(one).is_err() {
            return;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::knowledge::Knowledge;
    use std::path::PathBuf;

    /// Texts in files of very different sizes: the first to be begun is the last to be done.
    fn files(folder: &Path) -> Vec<PathBuf> {
        let sizes = [4_000, 1, 900, 1, 1, 2_000, 1, 300, 1];
        let put = |(i, size): (usize, usize)| {
            let path = folder.join(format!("{i}.txt"));
            let text = "Ten people were killed in Dia on 3 May 2021.\n\n".repeat(size);
            std::fs::write(&path, text).unwrap();
            path
        };
        sizes.into_iter().enumerate().map(put).collect()
    }

    fn name(found: Found<String>) -> String {
        match found {
            Found::Document(name) => name,
            Found::Rows(shape) => shape.as_str().to_owned(),
        }
    }

    fn name_of_document(document: Result<ParsedDocument, Problem>) -> String {
        document.unwrap().file_name
    }

    #[test]
    fn files_come_in_their_order_and_one_after_the_other() {
        let folder = tempfile::tempdir().unwrap();
        let files = files(folder.path());
        let rows = folder.path().join("rows.csv");
        std::fs::write(&rows, "event_id_cnty,event_date,disorder_type,event_type\n").unwrap();
        let paths: Vec<&Path> = files.iter().chain([&rows]).map(PathBuf::as_path).collect();
        let known = Knowledge::embedded();
        let (parser, hints) = (Parser::new(&known), Hints::default());
        let names: Vec<Vec<String>> = ahead(&paths, &hints, &parser, name_of_document, |ahead| {
            paths.iter().map(|_| ahead.next().map(name).collect()).collect()
        });
        let mut expected: Vec<_> = (0..files.len()).map(|i| vec![format!("{i}.txt")]).collect();
        expected.push(vec![shape_of(&rows, "rows.csv", None).unwrap().as_str().to_owned()]);
        assert_eq!(names, expected);
    }

    #[test]
    fn what_is_not_asked_for_is_left() {
        let folder = tempfile::tempdir().unwrap();
        let export = folder.path().join("export.xml");
        let page = "<page><title>Boni</title><ns>0</ns><revision><id>1</id><text>Nine soldiers \
                    were killed near [[Boni]] on 3 May 2021.</text></revision></page>\n";
        let bytes = format!("<mediawiki>\n{}</mediawiki>", page.repeat(500));
        std::fs::write(&export, bytes).unwrap();
        let files = files(folder.path());
        let paths: Vec<&Path> = [&export].into_iter().chain(&files).map(PathBuf::as_path).collect();
        let known = Knowledge::embedded();
        let (parser, hints) = (Parser::new(&known), Hints::default());
        // It ends, though nobody takes the rest of the export or the other files.
        let taken =
            ahead(&paths, &hints, &parser, name_of_document, |ahead| ahead.next().take(3).count());
        assert_eq!(taken, 3);
    }
}
