//! Plain text and Markdown: a title line, if any, headings with `#`, paragraphs, items.

use super::{BlockKind, Layout, MetaFound, block, is_apparatus, item, lines, trimmed};
use crate::model::document::Shape;

/// The longest line that can be a title, in characters.
const MAX_TITLE: usize = 160;

pub(super) fn read(text: &str, from: usize) -> Layout {
    let mut blocks = Vec::new();
    let mut title = None;
    let mut first = true;
    let mut skipping = false;
    let all: Vec<_> = lines(text, from).collect();
    for (i, (line, range)) in all.iter().enumerate() {
        let inside = line.trim();
        if inside.is_empty() {
            continue;
        }
        let hashes = inside.bytes().take_while(|b| *b == b'#').count();
        if (1..=6).contains(&hashes) && inside[hashes..].starts_with(' ') {
            let range = trimmed(text, range.clone());
            let range = trimmed(text, range.start + hashes..range.end);
            if title.is_none() && first {
                title = Some(text[range.clone()].to_owned());
                blocks.push(block(BlockKind::Title, text, range));
            } else {
                skipping = is_apparatus(&text[range.clone()]);
                if !skipping {
                    blocks.push(block(BlockKind::Heading(hashes as u8), text, range));
                }
            }
        } else if skipping {
            continue;
        } else if let Some(inside) = item(text, range.clone()) {
            blocks.push(block(BlockKind::Item, text, inside));
        } else if first
            && is_title(inside)
            && all.get(i + 1).is_none_or(|(l, _)| l.trim().is_empty())
        {
            title = Some(inside.to_owned());
            blocks.push(block(BlockKind::Title, text, range.clone()));
        } else {
            blocks.push(block(BlockKind::Paragraph, text, range.clone()));
        }
        first = false;
    }
    Layout {
        shape: Shape::Plain,
        body_start: from,
        blocks,
        meta: MetaFound { title, ..MetaFound::default() },
        problems: Vec::new(),
    }
}

/// A title is a short line that ends as no sentence does.
fn is_title(line: &str) -> bool {
    line.chars().count() <= MAX_TITLE && !line.ends_with(['.', ':', ';', ',', '"', '”', '»'])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ok_plain() {
        let text = "A title\n\nOne.\nTwo.\n\n## Later\n- item\n# References\nx";
        let layout = read(text, 0);
        let blocks: Vec<_> =
            layout.blocks.iter().map(|b| (b.kind.clone(), &text[b.range.clone()])).collect();
        assert_eq!(
            blocks,
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
    fn a_first_sentence_is_no_title() {
        assert_eq!(read("It happened.\n\nThen.", 0).meta.title, None);
    }
}
