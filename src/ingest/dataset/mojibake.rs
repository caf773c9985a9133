//! Words that were read in the wrong encoding on their way into a file: `NiafunkÃ©`.

use encoding_rs::WINDOWS_1252;
use std::borrow::Cow;

/// The text that was meant, where UTF-8 was taken for Windows-1252, once or twice; any other
/// text as it is. What was stored stays as it was: this is for names that are looked up.
pub(in crate::ingest) fn repaired(text: &str) -> Cow<'_, str> {
    // The first bytes of two- and three-byte characters, as Windows-1252 shows them.
    if !text.contains(['Â', 'Ã', 'Ä', 'Å', 'â']) {
        return Cow::Borrowed(text);
    }
    let mut best = Cow::Borrowed(text);
    for _ in 0..2 {
        let (bytes, _, lost) = WINDOWS_1252.encode(&best);
        match std::str::from_utf8(&bytes) {
            Ok(meant) if !lost && meant != best => best = Cow::Owned(meant.to_owned()),
            _ => break,
        }
    }
    best
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ok_only_broken_text_is_mended() {
        for (text, meant) in [
            ("NiafunkÃ©", "Niafunké"),
            ("SÃ©gou", "Ségou"),
            ("TÃ©nenkou â€“ nord", "Ténenkou – nord"),
            ("SÃƒÂ©gou", "Ségou"),
            ("Ségou", "Ségou"),
            ("Âge d’or", "Âge d’or"),
            ("Gao", "Gao"),
            ("Ã 山", "Ã 山"),
        ] {
            assert_eq!(repaired(text), meant);
        }
    }
}
