//! Numbers in words, in English and French.

use crate::ingest::lexicon::{Case, Phrases, one_of};
use crate::ingest::token::{Token, TokenKind};
use std::sync::LazyLock;

/// A number of one token, from 1 to 99.
pub fn small_number(token: &Token) -> Option<i32> {
    let value = match token.kind {
        TokenKind::Number => token.norm.parse().ok()?,
        _ => value(token)?,
    };
    (1..100).contains(&value).then_some(value as i32)
}

/// Whether a token is a number word from two on.
pub fn is_word_number(token: &Token) -> bool {
    value(token).is_some_and(|n| n > 1)
}

/// Number words below a hundred that are one word.
const NUMBERS: &[(&str, u32)] = &[
    ("one", 1),
    ("two", 2),
    ("deux", 2),
    ("both", 2),
    ("three", 3),
    ("trois", 3),
    ("four", 4),
    ("quatre", 4),
    ("five", 5),
    ("cinq", 5),
    ("six", 6),
    ("seven", 7),
    ("sept", 7),
    ("eight", 8),
    ("huit", 8),
    ("nine", 9),
    ("neuf", 9),
    ("ten", 10),
    ("dix", 10),
    ("eleven", 11),
    ("onze", 11),
    ("twelve", 12),
    ("douze", 12),
    ("thirteen", 13),
    ("treize", 13),
    ("fourteen", 14),
    ("quatorze", 14),
    ("fifteen", 15),
    ("quinze", 15),
    ("sixteen", 16),
    ("seize", 16),
    ("seventeen", 17),
    ("eighteen", 18),
    ("nineteen", 19),
    ("twenty", 20),
    ("vingt", 20),
    ("vingts", 20),
    ("thirty", 30),
    ("trente", 30),
    ("forty", 40),
    ("quarante", 40),
    ("fifty", 50),
    ("cinquante", 50),
    ("sixty", 60),
    ("soixante", 60),
    ("seventy", 70),
    ("septante", 70),
    ("eighty", 80),
    ("ninety", 90),
    ("nonante", 90),
];

/// What a word of [`NUMBERS`] says.
fn value(token: &Token) -> Option<u32> {
    static READY: LazyLock<Phrases<u32>> = LazyLock::new(|| {
        let mut all = Phrases::default();
        NUMBERS.iter().for_each(|(word, value)| all.add(word, Case::Any, *value));
        all
    });
    READY.at(std::slice::from_ref(token), 0).map(|hit| *hit.value)
}

/// From one to nineteen.
fn unit(token: &Token) -> Option<u32> {
    value(token).filter(|value| *value < 20)
}

/// From twenty to ninety.
fn tens(token: &Token) -> Option<u32> {
    value(token).filter(|value| *value >= 20)
}

/// Number words from zero to the hundred thousands. A lone "un(e)" or "a" is an article,
/// not a number; "one" is a number.
pub(super) fn words(tokens: &[Token], at: usize) -> Option<(u32, usize)> {
    let first = tokens.get(at)?;
    // "jihadists seize the garrison" is no French sixteen.
    let seizes = first.norm == "seize"
        && tokens
            .get(at + 1)
            .is_some_and(|t| one_of(t, &["the", "a", "an", "control", "power", "their", "its"]));
    if !first.is_word() || first.glued || seizes {
        return None;
    }
    let (mut total, mut current, mut i, mut some) = (0u32, 0u32, at, false);
    // "a hundred", "a thousand"
    if first.norm == "a" && tokens.get(at + 1).is_some_and(|t| one_of(t, &["hundred", "thousand"]))
    {
        (current, i, some) = (1, at + 1, true);
    }
    while let Some(token) = tokens.get(i) {
        let word = token.norm.as_str();
        let joined =
            some && one_of(token, &["and", "et"]) && follows_and(tokens, i, current, total);
        if joined {
            i += 1;
            continue;
        }
        match word {
            "hundred" | "cent" | "cents" if current < 100 => current = current.max(1) * 100,
            "thousand" | "mille" if total == 0 => {
                total = current.max(1) * 1000;
                current = 0;
            }
            // quatre-vingt(s)
            "vingt" | "vingts" if current % 100 == 4 && token.glued => current += 76,
            "un" | "une" if some && current % 10 == 0 && current >= 20 => current += 1,
            "zero" | "aucun" | "aucune" if !some => return Some((0, i + 1)),
            "no" if !some && counts_none(tokens, i) => return Some((0, i + 1)),
            _ => match (tens(token), unit(token)) {
                (Some(t), _) if current % 100 == 0 => current += t,
                (_, Some(u)) if fits(current, u) => current += u,
                _ => break,
            },
        }
        (some, i) = (true, i + 1);
    }
    some.then_some((total + current, i))
}

/// "no deaths", "no casualties": none, said of people.
pub(super) fn counts_none(tokens: &[Token], at: usize) -> bool {
    tokens.get(at + 1).is_some_and(|t| {
        one_of(t, &["deaths", "fatalities", "injuries", "soldiers", "civilians", "wounded"])
    })
}

/// Whether a unit may follow: "twenty two", "soixante quinze", "quatre-vingt dix-sept".
fn fits(current: u32, unit: u32) -> bool {
    match current % 100 {
        0 => true,
        20 | 30 | 40 | 50 | 70 | 90 => unit < 10,
        60 | 80 => unit < 17,
        // soixante-dix-sept, quatre-vingt-dix-huit, dix-neuf
        10 => (7..10).contains(&unit),
        _ => false,
    }
}

/// "one hundred and five", "vingt et un": the "and" belongs to the number.
pub(super) fn follows_and(tokens: &[Token], at: usize, current: u32, total: u32) -> bool {
    let Some(next) = tokens.get(at + 1) else {
        return false;
    };
    match tokens[at].norm.as_str() {
        "and" => {
            let whole_hundreds =
                (current >= 100 && current.is_multiple_of(100)) || (total > 0 && current == 0);
            let spelled = tokens[at - 1].kind == TokenKind::Word;
            whole_hundreds && spelled && value(next).is_some()
        }
        _ => {
            one_of(next, &["un", "une", "onze"])
                && current.is_multiple_of(10)
                && (20..100).contains(&current)
        }
    }
}
