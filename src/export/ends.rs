//! A text file of which only its two ends are held in memory: an export of a million incidents
//! is some gigabytes, and what it says of itself stands at its ends.

use super::seal::compare;
use crate::model::hash::hex;
use sha2::{Digest, Sha256};
use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::path::Path;

/// Bytes of each end: more than a filter has, and what follows it.
const HELD: u64 = 1 << 20;

/// The file with its ends.
#[derive(Debug)]
pub struct Ends {
    file: File,
    /// From the start, up to a mebibyte.
    pub start: String,
    /// Up to the end, as many. A short file is whole in both.
    pub end: String,
    /// Where `end` begins in the file, in bytes.
    at: u64,
}

impl Ends {
    /// Opens a file.
    ///
    /// # Errors
    /// Where it cannot be read, or is no UTF-8 at its ends.
    pub fn open(path: &Path) -> io::Result<Self> {
        let mut file = File::open(path)?;
        let length = file.metadata()?.len();
        let part = |file: &mut File, from: u64| {
            let mut bytes = Vec::new();
            file.seek(SeekFrom::Start(from))?;
            file.take(HELD).read_to_end(&mut bytes)?;
            Ok::<_, io::Error>(bytes)
        };
        let start = part(&mut file, 0)?;
        let mut at = length.saturating_sub(HELD);
        let mut end = part(&mut file, at)?;
        // Either may begin or end within a character.
        if at > 0 {
            let within = end.iter().take_while(|byte| (0x80..0xc0).contains(*byte)).count();
            end.drain(..within);
            at += within as u64;
        }
        Ok(Self { file, start: text(start, length > HELD)?, end: text(end, false)?, at })
    }

    /// Splits the end at the last place where it has `mark`.
    pub fn split(&self, mark: &str) -> Option<(&str, &str)> {
        self.end.rsplit_once(mark)
    }

    /// Whether the SHA-256 over all of the file before `part` of its end is the stated one.
    ///
    /// # Errors
    /// That it is not, or that the file cannot be read.
    pub fn check_before(&self, part: usize, stated: &str) -> Result<(), String> {
        let mut seal = Sha256::new();
        let mut read = || {
            let mut file = &self.file;
            file.seek(SeekFrom::Start(0))?;
            io::copy(&mut file.take(self.at + part as u64), &mut Feed(&mut seal))
        };
        read().map_err(|e| format!("cannot be read: {e}"))?;
        compare(&hex(seal), stated)
    }
}

/// Feeds a hash with what is written.
struct Feed<'s>(&'s mut Sha256);

impl io::Write for Feed<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.update(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Bytes as text; its last character may be cut off where there is `more` of it.
fn text(mut bytes: Vec<u8>, more: bool) -> io::Result<String> {
    if let Err(error) = std::str::from_utf8(&bytes)
        && more
        && error.error_len().is_none()
    {
        bytes.truncate(error.valid_up_to());
    }
    String::from_utf8(bytes).map_err(io::Error::other)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::hash::sha256;
    use std::fs::write;

    #[test]
    fn a_long_file_is_checked_by_its_ends() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("long");
        // Characters of two and of three bytes, so that cuts fall within them.
        for character in ["é", "—", "x"] {
            let body = character.repeat(3 * HELD as usize / 2);
            write(&path, format!("begin {body}MARK{body} MARKend")).unwrap();
            let ends = Ends::open(&path).unwrap();
            assert!(ends.start.starts_with("begin "), "{character}");
            assert!(ends.start.len() as u64 > HELD - 4 && ends.end.len() as u64 > HELD - 4);
            let (before, rest) = ends.split("MARK").unwrap();
            assert_eq!(rest, "end");
            let stated = sha256(format!("begin {body}MARK{body} "));
            assert_eq!(ends.check_before(before.len(), &stated), Ok(()), "{character}");
            assert!(ends.check_before(before.len() - 1, &stated).is_err());
        }
    }

    #[test]
    fn a_short_file_is_whole_in_both() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("short");
        for content in ["", "é", "a MARK b"] {
            write(&path, content).unwrap();
            let ends = Ends::open(&path).unwrap();
            assert_eq!((ends.start.as_str(), ends.end.as_str()), (content, content));
        }
        write(&path, b"caf\xe9").unwrap();
        assert!(Ends::open(&path).is_err());
    }
}
