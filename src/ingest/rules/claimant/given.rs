//! Figures that a noun or a participle ties to whoever gives them: "a toll of 12 given by the
//! mayor", "12 deaths reported by residents", "accusations from the FLA that …".

use super::{Scene, Speakers, Speech};
use crate::ingest::lexicon::one_of;
use crate::ingest::rules::date;
use crate::ingest::rules::number::figure;

/// Nouns for a count of victims.
const TOLLS: &[&str] = &[
    "toll", "tolls", "figure", "figures", "count", "number", "estimate", "estimates", "tally",
    "bilan", "bilans", "chiffre", "chiffres", "estimation", "decompte",
];

/// The most words between the participle and "by".
const MAX_BETWEEN: usize = 6;

impl Scene<'_> {
    /// "the figure, given on Monday by the mayor, was of 95 dead", "the toll, put at 37 by a UN
    /// source", "12 deaths reported by residents".
    pub(super) fn given_by(
        &self,
        at: usize,
        from: usize,
        speakers: &mut Speakers,
    ) -> Option<Speech> {
        const GIVEN: &[&str] = &[
            "given", "put", "announced", "reported", "provided", "published", "released", "issued",
            "cited", "estimated", "confirmed", "advanced", "claimed", "communicated", "recorded",
            "documented", "donne", "donnee", "donnes", "annonce", "annonces", "communique",
            "communiques", "fourni", "fournis", "publie", "publies", "avance", "avances", "estime",
            "evalue", "rapporte", "rapportes", "confirme", "confirmes", "revendique",
            "revendiques", "recenses", "cite", "cites",
        ];
        if !one_of(&self.tokens[at], GIVEN) {
            return None;
        }
        let reach = (at + 1 + MAX_BETWEEN).min(self.tokens.len());
        let by = (at + 1..reach)
            .take_while(|i| self.tokens[*i].is_word() || self.tokens[*i].norm.is_empty())
            .find(|i| one_of(&self.tokens[*i], &["by", "par"]))?;
        let counted = (at + 1..by).any(|i| figure(self.tokens, i).is_some());
        let toll =
            (from.max(at.saturating_sub(9))..at).rev().find(|i| one_of(&self.tokens[*i], TOLLS));
        let named = toll.is_some_and(|t| (t + 1..at).any(|i| figure(self.tokens, i).is_some()));
        let listed = || {
            let near = from.max(at.saturating_sub(6))..at;
            near.clone().any(|i| figure(self.tokens, i).is_some())
                && near.clone().any(|i| self.vocabulary.casualty.at(self.tokens, i).is_some())
        };
        let end = self.phrase_end(by + 1);
        let scope = match toll {
            _ if counted => at..by,
            Some(toll) if named => toll..at,
            Some(_) => end..self.until_contrast(end),
            None if listed() => from..at,
            None => return None,
        };
        let who = self.who(by + 1..end, speakers);
        let said_on = (at + 1..by).find_map(|i| date::date(self.tokens, i));
        (!who.is_empty()).then_some(Speech { speakers: who, scope, words: at..end, said_on })
    }

    /// "accusations from the FLA that …", "reports by residents that …".
    pub(super) fn nominal(&self, at: usize, speakers: &mut Speakers) -> Option<Speech> {
        let nouns = [
            "accusations", "accusation", "allegations", "allegation", "claims", "claim", "reports",
            "statements", "assertion", "assertions",
        ];
        if !one_of(&self.tokens[at], &nouns) {
            return None;
        }
        let by = (at + 1..(at + 5).min(self.tokens.len()))
            .find(|i| one_of(&self.tokens[*i], &["from", "by", "of", "de", "par"]))?;
        let that = (by + 1..(by + 14).min(self.tokens.len()))
            .find(|i| one_of(&self.tokens[*i], &["that", "selon", "que"]))?;
        let who = self.who(by + 1..that, speakers);
        let scope = that..self.tokens.len();
        (!who.is_empty()).then_some(Speech { speakers: who, scope, words: at..that, said_on: None })
    }
}
