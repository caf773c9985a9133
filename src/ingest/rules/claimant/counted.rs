//! Counts that a noun gives to somebody: "c'est le décompte que font des élus", "the official count was
//! 157".

use super::{Scene, Speakers, Speech};
use crate::ingest::lexicon::{Words, any_of, one_of};
use crate::ingest::rules::number::figure;

impl Scene<'_> {
    /// "Treize tués en deux jours : c'est le décompte que font plusieurs élus": those who count stand
    /// behind the verb, and what they count before.
    pub(super) fn count_they_make(
        &self,
        at: usize,
        from: usize,
        speakers: &mut Speakers,
    ) -> Option<Speech> {
        static MAKE: Words = Words::new(&[
            "font", "fait", "faisaient", "faisait", "donne", "donnent", "donnaient", "donnait",
            "avance", "avancent", "dresse", "dressent", "livre", "livrent", "fournissent",
        ]);
        let word = |i: usize, words: &[&str]| self.tokens.get(i).is_some_and(|t| any_of(t, words));
        let made =
            word(at + 1, &["que", "qu"]) && self.tokens.get(at + 2).is_some_and(|t| MAKE.has(t));
        let this = at >= from + 3
            && word(at - 1, &["le"])
            && word(at - 2, &["est", "etait"])
            && word(at - 3, &["c"]);
        if !made || !this {
            return None;
        }
        let end = self.phrase_end(at + 3);
        // "plusieurs ressortissants et représentants communautaires": the second noun without an article.
        let and = self.tokens.get(end).is_some_and(|t| t.norm == "et");
        let second = self.phrase_end(end + 1);
        let joined = and && second <= end + 4 && second > end + 1;
        let end = if joined { second } else { end };
        let who = self.who(at + 3..end, speakers);
        let (scope, words) = (from..at - 3, at - 3..end);
        (!who.is_empty()).then_some(Speech { speakers: who, scope, words, said_on: None })
    }

    /// "The official count of the dead was 157", "Le bilan officiel est de 157 morts": the
    /// government's, but not "an official count".
    pub(super) fn official_count(&self, at: usize, from: usize) -> Option<Speech> {
        const LEDS: &[&str] = &["the", "le"];
        let word = |i: usize, words: &[&str]| self.tokens.get(i).is_some_and(|t| any_of(t, words));
        let near = at.checked_sub(3).map_or(0, |i| i + 1)..at;
        let english = at >= 2 && word(at - 1, &["official"]) && word(at - 2, LEDS)
            || at >= 3
                && word(at - 1, &["death"])
                && word(at - 2, &["official"])
                && word(at - 3, LEDS);
        let french = word(at + 1, &["officiel"]) && near.clone().any(|i| word(i, LEDS));
        if !english && !french || at < from {
            return None;
        }
        let be = (at + 1..at + 8)
            .find(|i| word(*i, &["was", "is", "stood", "stands", "est", "etait"]))?;
        let plain = self.tokens[at..be].iter().all(|t| t.is_word());
        let step = usize::from(word(be + 1, &["de", "d", "at"]));
        figure(self.tokens, be + 1 + step).filter(|_| plain)?;
        let (scope, words) = (be + 1..self.until_contrast(be + 1), at.min(be)..be + 1);
        let speakers = self.government();
        let named = self.actors.iter().any(|a| a.start > at && a.end <= be);
        let of_others = self.tokens[at..be].iter().any(|t| one_of(t, &["un", "minusma"]));
        (!speakers.is_empty() && !named && !of_others).then_some(Speech {
            speakers,
            scope,
            words,
            said_on: None,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::read;

    #[test]
    fn ok_counts_of_a_noun() {
        for (text, said) in [
            (
                "Treize civils tués en deux jours : c'est le décompte que font plusieurs élus après le raid.",
                "plusieurs élus: Treize civils tués en deux jours :",
            ),
            ("The official count of the dead was 157.", "Malian government: 157."),
            ("Le bilan officiel est de 157 morts.", "Malian government: de 157 morts."),
        ] {
            assert_eq!(read(&[text]), [said], "{text}");
        }
    }

    #[test]
    fn err_counts_of_nobody() {
        for text in [
            "An official count of the dead was 157.",
            "Un bilan officiel est de 157 morts.",
            "Le décompte que font les élus est attendu.",
            "The official count was awaited by 157 families.",
        ] {
            assert!(read(&[text]).is_empty(), "{text}: {:?}", read(&[text]));
        }
    }
}
