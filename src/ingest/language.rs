//! Telling English from French.

use super::lexicon::Words;
use super::token::{ascii_key, key, letters};
use crate::model::source::Lang;
use whatlang::Detector;

/// How many words are looked at.
const WORDS: usize = 4_000;

/// Small words that only one of the two languages uses.
const ENGLISH: &[&str] = &[
    "the", "and", "of", "were", "was", "that", "with", "by", "which", "from", "had", "have", "has",
    "in", "at", "to", "is", "are", "been", "their", "its", "after", "near", "who", "said",
    "killed", "people", "they", "this", "for", "where", "when", "his", "between",
];
const FRENCH: &[&str] = &[
    "le", "la", "les", "des", "et", "du", "une", "dans", "par", "est", "ont", "qui", "sur", "aux",
    "de", "un", "en", "au", "à", "été", "dont", "leur", "leurs", "ce", "cette", "près", "selon",
    "après", "avec", "pour", "sont", "tués", "était", "étaient", "avait", "il", "elle", "ils",
    "où", "entre",
];

static IN_ENGLISH: Words = Words::new(ENGLISH);
static IN_FRENCH: Words = Words::new(FRENCH);

/// Words of which there must be so many before other languages are thought of.
const ENOUGH: usize = 40;

/// The language of a text, or that which it is said to be where its words do not tell.
pub fn detect_with(text: &str, said: Option<Lang>) -> Lang {
    Count::of(text).language(said)
}

/// Words of each language in the beginning of a text.
pub struct Count<'t> {
    text: &'t str,
    words: usize,
    english: usize,
    french: usize,
}

impl<'t> Count<'t> {
    /// Counts the small words of a text.
    pub fn of(text: &'t str) -> Self {
        let mut count = Self { text, words: 0, english: 0, french: 0 };
        for word in letters(beginning(text)).take(WORDS) {
            // The longest of the words has eight letters, two bytes each.
            if word.len() <= LONGEST {
                count.words += 1;
                count.add(word);
            }
        }
        count
    }

    fn add(&mut self, word: &str) {
        if word.len() > LONGEST_SMALL {
            return;
        }
        let (english, french) = if word.is_ascii() {
            let (key, same) = (ascii_key(word), |small: &str| small.eq_ignore_ascii_case(word));
            (IN_ENGLISH.holds(key, same), IN_FRENCH.holds(key, same))
        } else {
            let word = word.to_lowercase();
            let (key, same) = (key(&word), |small: &str| small == word);
            (IN_ENGLISH.holds(key, same), IN_FRENCH.holds(key, same))
        };
        self.english += usize::from(english);
        self.french += usize::from(french);
    }

    /// The language of the text, or that which it is said to be where its words do not tell;
    /// English when nothing tells.
    pub fn language(&self, said: Option<Lang>) -> Lang {
        // The statement of a page about its language is often that of its template.
        if self.french >= self.english * 2 && self.french > 1 {
            return Lang::Fr;
        }
        if self.english >= self.french * 2 && self.english > 1 {
            return Lang::En;
        }
        said.unwrap_or_else(|| self.closer())
    }

    /// The name in English of the language of a text that is neither English nor French; none
    /// where it is one of them or too short to tell.
    pub fn other(&self) -> Option<&'static str> {
        if self.words < ENOUGH || (self.english + self.french) * 8 > self.words {
            return None;
        }
        let info = whatlang::detect(beginning(self.text))?;
        let ours = matches!(info.lang(), whatlang::Lang::Eng | whatlang::Lang::Fra);
        (info.is_reliable() && !ours).then(|| info.lang().eng_name())
    }

    /// Which of the two it looks like, where their small words do not decide.
    fn closer(&self) -> Lang {
        let detector = Detector::with_allowlist(vec![whatlang::Lang::Eng, whatlang::Lang::Fra]);
        let likely = detector.detect(beginning(self.text)).map(|i| (i.lang(), i.is_reliable()));
        match likely {
            Some((whatlang::Lang::Fra, true)) => Lang::Fr,
            Some((whatlang::Lang::Eng, true)) => Lang::En,
            _ if self.french > self.english => Lang::Fr,
            _ if self.english > self.french => Lang::En,
            Some((whatlang::Lang::Fra, _)) if self.has_accents() => Lang::Fr,
            _ => Lang::En,
        }
    }

    fn has_accents(&self) -> bool {
        self.text.contains(['é', 'è', 'ê', 'à', 'ç', 'œ'])
    }
}

/// Bytes of a word that is looked at.
const LONGEST: usize = 16;

/// Bytes of the longest small word, with some for capitals that are longer.
const LONGEST_SMALL: usize = 12;

/// As much of a text as tells its language.
fn beginning(text: &str) -> &str {
    let mut end = text.len().min(WORDS * 10);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn detect(text: &str) -> Lang {
        detect_with(text, None)
    }

    fn other(text: &str) -> Option<&'static str> {
        Count::of(text).other()
    }

    #[test]
    fn no_two_small_words_are_one() {
        let both = ENGLISH.iter().chain(FRENCH);
        let keys: std::collections::HashSet<u32> = both.map(|word| key(word)).collect();
        assert_eq!(keys.len(), ENGLISH.len() + FRENCH.len());
        assert!(ENGLISH.iter().chain(FRENCH).all(|word| word.len() + 3 < LONGEST_SMALL));
    }

    #[test]
    fn ok_languages() {
        for (text, lang) in [
            ("Twelve people were killed by the army.", Lang::En),
            ("Douze personnes ont été tuées par l'armée.", Lang::Fr),
            ("42", Lang::En),
            ("12 killed in Dia", Lang::En),
            ("12 morts à Dia", Lang::Fr),
            ("Mali : 12 morts dans une attaque", Lang::Fr),
            ("Attaque de Boni : 12 tués", Lang::Fr),
            ("Dan Na Ambassagou, Katiba Macina, JNIM", Lang::En),
            // French names in an English text, and the other way round.
            (
                "The Coordination des mouvements de l'Azawad (CMA) said that the Forces armées \
                 maliennes killed ten people near Boni.",
                Lang::En,
            ),
            (
                "Selon Human Rights Watch, le rapport « We Used to Be Brothers » dit que dix \
                 personnes ont été tuées.",
                Lang::Fr,
            ),
        ] {
            assert_eq!(detect(text), lang, "{text}");
        }
        assert_eq!(detect_with("Dia, Kona, Boni", Some(Lang::Fr)), Lang::Fr);
        assert_eq!(detect_with("The army said that it was so.", Some(Lang::Fr)), Lang::En);
    }

    #[test]
    fn ok_other_languages() {
        let german = "Bei einem Angriff auf ein Dorf in der Region Mopti sind nach Angaben der \
                      Behörden mindestens zwanzig Menschen getötet worden. Die Regierung sprach von \
                      einem feigen Anschlag und schickte Soldaten in das Gebiet, das seit Jahren \
                      von bewaffneten Gruppen heimgesucht wird.";
        assert_eq!(other(german), Some("German"));
        assert_eq!(other("Twelve people were killed by the army. ".repeat(9).as_str()), None);
        assert_eq!(other("Zwölf Tote"), None);
    }
}
