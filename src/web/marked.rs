//! A source's text with its passages marked. Nothing of the text is left out, and each
//! passage has one mark that carries its id, however passages overlap.

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
    /// Start of a mark. The id stands on the first mark of each passage only.
    Open {
        /// `p-START-END`.
        id: Option<String>,
        /// Kinds of facts.
        class: String,
        /// What it supports.
        title: String,
    },
    /// End of a mark; where the passage itself ends, with its links back.
    Close(Vec<Back>),
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

/// Lines at least this long, in bytes, are taken to be broken for width, not for meaning.
const WRAPPED: usize = 60;

/// The blocks of `text[range]` with `spans` marked.
pub fn blocks(text: &str, range: Range<usize>, spans: &[Span]) -> Vec<Block> {
    let mut opened = BTreeSet::new();
    lines(text, range)
        .into_iter()
        .map(|(kind, range)| Block {
            kind,
            pieces: pieces(text, range, spans, &mut opened),
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

/// One block. `opened` remembers which passages have their id on the page already.
fn pieces(
    text: &str,
    block: Range<usize>,
    spans: &[Span],
    opened: &mut BTreeSet<(usize, usize)>,
) -> Vec<Piece> {
    let here: Vec<&Span> = spans
        .iter()
        .filter(|s| s.range.start < block.end && s.range.end > block.start)
        .collect();
    let mut cuts: BTreeSet<usize> = here
        .iter()
        .flat_map(|s| [s.range.start.max(block.start), s.range.end.min(block.end)])
        .collect();
    cuts.extend([block.start, block.end]);
    let cuts: Vec<usize> = cuts.into_iter().collect();
    let mut out = Vec::new();
    // Marks that are open, outermost first.
    let mut open: Vec<&Span> = Vec::new();
    for pair in cuts.windows(2) {
        let (start, end) = (pair[0], pair[1]);
        close(&mut out, &mut open, start, opened);
        let mut starting: Vec<&&Span> = here
            .iter()
            .filter(|s| s.range.start.max(block.start) == start)
            .collect();
        starting.sort_by_key(|s| std::cmp::Reverse(s.range.end));
        for span in starting {
            out.push(opening(span, opened));
            open.push(span);
        }
        words(&mut out, &text[start..end]);
    }
    close(&mut out, &mut open, block.end, opened);
    // A passage that goes on in the next block is cut here and continued there.
    out.extend(open.iter().map(|_| Piece::Close(Vec::new())));
    out
}

/// Closes the marks that end at `at`. Those above them that go on are cut and continued.
fn close<'s>(
    out: &mut Vec<Piece>,
    open: &mut Vec<&'s Span>,
    at: usize,
    opened: &mut BTreeSet<(usize, usize)>,
) {
    let Some(first) = open.iter().position(|s| s.range.end == at) else {
        return;
    };
    let mut continued = Vec::new();
    for span in open.drain(first..).rev() {
        if span.range.end == at {
            out.push(Piece::Close(span.back.clone()));
        } else {
            out.push(Piece::Close(Vec::new()));
            continued.push(span);
        }
    }
    for span in continued.into_iter().rev() {
        out.push(opening(span, opened));
        open.push(span);
    }
}

fn opening(span: &Span, opened: &mut BTreeSet<(usize, usize)>) -> Piece {
    let first = opened.insert((span.range.start, span.range.end));
    Piece::Open {
        id: first.then(|| format!("p-{}-{}", span.range.start, span.range.end)),
        class: span.class.clone(),
        title: span.title.clone(),
    }
}

/// Text, with a break after each line that was broken on purpose.
fn words(out: &mut Vec<Piece>, text: &str) {
    for line in text.split_inclusive('\n') {
        out.push(Piece::Text(line.to_owned()));
        if line.ends_with('\n') && line.len() < WRAPPED {
            out.push(Piece::Break);
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
            back: vec![Back {
                href: String::new(),
                label: String::new(),
                title: String::new(),
            }],
        }
    }

    /// `[` and `]` for marks with an id, `(` for continued ones.
    fn drawn(text: &str, ranges: &[Range<usize>]) -> String {
        let spans: Vec<_> = ranges.iter().cloned().map(span).collect();
        let blocks = blocks(text, 0..text.len(), &spans);
        let drawn = blocks.iter().map(|block| {
            let pieces = block.pieces.iter().map(|piece| match piece {
                Piece::Text(text) => text.clone(),
                Piece::Open { id: Some(_), .. } => "[".to_owned(),
                Piece::Open { id: None, .. } => "(".to_owned(),
                Piece::Close(back) if back.is_empty() => ")".to_owned(),
                Piece::Close(_) => "]".to_owned(),
                Piece::Break => "/".to_owned(),
            });
            pieces.collect::<String>()
        });
        drawn.collect::<Vec<_>>().join("¶")
    }

    #[test]
    fn ok_overlapping_passages_are_split_where_they_cross() {
        for (text, ranges, expected) in [
            ("abcdef", vec![1..3], "a[bc]def"),
            ("abcdef", vec![0..6, 2..4], "[ab[cd]ef]"),
            ("abcdef", vec![0..4, 2..6], "[ab[cd)](ef]"),
            ("abc\n\ndef", vec![1..7], "a[bc\n/\n/)¶(de]f"),
        ] {
            assert_eq!(drawn(text, &ranges), expected);
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
                .filter_map(|p| match p { Piece::Text(t) => Some(t.as_str()), _ => None })
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
                let mut depth = 0;
                for piece in &block.pieces {
                    match piece {
                        Piece::Open { .. } => depth += 1,
                        Piece::Close(_) => { depth -= 1; prop_assert!(depth >= 0); }
                        _ => {}
                    }
                }
                prop_assert_eq!(depth, 0);
            }
            let links: usize = pieces
                .iter()
                .map(|p| match p { Piece::Close(back) => back.len(), _ => 0 })
                .sum();
            prop_assert_eq!(links, ranges.len());
        }
    }
}
