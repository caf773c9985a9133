//! Numbers in words, in English and French.

use crate::ingest::lexicon::one_of;
use crate::ingest::token::{Token, TokenKind};

/// A number of one token, from 1 to 99.
pub fn small_number(token: &Token) -> Option<i32> {
    let value = match token.kind {
        TokenKind::Number => token.norm.parse().ok()?,
        _ => unit(&token.norm).or_else(|| tens(&token.norm))?,
    };
    (1..100).contains(&value).then_some(value as i32)
}

/// Whether a token is a number word from two on.
pub fn is_word_number(token: &Token) -> bool {
    unit(&token.norm).is_some_and(|n| n > 1) || tens(&token.norm).is_some()
}

pub(super) fn unit(word: &str) -> Option<u32> {
    Some(match word {
        "one" => 1,
        "two" | "deux" | "both" => 2,
        "three" | "trois" => 3,
        "four" | "quatre" => 4,
        "five" | "cinq" => 5,
        "six" => 6,
        "seven" | "sept" => 7,
        "eight" | "huit" => 8,
        "nine" | "neuf" => 9,
        "ten" | "dix" => 10,
        "eleven" | "onze" => 11,
        "twelve" | "douze" => 12,
        "thirteen" | "treize" => 13,
        "fourteen" | "quatorze" => 14,
        "fifteen" | "quinze" => 15,
        "sixteen" | "seize" => 16,
        "seventeen" => 17,
        "eighteen" => 18,
        "nineteen" => 19,
        _ => return None,
    })
}

pub(super) fn tens(word: &str) -> Option<u32> {
    Some(match word {
        "twenty" | "vingt" | "vingts" => 20,
        "thirty" | "trente" => 30,
        "forty" | "quarante" => 40,
        "fifty" | "cinquante" => 50,
        "sixty" | "soixante" => 60,
        "seventy" | "septante" => 70,
        "eighty" => 80,
        "ninety" | "nonante" => 90,
        _ => return None,
    })
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
            _ => match (tens(word), unit(word)) {
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
            whole_hundreds && spelled && (unit(&next.norm).is_some() || tens(&next.norm).is_some())
        }
        _ => {
            one_of(next, &["un", "une", "onze"])
                && current.is_multiple_of(10)
                && (20..100).contains(&current)
        }
    }
}
