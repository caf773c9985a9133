//! The documents of a file: one, or those of an export that holds many, read one after the
//! other.

use super::decode::MAX_BYTES;
use super::layout;
use super::layout::mediawiki::{self, Pages};
use super::{Hints, Parser};
use crate::model::document::{ParsedDocument, Problem, Shape};
use std::io::{self, BufRead, BufReader, Read};

/// How much is read ahead, in bytes: enough to tell an export.
const AHEAD: usize = 64 * 1024;

/// What was read of a file, in its order: its documents, and what of it could not be read.
pub type Documents<'a> = Box<dyn Iterator<Item = Result<ParsedDocument, Problem>> + 'a>;

impl Parser<'_> {
    /// The documents of a file that `reader` gives. Of an export only one page is in memory at
    /// a time; its documents are named `FILE#TITLE`. Any other file is one document.
    pub fn documents<'a>(
        &'a self,
        file_name: &str,
        reader: impl Read + 'a,
        hints: &'a Hints,
    ) -> Documents<'a> {
        let mut reader = BufReader::with_capacity(AHEAD, reader);
        let start = match first_bytes(&mut reader) {
            Ok(start) => start,
            Err(error) => return Box::new(std::iter::once(Err(unreadable(file_name, &error)))),
        };
        let export = match hints.shape {
            Some(shape) => shape == Shape::MediaWiki,
            None => mediawiki::is_export(&start),
        };
        let reader = io::Cursor::new(start).chain(reader);
        if export {
            let pages = Pages::new(file_name, BufReader::with_capacity(AHEAD, reader));
            return Box::new(
                pages.map(|page| page.map(|page| self.take(&page.name, page.document, hints))),
            );
        }
        let mut bytes = Vec::new();
        // One byte more than allowed tells a file that is too long.
        let read = reader.take(MAX_BYTES as u64 + 1).read_to_end(&mut bytes);
        let document = match read {
            Ok(length) if length > MAX_BYTES => Err(Problem {
                file: file_name.to_owned(),
                line: 1,
                expected: "a document of at most 50 MiB".to_owned(),
                found: "more".to_owned(),
            }),
            Ok(_) => {
                let document = layout::read(&layout::File::new(file_name, &bytes), hints.shape);
                // The text is all that is needed from here on.
                drop(bytes);
                document.map(|document| self.take(file_name, document, hints))
            }
            Err(error) => Err(unreadable(file_name, &error)),
        };
        Box::new(std::iter::once(document))
    }
}

/// The bytes at the start of a file, as many as are read ahead.
fn first_bytes(reader: &mut impl BufRead) -> io::Result<Vec<u8>> {
    let start = reader.fill_buf()?.to_vec();
    reader.consume(start.len());
    Ok(start)
}

fn unreadable(file: &str, error: &io::Error) -> Problem {
    Problem {
        file: file.to_owned(),
        line: 1,
        expected: "a file that can be read".to_owned(),
        found: error.to_string(),
    }
}
