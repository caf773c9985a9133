//! Who says so: verbs of saying with their subject, "according to", and how far what they
//! say reaches.

mod according;
mod antecedent;
mod apposition;
mod both;
mod counted;
mod document;
mod given;
mod held;
mod inverted;
mod joined;
mod marked;
mod medial;
mod relayed;
mod saying;
mod speakers;
mod subject;
mod telling;
mod verb;
mod who;
mod words;

pub use speakers::{Speakers, is_relay};
pub(in crate::ingest::rules) use telling::THINK;

use super::actor::ActorFound;
use super::date::{self, DateFound};
use crate::ingest::lexicon::{any_of, one_of};
use crate::ingest::token::Token;
use crate::ingest::vocabulary::Vocabulary;
use crate::knowledge::Knowledge;
use crate::model::claim::Claimant;
use std::ops::Range;

/// Somebody says something.
#[derive(Debug, Clone, PartialEq)]
pub struct Speech {
    /// Who. Never empty.
    pub speakers: Vec<Claimant>,
    /// The tokens of what they say.
    pub scope: Range<usize>,
    /// The tokens that name the speaker and the saying.
    pub words: Range<usize>,
    /// When it was said, as the text puts it.
    pub said_on: Option<DateFound>,
}

/// "Three were hurt, a UN spokesman said on 4 November; a second civilian had been hurt": what
/// follows the semicolon is the same speaker's when nobody else speaks.
fn continue_after_semicolon(tokens: &[Token], speeches: &mut Vec<Speech>) {
    let Some(last) = speeches.last() else { return };
    let ends_before = last.scope.end <= last.words.start;
    let semicolon = (last.words.end..tokens.len()).find(|i| tokens[*i].is(";"));
    // "; officially, five died", "; un premier décompte s'arrêtait à 18": another account.
    let other = |from: usize| {
        let word = |i: usize, words: &[&str]| tokens.get(i).is_some_and(|t| any_of(t, words));
        let official = word(from + 1, &["officially", "officiellement"]);
        let count = word(from + 1, &["un", "a", "an", "one"])
            && word(
                from + 2,
                &["premier", "initial", "first", "earlier", "previous", "autre", "precedent"],
            );
        official || count
    };
    let semicolon = semicolon.filter(|from| !other(*from));
    if let (true, Some(from)) = (ends_before, semicolon) {
        let speech = Speech { scope: from..tokens.len(), ..last.clone() };
        speeches.push(speech);
    }
}

/// "…, a annoncé l'armée, révisant à la hausse son précédent bilan de neuf morts": the earlier count is
/// whose the later one is.
fn recall_own_count(tokens: &[Token], speeches: &mut Vec<Speech>) {
    let Some(last) = speeches.last() else { return };
    let own = (last.words.end..tokens.len().saturating_sub(2)).find(|i| {
        one_of(&tokens[*i], &["son", "its", "their", "leur"])
            && one_of(
                &tokens[i + 1],
                &["precedent", "premier", "previous", "earlier", "first", "initial"],
            )
            && one_of(&tokens[i + 2], &["bilan", "toll", "count", "figure", "estimate"])
    });
    if let Some(own) = own.filter(|_| last.scope.end <= last.words.start) {
        let speech = Speech { scope: own..tokens.len(), said_on: None, ..last.clone() };
        speeches.push(speech);
    }
}

/// What a rule needs to know of the sentence.
pub struct Scene<'a> {
    /// The whole text.
    pub text: &'a str,
    /// The sentence.
    pub tokens: &'a [Token],
    /// Known phrases.
    pub vocabulary: &'a Vocabulary,
    /// What is known.
    pub known: &'a Knowledge,
    /// The actors named in the sentence.
    pub actors: &'a [ActorFound],
}

/// Every saying of the sentence, in its order.
pub fn speeches(scene: &Scene<'_>, speakers: &mut Speakers) -> Vec<Speech> {
    let mut out: Vec<Speech> = Vec::new();
    let mut at = 0;
    while at < scene.tokens.len() {
        if let Some(hit) = scene.vocabulary.by.at(scene.tokens, at) {
            at = hit.end;
            let from = out.last().map_or(0, |s| s.words.end.max(s.scope.start));
            // "a-t-on appris auprès de la compagnie et d'un responsable de la santé": two of whom it
            // was learnt.
            let learnt = (hit.start..hit.end).find_map(|i| scene.learnt_from(i, from, speakers));
            let one = |s: &Speech| s.speakers.len() < 2;
            // "AQIM claimed to have killed nine, according to a news agency": AQIM's word, passed on.
            let passed_on = out.last().is_some_and(|s| scene.is_passed_on(s, hit.start));
            let found = match learnt.filter(|s| !one(s)) {
                _ if passed_on => None,
                Some(speech) => Some((speech.words.end, speech)),
                None => scene.according_to(&hit, from, speakers).map(|(s, end)| (end, s)),
            };
            if let Some((end, speech)) = found {
                at = end;
                speakers.heard(&speech.speakers);
                out.push(speech);
            }
        } else if let Some(speech) = {
            let from = out.last().map_or(0, |s| s.words.end);
            scene.given(at, from, speakers)
        } {
            at = speech.words.end;
            speakers.heard(&speech.speakers);
            out.push(speech);
        } else if let Some(hit) = scene.speech_verb(at) {
            at = hit.end;
            let from = out.last().map_or(0, |s| s.words.end);
            if let Some(speech) = scene.saying(&hit, from, speakers) {
                at = at.max(speech.words.end);
                speakers.heard(&speech.speakers);
                // What was said before ends where a new speaker begins.
                if let Some(before) = out.last_mut() {
                    before.scope.end =
                        before.scope.end.min(speech.words.start.max(before.scope.start));
                }
                out.push(speech);
            }
        } else {
            at += 1;
        }
    }
    scene.quoted_by_agency(&mut out, speakers);
    scene.leave_claims(&mut out);
    if out.is_empty()
        && let Some(speech) = scene.opening_speaker(speakers)
    {
        speakers.heard(&speech.speakers);
        out.push(speech);
    }
    let behind = scene.behind(&out);
    continue_after_semicolon(scene.tokens, &mut out);
    recall_own_count(scene.tokens, &mut out);
    out.extend(behind);
    speakers.subject = match out.is_empty() {
        true => scene.whom_a_sentence_is_about(speakers),
        false => None,
    };
    let both = scene.both();
    speakers.acted_together = out.is_empty() && both.as_ref().is_some_and(|b| b.act);
    if let Some(both) = both {
        speakers.both = both.who;
    }
    let asked = speakers.subject.as_ref().filter(|s| !s.person && scene.would_not_say());
    speakers.asked = asked.map(|s| s.who.clone());
    for actor in scene.actors {
        let claimant = scene.claimant_of(actor);
        speakers.met.retain(|c| c.actor != claimant.actor);
        speakers.met.push(claimant);
    }
    out
}

impl Scene<'_> {
    /// One past the noun phrase that begins at `start`.
    pub(in crate::ingest::rules) fn phrase_end(&self, start: usize) -> usize {
        let mut i = start;
        while let Some(token) = self.tokens.get(i) {
            let inside_name = self.actors.iter().any(|a| a.start < i && i < a.end);
            let ends = !token.is_word() && !token.is("'s") && !token.is("’s") && !token.is("/")
                || one_of(
                    token,
                    &[
                        "who", "which", "that", "qui", "que", "while", "but", "after", "when",
                        "in", "on", "at", "and", "et", "dans", "cite", "cites", "joint", "joints",
                        "est", "etait", "sont", "fait", "font", "faisait", "faisaient", "vient",
                        "viennent", "was", "were", "is", "are", "has", "had", "stood", "stands",
                        "put", "puts", "gave", "listed", "showed",
                    ],
                );
            // "according to several sources the attack left": another noun begins.
            let another = i > start
                && one_of(token, &["the", "a", "an"])
                && !token.capital
                && self.text[token.start..token.end].is_ascii()
                && !one_of(
                    &self.tokens[i - 1],
                    &["of", "in", "at", "from", "for", "with", "to", "by", "on", "near", "as"],
                );
            // "déclaré Human Rights Watch aujourd'hui": when, and no part of the name.
            let dated = i > start && !token.capital && date::date(self.tokens, i).is_some();
            if let Some(end) = self.name_in_marks(i) {
                i = end;
                continue;
            }
            if (ends || another || dated)
                && !self.joins_name(i)
                && !inside_name
                && !self.is_initial_stop(i)
            {
                break;
            }
            i += 1;
        }
        i
    }

    /// What is said ends where "while", "tandis que" sets somebody else against it.
    fn until_contrast(&self, from: usize) -> usize {
        let contrast =
            |i: &usize| one_of(&self.tokens[*i], &["while", "whereas", "tandis", "quand"]);
        (from + 2..self.tokens.len()).find(contrast).unwrap_or(self.tokens.len())
    }
}

/// Verbs of counting one's own: what stands before them belongs to it too.
pub const COUNTING: [&str; 6] =
    ["compte", "comptent", "deplore", "deplorent", "enregistre", "enregistrent"];

#[cfg(test)]
mod tests;
