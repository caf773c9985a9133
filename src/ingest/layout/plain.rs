//! Plain text and Markdown: a title line, if any, headings with `#`, paragraphs, items.

use super::{Block, BlockKind, Document, File, Format, Layout, MetaFound};
use super::{block, is_apparatus, item, lines, trimmed};
use crate::model::document::{Problem, Shape};
use crate::model::lines::flows;
use std::ops::Range;

/// The longest line that can be a title, in characters.
const MAX_TITLE: usize = 160;

/// Fewest lines of a paragraph that can tell how its text was broken.
const TELLING_LINES: usize = 3;

/// Plain text: what no other format takes.
pub(super) struct Plain;

impl Format for Plain {
    fn shape(&self) -> Shape {
        Shape::Plain
    }

    fn detect(&self, _: &File<'_>) -> bool {
        true
    }

    fn read(&self, file: &File<'_>) -> Result<Document, Problem> {
        let text = file.text()?.to_owned();
        Ok(Document { layout: read(&text, 0), text })
    }
}

pub(super) fn read(text: &str, from: usize) -> Layout {
    let wrapped = is_wrapped(&text[from..]);
    let mut blocks: Vec<Block> = Vec::new();
    let mut title = None;
    let (mut first, mut skipping, mut open) = (true, false, false);
    let mut lines = lines(text, from).peekable();
    while let Some((line, range)) = lines.next() {
        let inside = line.trim();
        if inside.is_empty() {
            open = false;
            continue;
        }
        let goes_on = std::mem::take(&mut open);
        if let Some((level, range)) = heading(text, range.clone()) {
            if title.is_none() && first {
                title = Some(text[range.clone()].to_owned());
                blocks.push(block(BlockKind::Title, text, range));
            } else {
                skipping = is_apparatus(&text[range.clone()]);
                if !skipping {
                    blocks.push(block(BlockKind::Heading(level), text, range));
                }
            }
        } else if skipping {
            continue;
        } else if let Some(inside) = item(text, range.clone()) {
            blocks.push(block(BlockKind::Item, text, inside));
            open = wrapped;
        } else if first
            && is_title(inside)
            && lines.peek().is_none_or(|(next, _)| next.trim().is_empty())
        {
            title = Some(inside.to_owned());
            blocks.push(block(BlockKind::Title, text, range));
        } else if let Some(last) = blocks.last_mut().filter(|_| goes_on) {
            last.range.end = trimmed(text, range).end;
            last.line = last.range.clone();
            open = true;
        } else {
            blocks.push(block(BlockKind::Paragraph, text, range));
            open = wrapped;
        }
        first = false;
    }
    Layout {
        shape: Shape::Plain,
        body_start: from,
        blocks,
        pages: Vec::new(),
        meta: MetaFound { title, ..MetaFound::default() },
        problems: Vec::new(),
    }
}

/// `## Section`: its level and the bytes behind the signs.
fn heading(text: &str, line: Range<usize>) -> Option<(u8, Range<usize>)> {
    let range = trimmed(text, line);
    let inside = &text[range.clone()];
    let level = inside.bytes().take_while(|b| *b == b'#').count();
    let fits = (1..=6).contains(&level) && inside[level..].starts_with(' ');
    fits.then(|| (level as u8, trimmed(text, range.start + level..range.end)))
}

/// Whether the lines of the text were broken for width, so that a paragraph has many: most
/// lines of paragraphs long enough to tell stand in such as flow.
fn is_wrapped(text: &str) -> bool {
    let (mut flowing, mut all) = (0, 0);
    let mut tell = |paragraph: &str| {
        let count = paragraph.lines().count();
        if count >= TELLING_LINES {
            all += count;
            flowing += if flows(paragraph) { count } else { 0 };
        }
    };
    let mut paragraph: Option<Range<usize>> = None;
    for (line, range) in lines(text, 0) {
        if line.trim().is_empty() {
            tell(&text[paragraph.take().unwrap_or(0..0)]);
        } else {
            paragraph = Some(paragraph.map_or(range.start, |p| p.start)..range.end);
        }
    }
    tell(&text[paragraph.unwrap_or(0..0)]);
    flowing * 2 > all
}

/// A title is a short line that ends as no sentence does.
fn is_title(line: &str) -> bool {
    line.chars().take(MAX_TITLE + 1).count() <= MAX_TITLE
        && !line.ends_with(['.', ':', ';', ',', '"', '”', '»'])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn taken(text: &str) -> Vec<(BlockKind, &str)> {
        let layout = read(text, 0);
        layout.blocks.iter().map(|b| (b.kind.clone(), &text[b.range.clone()])).collect()
    }

    #[test]
    fn ok_plain() {
        let text = "A title\n\nOne.\nTwo.\n\n## Later\n- item\n# References\nx";
        assert_eq!(
            taken(text),
            [
                (BlockKind::Title, "A title"),
                (BlockKind::Paragraph, "One."),
                (BlockKind::Paragraph, "Two."),
                (BlockKind::Heading(2), "Later"),
                (BlockKind::Item, "item"),
            ]
        );
    }

    #[test]
    fn ok_lines_broken_for_width_are_one_paragraph() {
        let text = "On 3 May 2019 gunmen on motorcycles entered the village and\r\n\
                    killed twelve people in the market. The army said that it\r\n\
                    had sent reinforcements to the area.\r\n\r\n\
                    - an item that is so long that it goes on in the line below\r\n\
                    here\r\n";
        assert_eq!(
            taken(text),
            [
                (
                    BlockKind::Paragraph,
                    "On 3 May 2019 gunmen on motorcycles entered the village and\r\n\
                     killed twelve people in the market. The army said that it\r\n\
                     had sent reinforcements to the area."
                ),
                (
                    BlockKind::Item,
                    "an item that is so long that it goes on in the line below\r\nhere"
                ),
            ]
        );
    }

    #[test]
    fn a_first_sentence_is_no_title() {
        assert_eq!(read("It happened.\n\nThen.", 0).meta.title, None);
    }
}
