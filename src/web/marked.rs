//! A source's text with its passages marked. Nothing of the text is left out, and each
//! passage has one mark that carries its id, however passages overlap.

use crate::model::lines::flows;
use crate::model::passage::Passage;
use std::collections::BTreeSet;
use std::ops::Range;

/// A passage to be marked, with everything that it supports.
pub struct Span {
    /// Bytes of the text.
    pub range: Range<usize>,
    /// Style classes: kinds of facts.
    pub class: String,
    /// What it supports, in words.
    pub title: String,
    /// Links back, each with its label and what it is for.
    pub back: Vec<Back>,
    /// Address of the passage before it, on the same page.
    pub previous: Option<String>,
    /// Address of the passage after it, on the same page.
    pub next: Option<String>,
}

/// A link from a passage to what it supports.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Back {
    /// The incident.
    pub href: String,
    /// Its number on this page.
    pub label: String,
    /// "Figure: 12 people killed — Hombori".
    pub title: String,
}

/// A piece of the text as it is written to the page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Piece {
    /// Words of the source.
    Text(String),
    /// Signs that set a heading or an item off, as they stand in the source: `==`, `#`, `-`.
    Sign(String),
    /// Start of a mark. The id stands on the first mark of each passage only.
    Open {
        /// `p-START-END`.
        id: Option<String>,
        /// Kinds of facts.
        class: String,
        /// What it supports.
        title: String,
        /// Where its words lead, when no other passage overlaps it.
        link: Option<String>,
        /// The passage before; only where the id stands.
        previous: Option<String>,
        /// The passage after; only where the id stands.
        next: Option<String>,
    },
    /// End of a mark, with whether its words were a link; where the passage itself ends,
    /// with its (other) links back.
    Close {
        /// Whether the mark's words were a link.
        linked: bool,
        /// Links back that follow.
        back: Vec<Back>,
    },
    /// End of a short line.
    Break,
}

/// How a block of the text is set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Heading of the document.
    Title,
    /// Heading of a section.
    Heading,
    /// Heading below a section.
    Subheading,
    /// Item of a list.
    Item,
    /// Everything else.
    Paragraph,
}

/// A block of the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Block {
    /// How it is set.
    pub kind: Kind,
    /// Its pieces, in order.
    pub pieces: Vec<Piece>,
}

impl Block {
    /// Bytes of the source in it.
    pub fn len(&self) -> usize {
        let bytes = |piece: &Piece| match piece {
            Piece::Text(text) | Piece::Sign(text) => text.len(),
            _ => 0,
        };
        self.pieces.iter().map(bytes).sum()
    }
}

/// The blocks of `text[range]` with `spans` marked, no two of which are alike.
pub fn blocks(text: &str, range: Range<usize>, spans: &[Span]) -> Vec<Block> {
    blocks_after(text, range, spans, &mut BTreeSet::new())
}

/// As [`blocks`], for pieces of one text that stand apart on the page, in their order.
pub fn apart(text: &str, ranges: &[Range<usize>], spans: &[Span]) -> Vec<Vec<Block>> {
    let mut opened = BTreeSet::new();
    ranges.iter().map(|range| blocks_after(text, range.clone(), spans, &mut opened)).collect()
}

/// As [`blocks`]; `opened` are the passages that have their id on the page already.
fn blocks_after(
    text: &str,
    range: Range<usize>,
    spans: &[Span],
    opened: &mut BTreeSet<(usize, usize)>,
) -> Vec<Block> {
    lines(text, range)
        .into_iter()
        .map(|(kind, range)| Block {
            kind,
            pieces: Setter::new(text, kind, range, spans, opened).pieces(),
        })
        .collect()
}

/// Splits into blocks. The ranges are gapless: an empty line belongs to the block before it.
fn lines(text: &str, range: Range<usize>) -> Vec<(Kind, Range<usize>)> {
    let mut blocks: Vec<(Kind, Range<usize>)> = Vec::new();
    let mut at = range.start;
    // Whether an empty line has ended the paragraph.
    let mut fresh = false;
    for line in text[range].split_inclusive('\n') {
        let end = at + line.len();
        let kind = kind_of(line);
        match blocks.last_mut() {
            Some((_, last)) if line.trim().is_empty() => {
                last.end = end;
                fresh = true;
            }
            Some((Kind::Paragraph, last)) if !fresh && kind == Kind::Paragraph => last.end = end,
            _ => {
                blocks.push((kind, at..end));
                fresh = false;
            }
        }
        at = end;
    }
    blocks
}

fn kind_of(line: &str) -> Kind {
    let line = line.trim();
    let wrapped =
        |mark: &str| line.len() > 2 * mark.len() && line.starts_with(mark) && line.ends_with(mark);
    if wrapped("===") || line.starts_with("### ") {
        Kind::Subheading
    } else if wrapped("==") || line.starts_with("## ") || line.ends_with("[edit]") {
        Kind::Heading
    } else if (wrapped("=") && line.starts_with("= ")) || line.starts_with("# ") {
        Kind::Title
    } else if ["- ", "* ", "• ", "– "].iter().any(|b| line.starts_with(b)) {
        Kind::Item
    } else {
        Kind::Paragraph
    }
}

/// Sets one block.
struct Setter<'a> {
    text: &'a str,
    block: Range<usize>,
    /// The block without the signs that set it off and without the empty lines after it.
    inner: Range<usize>,
    spans: Vec<&'a Span>,
    /// Whether its lines were broken for width, and so flow.
    flows: bool,
    /// Passages that have their id on the page already.
    opened: &'a mut BTreeSet<(usize, usize)>,
    /// Marks that are open, outermost first, with whether their words are a link.
    open: Vec<(&'a Span, bool)>,
    out: Vec<Piece>,
}

impl<'a> Setter<'a> {
    fn new(
        text: &'a str,
        kind: Kind,
        block: Range<usize>,
        spans: &'a [Span],
        opened: &'a mut BTreeSet<(usize, usize)>,
    ) -> Self {
        let whole = &text[block.clone()];
        let signs: &[char] = match kind {
            Kind::Paragraph => &[],
            Kind::Item => &['-', '*', '•', '–', ' '],
            _ => &['=', '#', ' '],
        };
        let end = block.start + whole.trim_end().len();
        let words = text[block.start..end].trim_end_matches(match kind {
            Kind::Item => &[],
            _ => signs,
        });
        let end = block.start + words.len();
        let start = end - words.trim_start_matches(signs).len();
        let here = |s: &&Span| s.range.start < block.end && s.range.end > block.start;
        Self {
            text,
            inner: start..end,
            flows: flows(&text[start..end]),
            spans: spans.iter().filter(here).collect(),
            block,
            opened,
            open: Vec::new(),
            out: Vec::new(),
        }
    }

    fn pieces(mut self) -> Vec<Piece> {
        let (from, to) = (self.block.start, self.block.end);
        let ends = self.spans.iter().flat_map(|s| [s.range.start.max(from), s.range.end.min(to)]);
        let signs = [self.inner.start, self.inner.end];
        let cuts: BTreeSet<usize> = ends.chain(signs).chain([from, to]).collect();
        let cuts: Vec<usize> = cuts.into_iter().collect();
        for pair in cuts.windows(2) {
            self.close(pair[0]);
            let mut starting: Vec<&Span> = self.spans.clone();
            starting.retain(|s| s.range.start.max(from) == pair[0]);
            starting.sort_by_key(|s| std::cmp::Reverse(s.range.end));
            for span in starting {
                self.open(span);
            }
            self.words(pair[0]..pair[1]);
        }
        self.close(to);
        // A passage that goes on in the next block is cut here and continued there.
        while let Some((_, linked)) = self.open.pop() {
            let back = Vec::new();
            self.out.push(Piece::Close { linked, back });
        }
        self.out
    }

    fn open(&mut self, span: &'a Span) {
        let Range { start, end } = span.range;
        let first = self.opened.insert((start, end));
        // Links cannot stand in links.
        let alone = self.spans.iter().all(|other| {
            let apart = other.range.end <= start || other.range.start >= end;
            apart || (other.range.start <= start && end <= other.range.end)
        });
        let link = span.back.first().filter(|_| alone);
        self.out.push(Piece::Open {
            id: first.then(|| format!("p-{start}-{end}")),
            class: span.class.clone(),
            title: span.title.clone(),
            link: link.map(|back| back.href.clone()),
            previous: span.previous.clone().filter(|_| first),
            next: span.next.clone().filter(|_| first),
        });
        self.open.push((span, link.is_some()));
    }

    /// Closes the marks that end at `at`. Those above them that go on are cut and continued.
    fn close(&mut self, at: usize) {
        let ends = |(s, _): &(&Span, bool)| s.range.end == at;
        let Some(first) = self.open.iter().position(ends) else {
            return;
        };
        let mut continued = Vec::new();
        for (span, linked) in self.open.split_off(first).into_iter().rev() {
            let ended = span.range.end == at;
            let rest = span.back.get(usize::from(linked)..).unwrap_or_default();
            self.out.push(Piece::Close {
                linked,
                back: if ended { rest.to_vec() } else { Vec::new() },
            });
            if !ended {
                continued.push(span);
            }
        }
        for span in continued.into_iter().rev() {
            self.open(span);
        }
    }

    /// Text, with a break after each line that was broken on purpose.
    fn words(&mut self, range: Range<usize>) {
        if range.end <= self.inner.start || range.start >= self.inner.end {
            self.out.push(Piece::Sign(self.text[range].to_owned()));
            return;
        }
        let mut at = range.start;
        for line in self.text[range].split_inclusive('\n') {
            self.out.push(Piece::Text(line.to_owned()));
            at += line.len();
            if line.ends_with('\n') && at < self.inner.end && !self.flows {
                self.out.push(Piece::Break);
            }
        }
    }
}

/// Passages that can be marked: real ranges of the text, on borders of characters.
pub fn is_markable(text: &str, passage: &Passage) -> bool {
    passage.start < passage.end && text.get(passage.range()).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn span(range: Range<usize>) -> Span {
        Span {
            range,
            class: String::new(),
            title: String::new(),
            back: vec![Back { href: String::new(), label: String::new(), title: String::new() }],
            previous: None,
            next: None,
        }
    }

    /// `[` and `]` for marks with an id, `(` for continued ones.
    fn drawn(text: &str, ranges: &[(usize, usize)]) -> String {
        let spans: Vec<_> = ranges.iter().map(|r| span(r.0..r.1)).collect();
        let blocks = blocks(text, 0..text.len(), &spans);
        let drawn = blocks.iter().map(|block| {
            let pieces = block.pieces.iter().map(|piece| match piece {
                Piece::Text(text) => text.clone(),
                Piece::Sign(text) => format!("{{{text}}}"),
                Piece::Open { id, link, .. } => match (id, link) {
                    (Some(_), Some(_)) => "<".to_owned(),
                    (Some(_), None) => "[".to_owned(),
                    (None, _) => "(".to_owned(),
                },
                Piece::Close { linked: true, .. } => ">".to_owned(),
                Piece::Close { back, .. } if back.is_empty() => ")".to_owned(),
                Piece::Close { .. } => "]".to_owned(),
                Piece::Break => "/".to_owned(),
            });
            pieces.collect::<String>()
        });
        drawn.collect::<Vec<_>>().join("¶")
    }

    #[test]
    fn ok_overlapping_passages_are_split_where_they_cross() {
        for (text, ranges, expected) in [
            ("abcdef", vec![(1, 3)], "a<bc>def"),
            ("abcdef", vec![(0, 6), (2, 4)], "[ab<cd>ef]"),
            ("abcdef", vec![(0, 4), (2, 6)], "[ab[cd)](ef]"),
            ("abc\n\ndef", vec![(1, 7)], "a<bc{\n\n}>¶(de>f"),
            ("ab\ncd", vec![(0, 5)], "<ab\n/cd>"),
            ("== ab ==\n- cd", vec![(11, 13)], "{== }ab{ ==\n}¶{- }<cd>"),
        ] {
            assert_eq!(drawn(text, &ranges), expected);
        }
    }

    #[test]
    fn ok_lines_broken_for_width_flow_and_others_stand() {
        for (text, flow) in [
            (
                "On 19 April 2022 a vehicle of the army struck a mine\n\
                 near the town, and gunmen opened fire from the hills\n\
                 around it.",
                true,
            ),
            (
                "Date: 10 January 2023\nResult: inconclusive, as both sides said\n\
                 5 of one side and 7 of the other were killed, dozens wounded\n31 killed",
                false,
            ),
            ("one\ntwo", false),
        ] {
            assert_eq!(flows(text), flow, "{text}");
        }
    }

    #[test]
    fn ok_blocks_are_known_by_their_marks() {
        let text = "= Title =\nDate: 3\n\n== Part ==\nlong\n- one\n- two\n# T\n\nend";
        let kinds: Vec<_> = lines(text, 0..text.len()).iter().map(|b| b.0).collect();
        assert_eq!(
            kinds,
            [
                Kind::Title,
                Kind::Paragraph,
                Kind::Heading,
                Kind::Paragraph,
                Kind::Item,
                Kind::Item,
                Kind::Title,
                Kind::Paragraph
            ]
        );
    }

    proptest! {
        #[test]
        fn nothing_is_lost_and_every_passage_has_one_id(
            text in "[ab \n=é#-]{0,60}",
            cuts in prop::collection::vec((0_usize..60, 0_usize..60), 0..8),
        ) {
            let mut ranges: Vec<Range<usize>> = cuts
                .into_iter()
                .map(|(a, b)| a.min(b)..a.max(b))
                .filter(|r| r.start < r.end && text.get(r.clone()).is_some())
                .collect();
            ranges.sort_by_key(|r| (r.start, r.end));
            ranges.dedup();
            let spans: Vec<_> = ranges.iter().cloned().map(span).collect();
            let blocks = blocks(&text, 0..text.len(), &spans);
            let pieces: Vec<_> = blocks.iter().flat_map(|b| &b.pieces).collect();
            let all: String = pieces
                .iter()
                .filter_map(|p| match p {
                    Piece::Text(t) | Piece::Sign(t) => Some(t.as_str()),
                    _ => None,
                })
                .collect();
            prop_assert_eq!(&all, &text);
            let mut ids: Vec<_> = pieces
                .iter()
                .filter_map(|p| match p { Piece::Open { id, .. } => id.clone(), _ => None })
                .collect();
            ids.sort();
            let mut wanted: Vec<_> =
                ranges.iter().map(|r| format!("p-{}-{}", r.start, r.end)).collect();
            wanted.sort();
            prop_assert_eq!(ids, wanted);
            for block in &blocks {
                let mut open = Vec::new();
                for piece in &block.pieces {
                    match piece {
                        Piece::Open { link, .. } => {
                            prop_assert!(!open.contains(&true), "a link in a link");
                            open.push(link.is_some());
                        }
                        Piece::Close { linked, .. } => prop_assert_eq!(open.pop(), Some(*linked)),
                        _ => {}
                    }
                }
                prop_assert!(open.is_empty());
            }
            // Each leads back somewhere: by its words, or by a link after them.
            let links: usize = pieces
                .iter()
                .map(|p| match p {
                    Piece::Close { back, .. } => back.len(),
                    Piece::Open { link, .. } => usize::from(link.is_some()),
                    _ => 0,
                })
                .sum();
            prop_assert!(links >= ranges.len());
        }
    }
}
