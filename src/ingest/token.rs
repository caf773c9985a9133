//! Words of a text with their byte ranges: what every rule works on.

use crate::model::slug::without_accent;
use smol_str::SmolStr;
use std::ops::Range;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// What a token is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TokenKind {
    /// Letters, perhaps with digits.
    Word,
    /// Digits, perhaps grouped: `1,200`.
    Number,
    /// One other character.
    Punct,
}

/// A word, number or sign.
#[derive(Debug, Clone)]
pub struct Token {
    /// First byte in the text.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
    /// Lower case, without accents and apostrophes.
    pub norm: SmolStr,
    /// Stands for `norm` where sets of words are asked for it: equal for equal words.
    pub key: u32,
    /// What it is made of.
    pub kind: TokenKind,
    /// Whether it begins with a capital.
    pub capital: bool,
    /// Whether it has at least two letters, all of them capitals.
    pub shouted: bool,
    /// Whether it is joined to the token before it with a hyphen.
    pub glued: bool,
}

impl Token {
    /// Whether it is this sign.
    #[inline(always)]
    pub fn is(&self, sign: &str) -> bool {
        // Of a sign that is written where it is asked the compiler works out the key.
        self.key == key(sign) && self.is_sign(sign)
    }

    #[inline(never)]
    fn is_sign(&self, sign: &str) -> bool {
        self.kind == TokenKind::Punct && self.norm == sign
    }

    /// Whether it is a word.
    pub fn is_word(&self) -> bool {
        self.kind == TokenKind::Word
    }

    /// Whether it is a quotation mark.
    pub fn is_quote(&self) -> bool {
        self.kind == TokenKind::Punct && matches!(self.norm.as_str(), "\"" | "“" | "”" | "«" | "»")
    }
}

/// The byte range from the first of `tokens` to the last.
///
/// # Panics
/// When there are none; rules only make spans of what they found.
pub fn span(tokens: &[Token]) -> Range<usize> {
    tokens[0].start..tokens[tokens.len() - 1].end
}

/// What stands for a word in its compared form: see [`Token::key`]. FNV-1a, because it can be
/// worked out while the program is compiled.
#[inline(always)]
pub const fn key(norm: &str) -> u32 {
    let bytes = norm.as_bytes();
    let (mut hash, mut at) = (START, 0);
    while at < bytes.len() {
        hash = with(hash, bytes[at]);
        at += 1;
    }
    end(hash)
}

/// The [`key`] of a word of ASCII letters without their capitals.
pub fn ascii_key(word: &str) -> u32 {
    end(word.bytes().fold(START, |hash, byte| with(hash, byte.to_ascii_lowercase())))
}

const START: u32 = 0x811c_9dc5;

#[inline(always)]
const fn with(hash: u32, byte: u8) -> u32 {
    (hash ^ byte as u32).wrapping_mul(0x0100_0193)
}

/// The low bits of the hash are its weakest.
#[inline(always)]
const fn end(hash: u32) -> u32 {
    hash ^ (hash >> 15)
}

/// Lower case, without accents and apostrophes: the form in which words are compared.
pub fn norm(word: &str) -> SmolStr {
    if word.is_ascii() {
        return ascii_norm(word);
    }
    latin_norm(word).unwrap_or_else(|| any_norm(word))
}

/// [`norm`] of letters of any sort.
fn any_norm(word: &str) -> SmolStr {
    let plain: String = word
        .nfkd()
        .filter(|c| !is_combining_mark(*c) && !is_apostrophe(*c))
        .flat_map(char::to_lowercase)
        .collect();
    match plain.contains(['œ', 'æ']) {
        true => plain.replace('œ', "oe").replace('æ', "ae").into(),
        false => plain.into(),
    }
}

fn ascii_norm(word: &str) -> SmolStr {
    // Most words are as they should be.
    if word.bytes().all(|b| b != b'\'' && !b.is_ascii_uppercase()) {
        return SmolStr::new(word);
    }
    let mut plain = [0; 64];
    let mut length = 0;
    if word.len() > plain.len() {
        return word.to_ascii_lowercase().replace('\'', "").into();
    }
    for byte in word.bytes() {
        plain[length] = byte.to_ascii_lowercase();
        length += usize::from(byte != b'\'');
    }
    SmolStr::new(std::str::from_utf8(&plain[..length]).expect("ASCII is UTF-8"))
}

/// [`norm`] of the letters of French, without taking them apart; none where there are others.
fn latin_norm(word: &str) -> Option<SmolStr> {
    // No letter gets longer.
    let mut plain = [0; 64];
    let mut length = 0;
    if word.len() > plain.len() {
        return None;
    }
    for c in word.chars() {
        let letters: &[u8] = match c {
            c if is_apostrophe(c) => b"",
            c if c.is_ascii() => &[c.to_ascii_lowercase() as u8],
            'Œ' | 'œ' => b"oe",
            'Æ' | 'æ' => b"ae",
            _ => &[without_accent(c)? as u8],
        };
        for letter in letters {
            plain[length] = *letter;
            length += 1;
        }
    }
    Some(SmolStr::new(std::str::from_utf8(&plain[..length]).expect("ASCII is UTF-8")))
}

fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | 'ʼ' | '‘')
}

/// The words of a text, of letters only.
pub fn letters(text: &str) -> impl Iterator<Item = &str> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let start = past(text, at, false);
        at = past(text, start, true);
        (start < at).then(|| &text[start..at])
    })
}

/// One past the letters at `at`, or past what is no letter. ASCII is passed over by the byte.
fn past(text: &str, mut at: usize, letters: bool) -> usize {
    let bytes = text.as_bytes();
    loop {
        let rest = bytes[at..].iter();
        at += match letters {
            true => rest.take_while(|b| b.is_ascii_alphabetic()).count(),
            false => rest.take_while(|b| b.is_ascii() && !b.is_ascii_alphabetic()).count(),
        };
        let other = bytes.get(at).filter(|b| !b.is_ascii());
        let other = other.and_then(|_| text[at..].chars().next());
        match other.filter(|c| is_letter(*c) == letters) {
            Some(c) => at += c.len_utf8(),
            None => return at,
        }
    }
}

/// Whether it is a letter; those of French are known without a look into the tables of Unicode.
fn is_letter(c: char) -> bool {
    c.is_ascii_alphabetic() || without_accent(c).is_some() || c.is_alphabetic()
}

/// French words that lose their vowel before another: `l'armée` is two words.
fn is_elided(word: &str) -> bool {
    const ELIDED: [&str; 11] = ["l", "d", "j", "n", "s", "c", "m", "t", "qu", "jusqu", "lorsqu"];
    ELIDED.iter().any(|e| word.eq_ignore_ascii_case(e))
}

/// Splits `text[range]` into tokens; ranges are of the whole `text`. Reference marks of
/// encyclopedias (`[1]`, `[edit]`, `[note 2]`) are left out.
pub fn tokens(text: &str, range: Range<usize>) -> Vec<Token> {
    let mut out: Vec<Token> = Vec::with_capacity(range.len() / 5);
    let text = &text[..range.end];
    let mut at = range.start;
    while let Some(byte) = text.as_bytes().get(at) {
        if matches!(byte, b' ' | b'\t'..=b'\r') {
            at += 1;
            continue;
        }
        if byte.is_ascii_alphabetic()
            && let Some(word) = plain_word(text, at)
        {
            at = word.end;
            let glued = is_glued(&out, text, word.start);
            out.push(Token { glued, ..word });
            at += joining_hyphen(text, at, TokenKind::Word);
            continue;
        }
        let rest = &text[at..];
        let c = rest.chars().next().expect("at is inside the range");
        if c.is_whitespace() || c == '\u{200b}' || c == '\u{feff}' {
            at += c.len_utf8();
        } else if c == '[' && reference_mark(rest).is_some() {
            at += reference_mark(rest).expect("checked in the condition");
        } else {
            let (len, kind) = token_length(rest, c);
            push(&mut out, text, at..at + len, kind);
            at += len;
            at += joining_hyphen(text, at, kind);
        }
    }
    out
}

/// The word that begins with a letter at `at`, read in one walk; none unless it is of ASCII letters
/// and digits, as most are, and ends before another ASCII character or the end of the text.
fn plain_word(text: &str, at: usize) -> Option<Token> {
    let bytes = &text.as_bytes()[at..];
    let (mut length, mut hash, mut letters, mut capitals) = (0, START, 0, 0);
    while let Some(byte) = bytes.get(length).filter(|b| b.is_ascii_alphanumeric()) {
        letters += usize::from(byte.is_ascii_alphabetic());
        capitals += usize::from(byte.is_ascii_uppercase());
        hash = with(hash, byte.to_ascii_lowercase());
        length += 1;
    }
    if bytes.get(length).is_some_and(|b| !b.is_ascii() || *b == b'\'') {
        return None;
    }
    let word = &text[at..at + length];
    let capital = bytes[0].is_ascii_uppercase();
    Some(Token {
        start: at,
        end: at + length,
        norm: if capitals == 0 { SmolStr::new(word) } else { ascii_norm(word) },
        key: end(hash),
        kind: TokenKind::Word,
        capital,
        shouted: capital && letters > 1 && capitals == letters,
        glued: false,
    })
}

/// Whether the word or number at `start` is joined to the word before it.
fn is_glued(out: &[Token], text: &str, start: usize) -> bool {
    out.last().is_some_and(|before| {
        before.end < start
            && before.kind == TokenKind::Word
            && may_be_hyphen(text, before.end)
            && text[before.end..start].starts_with(is_hyphen)
    })
}

fn push(out: &mut Vec<Token>, text: &str, range: Range<usize>, kind: TokenKind) {
    let word = &text[range.clone()];
    let glued = kind != TokenKind::Punct && is_glued(out, text, range.start);
    let first = word.chars().next();
    let capital = first.is_some_and(char::is_uppercase);
    let mut letters = word.chars().filter(|c| c.is_alphabetic());
    let norm = if kind == TokenKind::Punct { word.into() } else { norm(word) };
    out.push(Token {
        start: range.start,
        end: range.end,
        key: key(&norm),
        norm,
        kind,
        capital,
        shouted: (capital || !first.is_some_and(char::is_alphabetic))
            && letters.clone().nth(1).is_some()
            && letters.all(char::is_uppercase),
        glued,
    });
}

fn is_hyphen(c: char) -> bool {
    matches!(c, '-' | '\u{2010}' | '\u{2011}')
}

/// Whether a hyphen may stand there, by its first byte.
fn may_be_hyphen(text: &str, at: usize) -> bool {
    matches!(text.as_bytes().get(at), Some(b'-' | 0xe2))
}

/// A hyphen between two words is part of neither and is passed over.
fn joining_hyphen(text: &str, at: usize, kind: TokenKind) -> usize {
    if !may_be_hyphen(text, at) {
        return 0;
    }
    let mut chars = text[at..].chars();
    match (chars.next(), chars.next()) {
        (Some(h), Some(next))
            if is_hyphen(h) && kind == TokenKind::Word && (next.is_alphanumeric()) =>
        {
            h.len_utf8()
        }
        _ => 0,
    }
}

fn token_length(rest: &str, first: char) -> (usize, TokenKind) {
    if first.is_ascii_digit() {
        return number_length(rest);
    }
    if !is_letter(first) {
        let possessive = is_apostrophe(first)
            && rest[first.len_utf8()..].starts_with(['s', 'S'])
            && !rest[first.len_utf8() + 1..].starts_with(char::is_alphanumeric);
        let extra = if possessive { 1 } else { 0 };
        return (first.len_utf8() + extra, TokenKind::Punct);
    }
    let mut len = 0;
    for (i, c) in rest.char_indices() {
        if is_letter(c) || c.is_alphanumeric() || (!c.is_ascii() && is_combining_mark(c)) {
            len = i + c.len_utf8();
        } else if is_apostrophe(c) {
            let after = &rest[i + c.len_utf8()..];
            if !after.starts_with(char::is_alphabetic) {
                break;
            }
            if is_elided(&rest[..i]) {
                return (i + c.len_utf8(), TokenKind::Word);
            }
            if after.starts_with(['s', 'S']) && !after[1..].starts_with(char::is_alphanumeric) {
                break;
            }
        } else {
            break;
        }
    }
    (len, TokenKind::Word)
}

/// Digits with groups of three after a comma, point or (no-break) space; a number with
/// letters stuck to it (`1er`, `20th`, `2000D`, `05h30`) is a word.
fn number_length(rest: &str) -> (usize, TokenKind) {
    let digits = |s: &str| s.bytes().take_while(u8::is_ascii_digit).count();
    let mut len = digits(rest);
    if len <= 3 {
        loop {
            let mut chars = rest[len..].chars();
            let Some(separator) = chars.next() else { break };
            let group = digits(chars.as_str());
            if !matches!(separator, ',' | '.' | '\u{a0}' | '\u{202f}' | ' ') || group != 3 {
                break;
            }
            len += separator.len_utf8() + group;
        }
    }
    let letters: usize =
        rest[len..].chars().take_while(|c| c.is_alphanumeric()).map(char::len_utf8).sum();
    if letters > 0 { (len + letters, TokenKind::Word) } else { (len, TokenKind::Number) }
}

/// Length of a reference mark at the start of `rest`, if it is one.
fn reference_mark(rest: &str) -> Option<usize> {
    let close = rest.char_indices().take(24).find(|(_, c)| *c == ']')?.0;
    let inside = &rest[1..close];
    let is_mark = inside.bytes().all(|b| b.is_ascii_digit())
        || (inside.len() == 1 && inside.bytes().all(|b| b.is_ascii_lowercase()))
        || matches!(inside, "edit" | "modifier" | "modifier le code" | "citation needed")
        || inside.starts_with("note ");
    (is_mark && !inside.is_empty()).then_some(close + 1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn words(text: &str) -> Vec<String> {
        tokens(text, 0..text.len()).into_iter().map(|t| text[t.start..t.end].to_owned()).collect()
    }

    #[test]
    fn ok_tokens() {
        for (text, expected) in [
            ("forty-seven people", vec!["forty", "seven", "people"]),
            ("Mali's army", vec!["Mali", "'s", "army"]),
            ("l’armée d'Ansongo", vec!["l’", "armée", "d'", "Ansongo"]),
            ("Jama'at Nasr al-Islam", vec!["Jama'at", "Nasr", "al", "Islam"]),
            ("500–600 and 1,200.", vec!["500", "–", "600", "and", "1,200", "."]),
            ("30-31 October", vec!["30", "-", "31", "October"]),
            ("killed.[1][edit] The", vec!["killed", ".", "The"]),
            ("1er mai, 05h30", vec!["1er", "mai", ",", "05h30"]),
            ("“terrorists.”", vec!["“", "terrorists", ".", "”"]),
        ] {
            assert_eq!(words(text), expected, "{text}");
        }
    }

    proptest! {
        #[test]
        fn words_are_read_alike_in_one_walk_or_two(text in "[A-Ca-c1éÉœ'’ .,-]{0,24}") {
            for token in tokens(&text, 0..text.len()) {
                let word = &text[token.start..token.end];
                let letters = || word.chars().filter(|c| c.is_alphabetic());
                prop_assert_eq!(token.key, key(&token.norm));
                prop_assert_eq!(token.capital, word.starts_with(char::is_uppercase));
                let shouted = letters().count() > 1 && letters().all(char::is_uppercase);
                prop_assert_eq!(token.shouted, shouted);
                if token.is_word() {
                    prop_assert_eq!(&token.norm, &norm(word));
                }
            }
        }
    }

    #[test]
    fn ok_words_of_letters() {
        for text in ["", " ", "l’été à Gao, 12 tués", "«Æ»1er", "été", "ok"] {
            let plain = text.split(|c: char| !c.is_alphabetic()).filter(|w| !w.is_empty());
            assert!(letters(text).eq(plain), "{text}");
        }
    }

    #[test]
    fn letters_of_french_are_compared_like_any() {
        let mut known = 0;
        for c in ('\u{1}'..'\u{250}').chain(['’', 'ʼ', '‘', '\u{301}']) {
            let word = format!("É{c}t");
            if let Some(plain) = latin_norm(&word) {
                assert_eq!(plain, any_norm(&word), "{word}");
                known += 1;
            }
        }
        assert!(known > 127 + 50, "{known}");
        assert_eq!(norm("L’ÉTÉ"), "lete");
        assert_eq!(norm("Ǆ"), "dz");
    }

    #[test]
    fn hyphens_glue_words_only() {
        let text = "AK-47s twenty-two 8-10";
        let glued: Vec<_> = tokens(text, 0..text.len()).iter().map(|t| t.glued).collect();
        assert_eq!(glued, [false, true, false, true, false, false, false]);
    }
}
