//! What is known of a dataset as a whole: who publishes it, under which terms, which release.

use crate::knowledge::mappings::Mapping;
use crate::model::document::Shape;
use crate::model::source::{Lang, SourceKind, SourceMeta};

/// What is known of a dataset of this shape, from the name of its file and its mapping. The terms of ACLED
/// forbid passing rows on: exports say so by publisher and licence.
pub(super) fn meta(shape: Shape, file_name: &str, mapping: Option<&Mapping>) -> SourceMeta {
    let (title, publisher, url, licence) = match shape {
        Shape::UcdpGed => (
            Some("UCDP Georeferenced Event Dataset"),
            Some("Uppsala Conflict Data Program (UCDP)"),
            Some("https://ucdp.uu.se/downloads/"),
            Some("CC BY 4.0"),
        ),
        Shape::Acled => (
            Some("ACLED"),
            Some("ACLED (Armed Conflict Location & Event Data)"),
            Some("https://acleddata.com"),
            Some("Terms of use of ACLED: rows must not be passed on"),
        ),
        _ => mapping.map_or((None, None, None, None), |m| {
            let words = (m.title.as_deref(), m.publisher.as_deref());
            (words.0, words.1, m.url.as_deref(), m.licence.as_deref())
        }),
    };
    let title = match (title, version(file_name)) {
        (Some(title), Some(version)) => format!("{title}, version {version}"),
        (Some(title), None) => title.to_owned(),
        (None, _) => file_name.to_owned(),
    };
    SourceMeta {
        title,
        publisher: publisher.map(str::to_owned),
        kind: SourceKind::Dataset,
        lang: mapping.map_or(Lang::En, |m| m.lang),
        url: url.map(str::to_owned),
        published: None,
        retrieved: None,
        licence: licence.map(str::to_owned),
        sensitive: false,
    }
}

/// The version in a file's name: "GEDEvent_v26_0_7.csv" is of 26.0.7.
fn version(file_name: &str) -> Option<String> {
    let lower = file_name.to_ascii_lowercase();
    let starts = lower.match_indices('v').map(|(at, _)| &lower[at + 1..]);
    let numbers = |rest: &str| -> Option<String> {
        let end = rest.find(|c: char| !c.is_ascii_digit() && c != '_' && c != '.');
        let digits = rest[..end.unwrap_or(rest.len())].split(['_', '.']).filter(|n| !n.is_empty());
        let digits: Vec<&str> = digits.collect();
        (digits.len() > 1).then(|| digits.join("."))
    };
    starts.filter_map(numbers).next()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ok_versions() {
        for (name, found) in [
            ("GEDEvent_v25_1.csv", Some("25.1")),
            ("ged_v26_0_7_mali_excerpt.csv", Some("26.0.7")),
            ("ged201-csv-v20.1.CSV", Some("20.1")),
            ("events.csv", None),
            ("v2.csv", None),
        ] {
            assert_eq!(version(name).as_deref(), found, "{name}");
        }
    }
}
