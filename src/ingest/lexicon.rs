//! Phrases looked up in a token stream: names of actors and places, words for people, the
//! verbs of killing and of saying.

use super::token::{Token, key, norm, tokens};
use rustc_hash::FxHashMap;
use smol_str::SmolStr;

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
    words: Box<[SmolStr]>,
    case: Case,
    value: T,
}

/// A set of phrases, each with what it stands for.
#[derive(Debug)]
pub struct Phrases<T> {
    /// Those of one word by its key; another word may share it.
    short: FxHashMap<u32, Vec<Phrase<T>>>,
    /// The others by the keys of their first two words, the longer ones first.
    long: FxHashMap<(u32, u32), Vec<Phrase<T>>>,
    /// The first words: most words of a text begin no phrase.
    firsts: Box<Firsts>,
}

/// About eight bits for each first word of the longest list of phrases.
type Firsts = Bits<128>;

/// A bit for each word of a list, by its key: tells at the cost of one look that a token is
/// none of them, as most tokens are.
#[derive(Debug, Clone)]
struct Bits<const PARTS: usize>([u64; PARTS]);

impl<const PARTS: usize> Bits<PARTS> {
    const NONE: Self = Self([0; PARTS]);

    #[inline]
    const fn place(key: u32) -> (usize, u64) {
        let bit = key as usize % (PARTS * 64);
        (bit / 64, 1 << (bit % 64))
    }

    const fn add(&mut self, word: &str) {
        let (part, bit) = Self::place(key(word));
        self.0[part] |= bit;
    }

    /// Whether the word of this key may be one of them: no is certain, yes may be by chance.
    #[inline]
    const fn may_have(&self, key: u32) -> bool {
        let (part, bit) = Self::place(key);
        self.0[part] & bit != 0
    }
}

/// Words that a rule asks for at every token. Most tokens are none of them, which takes one
/// look at a bit and not one at each word.
#[derive(Debug, Clone)]
pub struct Words {
    all: &'static [&'static str],
    bits: Bits<16>,
}

impl Words {
    /// These words, in their compared form.
    pub const fn new(all: &'static [&'static str]) -> Self {
        let (mut bits, mut at) = (Bits::NONE, 0);
        while at < all.len() {
            bits.add(all[at]);
            at += 1;
        }
        Self { all, bits }
    }

    /// Whether the token is one of them.
    #[inline]
    pub fn has(&self, token: &Token) -> bool {
        self.may_have(token) && self.does_have(token)
    }

    fn does_have(&self, token: &Token) -> bool {
        one_of(token, self.all)
    }

    /// Whether the token may be one of them: no is certain, yes may be by chance.
    #[inline]
    pub const fn may_have(&self, token: &Token) -> bool {
        self.bits.may_have(token.key)
    }
}

impl<T> Default for Phrases<T> {
    fn default() -> Self {
        Self {
            short: FxHashMap::default(),
            long: FxHashMap::default(),
            firsts: Box::new(Firsts::NONE),
        }
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
        let words: Vec<SmolStr> =
            tokens(phrase, 0..phrase.len()).into_iter().map(|t| t.norm).collect();
        let Some(first) = words.first() else {
            return;
        };
        self.firsts.add(first);
        let all = match words.get(1) {
            None => self.short.entry(key(first)).or_default(),
            Some(second) => self.long.entry((key(first), key(second))).or_default(),
        };
        let at = all.partition_point(|p| p.words.len() >= words.len());
        all.insert(at, Phrase { words: words.into(), case, value });
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

    /// Whether a phrase may begin with the token: no is certain, yes may be by chance.
    #[inline]
    pub fn may_begin(&self, token: &Token) -> bool {
        self.firsts.may_have(token.key)
    }

    /// The longest phrase that begins at token `at`.
    #[inline]
    pub fn at(&self, tokens: &[Token], at: usize) -> Option<Hit<'_, T>> {
        if !self.may_begin(tokens.get(at)?) {
            return None;
        }
        self.found(tokens, at)
    }

    // Not inlined, so that the look at a bit before it is.
    #[inline(never)]
    fn found(&self, tokens: &[Token], at: usize) -> Option<Hit<'_, T>> {
        let first = tokens[at].key;
        let next = tokens.get(at + 1);
        let long = next.and_then(|next| self.long.get(&(first, next.key)));
        let long = long.and_then(|all| Self::longest(all, tokens, at));
        long.or_else(|| Self::longest(self.short.get(&first)?, tokens, at))
    }

    fn longest<'l>(all: &'l [Phrase<T>], tokens: &[Token], at: usize) -> Option<Hit<'l, T>> {
        all.iter().find_map(|phrase| {
            let end = at + phrase.words.len();
            let written = tokens.get(at..end)?;
            let same = written.iter().zip(&phrase.words).all(|(t, word)| t.norm == *word);
            let case = match phrase.case {
                Case::Any => true,
                Case::Capital => written.iter().any(|t| t.capital),
                Case::Shouted => tokens[at].shouted,
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
#[inline(always)]
pub fn one_of(token: &Token, words: &[&str]) -> bool {
    let norm = token.norm.as_bytes();
    words.iter().any(|word| word.as_bytes() == norm)
}

/// The compared form of a whole phrase.
pub fn norm_phrase(phrase: &str) -> String {
    let words: Vec<SmolStr> = phrase.split_whitespace().map(norm).collect();
    words.join(" ")
}
