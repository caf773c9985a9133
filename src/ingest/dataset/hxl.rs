//! Columns by their HXL hashtags (hxlstandard.org).

use super::table::Fields;
use crate::model::claim::{CasualtyGroup, Measure};

/// A hashtag with its attributes, whose order does not count.
struct Tag<'t> {
    name: &'t str,
    attributes: Vec<&'t str>,
}

impl<'t> Tag<'t> {
    fn of(cell: &'t str) -> Self {
        let mut parts = cell.trim_start_matches('#').split('+').map(str::trim);
        Self { name: parts.next().unwrap_or_default(), attributes: parts.collect() }
    }

    fn has(&self, attribute: &str) -> bool {
        self.attributes.iter().any(|a| a.eq_ignore_ascii_case(attribute))
    }
}

/// What happened to those whom a column of `#affected` counts.
const MEASURES: [(&str, Measure); 6] = [
    ("killed", Measure::Killed),
    ("injured", Measure::Wounded),
    ("wounded", Measure::Wounded),
    ("missing", Measure::Missing),
    ("abducted", Measure::Abducted),
    ("detained", Measure::Detained),
];

/// The columns of these hashtags, one for each column of the table.
pub(super) fn fields(tags: &[String]) -> Fields {
    let mut fields = Fields::default();
    for (column, cell) in tags.iter().enumerate() {
        let tag = Tag::of(cell);
        let name = tag.name.to_ascii_lowercase();
        let slot = match name.as_str() {
            "event" if tag.has("type") => &mut fields.kind,
            "event" if tag.has("code") || tag.has("id") => &mut fields.id,
            "event" if tag.has("name") => &mut fields.title,
            "date" if tag.has("end") => &mut fields.date_end,
            "date" if tag.attributes.is_empty() || tag.has("occurred") || tag.has("start") => {
                &mut fields.date
            }
            "country" => &mut fields.country,
            "adm1" if tag.has("name") => &mut fields.region,
            "adm2" if tag.has("name") => &mut fields.cercle,
            "loc" if tag.attributes.is_empty() || tag.has("name") => &mut fields.place,
            "geo" if tag.has("lat") => &mut fields.latitude,
            "geo" if tag.has("lon") => &mut fields.longitude,
            "description" => &mut fields.text,
            "group" if tag.has("name") => {
                fields.involved.push(column);
                continue;
            }
            "affected" => {
                if let Some((_, measure)) = MEASURES.iter().find(|(name, _)| tag.has(name)) {
                    affected(&mut fields, &tag, column, *measure);
                }
                continue;
            }
            _ => continue,
        };
        slot.get_or_insert(column);
    }
    fields
}

/// A column of numbers; `+min` and `+max` are the ends of one range.
fn affected(fields: &mut Fields, tag: &Tag<'_>, column: usize, measure: Measure) {
    let group = match () {
        () if tag.has("f") => CasualtyGroup::Women,
        () if tag.has("children") => CasualtyGroup::Children,
        () if tag.has("civilians") => CasualtyGroup::Civilians,
        () => CasualtyGroup::Total,
    };
    if tag.has("max") {
        let open = |f: &&mut super::table::Figure| (f.measure, f.group) == (measure, group);
        if let Some(figure) = fields.figures.iter_mut().find(open) {
            figure.high = Some(column);
            return;
        }
    }
    fields.figures.push(super::table::Figure {
        low: Some(column),
        high: None,
        measure,
        group,
        partial: false,
    });
}
