//! Where the data files come from: the binary, or a folder that overrides it.

use rust_embed::Embed;
use serde::de::DeserializeOwned;
use std::borrow::Cow;
use std::path::{Path, PathBuf};

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
        Self { folder: Some(folder) }
    }

    /// The whole text of a file.
    ///
    /// # Errors
    /// When there is none, or it is not UTF-8.
    pub fn text(&self, name: &str) -> Result<String, DataError> {
        let error = |problem: String| DataError { name: name.to_owned(), problem };
        let bytes: Cow<'static, [u8]> = match self.folder.as_ref().map(|f| f.join(name)) {
            Some(path) if path.is_file() => {
                std::fs::read(&path).map_err(|e| error(format!("{}: {e}", path.display())))?.into()
            }
            _ => Embedded::get(name).ok_or_else(|| error("no such data file".to_owned()))?.data,
        };
        String::from_utf8(bytes.into_owned()).map_err(|e| error(e.to_string()))
    }

    /// A TOML file as `T`.
    ///
    /// # Errors
    /// As [`Files::text`], or what TOML found wrong and where.
    pub fn toml<T: DeserializeOwned>(&self, name: &str) -> Result<T, DataError> {
        toml::from_str(&self.text(name)?)
            .map_err(|e| DataError { name: name.to_owned(), problem: e.to_string() })
    }

    /// A CSV file with a header row, as rows of `T`, each with its line (from 1). Lines that
    /// begin with `#` are comments.
    ///
    /// # Errors
    /// As [`Files::text`], or the first row that does not fit, with its line.
    pub fn csv<T: DeserializeOwned>(&self, name: &str) -> Result<Vec<(u64, T)>, DataError> {
        let text = self.text(name)?;
        let mut reader = csv::ReaderBuilder::new().comment(Some(b'#')).from_reader(text.as_bytes());
        let mut read = || {
            let headers = reader.headers()?.clone();
            let mut rows = Vec::new();
            for record in reader.records() {
                let record = record?;
                let line = record.position().map_or(0, csv::Position::line);
                rows.push((line, record.deserialize(Some(&headers))?));
            }
            Ok(rows)
        };
        read().map_err(|e: csv::Error| DataError { name: name.to_owned(), problem: e.to_string() })
    }

    /// Names of the files in a folder below `data/` (`"mappings/"`), embedded ones and those of
    /// the folder that overrides, sorted. A folder that cannot be read is left out, with a
    /// warning in the log.
    pub fn names(&self, below: &str) -> Vec<String> {
        let mut names = embedded_names(below);
        if let Some(folder) = self.folder.as_ref().map(|f| f.join(below)).filter(|f| f.is_dir()) {
            names.extend(own_names(&folder));
        }
        names.sort();
        names.dedup();
        names
    }

    /// Names and texts of the bundled source documents (`sources/`), by name. A folder with
    /// sources of its own has them in place of the embedded ones. One that cannot be read is
    /// left out, with a warning in the log.
    pub fn sources(&self) -> Vec<(String, String)> {
        let own = self.folder.as_ref().map(|f| f.join("sources"));
        let mut names = match own.filter(|f| f.is_dir()) {
            Some(folder) => own_names(&folder),
            None => embedded_names("sources/"),
        };
        names.sort();
        let text = |name: String| match self.text(&format!("sources/{name}")) {
            Ok(text) => Some((name, text)),
            Err(error) => {
                tracing::warn!("{error}");
                None
            }
        };
        names.into_iter().filter_map(text).collect()
    }
}

fn embedded_names(below: &str) -> Vec<String> {
    let below = |name: Cow<'static, str>| name.strip_prefix(below).map(str::to_owned);
    Embedded::iter().filter_map(below).collect()
}

fn own_names(folder: &Path) -> Vec<String> {
    file_names(folder).unwrap_or_else(|e| {
        tracing::warn!("{}: {e}", folder.display());
        Vec::new()
    })
}

/// Names of the files in a folder, hidden ones left out.
fn file_names(folder: &Path) -> std::io::Result<Vec<String>> {
    let mut names = Vec::new();
    for entry in std::fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if entry.path().is_file() && !name.starts_with('.') {
            names.push(name);
        }
    }
    Ok(names)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_stands_in_place_of_what_is_embedded() {
        let dir = tempfile::tempdir().expect("a folder");
        let files = Files::with_folder(dir.path().to_owned());
        let embedded = Files::embedded();
        assert_eq!(
            files.text("actors.toml").expect("embedded"),
            embedded.text("actors.toml").expect("embedded")
        );
        assert_eq!(files.sources(), embedded.sources());
        std::fs::create_dir(dir.path().join("sources")).expect("a folder");
        for (name, text) in [
            ("actors.toml", "mine"),
            ("sources/b.md", "two"),
            ("sources/a.md", "one"),
            ("sources/.swap", "no"),
        ] {
            std::fs::write(dir.path().join(name), text).expect("a file");
        }
        assert_eq!(files.text("actors.toml").expect("a file"), "mine");
        let own = [("a.md", "one"), ("b.md", "two")].map(|(n, t)| (n.to_owned(), t.to_owned()));
        assert_eq!(files.sources(), own);
        assert!(files.text("victims.toml").is_ok());
    }

    #[test]
    fn err_files_say_where() {
        let dir = tempfile::tempdir().expect("a folder");
        let files = Files::with_folder(dir.path().to_owned());
        let error = files.text("nothing.toml").expect_err("no such file");
        assert_eq!(error.to_string(), "nothing.toml: no such data file");
        std::fs::write(dir.path().join("x.toml"), "a = 1\nb = = 2\n").expect("a file");
        let error = files.toml::<toml::Table>("x.toml").expect_err("a problem");
        assert!(error.to_string().contains("line 2"), "{error}");
        std::fs::write(dir.path().join("x.csv"), "# c\na,b\n1,2\n1,x\n").expect("a file");
        let rows = files.csv::<(u8, u8)>("x.csv");
        assert!(rows.expect_err("a problem").to_string().contains("line: 4"));
        std::fs::write(dir.path().join("x.csv"), "# c\na,b\n1,2\n3,4\n").expect("a file");
        let rows = files.csv::<(u8, u8)>("x.csv").expect("rows");
        assert_eq!(rows, [(3, (1, 2)), (4, (3, 4))]);
    }
}
