//! Counts that a noun gives to somebody: "c'est le décompte que font des élus".

use super::{Scene, Speakers, Speech};
use crate::ingest::lexicon::{Words, any_of};

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
}

#[cfg(test)]
mod tests {
    use super::super::tests::read;

    #[test]
    fn ok_counts_of_a_noun() {
        let text = "Treize civils tués en deux jours : c'est le décompte que font plusieurs élus après le raid.";
        assert_eq!(read(&[text]), ["plusieurs élus: Treize civils tués en deux jours :"]);
    }

    #[test]
    fn err_counts_of_nobody() {
        for text in [
            "The official count of the dead was 157.",
            "Le bilan officiel est de 157 morts.",
            "Le décompte que font les élus est attendu.",
            "The official count was awaited by 157 families.",
        ] {
            assert!(read(&[text]).is_empty(), "{text}: {:?}", read(&[text]));
        }
    }
}
