//! Workbooks with sheets of incidents, claims and sources, and one that says what the file is.
//! Texts are written as texts, so that nothing is taken for a formula. A workbook is sent while it
//! is made: incidents go into it as they are read, and what stands on the other sheets is packed
//! beside meanwhile, so that memory does not grow with the rows. A sheet that is full is continued
//! by another: `claims 2`.

/// The archive that sheets are put into.
mod package;
/// Seals over cells.
mod seal;
/// Rows as XML.
mod sheet;

pub use seal::check;

use super::phrases::Phrases;
use super::table::{self, Column, Row};
use super::{ExportError, Head, Out, Tally, View, each};
use crate::wording::Words;
use package::{Aside, Package, Piece, Streamed, gone};
use rusqlite::Connection;
use sheet::{MOST, Most, Sheets, Sink};
use std::io;
use std::panic::resume_unwind;
use std::sync::mpsc::sync_channel;
use std::thread;

/// Pieces that were written and wait to be packed.
const WAITING: usize = 4;

/// Names of the sheets, in their order.
const KINDS: [&str; 4] = ["incidents", "claims", "sources", "readme"];

/// The columns of the sheet of sources.
const SOURCE_COLUMNS: [&str; 10] = [
    "id", "title", "publisher", "kind", "language", "url", "published", "retrieved", "licence",
    "sha256",
];

/// The sheets of each kind, in their order.
struct Book<S> {
    incidents: Sheets<S>,
    claims: Sheets<Aside>,
    sources: Sheets<Aside>,
    readme: Sheets<Aside>,
}

impl<S: Sink> Book<S> {
    /// Begins all; incidents go to `sink`.
    fn begin(sink: S, hxl: bool, most: Most) -> io::Result<Self> {
        let top = |columns: &'static [Column]| {
            let names = columns.iter().map(|c| c.name).collect();
            let tags = hxl.then(|| columns.iter().map(|c| c.hxl).collect());
            std::iter::once(names).chain(tags).collect()
        };
        let (incident, claim) = (top(&table::INCIDENT), top(&table::CLAIM));
        let source = vec![SOURCE_COLUMNS.to_vec()];
        let aside = |kind, top| Sheets::new(&KINDS, kind, top, most, Aside::default());
        Ok(Self {
            incidents: Sheets::new(&KINDS, 0, incident, most, sink)?,
            claims: aside(1, claim)?,
            sources: aside(2, source)?,
            readme: aside(3, Vec::new())?,
        })
    }

    /// Adds every incident with its claims; gives the seal of the rows.
    fn rows(&mut self, db: &Connection, view: &View) -> Result<String, ExportError>
    where
        S: Send,
    {
        let numbers = |columns: &'static [Column]| columns.iter().map(|c| c.number);
        let (mut phrases, mut row) = (Phrases::new(view.words), Row::default());
        let rows = each(db, view, |incident, _| {
            row.incident(incident, &mut phrases);
            self.incidents.row(row.cells().zip(numbers(&table::INCIDENT)))?;
            for (account, claim) in incident.claims() {
                row.claim(incident, account, claim);
                self.claims.row(row.cells().zip(numbers(&table::CLAIM)))?;
            }
            Ok::<_, ExportError>(())
        })?;
        Ok(rows.seal)
    }

    /// Adds what is said once all rows are known.
    fn about(&mut self, head: &Head, tally: &Tally, words: &Words, seal: String) -> io::Result<()> {
        let text = |cell: String| (cell, false);
        for cited in &tally.sources {
            let meta = &cited.source.meta;
            let cells = [
                cited.source.id.clone(),
                meta.title.clone(),
                meta.publisher.clone().unwrap_or_default(),
                words.source_kind(meta.kind),
                meta.lang.as_str().to_owned(),
                meta.url.clone().unwrap_or_default(),
                meta.published.map(|d| d.to_string()).unwrap_or_default(),
                meta.retrieved.map(|d| d.to_string()).unwrap_or_default(),
                meta.licence.clone().unwrap_or_default(),
                cited.sha256.clone(),
            ];
            self.sources.row(cells.into_iter().map(text))?;
        }
        let mut about = table::about(head, tally, words);
        about.push(("rows", seal));
        about.push(("note", words.messages().text("export-note")));
        for (key, value) in about {
            self.readme.row([key.to_owned(), value].into_iter().map(text))?;
        }
        // Nothing comes after the seal.
        let kinds = [self.incidents.seal(), self.claims.seal(), self.sources.seal()];
        let kinds = [&kinds[..], &[self.readme.seal()]].concat();
        let cells = [seal::KEY.to_owned(), seal::over(&kinds)];
        self.readme.row(cells.into_iter().map(text))
    }
}

pub(super) fn write(
    db: &Connection,
    view: &View,
    head: &Head,
    out: &mut Out<'_>,
) -> Result<(), ExportError> {
    make(out, view, MOST, |book| {
        let seal = book.rows(db, view)?;
        Ok(book.about(head, &Tally::read(db, view)?, &view.words, seal)?)
    })
}

/// Makes a workbook of what `fill` adds to it.
fn make(
    out: &mut Out<'_>,
    view: &View,
    most: Most,
    fill: impl FnOnce(&mut Book<Streamed>) -> Result<(), ExportError>,
) -> Result<(), ExportError> {
    let package = Package::begin(out, view.at)?;
    let (filled, packed) = thread::scope(|scope| {
        let (sender, receiver) = sync_channel(WAITING);
        let packing = scope.spawn(move || package.pack(&receiver));
        // Whoever packs ends when nothing more can come, and takes it for whole only when told.
        let filled = (|| {
            let mut book = Book::begin(Streamed(sender), view.hxl, most)?;
            fill(&mut book)?;
            let (mut sheets, Streamed(sender)) = book.incidents.end()?;
            let mut beside = Vec::new();
            for more in [book.claims, book.sources, book.readme] {
                let (begun, packed) = more.end()?;
                sheets.extend(begun);
                beside.push(packed);
            }
            sender.send(Piece::Done).map_err(|_| gone())?;
            Ok::<_, ExportError>((sheets, beside))
        })();
        (filled, packing.join().unwrap_or_else(|panic| resume_unwind(panic)))
    });
    // A reader who has gone is noticed where it is packed; whoever fills only finds nobody there.
    let package = packed?;
    let (sheets, beside) = filled?;
    let mut package = package.ok_or_else(gone)?;
    beside.into_iter().try_for_each(|sheets| package.copy(sheets))?;
    Ok(package.end(&sheets)?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::knowledge::Knowledge;
    use crate::model::filter::Filter;
    use crate::model::source::Lang;
    use crate::store::StoreError;
    use calamine::{Reader, Xlsx};
    use jiff::Timestamp;
    use std::io::Cursor;
    use zip::ZipArchive;

    fn made(
        most: Most,
        hxl: bool,
        fill: impl FnOnce(&mut Book<Streamed>) -> Result<(), ExportError>,
    ) -> (Vec<u8>, Result<(), ExportError>) {
        let (known, filter) = (Knowledge::embedded(), Filter::default());
        let words = Words::new(Lang::En, &known);
        let at = Timestamp::UNIX_EPOCH;
        let view = View { filter: &filter, words, at, as_of: None, hxl, redact: false };
        let mut bytes = Vec::new();
        let result = make(&mut bytes, &view, most, fill);
        (bytes, result)
    }

    /// Rows of two sheets, so many.
    fn rows(book: &mut Book<Streamed>, rows: usize) -> Result<(), ExportError> {
        for row in 0..rows {
            let cells = || [(format!("id {row}"), false), (row.to_string(), true)].into_iter();
            book.incidents.row(cells())?;
            book.claims.row(cells())?;
        }
        Ok(book.readme.row([("key", false)].into_iter())?)
    }

    fn opened(bytes: &[u8]) -> Xlsx<Cursor<&[u8]>> {
        Xlsx::new(Cursor::new(bytes)).unwrap()
    }

    #[test]
    fn a_full_sheet_is_continued_by_another() {
        // Names and two rows, or as few as can be.
        for (most, each) in [(Most { rows: 3, ..MOST }, 2), (Most { bytes: 1, ..MOST }, 1)] {
            let (bytes, result) = made(most, false, |book| rows(book, 5));
            result.unwrap();
            let mut read = opened(&bytes);
            let names = read.sheet_names();
            let mut expected = Vec::new();
            for kind in ["incidents", "claims"] {
                expected.push(kind.to_owned());
                expected.extend((2..=5_usize.div_ceil(each)).map(|part| format!("{kind} {part}")));
            }
            expected.extend(["sources", "readme"].map(str::to_owned));
            assert_eq!(names, expected, "{most:?}");
            for kind in ["incidents", "claims"] {
                let mut ids = Vec::new();
                for name in names.iter().filter(|name| name.starts_with(kind)) {
                    let sheet = read.worksheet_range(name).unwrap();
                    assert!((2..=1 + each).contains(&sheet.height()), "{name}");
                    let first = sheet.get((0, 0)).unwrap().to_string();
                    assert_eq!(first, if kind == "claims" { "incident_id" } else { "id" });
                    ids.extend(sheet.rows().skip(1).map(|row| row[0].to_string()));
                }
                assert_eq!(ids, ["id 0", "id 1", "id 2", "id 3", "id 4"]);
            }
        }
    }

    #[test]
    fn hashtags_stand_below_the_names() {
        let (bytes, result) = made(MOST, true, |book| rows(book, 1));
        result.unwrap();
        let mut read = opened(&bytes);
        for (name, tag, id) in
            [("incidents", "#event+id", "id"), ("claims", "#event+id", "incident_id")]
        {
            let sheet = read.worksheet_range(name).unwrap();
            let first: Vec<_> = sheet.rows().map(|row| row[0].to_string()).collect();
            assert_eq!(first, [id, tag, "id 0"], "{name}");
        }
        assert_eq!(read.worksheet_range("sources").unwrap().height(), 1);
    }

    /// Readers that go through a package from its first byte find every part where the one
    /// before ends, though its size is said behind it.
    #[test]
    fn a_package_can_be_read_from_its_first_byte_on() {
        let (bytes, result) = made(Most { rows: 3, ..MOST }, false, |book| rows(book, 5));
        result.unwrap();
        let mut zip = ZipArchive::new(Cursor::new(bytes.as_slice())).unwrap();
        let mut next = 0;
        let mut names = Vec::new();
        for i in 0..zip.len() {
            let part = zip.by_index_raw(i).unwrap();
            let name = part.name().unwrap().into_owned();
            assert_eq!(part.header_start(), next, "{name}");
            let end = (part.data_start().unwrap() + part.compressed_size()) as usize;
            let number = |at: usize| u32::from_le_bytes(bytes[at..at + 4].try_into().unwrap());
            let descriptor =
                [0x0807_4b50, part.crc32(), part.compressed_size() as u32, part.size() as u32];
            assert_eq!([0, 4, 8, 12].map(|at| number(end + at)), descriptor, "{name}");
            next = end as u64 + 16;
            names.push(name);
        }
        assert_eq!(zip.central_directory_start(), next);
        assert_eq!(names.first().map(String::as_str), Some("_rels/.rels"));
        for i in 0..zip.len() {
            // Sizes and sums are looked at.
            io::copy(&mut zip.by_index(i).unwrap(), &mut io::sink()).unwrap();
        }
    }

    #[test]
    fn err_what_broke_off_does_not_look_whole() {
        let (bytes, result) = made(MOST, false, |book| {
            rows(book, 5)?;
            Err(StoreError::TooSlow.into())
        });
        assert!(matches!(result, Err(ExportError::Store(StoreError::TooSlow))), "{result:?}");
        assert!(bytes.starts_with(b"PK"), "it had begun");
        assert!(ZipArchive::new(Cursor::new(bytes)).is_err());
    }
}
