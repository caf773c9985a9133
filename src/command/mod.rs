//! What the commands do, for those that are more than a few lines.

/// `gazetteer`.
pub mod gazetteer;
/// `import`.
pub mod import;
/// `matches`.
pub mod matches;
/// `parse`, for datasets.
pub mod rows;
/// `source`.
pub mod source;

use mali_timeline::config::RowArguments;
use mali_timeline::import::dataset::RowOptions;
use mali_timeline::ingest::dataset::{Mapping, Options};
use mali_timeline::model::document::Shape;

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
