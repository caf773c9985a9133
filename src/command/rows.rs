//! `parse`, for datasets: drafts are printed as the rows are read.

use crate::say;
use mali_timeline::export::drafts::draft_dataset;
use mali_timeline::import::dataset::{Opened, RowOptions, shape_of};
use mali_timeline::knowledge::Knowledge;
use mali_timeline::model::document::Problem;
use std::io::{self, Write};
use std::path::Path;

/// Whether the file at `path` is rows rather than a document.
pub fn is_dataset(path: &Path, options: &RowOptions) -> bool {
    shape_of(path, &name_of(path), options.reading.shape).is_some()
}

/// Prints the drafts of a dataset, after a comma unless it is the `first` of the output, and
/// answers whether it could be read; problems go to stderr as they are met.
///
/// # Errors
/// When it cannot be written.
pub fn print(
    path: &Path,
    options: &RowOptions,
    known: &Knowledge,
    first: &mut bool,
    out: &mut dyn Write,
) -> io::Result<bool> {
    let name = name_of(path);
    let opened = Opened::new(path, &name, options, known);
    let sha256 = opened.sha256(&mut || true).map(Option::unwrap_or_default);
    let head = sha256.and_then(|sha256| Ok((sha256, opened.dataset()?)));
    let (sha256, dataset) = match head {
        Ok(head) => head,
        Err(problem) => {
            say("refused", path, &problem);
            return Ok(false);
        }
    };
    write!(out, "{}", if std::mem::take(first) { "\n" } else { ",\n" })?;
    let meta = dataset.meta.clone();
    let tell = |problem: &Problem| say("problem", path, problem);
    let drafts = dataset.filter_map(|row| row.inspect_err(tell).ok());
    let drafts = drafts.inspect(|record| record.open.iter().for_each(tell));
    let drafts = drafts.map(|record| record.draft);
    let printed = draft_dataset(&name, &meta, sha256, known, drafts);
    serde_json::to_writer_pretty(out, &printed)?;
    Ok(true)
}

fn name_of(path: &Path) -> String {
    let name = path.file_name().unwrap_or(path.as_os_str());
    name.to_string_lossy().into_owned()
}
