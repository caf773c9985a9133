//! Readable identifiers for URLs.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Lower-case ASCII letters and digits of `text`, accents dropped, everything else a
/// single hyphen: `"Ménaka (ville)"` gives `menaka-ville`. Empty when nothing is left.
pub fn slug(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut push = |c: char| match c {
        'ß' => out.push_str("ss"),
        'æ' | 'Æ' => out.push_str("ae"),
        'œ' | 'Œ' => out.push_str("oe"),
        '\'' | '’' | 'ʼ' | '‘' | 'ʿ' | 'ʾ' => {}
        c if c.is_ascii_alphanumeric() => out.push(c.to_ascii_lowercase()),
        _ if !out.is_empty() && !out.ends_with('-') => out.push('-'),
        _ => {}
    };
    match text.is_ascii() {
        // Nothing to take apart.
        true => text.chars().for_each(&mut push),
        false => text.nfkd().filter(|c| !is_combining_mark(*c)).for_each(&mut push),
    }
    out.truncate(out.trim_end_matches('-').len());
    out
}

/// A readable id for a name: its [`slug`]; `kind` and the beginning of a hash for a name
/// without Latin letters or digits, so that it is not lost; empty for an empty name.
pub fn id_of(kind: &str, name: &str) -> String {
    match (slug(name), name.trim()) {
        (slug, name) if !slug.is_empty() || name.is_empty() => slug,
        (_, name) => format!("{kind}-{}", &super::hash::sha256(name)[..8]),
    }
}

/// `text` for comparing names and searching: as [`slug`], with single spaces.
pub fn fold(text: &str) -> String {
    slug(text).replace('-', " ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ok_ids_of_any_script() {
        assert_eq!(id_of("place", "Gao"), "gao");
        assert_eq!(id_of("place", " "), "");
        let arabic = id_of("place", "غاو");
        assert!(arabic.starts_with("place-") && arabic.len() == 14, "{arabic}");
        assert_ne!(arabic, id_of("place", "كيدال"));
    }

    #[test]
    fn ok_slugs() {
        for (text, expected) in [
            ("Ménaka (ville)", "menaka-ville"),
            ("Jama'at Nasr al-Islam", "jamaat-nasr-al-islam"),
            ("  Cœur — d’État ", "coeur-detat"),
            ("山", ""),
            ("<script>", "script"),
        ] {
            assert_eq!(slug(text), expected);
        }
    }
}
