//! Verbs of saying before their subject: "…, a indiqué le gouvernement", "…, said Mayor Guindo".

use super::words::is_speaker_word;
use super::{Scene, Speakers, Speech};
use crate::ingest::lexicon::{Hit, Words, one_of};
use crate::ingest::rules::date;
use crate::ingest::rules::number::figure;

impl Scene<'_> {
    /// French and newspaper order: "…, a indiqué le gouvernement", "…, said Mayor Guindo".
    pub(super) fn inverted(
        &self,
        hit: &Hit<'_, ()>,
        from: usize,
        speakers: &mut Speakers,
    ) -> Option<Speech> {
        let verb = &self.tokens[hit.end - 1];
        if verb.norm.starts_with("accus") && !self.is_inverted_accusation(hit.end - 1)
            || one_of(verb, &["denounced", "blamed", "dismissed"])
        {
            return None;
        }
        let before = hit.start.checked_sub(1).map(|i| &self.tokens[i])?;
        let parted = before.is(",") || before.is_quote() || before.is("!") || before.is("?");
        if !parted && !self.is_run_on(hit, from) {
            return None;
        }
        // "…, told Reuters by telephone": whom it was told.
        if one_of(verb, &["told", "tells", "tell", "informed"]) {
            return None;
        }
        let mut start = hit.end;
        let mut dated = None;
        while let Some(end) = self.over_adverbial(start) {
            dated = dated.or_else(|| date::date(self.tokens, start));
            start = end;
        }
        let first = self.tokens.get(start)?;
        let opens = first.capital
            || one_of(
                first,
                &[
                    "le", "la", "l", "les", "un", "une", "des", "the", "a", "an", "ce", "cette",
                    "cet", "ces", "one", "two",
                ],
            );
        // "a déclaré à la presse à New York que": whom it was told.
        let told_to = &self.text[first.start..first.end] == "à";
        if !opens
            || told_to
            || self.tokens.get(start + 1).is_some_and(|t| one_of(t, &["que", "that"]))
        {
            return None;
        }
        let end = self.phrase_end(start);
        let range = start..end;
        // "a affirmé l'un d'eux": one of those who spoke last.
        let one_of_them = ["un", "une", "one"].contains(&self.tokens[start].norm.as_str())
            || self.tokens.get(start + 1).is_some_and(|t| one_of(t, &["un", "une"]));
        let them = self.tokens[range.clone()].iter().any(|t| one_of(t, &["eux", "elles", "them"]));
        if one_of_them && them && !speakers.last.is_empty() {
            let who = speakers.last.clone();
            let (scope, words) = (from..hit.start, hit.start..end);
            return Some(Speech { speakers: who, scope, words, said_on: dated });
        }
        // "X, porte-parole, a annoncé la mort de …": the noun after it is what is said.
        let speaks = self
            .actors
            .iter()
            .any(|a| range.start <= a.start && a.end <= range.end && a.start <= start + 3)
            || self.tokens[range.clone()].iter().take(4).any(is_speaker_word)
            || (first.capital && range.len() >= 2)
            // "« … », souligne Amadou, un berger".
            || first.capital && hit.start >= 2 && self.tokens[hit.start - 2].is_quote();
        if !speaks || !self.vocabulary.casualty.all(&self.tokens[range.clone()]).is_empty() {
            return None;
        }
        let mut who = self.who(range, speakers);
        if who.is_empty() {
            return None;
        }
        let end = self.and_another(end, &mut who, speakers);
        // "a déclaré Human Rights Watch aujourd'hui", "said the mayor on Monday".
        let led = usize::from(
            self.tokens.get(end).is_some_and(|t| one_of(t, &["on", "ce", "le", "late", "early"])),
        );
        let dated = dated.or_else(|| date::date(self.tokens, end + led));
        self.learn_apposition(end, &who, speakers);
        let scope = from..hit.start;
        Some(Speech { speakers: who, scope, words: hit.start..end, said_on: dated })
    }

    /// "…, accuse le CSP.": whoever accuses stands behind the verb, and no charge.
    pub fn is_inverted_accusation(&self, at: usize) -> bool {
        static ACCUSES: Words = Words::new(&["accuse", "accusent"]);
        let before = |i: usize| self.tokens[i].is(",") || self.tokens[i].is_quote();
        if !ACCUSES.has(&self.tokens[at]) || !at.checked_sub(1).is_some_and(before) {
            return false;
        }
        let end = self.phrase_end(at + 1);
        let closed = self.tokens.get(end).is_none_or(|t| t.is(".") || t.is(",") || t.is(";"));
        let charge = self.tokens[at + 1..end].iter().any(|t| t.norm == "avoir");
        closed && !charge && end > at + 1
    }

    /// "Cinq soldats ont été tués dans le centre du pays a indiqué le gouvernement": the comma left
    /// out behind a sentence that counts.
    fn is_run_on(&self, hit: &Hit<'_, ()>, from: usize) -> bool {
        let compound = hit.end == hit.start + 2
            && one_of(&self.tokens[hit.start], &["a", "ont"])
            && self.tokens[hit.start + 1].norm.ends_with('e');
        let near = hit.start.saturating_sub(5).max(from)..hit.start;
        let subject = near.clone().any(|i| is_speaker_word(&self.tokens[i]))
            || near.clone().any(|i| self.actors.iter().any(|a| a.start <= i && i < a.end))
            || near.clone().any(|i| self.tokens[i].is(","))
            || near.len() < 5;
        let counted = (from..hit.start).any(|i| figure(self.tokens, i).is_some());
        let speaker = (hit.end..(hit.end + 3).min(self.tokens.len()))
            .any(|i| is_speaker_word(&self.tokens[i]));
        compound && counted && speaker && !subject
    }
}
