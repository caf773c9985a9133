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
    /// What phrases begin with: most words of a text begin none.
    begins: Box<Begins>,
}

/// About eight bits for each phrase of the longest list.
type PhraseBits = Bits<128>;

/// How phrases begin: a look at a bit of each spares most looks into the tables.
#[derive(Debug)]
struct Begins {
    /// First words.
    firsts: PhraseBits,
    /// Phrases of one word.
    shorts: PhraseBits,
    /// The first two words of the others.
    pairs: PhraseBits,
}

/// Stands for two words as [`Token::key`] does for one.
const fn pair(first: u32, second: u32) -> u32 {
    first.rotate_left(7) ^ second
}

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

    const fn add(&mut self, key: u32) {
        let (part, bit) = Self::place(key);
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
    /// For each remainder of a key the number of its word, from 1; 0 where there is none. A word
    /// whose place is taken stands in the next one that is free.
    places: [u16; PLACES],
}

/// By what the keys of [`Words`] are divided. Most lists have a few dozen words, so that hardly any
/// place is taken.
const PLACES: usize = 512;

impl Words {
    /// These words, in their compared form.
    ///
    /// # Panics
    /// While the program is compiled, when there are more than can be numbered.
    pub const fn new(all: &'static [&'static str]) -> Self {
        assert!(all.len() < PLACES, "too many words");
        let (mut bits, mut places, mut at) = (Bits::NONE, [0; PLACES], 0);
        while at < all.len() {
            let key = key(all[at]);
            bits.add(key);
            let mut place = key as usize % PLACES;
            while places[place] != 0 {
                place = (place + 1) % PLACES;
            }
            at += 1;
            places[place] = at as u16;
        }
        Self { all, bits, places }
    }

    /// Whether the token is one of them.
    #[inline]
    pub fn has(&self, token: &Token) -> bool {
        self.may_have(token) && self.does_have(token)
    }

    #[inline(never)]
    fn does_have(&self, token: &Token) -> bool {
        self.holds(token.key, |word| token.norm == word)
    }

    /// Whether `same` is true of a word with this key.
    pub fn holds(&self, key: u32, same: impl Fn(&str) -> bool) -> bool {
        let mut place = key as usize % PLACES;
        while let Some(number) = usize::from(self.places[place]).checked_sub(1) {
            if same(self.all[number]) {
                return true;
            }
            place = (place + 1) % PLACES;
        }
        false
    }

    /// Whether the token may be one of them: no is certain, yes may be by chance.
    #[inline]
    pub const fn may_have(&self, token: &Token) -> bool {
        self.bits.may_have(token.key)
    }
}

/// The words with which several rules begin: a token that is none of them opens none of the rules,
/// which takes one look for all.
#[derive(Debug, Clone)]
pub struct Openers(Bits<16>);

impl Openers {
    /// Those of all these lists.
    pub const fn of(lists: &[&Words]) -> Self {
        let (mut bits, mut list) = (Bits::NONE, 0);
        while list < lists.len() {
            let mut part = 0;
            while part < bits.0.len() {
                bits.0[part] |= lists[list].bits.0[part];
                part += 1;
            }
            list += 1;
        }
        Self(bits)
    }

    /// Whether the token may be one of them: no is certain, yes may be by chance.
    #[inline]
    pub const fn may_have(&self, token: &Token) -> bool {
        self.0.may_have(token.key)
    }
}

impl<T> Default for Phrases<T> {
    fn default() -> Self {
        Self {
            short: FxHashMap::default(),
            long: FxHashMap::default(),
            begins: Box::new(Begins { firsts: Bits::NONE, shorts: Bits::NONE, pairs: Bits::NONE }),
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
        let first = key(first);
        self.begins.firsts.add(first);
        let all = match words.get(1) {
            None => {
                self.begins.shorts.add(first);
                self.short.entry(first).or_default()
            }
            Some(second) => {
                let second = key(second);
                self.begins.pairs.add(pair(first, second));
                self.long.entry((first, second)).or_default()
            }
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
        self.begins.firsts.may_have(token.key)
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
        let next = tokens.get(at + 1).map(|next| next.key);
        let next = next.filter(|next| self.begins.pairs.may_have(pair(first, *next)));
        let long = next.and_then(|next| self.long.get(&(first, next)));
        let long = long.and_then(|all| Self::longest(all, tokens, at));
        let short = || Some(first).filter(|first| self.begins.shorts.may_have(*first));
        long.or_else(|| Self::longest(self.short.get(&short()?)?, tokens, at))
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

/// Whether a token is one of these words (already in their compared form), which are written
/// where it is asked: the compiler then works out which keys they have, so that a token that is
/// none of them costs a comparison of numbers there and no more. Of words that are known only
/// when the program runs ask [`any_of`].
#[inline(always)]
pub fn one_of(token: &Token, words: &[&str]) -> bool {
    // What the compiler works out must not be done while a program for tests runs.
    (cfg!(debug_assertions) || may_be(token.key, words)) && any_of(token, words)
}

/// Whether a token is one of these words (already in their compared form).
// Not inlined: comparing words is more code than the rules that ask, and seldom needed.
#[inline(never)]
pub fn any_of(token: &Token, words: &[&str]) -> bool {
    let norm = token.norm.as_bytes();
    // The first letter spares most comparisons.
    words.iter().any(|w| w.as_bytes().first() == norm.first() && w.as_bytes() == norm)
}

/// Whether one of some words may have this key: no is certain, yes may be by chance.
#[inline(always)]
const fn may_be(key: u32, words: &[&str]) -> bool {
    match words.len() {
        0..=3 => is_key(key, words, 0) || is_key(key, words, 1) || is_key(key, words, 2),
        4..=16 => sieve(words, 0, key) & sieve(words, 6, key) != 0,
        _ => sieve(words, 0, key) & sieve(words, 6, key) & sieve(words, 12, key) != 0,
    }
}

#[inline(always)]
const fn is_key(asked: u32, words: &[&str], at: usize) -> bool {
    at < words.len() && key(words[at]) == asked
}

/// 1 where the six bits from `shift` on of a key are those of one of some words, else 0; 1 when
/// there are too many words to tell.
#[inline(always)]
const fn sieve(words: &[&str], shift: u32, asked: u32) -> u64 {
    /// A bit for each of some words by their numbers. Written out, because the compiler does not
    /// look through loops of that length.
    macro_rules! bits {
        ($($at:literal)*) => { 0 $(| bit(words, $at, shift))* };
    }
    if words.len() > 64 {
        return 1;
    }
    let bits: u64 = bits!(
        0 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25 26 27 28 29 30 31 32
        33 34 35 36 37 38 39 40 41 42 43 44 45 46 47 48 49 50 51 52 53 54 55 56 57 58 59 60 61 62
        63
    );
    bits >> (asked >> shift & 63) & 1
}

#[inline(always)]
const fn bit(words: &[&str], at: usize, shift: u32) -> u64 {
    if at < words.len() { 1 << (key(words[at]) >> shift & 63) } else { 0 }
}

/// The compared form of a whole phrase.
pub fn norm_phrase(phrase: &str) -> String {
    let words: Vec<SmolStr> = phrase.split_whitespace().map(norm).collect();
    words.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Words of which no two are alike.
    const MANY: [&str; 70] = {
        const LETTERS: &str = "abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyz0123456789\
                               abcdefghijklmnopqrstuvwxyz";
        let mut all = [""; 70];
        let mut at = 0;
        while at < all.len() {
            all[at] = LETTERS.split_at(at).1.split_at(1 + at / 26).0;
            at += 1;
        }
        all
    };

    fn token(word: &str) -> Token {
        tokens(word, 0..word.len()).remove(0)
    }

    #[test]
    fn no_word_falls_through_its_sieve() {
        for many in [1, 2, 3, 4, 63, 64, 65, 70] {
            let (words, others) = MANY.split_at(many);
            for word in words {
                assert!(may_be(token(word).key, words), "{word} of {many}");
            }
            let passed = others.iter().filter(|word| may_be(token(word).key, words)).count();
            assert!(passed == 0 || many > 3, "{passed} of {}", others.len());
        }
        assert!(!may_be(token(MANY[0]).key, &[]));
        assert!(may_be(token("mopti").key, &MANY[..65]));
    }

    #[test]
    fn words_are_found_where_their_places_are_taken() {
        static HALF: Words = Words::new(MANY.split_at(35).0);
        static REST: Words = Words::new(MANY.split_at(35).1);
        static ALL: Openers = Openers::of(&[&HALF, &REST]);
        for (at, word) in MANY.iter().enumerate() {
            let token = token(word);
            assert_eq!((HALF.has(&token), REST.has(&token)), (at < 35, at >= 35), "{word}");
            assert!(ALL.may_have(&token), "{word}");
            // Of one key, and another word.
            assert!(!HALF.holds(token.key, |_| false));
        }
        let others = ["mopti", "gao", "kidal", "tessit", "menaka", "hombori", "dia", "boni"];
        assert!(others.iter().any(|word| !ALL.may_have(&token(word))));
        assert!(others.iter().all(|word| !HALF.has(&token(word)) && !REST.has(&token(word))));
    }

    #[test]
    fn the_longest_phrase_is_found() {
        let mut all = Phrases::default();
        all.add_all(["armed", "armed men", "armed men on foot", "of Gao"], ());
        let ends = |text: &str| {
            let tokens = tokens(text, 0..text.len());
            all.at(&tokens, 0).map(|hit| hit.end)
        };
        for (text, end) in [
            ("armed men on foot came", Some(4)),
            ("armed men on motorcycles", Some(2)),
            ("armed", Some(1)),
            ("Armed groups", Some(1)),
            ("of gao", Some(2)),
            ("of Kidal", None),
            ("men", None),
        ] {
            assert_eq!(ends(text), end, "{text}");
        }
    }
}
