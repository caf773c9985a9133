//! Speakers named otherwise than by a verb of saying of their own: whom an agency quotes, whose
//! quotation stands behind a colon, for whom it was so.

use super::words::is_speaker_word;
use super::{Scene, Speakers, Speech, is_relay};
use crate::ingest::lexicon::{Words, one_of};
use crate::ingest::token::Token;

/// The most words of a name before a colon or a comma.
const MAX_NAME: usize = 9;

impl Scene<'_> {
    /// "AFP reported, citing a local official", "Reuters, quoting residents, reported", "rapporte
    /// RFI, citant un élu": an agency's word is that of whoever it quotes.
    pub(super) fn quoted_by_agency(&self, speeches: &mut [Speech], speakers: &mut Speakers) {
        static CITING: Words = Words::new(&[
            "citing", "quoting", "cited", "quoted", "citant", "cite", "cites", "quotes",
        ]);
        for speech in speeches {
            if !speech.speakers.iter().all(is_relay) {
                continue;
            }
            let near = speech.words.start..(speech.words.end + 4).min(self.tokens.len());
            let Some(cites) = near.into_iter().find(|i| CITING.has(&self.tokens[*i])) else {
                continue;
            };
            let open = self.tokens[speech.words.end.min(cites)..cites]
                .iter()
                .all(|t| t.is(",") || one_of(t, &["which", "who", "qui"]));
            let end = self.phrase_end(cites + 1);
            let by = self.tokens.get(cites + 1).is_some_and(|t| one_of(t, &["by", "par"]));
            if !open || by {
                continue;
            }
            let who = self.who(cites + 1..end, speakers);
            if !who.is_empty() {
                speakers.heard(&who);
                speech.speakers = who;
            }
        }
    }

    /// "AQIM claimed to have killed nine in the attack, a monitoring group said": what is passed on is
    /// still the word of whoever claimed it.
    pub(super) fn leave_claims(&self, speeches: &mut [Speech]) {
        for i in 1..speeches.len() {
            let (before, rest) = speeches.split_at_mut(i);
            let (claim, passed) = (&before[i - 1], &mut rest[0]);
            let monitor = passed
                .speakers
                .iter()
                .all(|c| is_relay(c) || c.actor.as_deref() == Some("site-intelligence"));
            let behind = passed.scope.end <= passed.words.start;
            let within = claim.words.end <= claim.scope.start
                && passed.scope.start <= claim.scope.start
                && claim.scope.start < passed.scope.end;
            // "Selon le commandant de zone, dix sont morts, a rapporté l'AFP": anybody's word.
            let relay = passed.speakers.iter().all(is_relay);
            let named = claim.speakers.iter().any(|c| c.actor.is_some() || relay);
            if monitor && behind && within && named {
                passed.scope = passed.scope.start..claim.words.start.max(passed.scope.start);
            }
        }
    }

    /// "Un habitant : « Nous avons enterré dix personnes »", "Pour le maire, il y a eu dix morts".
    pub(super) fn opening_speaker(&self, speakers: &mut Speakers) -> Option<Speech> {
        let first = self.tokens.first()?;
        let by = usize::from(first.norm == "pour" && first.capital);
        let end = (1..self.tokens.len().min(MAX_NAME)).find(|i| !self.tokens[*i].is_word())?;
        let quote =
            self.tokens[end].is(":") && self.tokens.get(end + 1).is_some_and(Token::is_quote);
        let holds = by == 1 && self.tokens[end].is(",");
        let speaks = self.tokens[by..end].iter().any(is_speaker_word);
        if !(quote || holds) || !speaks {
            return None;
        }
        let who = self.who(by..end, speakers);
        let (scope, words) = (end + 1..self.tokens.len(), 0..end);
        (!who.is_empty()).then_some(Speech { speakers: who, scope, words, said_on: None })
    }
}
