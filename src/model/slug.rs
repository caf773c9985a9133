//! Readable identifiers for URLs.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Lower-case ASCII letters and digits of `text`, accents dropped, everything else a
/// single hyphen: `"Ménaka (ville)"` gives `menaka-ville`. Empty when nothing is left.
pub fn slug(text: &str) -> String {
    joined(text, '-')
}

/// The words of `text`, of lower-case ASCII letters and digits, with `sign` between them.
fn joined(text: &str, sign: char) -> String {
    let mut out = String::with_capacity(text.len());
    let mut push = |c: char| match c {
        'ß' => out.push_str("ss"),
        'æ' | 'Æ' => out.push_str("ae"),
        'œ' | 'Œ' => out.push_str("oe"),
        '\'' | '’' | 'ʼ' | '‘' | 'ʿ' | 'ʾ' => {}
        c if c.is_ascii_alphanumeric() => out.push(c.to_ascii_lowercase()),
        _ if !out.is_empty() && !out.ends_with(sign) => out.push(sign),
        _ => {}
    };
    for c in text.chars() {
        if c.is_ascii() {
            push(c);
        } else if let Some(plain) = without_accent(c) {
            push(plain);
        } else {
            std::iter::once(c).nfkd().filter(|c| !is_combining_mark(*c)).for_each(&mut push);
        }
    }
    out.truncate(out.trim_end_matches(sign).len());
    out
}

/// The lower-case letter under the accent of a letter of French and its neighbours.
pub(crate) const fn without_accent(c: char) -> Option<char> {
    Some(match c {
        'À'..='Å' | 'à'..='å' => 'a',
        'Ç' | 'ç' => 'c',
        'È'..='Ë' | 'è'..='ë' => 'e',
        'Ì'..='Ï' | 'ì'..='ï' => 'i',
        'Ñ' | 'ñ' => 'n',
        'Ò'..='Ö' | 'ò'..='ö' => 'o',
        'Ù'..='Ü' | 'ù'..='ü' => 'u',
        'Ý' | 'ý' | 'ÿ' => 'y',
        _ => return None,
    })
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
    joined(text, ' ')
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
    fn accents_are_dropped_as_unicode_takes_letters_apart() {
        let plain = |c: char| c.nfkd().filter(|c| !is_combining_mark(*c)).collect::<String>();
        let known = ('\u{80}'..'\u{250}').filter_map(|c| Some((c, without_accent(c)?)));
        for (c, letter) in known.clone() {
            assert_eq!(plain(c).to_lowercase(), letter.to_string(), "{c}");
        }
        assert!(known.count() > 50);
        // Marks apart from their letters, ligatures, letters of other scripts between.
        for (text, expected) in [("e\u{301}te\u{301}", "ete"), ("ﬁn", "fin"), ("a غ b", "a-b")] {
            assert_eq!(slug(text), expected);
            assert_eq!(fold(text), expected.replace('-', " "));
        }
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
