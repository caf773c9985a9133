//! Names in marks: "according to ''Jeune Afrique''", "the daily “L'Essor” reported".

use super::Scene;
use crate::ingest::token::Token;

/// The most words of a name in marks.
const MAX_WORDS: usize = 5;

/// How many tokens the mark at `at` has: one, or the two apostrophes of italics; 0 for no mark.
fn mark(tokens: &[Token], at: usize) -> usize {
    let apostrophe = |i: usize| tokens.get(i).is_some_and(|t| t.is("'"));
    match tokens.get(at) {
        Some(token) if token.is_quote() => 1,
        _ if apostrophe(at) && apostrophe(at + 1) => 2,
        _ => 0,
    }
}

impl Scene<'_> {
    /// One past the closing mark of a name whose opening mark stands at `at`: a few words that begin
    /// with a capital, and no sentence.
    pub(super) fn name_in_marks(&self, at: usize) -> Option<usize> {
        let opening = Some(mark(self.tokens, at)).filter(|width| *width > 0)?;
        let first = at + opening;
        let words = self.tokens.get(first..)?.iter().take_while(|t| t.is_word()).count();
        let closing = mark(self.tokens, first + words);
        let named = self.tokens.get(first).is_some_and(|t| t.capital);
        let whole = closing == opening && (1..=MAX_WORDS).contains(&words) && named;
        // "“Ten died”": what is said.
        let said =
            (first..first + words).any(|i| self.vocabulary.casualty.at(self.tokens, i).is_some());
        (whole && !said).then_some(first + words + closing)
    }

    /// Whether the token at `at` belongs to a name in marks or to its marks.
    pub(super) fn is_in_marks(&self, at: usize) -> bool {
        let near = at.saturating_sub(MAX_WORDS + 3)..=at;
        near.into_iter().any(|i| self.name_in_marks(i).is_some_and(|end| at < end))
    }

    /// The range without marks at its ends: those of "''Jeune Afrique''", but not the last of "the
    /// daily “L'Essor”".
    pub(super) fn unmarked(&self, range: std::ops::Range<usize>) -> std::ops::Range<usize> {
        match self.name_in_marks(range.start) {
            Some(end) if end == range.end => {
                let width = mark(self.tokens, range.start);
                range.start + width..range.end - width
            }
            _ => range,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::read;

    #[test]
    fn ok_names_in_marks() {
        for (text, said) in [
            (
                "According to ''Jeune Afrique'', sixteen soldiers died.",
                "Jeune Afrique: , sixteen soldiers died.",
            ),
            (
                "Selon le quotidien « L'Avenir du Nord », seize soldats sont morts.",
                "quotidien « L'Avenir du Nord »: , seize soldats sont morts.",
            ),
            (
                "The newspaper “Northern Times” reported that ten had died.",
                "newspaper “Northern Times”: that ten had died.",
            ),
        ] {
            assert_eq!(read(&[text]), [said], "{text}");
        }
    }

    #[test]
    fn err_what_is_said() {
        let said = read(&["“Ten died at Boni,” the mayor said."]);
        assert_eq!(said, ["mayor: “Ten died at Boni,”"]);
        assert_eq!(read(&["“Ten Died” was the headline."]), Vec::<String>::new());
    }
}
