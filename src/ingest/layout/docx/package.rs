//! The ZIP archive of a DOCX, read no further than is allowed.

use crate::ingest::layout::File;
use crate::model::document::Problem;
use std::io::{Cursor, Read};
use zip::ZipArchive;
use zip::result::ZipError;

/// Most bytes of one part when unpacked: far above any report.
const MAX_PART: u64 = 64 * 1024 * 1024;

/// Most parts of a package.
const MAX_PARTS: usize = 10_000;

/// An opened package.
pub(super) struct Package<'f, 'a> {
    file: &'f File<'a>,
    archive: ZipArchive<Cursor<&'a [u8]>>,
}

impl<'f, 'a> Package<'f, 'a> {
    /// Opens the package that a file is.
    ///
    /// # Errors
    /// When it is no ZIP archive, is cut, or has too many parts.
    pub fn open(file: &'f File<'a>) -> Result<Self, Problem> {
        let archive = ZipArchive::new(Cursor::new(file.bytes))
            .map_err(|error| file.problem("a whole DOCX", error.to_string()))?;
        if archive.len() > MAX_PARTS {
            let found = format!("{} parts", archive.len());
            return Err(file.problem("a DOCX", found));
        }
        Ok(Self { file, archive })
    }

    /// The text of a part; none where the package has no such part.
    ///
    /// # Errors
    /// When it is damaged, too large, encrypted, or no UTF-8.
    pub fn part(&mut self, name: &str) -> Result<Option<String>, Problem> {
        let part = match self.archive.by_name(name) {
            Ok(part) => part,
            Err(ZipError::FileNotFound) => return Ok(None),
            Err(error) => return Err(self.file.problem("a whole DOCX", error.to_string())),
        };
        let mut xml = Vec::new();
        // The size that the archive states may be wrong: what comes out is counted.
        part.take(MAX_PART + 1)
            .read_to_end(&mut xml)
            .map_err(|error| self.file.problem("a whole DOCX", error.to_string()))?;
        if xml.len() as u64 > MAX_PART {
            let expected = format!("parts of at most {} MiB", MAX_PART >> 20);
            return Err(self.file.problem(expected, format!("more in {name}")));
        }
        let text = crate::ingest::decode::decode(name, &xml).map_err(|error| {
            self.file.problem(format!("{} in {name}", error.expected), error.found)
        })?;
        Ok(Some(text.into_owned()))
    }
}
