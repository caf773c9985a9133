//! Whether a file is what it was: an export by its seals, a database by its hashes and
//! passages.

use crate::export::ends::Ends;
use crate::export::redact::{self, Redaction, Safe};
use crate::export::{self, Sealed, row_seal};
use crate::knowledge::Knowledge;
use crate::model::hash::sha256;
use crate::query::{self, QueryError};
use crate::store::as_of::Past;
use crate::store::{Db, StoreError, audit};
use std::fs::File;
use std::io::{self, BufReader, Read};
use std::path::Path;

/// What was found out about a file.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Verdict {
    /// What was checked and holds, in plain words.
    pub holds: Vec<String>,
    /// What does not hold; nothing when the file is whole.
    pub wrong: Vec<String>,
}

impl Verdict {
    fn wrong(text: impl Into<String>) -> Self {
        Self { holds: Vec::new(), wrong: vec![text.into()] }
    }
}

/// Checks an export or a database; an export also against `db`, when one is given.
///
/// # Errors
/// When a database cannot be opened or read.
pub fn verify(path: &Path, db: Option<&Path>, known: &Knowledge) -> Result<Verdict, StoreError> {
    let mut start = Vec::new();
    let read = File::open(path).and_then(|file| file.take(16).read_to_end(&mut start));
    if let Err(error) = read {
        return Ok(Verdict::wrong(format!("cannot be read: {error}")));
    }
    if start == b"SQLite format 3\0" {
        return database(path);
    }
    let sealed = match start.starts_with(b"PK") {
        true => export::xlsx::check(path),
        false => match check(path) {
            Ok(sealed) => sealed,
            Err(error) => return Ok(Verdict::wrong(format!("cannot be read: {error}"))),
        },
    };
    let sealed = match sealed {
        Ok(sealed) => sealed,
        Err(wrong) => return Ok(Verdict::wrong(wrong)),
    };
    let mut verdict = Verdict {
        holds: vec![format!("unchanged since it was made, {} incidents", sealed.count)],
        wrong: Vec::new(),
    };
    if let Some(path) = db {
        match against(&sealed, &Db::open_to_read(path)?, known)? {
            None => verdict.holds.push(format!("says what {} says", path.display())),
            Some(wrong) => verdict.wrong.push(format!("{}: {wrong}", path.display())),
        }
    }
    Ok(verdict)
}

/// Checks the seals of an export that is text; its first sign says which format it has.
fn check(path: &Path) -> io::Result<Result<Sealed, String>> {
    let file = Ends::open(path)?;
    let whole = || File::open(path).map(BufReader::new);
    Ok(match file.start.trim_start_matches('\u{feff}').trim_start().chars().next() {
        Some('{') if export::lines::is(whole()?)? => export::lines::check(whole()?),
        Some('{') => export::document::check(whole()?),
        Some('<') => export::html::check(&file),
        Some('#') => export::markdown::check(&file),
        Some('%') => export::bibliography::check_bib(&file),
        Some('T') if file.start.starts_with("TY  - ") => export::bibliography::check_ris(&file),
        Some(_) => export::csv::check(whole()?),
        None => Err("it is empty".to_owned()),
    })
}

/// How an export differs from what the database would export now.
fn against(sealed: &Sealed, db: &Db, known: &Knowledge) -> Result<Option<String>, StoreError> {
    let day = sealed.parameters.iter().find(|(key, _)| key == query::AS_OF);
    let past = match day.map(|(_, day)| query::as_of(day)) {
        Some(Ok(day)) => Past::if_other(db, day, known)?,
        Some(Err(bad)) => return Ok(Some(format!("what was known then cannot be told: {bad}"))),
        None => None,
    };
    past.as_ref().map_or(db, Past::db).read(|db| {
        let pairs = sealed.parameters.iter();
        let pairs = pairs.map(|(key, value)| (key.as_str(), value.as_str()));
        let filter = match query::filter(db, known, pairs) {
            Ok(filter) => filter,
            Err(QueryError::Store(error)) => return Err(error),
            Err(QueryError::Bad(bad)) => {
                return Ok(Some(format!("the filter does not exist there: {bad}")));
            }
        };
        let redacted = sealed.parameters.iter().any(|(key, _)| key == redact::KEY);
        let safe = redacted.then(|| Safe::of(db, &filter, known)).transpose()?;
        let db = safe.as_ref().map_or(db, Safe::db);
        let redaction = redacted.then(|| Redaction::of(db, &filter, known)).transpose()?;
        Ok((row_seal(db, &filter, redaction)? != sealed.rows)
            .then(|| "the database says something else now".to_owned()))
    })
}

fn database(path: &Path) -> Result<Verdict, StoreError> {
    let db = Db::open_to_read(path)?;
    db.read(|db| {
        let mut verdict = Verdict { wrong: audit::structure(db)?, holds: Vec::new() };
        let (mut sources, mut passages) = (0, 0);
        audit::sources(db, |source| {
            sources += 1;
            if sha256(&source.text) != source.sha256 {
                verdict.wrong.push(format!("source {}: its text was changed", source.name));
            }
            for passage in &source.passages {
                passages += 1;
                if !passage.holds_in(&source.text) {
                    verdict.wrong.push(format!(
                        "source {}: bytes {}..{} are not {:?}",
                        source.name, passage.start, passage.end, passage.quote
                    ));
                }
            }
        })?;
        let records = audit::records(db, |source, key| {
            let text = format!("source {source}: record {key} is not what was imported");
            verdict.wrong.push(text);
        })?;
        if verdict.wrong.is_empty() && records > 0 {
            verdict.holds.push(format!("{records} records of datasets unchanged"));
        }
        if verdict.wrong.is_empty() {
            verdict
                .holds
                .push(format!("{sources} texts unchanged, {passages} passages match their quotes"));
        }
        Ok(verdict)
    })
}
