//! Telling English from French.

use crate::model::source::Lang;

/// The language of a text, by the small words that only one of the two uses. English when
/// neither stands out.
pub fn detect(text: &str) -> Lang {
    const ENGLISH: [&str; 12] =
        ["the", "and", "of", "were", "was", "that", "with", "by", "which", "from", "had", "have"];
    const FRENCH: [&str; 14] = [
        "le", "la", "les", "des", "et", "du", "une", "dans", "par", "est", "ont", "qui", "sur",
        "aux",
    ];
    let (mut english, mut french) = (0, 0);
    for word in text.split(|c: char| !c.is_alphabetic()).filter(|w| !w.is_empty()).take(4000) {
        let is = |list: &[&str]| list.iter().any(|w| word.eq_ignore_ascii_case(w));
        english += usize::from(is(&ENGLISH));
        french += usize::from(is(&FRENCH));
    }
    if french > english { Lang::Fr } else { Lang::En }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ok_languages() {
        assert_eq!(detect("Twelve people were killed by the army."), Lang::En);
        assert_eq!(detect("Douze personnes ont été tuées par l'armée."), Lang::Fr);
        assert_eq!(detect("42"), Lang::En);
    }
}
