//! Where the words that a person quotes stand in the text.

use crate::model::passage::Passage;
use memchr::memmem;
use regex::Regex;
use std::ops::Range;

/// A text in which quotes are looked for.
pub struct Quoted<'a> {
    text: &'a str,
    /// First byte of each line.
    lines: Vec<usize>,
}

impl<'a> Quoted<'a> {
    /// Makes `text` ready.
    pub fn new(text: &'a str) -> Self {
        let ends = memchr::memchr_iter(b'\n', text.as_bytes()).map(|at| at + 1);
        Self { text, lines: std::iter::once(0).chain(ends).collect() }
    }

    /// Line of a byte, from 1.
    pub fn line(&self, at: usize) -> usize {
        self.lines.partition_point(|start| *start <= at)
    }

    /// Whether the words of a passage stand at its range.
    pub fn holds(&self, passage: &Passage) -> bool {
        passage.holds_in(self.text)
    }

    /// The passage of `quote`: at the place that `hint` names, otherwise the one nearest to
    /// `near`, otherwise the only one. White space in the quote may differ from the text's.
    ///
    /// # Errors
    /// What was found instead, in words.
    pub fn find(
        &self,
        quote: &str,
        hint: Option<Hint>,
        near: Option<&Range<usize>>,
    ) -> Result<Passage, String> {
        if quote.trim().is_empty() {
            return Err("nothing".to_owned());
        }
        let near = near.filter(|near| near.end <= self.text.len());
        let exact = match (hint, near) {
            (Some(hint), _) => self.at(quote, hint),
            (None, Some(near)) => self.nearest(quote, near),
            (None, None) => self.only(quote)?,
        };
        match exact.or_else(|| self.loosely(quote, hint, near)) {
            Some(range) => Ok(Passage::of(self.text, range)),
            None => Err(match hint {
                Some(Hint { line, .. }) => {
                    let found = format!("no such words at line {line}: {quote:?}");
                    match self.only(quote) {
                        Ok(Some(range)) => {
                            format!("{found}; they stand at line {}", self.line(range.start))
                        }
                        _ => found,
                    }
                }
                None => format!("no such words: {quote:?}"),
            }),
        }
    }

    /// What [`Quoted::find`] needs to find this very passage again near `near`.
    pub fn hint(&self, passage: &Passage, near: Option<&Range<usize>>) -> Option<Hint> {
        if near.is_some_and(|near| self.nearest(&passage.quote, near) == Some(passage.range())) {
            return None;
        }
        let line = self.line(passage.start);
        let before = self.on_line(&passage.quote, line).take_while(|at| *at < passage.start);
        Some(Hint { line, nth: 1 + before.count() })
    }

    fn at(&self, quote: &str, Hint { line, nth }: Hint) -> Option<Range<usize>> {
        let start = self.on_line(quote, line).nth(nth.checked_sub(1)?)?;
        Some(start..start + quote.len())
    }

    /// Every byte of a line at which `quote` begins; the quote may go on below.
    fn on_line<'q>(&'q self, quote: &'q str, line: usize) -> impl Iterator<Item = usize> + 'q {
        let start = line.checked_sub(1).and_then(|i| self.lines.get(i)).copied();
        let start = start.unwrap_or(self.text.len());
        let end = self.lines.get(line).copied().unwrap_or(self.text.len());
        let within = (end + quote.len()).min(self.text.len());
        let bytes = &self.text.as_bytes()[start..within];
        let mut from = 0;
        std::iter::from_fn(move || {
            let found = from + memmem::find(bytes.get(from..)?, quote.as_bytes())?;
            from = found + 1;
            Some(start + found)
        })
        .take_while(move |at| *at < end)
    }

    /// The first that begins inside `near`, otherwise the one closest to it, the earlier of two.
    fn nearest(&self, quote: &str, near: &Range<usize>) -> Option<Range<usize>> {
        let bytes = self.text.as_bytes();
        let after = memmem::find(&bytes[near.start..], quote.as_bytes()).map(|at| near.start + at);
        let inside = after.filter(|at| *at < near.end.max(near.start + 1));
        let ahead = (near.start + quote.len()).saturating_sub(1).min(bytes.len());
        let before = || memmem::rfind(&bytes[..ahead], quote.as_bytes());
        let start = inside.or_else(|| match (before(), after) {
            (Some(b), Some(a)) if near.start - b <= a - near.end.min(a) => Some(b),
            (b, None) => b,
            (_, a) => a,
        })?;
        Some(start..start + quote.len())
    }

    fn only(&self, quote: &str) -> Result<Option<Range<usize>>, String> {
        let mut all = memmem::find_iter(self.text.as_bytes(), quote.as_bytes());
        let (first, second) = (all.next(), all.next());
        match (first, second) {
            (Some(a), Some(b)) => {
                let (a, b) = (self.line(a), self.line(b));
                Err(format!("the words at line {a} and again at line {b}: {quote:?}"))
            }
            _ => Ok(first.map(|at| at..at + quote.len())),
        }
    }

    /// The same with any white space for each white space of the quote: words copied from a
    /// page have lost their line ends.
    fn loosely(
        &self,
        quote: &str,
        hint: Option<Hint>,
        near: Option<&Range<usize>>,
    ) -> Option<Range<usize>> {
        let words: Vec<_> = quote.split_whitespace().map(regex::escape).collect();
        let pattern = Regex::new(&words.join(r"\s+")).ok()?;
        let mut all = pattern.find_iter(self.text).map(|m| m.range());
        match (hint, near) {
            (Some(Hint { line, nth }), _) => {
                all.filter(|r| self.line(r.start) == line).nth(nth.checked_sub(1)?)
            }
            (None, Some(near)) => all.min_by_key(|r| {
                if near.contains(&r.start) { 0 } else { near.start.abs_diff(r.start) }
            }),
            (None, None) => all.next(),
        }
    }
}

/// Which of several places of the same words is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hint {
    /// Line on which they begin, from 1.
    pub line: usize,
    /// Which of those that begin on that line, from 1.
    pub nth: usize,
}

impl std::fmt::Display for Hint {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.nth {
            1 => write!(f, "{}", self.line),
            nth => write!(f, "{}:{nth}", self.line),
        }
    }
}

impl std::str::FromStr for Hint {
    type Err = ();

    /// `12`, or `12:2` for the second time on line 12.
    fn from_str(text: &str) -> Result<Self, ()> {
        let (line, nth) = text.trim().split_once(':').unwrap_or((text.trim(), "1"));
        let number = |t: &str| t.parse::<usize>().ok().filter(|n| *n > 0).ok_or(());
        Ok(Self { line: number(line)?, nth: number(nth)? })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const TEXT: &str = "Ten died. Ten fled.\nIn Gao ten\nmore died. Ten died.\n";

    #[test]
    fn ok_quotes() {
        let quoted = Quoted::new(TEXT);
        for (quote, hint, near, start) in [
            ("Ten fled", None, None, 10),
            ("Ten", Some("1"), None, 0),
            ("Ten", Some("1:2"), None, 10),
            ("Ten died.", None, Some(31..41), 42),
            ("Ten died.", None, Some(0..9), 0),
            ("Ten", None, Some(10..19), 10),
            ("ten more died", None, None, 27),
            ("died", None, Some(20..30), 36),
        ] {
            let hint = hint.map(|h: &str| h.parse().unwrap());
            let found = quoted.find(quote, hint, near.as_ref()).unwrap();
            assert_eq!(found.start, start, "{quote}");
            assert!(found.holds_in(TEXT));
        }
        assert_eq!(quoted.line(0), 1);
        assert_eq!(quoted.line(20), 2);
    }

    #[test]
    fn err_quotes() {
        let quoted = Quoted::new(TEXT);
        for (quote, hint, expected) in [
            ("", None, "nothing"),
            (" \n", None, "nothing"),
            ("eleven", None, "no such words: \"eleven\""),
            ("Ten died", None, "the words at line 1 and again at line 3: \"Ten died\""),
            ("Ten", Some("2"), "no such words at line 2: \"Ten\""),
            ("Ten", Some("9"), "no such words at line 9: \"Ten\""),
        ] {
            let hint = hint.map(|h: &str| h.parse().unwrap());
            assert_eq!(quoted.find(quote, hint, None).unwrap_err(), expected);
        }
        for bad in ["", "0", "1:0", "x", "1:2:3", "-1"] {
            assert!(bad.parse::<Hint>().is_err(), "{bad}");
        }
    }

    proptest! {
        #[test]
        fn every_passage_is_found_again(
            text in "[ab é\n]{1,40}", ends in [0_usize..60, 0_usize..60, 0_usize..60, 0_usize..60],
        ) {
            let cut = |at: usize| (0..=at.min(text.len())).rev().find(|i| text.is_char_boundary(*i));
            let cuts = ends.map(|at| cut(at).unwrap_or(0));
            let range = |a: usize, b: usize| a.min(b)..a.max(b);
            let (own, near) = (range(cuts[0], cuts[1]), range(cuts[2], cuts[3]));
            let passage = Passage::of(&text, own);
            prop_assume!(!passage.quote.trim().is_empty());
            let quoted = Quoted::new(&text);
            for near in [None, Some(&near)] {
                let hint = quoted.hint(&passage, near);
                prop_assert_eq!(quoted.find(&passage.quote, hint, near), Ok(passage.clone()));
            }
        }
    }
}
