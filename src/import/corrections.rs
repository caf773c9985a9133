//! Files of incidents that people corrected: beside a document, and in the folder in which
//! reviews made in the browser are kept.

use crate::ingest::decode::MAX_BYTES;
use crate::knowledge::Knowledge;
use crate::model::document::{ParsedDocument, Problem};
use crate::model::hash::sha256;
use crate::model::review::Review;
use crate::review::{self, ENDING, File};
use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};

/// A list of incidents that stands in place of a parse.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Given {
    /// The list.
    pub review: Review,
    /// SHA-256 of the file beside the document that it was taken from, or that it goes on from.
    pub beside_sha256: Option<String>,
    /// Whether it was taken from the file beside the document.
    pub beside: bool,
    /// How many of its incidents were refused.
    pub refused: usize,
    /// Why, and what else is to be said of the file.
    pub problems: Vec<Problem>,
}

/// The folder of corrections.
#[derive(Debug, Default)]
pub struct Corrections {
    by_text: HashMap<String, PathBuf>,
    unread: Vec<Problem>,
}

/// Whether a file is one of corrections rather than a document.
pub fn is_corrections(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    name.strip_suffix(ENDING).is_some_and(|stem| stem.ends_with('.'))
}

impl Corrections {
    /// Looks into the folder; there may be none.
    pub fn open(folder: Option<&Path>) -> Self {
        let mut found = Self::default();
        let Some(Ok(files)) = folder.map(fs::read_dir) else {
            return found;
        };
        let mut paths: Vec<PathBuf> = files.flatten().map(|f| f.path()).collect();
        paths.retain(|path| is_corrections(path));
        paths.sort();
        for path in paths {
            match head(&path) {
                Ok((_, File { sha256: Some(text), .. })) => {
                    found.by_text.insert(text.into_inner(), path);
                }
                Ok(_) => {
                    let expected = "sha256 of a document's text";
                    found.unread.push(problem(&path, expected, "nothing".to_owned()));
                }
                Err(problem) => found.unread.push(problem),
            }
        }
        found
    }

    /// Files in the folder that cannot be used.
    pub fn unread(&self) -> &[Problem] {
        &self.unread
    }

    /// The list that stands in place of what was parsed from the document at `path`, or from
    /// one of no file: that of the folder when it goes on from the file beside the document,
    /// otherwise that of the file.
    ///
    /// # Errors
    /// When there is a file for it that cannot be read at all.
    pub fn of(
        &self,
        path: Option<&Path>,
        doc: &ParsedDocument,
        known: &Knowledge,
    ) -> Result<Option<Given>, Problem> {
        let text = sha256(&doc.text);
        let beside = path.map(|p| p.with_extension(ENDING)).filter(|p| p.is_file());
        let beside = beside.map(|path| head(&path).map(|(toml, file)| (path, toml, file)));
        let beside = beside.transpose()?.filter(|(.., file)| {
            let names = file.document.as_ref();
            names.is_none_or(|name| name.get_ref() == &doc.file_name)
        });
        let kept = match self.by_text.get(&text) {
            Some(path) => {
                let (toml, file) = head(path)?;
                Some((path.clone(), toml, file))
            }
            None => None,
        };
        let was = |file: &File| file.supersedes.as_ref().map(|s| s.get_ref().clone());
        let (chosen, beside_sha256, from_beside, passed_over) = match (beside, kept) {
            (Some(beside), Some(kept)) => {
                let now = Some(sha256(&beside.1));
                match was(&kept.2) == now {
                    true => (kept, now, false, None),
                    false => (beside, now, true, Some(kept.0)),
                }
            }
            (Some(beside), None) => {
                let now = Some(sha256(&beside.1));
                (beside, now, true, None)
            }
            (None, Some(kept)) => {
                let was = was(&kept.2);
                (kept, was, false, None)
            }
            (None, None) => return Ok(None),
        };
        let (path, toml, _) = chosen;
        let mut taken = review::read(&name_of(&path), &toml, &doc.text, &text, known)?;
        if let Some(kept) = passed_over {
            let expected = format!("supersedes: the SHA-256 of {}", name_of(&path));
            let found = "another, since that file was changed: it is taken, and this is not";
            taken.problems.push(problem(&kept, &expected, found.to_owned()));
        }
        Ok(Some(Given {
            review: taken.review,
            beside_sha256,
            beside: from_beside,
            refused: taken.refused,
            problems: taken.problems,
        }))
    }
}

/// What a file holds, and what it says of its document.
fn head(path: &Path) -> Result<(String, File), Problem> {
    let unreadable = |e: std::io::Error| problem(path, "a file that can be read", e.to_string());
    let size = fs::metadata(path).map_err(unreadable)?.len();
    if size > MAX_BYTES as u64 {
        return Err(problem(path, &format!("at most {MAX_BYTES} bytes"), format!("{size} bytes")));
    }
    let toml = fs::read_to_string(path).map_err(unreadable)?;
    match review::parse(&name_of(path), &toml) {
        Ok(file) => Ok((toml, file)),
        Err(problem) => Err(problem),
    }
}

fn name_of(path: &Path) -> String {
    path.display().to_string()
}

fn problem(path: &Path, expected: &str, found: String) -> Problem {
    Problem { file: name_of(path), line: 1, expected: expected.to_owned(), found }
}
