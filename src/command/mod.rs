//! What the commands do, for those that are more than a few lines.

/// `parse --explain`.
mod explain;
/// `gazetteer`.
pub mod gazetteer;
/// `import`.
pub mod import;
/// `matches`.
pub mod matches;
/// `parse`.
pub mod parse;
/// `parse`, for datasets.
pub mod rows;
/// How far something long has come.
pub mod shown;
/// `source`.
pub mod source;

use mali_timeline::config::RowArguments;
use mali_timeline::import::dataset::RowOptions;
use mali_timeline::ingest::dataset::{Mapping, Options};
use mali_timeline::model::document::Shape;
use std::io::{self, BufWriter, Write};
use std::path::Path;

/// How the rows of datasets are to be read; `shape` is what the user says of the layout.
///
/// # Errors
/// When the mapping cannot be read, in words.
pub fn row_options(arguments: &RowArguments, shape: Option<Shape>) -> Result<RowOptions, String> {
    let text = match &arguments.mapping {
        None => None,
        Some(path) => Some(
            std::fs::read_to_string(path)
                .map_err(|e| format!("--mapping {}: {e}", path.display()))?,
        ),
    };
    let mapping = match (&text, &arguments.mapping) {
        (Some(text), Some(path)) => {
            Some(Mapping::parse(text).map_err(|e| format!("--mapping {}: {e}", path.display()))?)
        }
        _ => None,
    };
    Ok(RowOptions {
        reading: Options { shape, mapping, countries: arguments.countries() },
        mapping: text.unwrap_or_default(),
        release_of: None,
    })
}

/// Writes beside the file and puts the result in its place: never half a file.
///
/// # Errors
/// Those of `write`, and those of making the file.
pub fn write_file<E: From<io::Error>>(
    path: &Path,
    write: impl FnOnce(&mut (dyn Write + Send)) -> Result<(), E>,
) -> Result<(), E> {
    let folder = match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    let mut builder = tempfile::Builder::new();
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        // As any file that is made: what the user's umask leaves of this.
        builder.permissions(std::fs::Permissions::from_mode(0o666));
    }
    let file = builder.tempfile_in(folder)?;
    let mut out = BufWriter::new(file);
    write(&mut out)?;
    let file = out.into_inner().map_err(io::IntoInnerError::into_error)?;
    file.persist(path).map_err(|e| e.error)?;
    Ok(())
}
