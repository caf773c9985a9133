//! Which language an answer is in: `lang=`, else the browser's choice, else English.

use crate::model::filter::BadValue;
use crate::model::source::Lang;

/// Reads the value of `lang=`.
///
/// # Errors
/// When it is no language that the program speaks.
pub fn parse(value: &str) -> Result<Lang, BadValue> {
    value
        .parse()
        .map_err(|()| BadValue::one_of("lang", value, Lang::ALL.iter().map(|l| l.as_str())))
}

/// The first language of an `Accept-Language` header that the program speaks, by its
/// weights; English when there is none.
pub fn accepted(header: &str) -> Lang {
    let mut best = (0.0, Lang::default());
    for part in header.split(',').take(20) {
        let mut words = part.split(';');
        let tag = words.next().unwrap_or_default().trim();
        let weight = words
            .find_map(|w| w.trim().strip_prefix("q="))
            .map_or(Some(1.0), |q| q.parse::<f32>().ok())
            .unwrap_or(0.0);
        let primary = tag.split('-').next().unwrap_or_default();
        if let Ok(lang) = primary.to_ascii_lowercase().parse::<Lang>()
            && weight > best.0
        {
            best = (weight, lang);
        }
    }
    best.1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn browsers_are_answered_in_their_language() {
        for (header, lang) in [
            ("fr-FR,fr;q=0.9,en;q=0.8", Lang::Fr),
            ("en-US,en;q=0.9,fr;q=0.8", Lang::En),
            ("de,fr;q=0.5", Lang::Fr),
            ("en;q=0.4, FR;q=0.6", Lang::Fr),
            ("fr;q=0, *", Lang::En),
            ("fr;q=x", Lang::En),
            ("", Lang::En),
        ] {
            assert_eq!(accepted(header), lang, "{header}");
        }
    }
}
