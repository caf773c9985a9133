//! Where the data files come from: the binary, or a folder that overrides it.

use rust_embed::Embed;
use serde::de::DeserializeOwned;
use std::borrow::Cow;
use std::path::PathBuf;

#[derive(Embed)]
#[folder = "data/"]
struct Embedded;

/// A data file that is missing or cannot be understood.
#[derive(Debug, thiserror::Error)]
#[error("{name}: {problem}")]
pub struct DataError {
    /// Name of the file below `data/`.
    pub name: String,
    /// What is wrong, with the line where there is one.
    pub problem: String,
}

/// The files of `data/`. A file of the folder stands in place of the embedded one of the
/// same name; the others stay.
#[derive(Debug, Clone, Default)]
pub struct Files {
    folder: Option<PathBuf>,
}

impl Files {
    /// Only what is embedded.
    pub fn embedded() -> Self {
        Self::default()
    }

    /// `folder` first, then what is embedded.
    pub fn with_folder(folder: PathBuf) -> Self {
        Self {
            folder: Some(folder),
        }
    }

    /// The whole text of a file.
    ///
    /// # Errors
    /// When there is none, or it is not UTF-8.
    pub fn text(&self, name: &str) -> Result<String, DataError> {
        let error = |problem: String| DataError {
            name: name.to_owned(),
            problem,
        };
        let bytes: Cow<'static, [u8]> = match self.folder.as_ref().map(|f| f.join(name)) {
            Some(path) if path.is_file() => std::fs::read(&path)
                .map_err(|e| error(format!("{}: {e}", path.display())))?
                .into(),
            _ => {
                Embedded::get(name)
                    .ok_or_else(|| error("no such data file".to_owned()))?
                    .data
            }
        };
        String::from_utf8(bytes.into_owned()).map_err(|e| error(e.to_string()))
    }

    /// A TOML file as `T`.
    ///
    /// # Errors
    /// As [`Files::text`], or what TOML found wrong and where.
    pub fn toml<T: DeserializeOwned>(&self, name: &str) -> Result<T, DataError> {
        toml::from_str(&self.text(name)?).map_err(|e| DataError {
            name: name.to_owned(),
            problem: e.to_string(),
        })
    }

    /// A CSV file with a header row, as rows of `T`.
    ///
    /// # Errors
    /// As [`Files::text`], or the first row that does not fit, with its line.
    pub fn csv<T: DeserializeOwned>(&self, name: &str) -> Result<Vec<T>, DataError> {
        let text = self.text(name)?;
        let mut reader = csv::ReaderBuilder::new()
            .comment(Some(b'#'))
            .from_reader(text.as_bytes());
        reader
            .deserialize()
            .collect::<Result<_, _>>()
            .map_err(|e| DataError {
                name: name.to_owned(),
                problem: e.to_string(),
            })
    }

    /// Names and texts of the bundled source documents (`sources/`), by name.
    pub fn sources(&self) -> Vec<(String, String)> {
        let mut names: Vec<_> = Embedded::iter()
            .filter(|name| name.starts_with("sources/"))
            .map(Cow::into_owned)
            .collect();
        names.sort();
        names
            .into_iter()
            .filter_map(|name| {
                let text = self.text(&name).ok()?;
                Some((name.trim_start_matches("sources/").to_owned(), text))
            })
            .collect()
    }
}
