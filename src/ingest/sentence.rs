//! Blocks to sentences.

use super::token::{Token, TokenKind, tokens};
use std::ops::Range;

/// A sentence with its words.
#[derive(Debug, Clone)]
pub struct Sentence {
    /// Index of its block in the layout.
    pub block: usize,
    /// Its words and signs. Never empty.
    pub tokens: Vec<Token>,
}

impl Sentence {
    /// Its bytes.
    pub fn range(&self) -> Range<usize> {
        super::token::span(&self.tokens)
    }
}

/// The longest sentence, in tokens. A longer one is cut, so that a text without full stops
/// costs no more than its length.
const MAX_TOKENS: usize = 400;

/// Words before a full stop that ends no sentence.
const ABBREVIATIONS: &[&str] = &[
    "mr", "mrs", "ms", "dr", "gen", "col", "lt", "capt", "maj", "sgt", "st", "approx", "no", "jan",
    "feb", "mar", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec", "janv", "fevr",
    "avr", "juil", "etc", "vs", "inc", "jr", "sr", "prof", "mme", "mm", "m", "env", "cf", "art",
    "brig",
];

/// The sentences of `text[range]`.
pub fn sentences(text: &str, block: usize, range: Range<usize>) -> Vec<Sentence> {
    let mut all = tokens(text, range);
    let ends = ends(text, &all);
    if let [_] = ends[..] {
        all.shrink_to_fit();
        return vec![Sentence { block, tokens: all }];
    }
    let mut all = all.into_iter();
    let mut from = 0;
    let sentence = |end: usize| {
        let tokens = all.by_ref().take(end - from).collect();
        from = end;
        Sentence { block, tokens }
    };
    ends.into_iter().map(sentence).collect()
}

/// One past the last token of each sentence.
fn ends(text: &str, all: &[Token]) -> Vec<usize> {
    let mut out = Vec::new();
    let (mut from, mut at) = (0, 0);
    while at < all.len() {
        let token = &all[at];
        let stops = token.kind == TokenKind::Punct
            && matches!(token.norm.as_str(), "." | "!" | "?" | "…")
            && !is_abbreviation(&all[from..at], token);
        at += 1;
        let mut done = false;
        if stops {
            // Closing quotes and brackets belong to the sentence they end.
            while all.get(at).is_some_and(|t| {
                t.is(")") || t.is("]") || t.is("”") || t.is("»") || (t.is("\"") && closes(text, t))
            }) {
                at += 1;
            }
            done = all.get(at).is_none_or(|next| begins(text, &all[from..at], next));
        }
        if done || at - from >= MAX_TOKENS {
            out.push(at);
            from = at;
        }
    }
    if from < all.len() {
        out.push(all.len());
    }
    out
}

/// A straight quote right after the full stop closes when a space or a capital follows.
fn closes(text: &str, quote: &Token) -> bool {
    let before = text[..quote.start].chars().next_back();
    before.is_some_and(|c| !c.is_whitespace())
}

fn is_abbreviation(before: &[Token], stop: &Token) -> bool {
    let Some(last) = before.last() else {
        return true;
    };
    if stop.norm != "." || last.end != stop.start {
        return false;
    }
    // Initials and "a.m."; a lone figure or letter at the end of a sentence is rarer.
    let initial = last.is_word() && last.norm.chars().count() == 1;
    initial || (ABBREVIATIONS.contains(&last.norm.as_str()) && last.norm != "no")
}

/// Whether a new sentence may begin with `next`.
fn begins(text: &str, before: &[Token], next: &Token) -> bool {
    let apart = before.last().is_some_and(|l| {
        text[l.end..next.start].chars().any(char::is_whitespace)
            || l.is_quote()
            || l.end < next.start
    });
    let opens = next.capital
        || next.kind == TokenKind::Number
        || next.is_quote()
        || next.is("(")
        || next.is("'")
        || next.is("—")
        || next.is("-");
    apart && opens
}

#[cfg(test)]
mod tests {
    use super::*;

    fn split(text: &str) -> Vec<&str> {
        sentences(text, 0, 0..text.len()).iter().map(|s| &text[s.range()]).collect()
    }

    #[test]
    fn ok_sentences() {
        for (text, expected) in [
            ("One. Two.", vec!["One.", "Two."]),
            (
                "Around 9:30 a.m. on 19 April, it hit. Then",
                vec!["Around 9:30 a.m. on 19 April, it hit.", "Then"],
            ),
            ("U. S. President Obama said.", vec!["U. S. President Obama said."]),
            (
                "In all directions.\"The market fell.",
                vec!["In all directions.\"", "The market fell."],
            ),
            ("Eleven “terrorists.” The group", vec!["Eleven “terrorists.”", "The group"]),
            ("Ended.[2][1] The second", vec!["Ended.", "The second"]),
            ("Gen. Diarra spoke. 12 died.", vec!["Gen. Diarra spoke.", "12 died."]),
        ] {
            assert_eq!(split(text), expected);
        }
    }

    #[test]
    fn a_text_without_stops_is_cut() {
        let text = "word ".repeat(1000);
        assert_eq!(split(&text).len(), 3);
    }
}
