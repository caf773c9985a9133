//! Datasets made by hand for tests, so that what their rows say is known to the byte.

use super::{KNOWN, TempDb, draft};
use mali_timeline::import::dataset::{DatasetFile, Imported, import_dataset};
use mali_timeline::model::document::{Problem, Shape};
use mali_timeline::model::hash::sha256;
use mali_timeline::model::record::{Record, text};
use mali_timeline::model::source::{Lang, SourceKind, SourceMeta};
use mali_timeline::store::Db;

/// Columns of the datasets made here.
pub const HEADER: [&str; 2] = ["id", "tale"];

/// A row on line `line`; `spec` is a line of [`super::document`].
pub fn row(key: &str, line: u64, spec: &str) -> Record {
    let mut tale = String::new();
    let mut draft = draft(&mut tale, "", spec);
    let before = format!("id: {key}\ntale: ").len();
    for passage in draft.passages_mut() {
        passage.start += before;
        passage.end += before;
    }
    let cells = vec![key.to_owned(), tale];
    Record { key: key.to_owned(), line, cells, draft, open: Vec::new() }
}

/// Rows with the keys and specs given, from line 2 on.
pub fn rows(specs: &[(&str, &str)]) -> Vec<Result<Record, Problem>> {
    let lines = 2..;
    specs.iter().zip(lines).map(|((key, spec), line)| Ok(row(key, line, spec))).collect()
}

/// A dataset in the file `name`.
pub fn dataset_file<'a>(name: &'a str, origin: &'a str, sha256: &'a str) -> DatasetFile<'a> {
    DatasetFile {
        name,
        origin,
        sha256,
        meta: SourceMeta {
            title: "Rows & events".to_owned(),
            publisher: Some("The Test Programme".to_owned()),
            kind: SourceKind::Dataset,
            lang: Lang::En,
            url: None,
            published: None,
            retrieved: None,
            licence: Some("CC BY 4.0".to_owned()),
            sensitive: false,
        },
        shape: Shape::Table,
        header: HEADER.map(str::to_owned).to_vec(),
        reading: "",
        release_of: None,
    }
}

impl TempDb {
    /// Imports a dataset as coming from the file `name`.
    pub fn import_rows(&self, name: &str, rows: &[Result<Record, Problem>]) -> Imported {
        import_into(&self.db, name, None, rows)
    }
}

/// Imports a dataset as coming from the file `name`, and as a later release of a source.
pub fn import_into(
    db: &Db,
    name: &str,
    release_of: Option<&str>,
    rows: &[Result<Record, Problem>],
) -> Imported {
    let all: Vec<_> = rows
        .iter()
        .map(|row| match row {
            Ok(record) => text(&HEADER.map(str::to_owned), &record.cells),
            Err(problem) => problem.to_string(),
        })
        .collect();
    let (origin, sha256) = (sha256(name), sha256(all.join("")));
    let file = DatasetFile { release_of, ..dataset_file(name, &origin, &sha256) };
    let feed = |give: &mut dyn FnMut(Result<Record, Problem>) -> bool| {
        let _ = rows.iter().cloned().try_for_each(|row| give(row).then_some(()));
        Ok(0)
    };
    db.write(|tx| import_dataset(tx, &file, &feed, &KNOWN, &mut |_, _| true)).unwrap()
}
