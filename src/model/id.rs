//! Readable ids.

use super::date::DatePrecision;
use super::incident::Draft;
use super::slug::slug;

/// Longest name in an id, in bytes.
const MAX_SLUG: usize = 60;

/// At most `MAX_SLUG` bytes, cut between words where there are any.
pub fn shortened(mut slug: String) -> String {
    if slug.len() > MAX_SLUG {
        let cut = slug[..=MAX_SLUG].rfind('-').unwrap_or(MAX_SLUG);
        slug.truncate(cut);
    }
    slug
}

/// The id that a draft asks for: its date as exact as it is known, and its first place or
/// else its title, such as `2022-04-19-hombori`, `2022-03-moura`, `undated-lerneb`.
pub fn base_id(draft: &Draft) -> String {
    let date = match (draft.date.start(), draft.date.precision()) {
        (Some(day), DatePrecision::Day | DatePrecision::Range) => day.to_string(),
        (Some(day), DatePrecision::Month) => format!("{:04}-{:02}", day.year(), day.month()),
        (Some(day), DatePrecision::Year) => format!("{:04}", day.year()),
        _ => "undated".to_owned(),
    };
    let place = draft.places.first();
    let names =
        [place.map(|p| slug(&p.id)), place.map(|p| slug(&p.name)), Some(slug(&draft.title))];
    let name = names.into_iter().flatten().find(|n| !n.is_empty());
    match name {
        Some(name) => format!("{date}-{}", shortened(name)),
        None => format!("{date}-{}", draft.kind.as_str()),
    }
}

/// Whether an id is `base`, or `base` with a number because others had it before.
pub fn is_of(id: &str, base: &str) -> bool {
    let rest = id.strip_prefix(base);
    let number = |rest: &str| rest.strip_prefix('-').is_some_and(|n| n.parse::<u32>().is_ok());
    rest.is_some_and(|rest| rest.is_empty() || number(rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_may_have_a_number() {
        for (id, base, is) in [
            ("2022-hombori", "2022-hombori", true),
            ("2022-hombori-2", "2022-hombori", true),
            ("2022-hombori-nord", "2022-hombori", false),
            ("2022-homboria", "2022-hombori", false),
            ("2022", "2022-hombori", false),
        ] {
            assert_eq!(is_of(id, base), is, "{id}");
        }
    }
}
