//! "According to X", and what of the sentence that is about.

use super::{Scene, Speakers, Speech};
use crate::ingest::lexicon::{Hit, one_of};
use crate::ingest::rules::date;
use crate::ingest::rules::number::figure;
use crate::ingest::token::{Token, span};
use crate::knowledge::actors::ActorKind;
use crate::model::claim::Claimant;
use std::ops::Range;

impl Scene<'_> {
    /// "according to X": what stands before it, or after it at the start of a sentence.
    pub(super) fn according_to(
        &self,
        hit: &Hit<'_, ()>,
        from: usize,
        speakers: &mut Speakers,
    ) -> Option<(Speech, usize)> {
        if let Some(found) = self.according_to_which(hit, speakers) {
            return found;
        }
        // "de source sécuritaire": the source is a part of the phrase.
        let sourced = one_of(&self.tokens[hit.start], &["de"]);
        // "un bilan de sources de sécurité avait fait état de": whose document it is.
        if sourced && hit.start > 0 {
            self.vocabulary.documents.at(self.tokens, hit.start - 1).map_or(Some(()), |_| None)?;
        }
        let start = if sourced { hit.start + 1 } else { self.what_was_said(hit.end) };
        let end = self.phrase_end(start);
        // "commises selon les témoins par l'armée": whose deed, unless it is whose document.
        let document = (start..end).any(|i| self.vocabulary.documents.at(self.tokens, i).is_some());
        let end = (start + 1..end)
            .find(|i| !document && one_of(&self.tokens[*i], &["par", "by"]))
            .unwrap_or(end);
        let published = self.document_of(start, end).filter(|_| document);
        let (mut who, end) = match published {
            Some((who, end)) => (vec![who], end),
            None => (self.who(start..end, speakers), end),
        };
        if who.is_empty() {
            return None;
        }
        let end = self.and_another(end, &mut who, speakers);
        // "On 30 October, according to residents, soldiers executed".
        let adverbial = from == 0
            && hit.start > 1
            && self.tokens[hit.start - 1].is(",")
            && self.is_adverbial(from..hit.start);
        // "No toll was given, but according to several sources, 40 died".
        let dates = date::dates(self.tokens);
        let figures = |r: Range<usize>| {
            r.into_iter().any(|i| {
                figure(self.tokens, i).is_some()
                    && !dates.iter().any(|d| (d.start..d.end).contains(&i))
            })
        };
        let clause = self
            .tokens
            .get(end)
            .is_some_and(|t| t.is(",") || one_of(t, &["et", "and", "the", "a", "an"]))
            && hit.start > from
            && (self.tokens[hit.start - 1].is(",")
                || one_of(&self.tokens[hit.start - 1], &["but", "mais", "and", "et", "while"]))
            && !figures(from..hit.start)
            && figures(end..self.tokens.len());
        // "faisant selon les autorités 25 morts": what it gives stands right behind it.
        let qualified = self.tokens.get(end).is_some_and(|t| {
            one_of(t, &["au", "at", "plus", "more", "pres", "environ", "about", "some", "quelque"])
        });
        let parenthetical = hit.start > from
            && self.tokens[hit.start - 1].is_word()
            && !figures(from..hit.start)
            && (figure(self.tokens, end).is_some()
                || qualified && figures(end..(end + 4).min(self.tokens.len())));
        // "dit avoir tué 20 soldats ; de source militaire, on parle de sept morts".
        let parted = hit.start > from && self.tokens[hit.start - 1].is(";");
        // "the force, which, according to the army, targeted fighters": the clause, and nothing before it.
        let comma = usize::from(hit.start > from && self.tokens[hit.start - 1].is(","));
        let relative = (hit.start - comma).checked_sub(1).is_some_and(|i| {
            i > from && one_of(&self.tokens[i], &["which", "who", "whom", "qui", "lesquels"])
        });
        let opens =
            hit.start <= from + 1 || adverbial || clause || parenthetical || parted || relative;
        // "(three according to the army)": the bracket only; "12 (selon l'armée)": what is before.
        let bracket = (from..hit.start)
            .rev()
            .take_while(|i| !self.tokens[*i].is(")"))
            .find(|i| self.tokens[*i].is("("));
        let doer = self.tokens.get(end).is_some_and(|t| one_of(t, &["par", "by"]));
        // "40 people were killed, more than 50 according to an official": the 50 only.
        let bare = (hit.start.saturating_sub(5).max(from)..hit.start).find(|i| {
            let led = i.checked_sub(1).is_some_and(|b| {
                self.tokens[b].is(",") || one_of(&self.tokens[b], &["and", "et", "or", "ou"])
            });
            led && figure(self.tokens, *i).is_some_and(|f| f.end == hit.start)
        });
        let scope = match bracket {
            None if bare.is_some() && !opens => bare.unwrap_or(from)..hit.start,
            None if doer && !opens => from..self.tokens.len(),
            Some(open) if hit.start > open + 1 => open + 1..hit.start,
            Some(open) => open.saturating_sub(5).max(from)..open,
            None if opens => end..self.until_other(end),
            // "One peacekeeper is killed; 15 assailants were killed, according to the army".
            None => self.after_last_semicolon(from, hit.start)..hit.start,
        };
        Some((Speech { speakers: who, scope, words: hit.start..end, said_on: None }, end))
    }

    /// "according to a statement that the FLA published", "selon un communiqué que le GSIM a diffusé":
    /// whose document it is, and one past the words that say so.
    fn document_of(&self, start: usize, end: usize) -> Option<(Claimant, usize)> {
        const PUBLISHED: &[&str] =
            &["published", "issued", "released", "posted", "put", "sent", "publie", "diffuse"];
        let that = self.tokens.get(end).is_some_and(|t| one_of(t, &["that", "which", "que"]));
        let near = end + 1..end + 4;
        let actor = self.actors.iter().find(|a| that && near.contains(&a.start))?;
        let named = self.actors.iter().any(|a| a.start >= start && a.end <= end);
        // "que l'AFP a pu consulter": whoever has only read it is no author.
        let has = |t: &Token| one_of(t, &["a", "ont", "had", "has", "avait"]);
        let verb = actor.end + usize::from(self.tokens.get(actor.end).is_some_and(has));
        let published = self.tokens.get(verb).is_some_and(|t| one_of(t, PUBLISHED));
        (published && !named).then(|| (self.claimant_of(actor), verb + 1))
    }

    /// "AQIM claimed to have killed nine soldiers, according to a news agency": whether what `speech`
    /// says goes on without a sign up to the words at `by`, which only pass it on.
    pub(super) fn is_passed_on(&self, speech: &Speech, by: usize) -> bool {
        let said = speech.words.end..by;
        let claimed = self.tokens[speech.words.clone()].last().is_some_and(|t| {
            one_of(t, &["claimed", "claims", "revendique", "affirme", "affirment", "boasted"])
        });
        let whole = |i: &usize| self.tokens[*i].is_word() || figure(self.tokens, *i).is_some();
        let comma = usize::from(by > 0 && self.tokens[by - 1].is(","));
        let open = said.start + 2 < said.end && (said.start..by - comma).all(|i| whole(&i));
        let armed = speech.speakers.iter().any(|c| {
            let actor = c.actor.as_deref().and_then(|slug| self.known.actors.get(slug));
            actor.is_some_and(|a| a.kind != ActorKind::Speaker)
        });
        claimed && open && armed && speech.scope.start >= speech.words.end
    }

    /// "the rumours on social networks, according to which fifty had died", "un rapport selon lequel": the
    /// noun before says it; nobody where it is none that speaks.
    fn according_to_which(
        &self,
        hit: &Hit<'_, ()>,
        speakers: &mut Speakers,
    ) -> Option<Option<(Speech, usize)>> {
        const WHICH: &[&str] = &["which", "lequel", "laquelle", "lesquels", "lesquelles"];
        self.tokens.get(hit.end).filter(|t| one_of(t, WHICH))?;
        let comma = hit.start.checked_sub(1).is_some_and(|i| self.tokens[i].is(","));
        let close = hit.start - usize::from(comma);
        let rumour = (0..close).rev().take(7).find(|i| {
            one_of(&self.tokens[*i], &["rumours", "rumors", "rumeurs", "rumeur", "rumour"])
        });
        let who = match rumour {
            Some(at) => {
                let name = self.text[span(&self.tokens[at..close])].to_owned();
                vec![Claimant { name, actor: None }]
            }
            None => self.who(self.phrase_start(close, 0)..close, speakers),
        };
        let (scope, words) = (hit.end + 1..self.tokens.len(), hit.start..hit.end + 1);
        let speech = Speech { speakers: who, scope, words, said_on: None };
        Some((!speech.speakers.is_empty()).then_some((speech, hit.end + 1)))
    }

    /// One past the last semicolon before `end` that parts two counts; `from` when none does.
    fn after_last_semicolon(&self, from: usize, end: usize) -> usize {
        let counts = |mut range: Range<usize>| range.any(|i| figure(self.tokens, i).is_some());
        let last = (from..end).rev().find(|i| self.tokens[*i].is(";"));
        last.filter(|at| counts(from..*at) && counts(at + 1..end)).map_or(from, |at| at + 1)
    }

    /// "According to the magazine, ten soldiers died, while the assailants lost twenty": one past what
    /// is the speaker's; "while" sets against it only who else speaks.
    fn until_other(&self, from: usize) -> usize {
        let end = self.until_contrast(from);
        let speaks = |i: usize| {
            self.speech_verb(i).is_some() || self.vocabulary.by.at(self.tokens, i).is_some()
        };
        let other = (end..self.tokens.len()).any(speaks);
        let counts = (end..self.tokens.len()).any(|i| figure(self.tokens, i).is_some());
        if other || !counts { end } else { self.tokens.len() }
    }

    /// "selon ce qu'a rapporté à la presse le gouverneur": one past the verb and what stands between
    /// it and its subject; `at` itself when no such clause stands there.
    fn what_was_said(&self, at: usize) -> usize {
        let clause = self.tokens.get(at).is_some_and(|t| t.norm == "ce")
            && self.tokens.get(at + 1).is_some_and(|t| one_of(t, &["qu", "que"]));
        let verb = self.vocabulary.speech.at(self.tokens, at + 2).filter(|_| clause);
        let Some(mut end) = verb.map(|hit| hit.end) else { return at };
        while let Some(next) = self.over_adverbial(end) {
            end = next;
        }
        end
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::read;

    #[test]
    fn ok_according_to() {
        for (text, said) in [
            (
                "According to the magazine, ten soldiers died, while the attackers lost twenty men.",
                "magazine: , ten soldiers died, while the attackers lost twenty men.",
            ),
            (
                "The staff denies the rumours on social media, according to which fifty had died.",
                "rumours on social media: fifty had died.",
            ),
            (
                "Un rapport de la Minusma, selon lequel dix civils ont été tués, a été publié.",
                "Minusma: dix civils ont été tués, a été publié.",
            ),
        ] {
            assert_eq!(read(&[text]).last().map(String::as_str), Some(said), "{text}");
        }
    }

    #[test]
    fn ok_within_a_relative_clause() {
        let text = "MINUSMA confirmed the deaths of 19 civilians after a strike by the force which, according to the French Army, targeted fighters.";
        assert_eq!(
            read(&[text]),
            [
                "MINUSMA: the deaths of 19 civilians after a strike by the force which, according to the French Army, targeted fighters.",
                "French Army: , targeted fighters."
            ]
        );
        // Not where the words end what is said.
        let after = "Ten soldiers were killed in the ambush, which a patrol fell into, according to the army.";
        assert_eq!(
            read(&[after]),
            [
                "Malian Armed Forces: Ten soldiers were killed in the ambush, which a patrol fell into,"
            ]
        );
    }

    #[test]
    fn ok_passed_on_by_an_agency() {
        let text = "Selon le commandant de la zone, dix soldats ont été tués, a rapporté l'AFP.";
        let said = read(&[text]);
        assert_eq!(
            said.first().map(String::as_str),
            Some("commandant de la zone: , dix soldats ont été tués,")
        );
        assert_eq!(said.last().map(String::as_str), Some("AFP: "));
        let other = "Un habitant a fui ; dix soldats ont été tués, a rapporté l'AFP.";
        assert_eq!(read(&[other]), ["AFP: Un habitant a fui ; dix soldats ont été tués,"]);
    }

    #[test]
    fn err_others_behind_while() {
        let text = "According to the army, ten died, while residents counted twelve.";
        assert_eq!(read(&[text]), ["Malian Armed Forces: , ten died,", "residents: twelve."]);
        let nobody = "The war, according to which ten had died, went on.";
        assert!(read(&[nobody]).is_empty());
    }
}
