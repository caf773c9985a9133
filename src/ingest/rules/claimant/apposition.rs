//! Speakers whose name stands before words that only describe them.

use super::Scene;
use crate::ingest::lexicon::one_of;
use crate::ingest::token::Token;
use std::ops::Range;

impl Scene<'_> {
    /// "Jama'at Nusrat al-Islam (JNIM), al Qaeda's branch, said": the end of the name before its
    /// bracket.
    pub(super) fn before_bracket(&self, end: usize, from: usize) -> Option<usize> {
        if end > from && self.tokens[end - 1].is(")") {
            return (from..end).rev().take(12).find(|i| self.tokens[*i].is("("));
        }
        Some(end)
    }

    /// "Le GSIM, la principale alliance jihadiste du Sahel, liée à Al-Qaïda, a revendiqué": the name
    /// of an actor that the words up to `end`, behind a comma, only describe.
    pub fn behind_appositions(&self, end: usize, from: usize) -> Option<Range<usize>> {
        const OPENS: &[&str] = &[
            "the", "a", "an", "la", "le", "l", "les", "un", "une", "linked", "affiliated",
            "allied", "which", "lie", "liee", "lies", "affilie", "affiliee", "allie", "alliee",
            "associe", "associee", "proche", "filiale", "branche", "principale", "principal",
            "mouvement", "groupe", "qui", "al", "alliance", "coalition", "signataire",
        ];
        let comma = |i: &usize| self.tokens[*i].is(",");
        let mut close = end;
        while let Some(at) = (from..close).rev().take(20).find(comma) {
            // "JNIM, to which the Katiba Macina belongs, claimed".
            let relative = self
                .tokens
                .get(at + 1)
                .is_some_and(|t| one_of(t, &["to", "of", "from", "with", "a", "au", "dont"]))
                && (self.tokens[at + 1].norm == "dont"
                    || self.tokens.get(at + 2).is_some_and(|t| {
                        one_of(t, &["which", "whom", "laquelle", "lequel", "qui", "quel"])
                    }))
                || self
                    .tokens
                    .get(at + 1)
                    .is_some_and(|t| one_of(t, &["auquel", "duquel", "auxquels", "whose"]));
            let opens = relative || self.tokens.get(at + 1).is_some_and(|t| one_of(t, OPENS));
            let described = opens
                && !(at + 1..close).any(|i| {
                    self.vocabulary.casualty.at(self.tokens, i).is_some()
                        || self.vocabulary.speech.at(self.tokens, i).is_some()
                        || self.tokens[i].is(";")
                        || self.tokens[i].is(":")
                        || self.tokens[i].is_quote()
                });
            let actor = described.then(|| self.actor_before(at, from)).flatten();
            match actor {
                Some(name) => return Some(name),
                None if !described => return None,
                None => close = at,
            }
        }
        None
    }

    /// The actor whose name alone fills the phrase before the comma at `at`, its acronym in brackets
    /// passed over.
    fn actor_before(&self, at: usize, from: usize) -> Option<Range<usize>> {
        let end = self.before_bracket(at, from)?;
        let actor = self.actors.iter().rev().find(|a| a.start >= from && a.end == end)?;
        let article = |t: &Token| one_of(t, &["the", "le", "la", "les", "l"]);
        let led = self.tokens[from..actor.start].last();
        let start = actor.start - usize::from(led.is_some_and(article));
        let opens = start == from || !self.tokens[start - 1].is_word() || self.bounds(start - 1);
        opens.then_some(actor.start..end)
    }
}
