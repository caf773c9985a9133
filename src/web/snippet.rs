//! Where the words of a search stand in the passages of an incident.

use super::item::{Quote, Show};
use crate::model::incident::Incident;
use crate::model::slug::fold;
use std::collections::BTreeSet;
use std::ops::Range;

/// Snippets of an incident.
const SHOWN: usize = 2;

/// Characters before the first and after the last word found.
const AROUND: usize = 70;

/// A piece of a snippet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    /// Words of the source.
    pub text: String,
    /// Whether they were searched for.
    pub hit: bool,
}

/// Words of a source in which words of the search stand.
pub struct Snippet {
    /// The passage.
    pub quote: Quote,
    /// Its words, those found set apart.
    pub pieces: Vec<Piece>,
    /// Whether words before it are left out.
    pub cut_before: bool,
    /// Whether words after it are left out.
    pub cut_after: bool,
}

/// The passages of an incident in which most words of `q` stand: none when it was found by a
/// name or a title.
pub fn snippets(incident: &Incident, q: &str, show: &Show) -> Vec<Snippet> {
    let wanted = fold(q);
    let wanted: Vec<&str> = wanted.split(' ').filter(|w| !w.is_empty()).collect();
    let mut found = Vec::new();
    for account in &incident.accounts {
        for passage in account.draft.passages() {
            let hits = hits(&passage.quote, &wanted);
            let different: BTreeSet<_> = hits.iter().map(|(which, _)| *which).collect();
            if !different.is_empty() {
                found.push((different.len(), account, passage, hits));
            }
        }
    }
    // The most words first; of those alike the longest passage, which has most around them.
    found.sort_by_key(|(n, _, passage, _)| std::cmp::Reverse((*n, passage.quote.len())));
    let mut taken: Vec<(&str, Range<usize>)> = Vec::new();
    let mut snippets = Vec::new();
    for (_, account, passage, hits) in found {
        let (source, range) = (account.source.id.as_str(), passage.range());
        let seen = |(s, r): &(&str, Range<usize>)| {
            *s == source && r.start < range.end && range.start < r.end
        };
        if snippets.len() == SHOWN || taken.iter().any(seen) {
            continue;
        }
        let ranges: Vec<_> = hits.into_iter().map(|(_, range)| range).collect();
        let (pieces, cut_before, cut_after) = cut(&passage.quote, &ranges);
        snippets.push(Snippet {
            quote: show.quote(account, passage),
            pieces,
            cut_before,
            cut_after,
        });
        taken.push((source, range));
    }
    snippets
}

/// Which word of the search stands where. The last one may be the beginning of a word.
fn hits(text: &str, wanted: &[&str]) -> Vec<(usize, Range<usize>)> {
    let mut hits = Vec::new();
    let mut start = None;
    let ends = text.char_indices().map(|(at, c)| (at, is_of_word(c)));
    for (at, inside) in ends.chain([(text.len(), false)]) {
        match (start, inside) {
            (None, true) => start = Some(at),
            (Some(from), false) => {
                let word = fold(&text[from..at]);
                let last = wanted.len().wrapping_sub(1);
                let which = wanted
                    .iter()
                    .enumerate()
                    .find(|(i, w)| word == **w || (*i == last && word.starts_with(**w)));
                hits.extend(which.map(|(i, _)| (i, from..at)));
                start = None;
            }
            _ => {}
        }
    }
    hits
}

fn is_of_word(c: char) -> bool {
    c.is_alphanumeric() || unicode_normalization::char::is_combining_mark(c)
}

/// The words around what was found, cut at spaces.
fn cut(text: &str, hits: &[Range<usize>]) -> (Vec<Piece>, bool, bool) {
    let (Some(first), Some(last)) = (hits.first(), hits.last()) else {
        return (vec![Piece { text: text.to_owned(), hit: false }], false, false);
    };
    let before = text[..first.start].char_indices().rev().nth(AROUND).map(|(at, _)| at);
    let from = before.map_or(0, |at| {
        text[at..first.start].find(char::is_whitespace).map_or(first.start, |space| at + space)
    });
    // A long passage with words far apart is shown from its first word on.
    let to = text[last.end..].char_indices().nth(AROUND).map(|(at, _)| last.end + at);
    let to = to.map_or(text.len(), |at| {
        text[last.end..at].rfind(char::is_whitespace).map_or(last.end, |space| last.end + space)
    });
    let mut pieces = Vec::new();
    let mut push = |text: &str, hit: bool| {
        if !text.is_empty() {
            pieces.push(Piece { text: text.to_owned(), hit });
        }
    };
    let mut at = from;
    for hit in hits {
        push(&text[at..hit.start], false);
        push(&text[hit.clone()], true);
        at = hit.end;
    }
    push(&text[at..to], false);
    (pieces, from > 0, to < text.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn drawn(text: &str, q: &str) -> String {
        let wanted = fold(q);
        let wanted: Vec<&str> = wanted.split(' ').collect();
        let ranges: Vec<_> = hits(text, &wanted).into_iter().map(|(_, r)| r).collect();
        let (pieces, before, after) = cut(text, &ranges);
        let pieces = pieces.iter().map(|p| match p.hit {
            true => format!("[{}]", p.text),
            false => p.text.clone(),
        });
        let dots = |cut: bool| if cut { "…" } else { "" };
        format!("{}{}{}", dots(before), pieces.collect::<String>(), dots(after))
    }

    #[test]
    fn ok_words_are_found_as_the_search_finds_them() {
        for (text, q, expected) in [
            ("50 civilians killed at Ménaka.", "menaka", "50 civilians killed at [Ménaka]."),
            ("50 civilians killed", "civ", "50 [civilians] killed"),
            // Only the last word may be unfinished.
            ("50 civilians killed", "civ kill", "50 civilians [killed]"),
            ("l’armée et l’état-major", "ARMEE", "l’[armée] et l’état-major"),
            ("𐀀😀 <b>five</b>", "five", "𐀀😀 <b>[five]</b>"),
            ("nothing", "else", "nothing"),
        ] {
            assert_eq!(drawn(text, q), expected, "{q}");
        }
    }

    #[test]
    fn long_passages_are_cut_at_spaces() {
        let text = format!("{}market{}", "before ".repeat(30), " after".repeat(30));
        let drawn = drawn(&text, "market");
        assert!(drawn.starts_with("… before") && drawn.ends_with("after…"), "{drawn}");
        assert!(drawn.contains(" [market] ") && drawn.len() < 200, "{drawn}");
    }
}
