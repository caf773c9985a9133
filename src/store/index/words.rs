//! Searches for words: FTS5 finds them, and what it found is kept for a while, since the same
//! words come with many filters.

use super::bits::{Bits, Members};
use super::{ABSENT, Index};
use crate::store::error::StoreError;
use crate::store::select::{quoted, search_words};
use rusqlite::Connection;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

/// Most memory of what is kept, in bytes.
const KEPT: usize = 8 << 20;

/// What was found, by query.
#[derive(Default)]
pub(super) struct Words(Mutex<Kept>);

#[derive(Default)]
struct Kept {
    found: HashMap<String, Arc<Members>>,
    bytes: usize,
}

impl Index {
    /// The incidents in which all words of `q` occur, the last perhaps unfinished.
    pub(super) fn search(&self, db: &Connection, q: &str) -> Result<Bits, StoreError> {
        let words = search_words(q);
        let whole = quoted(q)?;
        // What is known of single words is used; the others are asked for together.
        let mut known = Vec::new();
        let mut rest = Vec::new();
        let apart = words.iter().all(|word| is_one_token(word));
        for (at, word) in words.iter().enumerate().filter(|_| apart) {
            let end = if at + 1 == words.len() { " *" } else { "" };
            let query = format!("\"{word}\"{end}");
            match self.words.get(&query) {
                Some(found) => known.push(found),
                None => rest.push(query),
            }
        }
        let rest = if apart { rest.join(" ") } else { whole };
        if !rest.is_empty() {
            known.push(self.ask(db, rest)?);
        }
        let mut all: Option<Bits> = None;
        for members in known {
            let mut bits = Bits::none(self.keys.len());
            bits.add(&members);
            match &mut all {
                Some(all) => all.keep(&bits),
                None => all = Some(bits),
            }
        }
        Ok(all.unwrap_or_else(|| Bits::none(self.keys.len())))
    }

    fn ask(&self, db: &Connection, query: String) -> Result<Arc<Members>, StoreError> {
        if let Some(found) = self.words.get(&query) {
            return Ok(found);
        }
        let mut statement =
            db.prepare_cached("select rowid from incident_text where incident_text match ?1")?;
        let mut rows = statement.query([&query])?;
        let mut ranks = Vec::new();
        while let Some(row) = rows.next()? {
            let key = usize::try_from(row.get::<_, i64>(0)?).unwrap_or(usize::MAX);
            ranks.extend(self.ranks.get(key).filter(|rank| **rank != ABSENT));
        }
        let found = Arc::new(Members::of(ranks, self.keys.len()));
        self.words.put(query, &found);
        Ok(found)
    }
}

impl Words {
    fn get(&self, query: &str) -> Option<Arc<Members>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).found.get(query).cloned()
    }

    fn put(&self, query: String, found: &Arc<Members>) {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let bytes = found.bytes() + query.len() + size_of::<(String, Arc<Members>)>();
        if kept.bytes + bytes > KEPT {
            *kept = Kept::default();
        }
        kept.bytes += bytes;
        kept.found.insert(query, Arc::clone(found));
    }
}

/// Whether the tokens of FTS5 (`unicode61`) and our words are surely the same: of other
/// writing systems it may know other letters than we do, and cut a word that we do not.
fn is_one_token(word: &str) -> bool {
    let latin = |c: char| matches!(c, '\u{c0}'..='\u{17f}') && c.is_alphabetic();
    word.chars().all(|c| c.is_ascii_alphanumeric() || latin(c))
}
