//! The encyclopedia extract: `= Title =`, an `Infobox` list of `- Label: value`, `== Section ==`.

use super::{
    Block, BlockKind, Document, Field, File, Format, Layout, MetaFound, block, is_apparatus, item,
    lines, trimmed,
};
use crate::ingest::token::norm;
use crate::model::document::{Problem, Shape};
use std::ops::Range;

/// The encyclopedia extract.
pub(super) struct Extract;

impl Format for Extract {
    fn shape(&self) -> Shape {
        Shape::EncyclopediaExtract
    }

    fn detect(&self, file: &File<'_>) -> bool {
        file.text_or_empty().lines().take(8).any(|line| {
            let line = line.trim();
            line.len() > 4 && line.starts_with("= ") && line.ends_with(" =")
        })
    }

    fn read(&self, file: &File<'_>) -> Result<Document, Problem> {
        let text = file.text()?.to_owned();
        Ok(Document { layout: read(&text), text })
    }
}

pub(super) fn read(text: &str) -> Layout {
    let mut blocks = Vec::new();
    let mut title = None;
    let mut in_infobox = false;
    let mut skipping: Option<u8> = None;
    for (line, range) in lines(text, 0) {
        if line.trim().is_empty() {
            continue;
        }
        if let Some((level, inside)) = heading(text, range.clone()) {
            in_infobox = false;
            if level == 1 && title.is_none() {
                title = Some(text[inside.clone()].to_owned());
                blocks.push(block(BlockKind::Title, text, inside));
                continue;
            }
            if skipping.is_some_and(|outer| level > outer) {
                continue;
            }
            skipping = is_apparatus(&text[inside.clone()]).then_some(level);
            if skipping.is_none() {
                blocks.push(block(BlockKind::Heading(level), text, inside));
            }
        } else if skipping.is_some() {
            continue;
        } else if line.trim().starts_with("Infobox") {
            in_infobox = true;
        } else if let (true, Some(inside)) = (in_infobox, item(text, range.clone())) {
            blocks.extend(field(text, range, inside));
        } else if let Some(inside) = item(text, range.clone()) {
            in_infobox = false;
            blocks.push(block(BlockKind::Item, text, inside));
        } else {
            in_infobox = false;
            blocks.push(block(BlockKind::Paragraph, text, range));
        }
    }
    Layout {
        shape: Shape::EncyclopediaExtract,
        body_start: 0,
        blocks,
        pages: Vec::new(),
        meta: MetaFound { title, ..MetaFound::default() },
        problems: Vec::new(),
    }
}

/// `== Section ==`: its level and the bytes between the signs.
fn heading(text: &str, line: Range<usize>) -> Option<(u8, Range<usize>)> {
    let range = trimmed(text, line);
    let inside = &text[range.clone()];
    let level = inside.bytes().take_while(|b| *b == b'=').count();
    let closing = inside.bytes().rev().take_while(|b| *b == b'=').count();
    let fits = (1..=6).contains(&level) && level == closing && inside.len() > 2 * level;
    fits.then(|| (level as u8, trimmed(text, range.start + level..range.end - level)))
}

/// `Label: value` of an infobox.
fn field(text: &str, line: Range<usize>, inside: Range<usize>) -> Option<Block> {
    let (label, _) = text[inside.clone()].split_once(':')?;
    let value = trimmed(text, inside.start + label.len() + 1..inside.end);
    if value.is_empty() {
        return None;
    }
    let kind = BlockKind::Field(field_of(label));
    let line = trimmed(text, line);
    let line = inside.start.max(line.start)..line.end;
    Some(Block { kind, range: value, line })
}

/// What an infobox label is about, in the templates for conflicts and for attacks on
/// civilians, English and French.
pub(super) fn field_of(label: &str) -> Field {
    let label = norm(label.trim()).replace([' ', '_', '-'], "");
    let number = label.bytes().last().filter(u8::is_ascii_digit).map_or(1, |d| d - b'0');
    let stem = label.trim_end_matches(|c: char| c.is_ascii_digit());
    match stem {
        "date" | "dates" => Field::Date,
        "place" | "location" | "lieu" | "localisation" | "locations" => Field::Place,
        "perpetrator" | "perpetrators" | "perp" | "perps" | "assailant" | "assailants"
        | "auteur" | "auteurs" | "attacker" | "attackers" => Field::Perpetrator,
        "target" | "targets" | "cible" | "cibles" => Field::Target,
        "victim" | "victims" | "victime" | "victimes" => Field::Victims,
        "fatalities" | "deaths" | "death" | "killed" | "dead" | "morts" | "tues" | "deathtoll" => {
            Field::Fatalities
        }
        "injuries" | "injured" | "wounded" | "blesses" | "noninjured" => Field::Injuries,
        "missing" | "disparus" => Field::Missing,
        "type" | "attacktype" => Field::Type,
        "combatant" | "belligerent" | "combattant" | "combattants" | "belligerents"
        | "belligerant" | "belligerants" => Field::Side(number),
        "casualties" | "losses" | "pertes" => Field::Losses(number),
        "pertesciviles" | "civilsmorts" | "civiliancasualties" => Field::CivilLosses,
        _ => Field::Other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ok_extract() {
        let text = "= A battle =\n\nInfobox\n- Date: 1 May 2020\n- Casualties2: 5 killed\n\n\
                    It took place.\n\n== Prelude ==\nFirst.\n * An item\n==See also==\n- A list\n\
                    === Deeper ===\nNothing\n== After ==\nLast.\n";
        let layout = read(text);
        let blocks: Vec<_> =
            layout.blocks.iter().map(|b| (b.kind.clone(), &text[b.range.clone()])).collect();
        assert_eq!(
            blocks,
            [
                (BlockKind::Title, "A battle"),
                (BlockKind::Field(Field::Date), "1 May 2020"),
                (BlockKind::Field(Field::Losses(2)), "5 killed"),
                (BlockKind::Paragraph, "It took place."),
                (BlockKind::Heading(2), "Prelude"),
                (BlockKind::Paragraph, "First."),
                (BlockKind::Item, "An item"),
                (BlockKind::Heading(2), "After"),
                (BlockKind::Paragraph, "Last."),
            ]
        );
        assert_eq!(&text[layout.blocks[2].line.clone()], "Casualties2: 5 killed");
        assert_eq!(layout.meta.title.as_deref(), Some("A battle"));
    }
}
