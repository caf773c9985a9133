//! Files read and parsed ahead, on every core, while those before them are written. They come
//! in their order, and of each only a few documents wait in memory.

use super::dataset::shape_of;
use super::files::{name_of, read};
use crate::ingest::{Hints, Parser};
use crate::model::document::{ParsedDocument, Problem, Shape};
use std::collections::VecDeque;
use std::path::Path;
use std::sync::mpsc::{Receiver, Sender, SyncSender, channel, sync_channel};
use std::sync::{Mutex, PoisonError};
use std::thread;

/// Documents of one file that wait to be written, besides the one that is being parsed.
const WAITING: usize = 1;

/// What is found in a file.
pub(super) enum Found {
    /// Rows, which are read as they are written.
    Rows(Shape),
    /// One of its documents, or why it cannot be read.
    Document(Box<Result<ParsedDocument, Problem>>),
}

/// A file to be read, and where to send what is found; nothing more is the last.
type Job<'f> = (&'f Path, SyncSender<Option<Found>>);

/// The files to come.
pub(super) struct Ahead<'f> {
    paths: std::slice::Iter<'f, &'f Path>,
    jobs: Sender<Job<'f>>,
    begun: VecDeque<Receiver<Option<Found>>>,
    /// How many files are begun before they are asked for.
    window: usize,
}

impl Ahead<'_> {
    /// What is found in the next file, as it is read; nothing after the last.
    ///
    /// # Panics
    /// The iterator, when the thread that reads the file did: half a file is not the file.
    pub(super) fn next(&mut self) -> impl Iterator<Item = Found> + use<> {
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

/// Runs `write` with the files at `paths`, read by as many threads as there are cores. What
/// `write` does not ask for is not read to its end.
pub(super) fn ahead<T>(
    paths: &[&Path],
    hints: &Hints,
    parser: &Parser<'_>,
    write: impl FnOnce(&mut Ahead) -> T,
) -> T {
    let threads = thread::available_parallelism().map_or(1, usize::from).min(paths.len());
    let (jobs, waiting) = channel::<Job>();
    let waiting = Mutex::new(waiting);
    thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| {
                // One file after the other: the first to be asked for is always being read.
                let next = || waiting.lock().unwrap_or_else(PoisonError::into_inner).recv();
                while let Ok((path, found)) = next() {
                    parse(path, hints, parser, &found);
                }
            });
        }
        let (paths, begun) = (paths.iter(), VecDeque::new());
        write(&mut Ahead { paths, jobs, begun, window: threads + 1 })
    })
}

/// Reads one file until nobody asks for more.
fn parse(path: &Path, hints: &Hints, parser: &Parser<'_>, found: &SyncSender<Option<Found>>) {
    let rows = shape_of(path, &name_of(path), hints.shape).map(Found::Rows);
    // Rows are no document, and no document is rows.
    let documents = rows.is_none().then(|| read(path, hints, parser)).into_iter().flatten();
    let documents = documents.map(|document| Found::Document(Box::new(document)));
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

    fn name(found: &Found) -> String {
        match found {
            Found::Document(document) => document.as_ref().as_ref().unwrap().file_name.clone(),
            Found::Rows(shape) => shape.as_str().to_owned(),
        }
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
        let names: Vec<Vec<String>> = ahead(&paths, &hints, &parser, |ahead| {
            paths.iter().map(|_| ahead.next().map(|found| name(&found)).collect()).collect()
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
        let taken = ahead(&paths, &hints, &parser, |ahead| ahead.next().take(3).count());
        assert_eq!(taken, 3);
    }
}
