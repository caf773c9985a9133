//! Phrases looked up in a token stream: names of actors and places, words for people, the
//! verbs of killing and of saying.

use super::token::{Token, norm, tokens};
use rustc_hash::FxHashMap;

/// How the capitals of a text must agree with a phrase.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Case {
    /// Common words: any.
    Any,
    /// A name: must begin with a capital.
    Capital,
    /// An acronym such as `IS` or `UN`: must be all capitals.
    Shouted,
}

#[derive(Debug)]
struct Phrase<T> {
    rest: Box<[String]>,
    case: Case,
    value: T,
}

/// A set of phrases, each with what it stands for.
#[derive(Debug)]
pub struct Phrases<T> {
    /// By the first word: looked up for every word of a text, so with a hash that is quick.
    by_first: FxHashMap<String, Vec<Phrase<T>>>,
}

impl<T> Default for Phrases<T> {
    fn default() -> Self {
        Self { by_first: FxHashMap::default() }
    }
}

/// A phrase found: tokens `[start, end)`.
#[derive(Debug, Clone, Copy)]
pub struct Hit<'l, T> {
    /// First token.
    pub start: usize,
    /// One past the last token.
    pub end: usize,
    /// What it stands for.
    pub value: &'l T,
}

impl<T> Phrases<T> {
    /// Adds a phrase; the longer of two that begin alike is found first, then the earlier.
    pub fn add(&mut self, phrase: &str, case: Case, value: T) {
        let words: Vec<String> =
            tokens(phrase, 0..phrase.len()).into_iter().map(|t| t.norm).collect();
        let Some((first, rest)) = words.split_first() else {
            return;
        };
        let all = self.by_first.entry(first.clone()).or_default();
        let at = all.partition_point(|p| p.rest.len() >= rest.len());
        all.insert(at, Phrase { rest: rest.into(), case, value });
    }

    /// Adds common words.
    pub fn add_all<'a>(&mut self, phrases: impl IntoIterator<Item = &'a str>, value: T)
    where
        T: Clone,
    {
        for phrase in phrases {
            self.add(phrase, Case::Any, value.clone());
        }
    }

    /// The longest phrase that begins at token `at`.
    pub fn at(&self, tokens: &[Token], at: usize) -> Option<Hit<'_, T>> {
        let first = tokens.get(at)?;
        let all = self.by_first.get(first.norm.as_str())?;
        all.iter().find_map(|phrase| {
            let end = at + 1 + phrase.rest.len();
            let rest = tokens.get(at + 1..end)?;
            let same = rest.iter().zip(&phrase.rest).all(|(t, p)| t.norm == *p);
            let case = match phrase.case {
                Case::Any => true,
                Case::Capital => first.capital || rest.iter().any(|t| t.capital),
                Case::Shouted => first.shouted,
            };
            (same && case).then_some(Hit { start: at, end, value: &phrase.value })
        })
    }

    /// Every phrase found from left to right, without overlaps.
    pub fn all(&self, tokens: &[Token]) -> Vec<Hit<'_, T>> {
        let mut hits = Vec::new();
        let mut at = 0;
        while at < tokens.len() {
            match self.at(tokens, at) {
                Some(hit) => {
                    at = hit.end;
                    hits.push(hit);
                }
                None => at += 1,
            }
        }
        hits
    }
}

/// How a name must be written to be one: acronyms of up to five capitals as they are, other
/// names with a capital, lower-case descriptions ("gunmen") any way.
pub fn case_of(name: &str) -> Case {
    let letters = || name.chars().filter(|c| c.is_alphabetic());
    if letters().count() <= 5 && letters().all(char::is_uppercase) {
        Case::Shouted
    } else if letters().any(char::is_uppercase) {
        Case::Capital
    } else {
        Case::Any
    }
}

/// Whether a token is one of these words (already in their compared form).
pub fn one_of(token: &Token, words: &[&str]) -> bool {
    words.contains(&token.norm.as_str())
}

/// The compared form of a whole phrase.
pub fn norm_phrase(phrase: &str) -> String {
    phrase.split_whitespace().map(norm).collect::<Vec<_>>().join(" ")
}
