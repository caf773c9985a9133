//! Who says so: verbs of saying with their subject, "according to", and how far what they
//! say reaches.

use super::actor::ActorFound;
use super::date::{self, DateFound, DateWords};
use crate::ingest::lexicon::{Hit, one_of};
use crate::ingest::rules::number;
use crate::ingest::token::{Token, norm, span};
use crate::ingest::vocabulary::Vocabulary;
use crate::knowledge::Knowledge;
use crate::knowledge::actors::ActorKind;
use crate::model::claim::Claimant;
use std::collections::HashMap;
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

/// Who spoke before, for pronouns and short names.
#[derive(Debug, Default, Clone)]
pub struct Speakers {
    last: Vec<Claimant>,
    /// Actors named, latest last: whom "the mission" and "the group" can mean.
    met: Vec<Claimant>,
    by_surname: HashMap<String, Claimant>,
}

impl Speakers {
    /// Whoever spoke last.
    pub fn last(&self) -> &[Claimant] {
        &self.last
    }
}

/// "Three were hurt, a UN spokesman said on 4 November; a second civilian had been hurt": what
/// follows the semicolon is the same speaker's when nobody else speaks.
fn continue_after_semicolon(tokens: &[Token], speeches: &mut Vec<Speech>) {
    let Some(last) = speeches.last() else { return };
    let ends_before = last.scope.end <= last.words.start;
    let semicolon = (last.words.end..tokens.len()).find(|i| tokens[*i].is(";"));
    if let (true, Some(from)) = (ends_before, semicolon) {
        let speech = Speech { scope: from..tokens.len(), ..last.clone() };
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
            if let Some((speech, end)) = scene.according_to(&hit, from, speakers) {
                at = end;
                speakers.last.clone_from(&speech.speakers);
                out.push(speech);
            }
        } else if let Some(speech) = scene.nominal(at, speakers) {
            at = speech.words.end;
            speakers.last.clone_from(&speech.speakers);
            out.push(speech);
        } else if let Some(hit) = scene.speech_verb(at) {
            at = hit.end;
            let from = out.last().map_or(0, |s| s.words.end);
            if let Some(speech) = scene.saying(&hit, from, speakers) {
                at = at.max(speech.words.end);
                speakers.last.clone_from(&speech.speakers);
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
    continue_after_semicolon(scene.tokens, &mut out);
    for actor in scene.actors {
        let claimant = scene.claimant_of(actor);
        speakers.met.retain(|c| c.actor != claimant.actor);
        speakers.met.push(claimant);
    }
    out
}

impl<'a> Scene<'a> {
    fn speech_verb(&self, at: usize) -> Option<Hit<'a, ()>> {
        let hit = self.vocabulary.speech.at(self.tokens, at)?;
        if self.tokens[at].norm == "accused"
            && self.tokens.get(at + 1).is_some_and(|t| t.norm == "of")
        {
            return None;
        }
        let casualty =
            self.vocabulary.casualty.at(self.tokens, at).is_some_and(|c| c.end > hit.end);
        let token = &self.tokens[at];
        let before = at.checked_sub(1).map(|i| &self.tokens[i]);
        // "these claims", "an assessment": nouns. "were reported": nobody says it.
        let noun = before.is_some_and(|t| {
            one_of(
                t,
                &[
                    "the", "these", "those", "of", "a", "an", "its", "their", "such", "le", "les",
                    "du", "des", "ce", "en", "to", "and",
                ],
            )
        }) && one_of(
            token,
            &["claims", "claim", "report", "reports", "estimates", "compte", "notes", "shows"],
        );
        let passive = self.tokens[..at].iter().rev().take(3).take_while(|t| t.is_word()).any(|t| {
            one_of(t, &["was", "were", "been", "being", "is", "are", "be", "ete", "etait", "est"])
        });
        let deed =
            one_of(token, &["claimed", "claims", "claim", "claiming"]) && self.is_deed(hit.end);
        (!casualty && !noun && !passive && !deed).then_some(hit)
    }

    /// "claimed responsibility", "claimed the attack": the deed, not a figure. "claimed the
    /// attack targeted militants" is a saying.
    fn is_deed(&self, at: usize) -> bool {
        const DEEDS: [&str; 9] = [
            "responsibility", "attack", "raid", "assault", "ambush", "bombing", "attacks", "by",
            "credit",
        ];
        let Some(noun) = self.tokens[at..].iter().take(4).position(|t| one_of(t, &DEEDS)) else {
            return false;
        };
        let told =
            self.tokens[at..at + noun].iter().any(|t| one_of(t, &["that", "to", "they", "it"]));
        let verb = self.tokens.get(at + noun + 1).is_some_and(|t| {
            one_of(t, &["was", "were", "had", "has", "hit"]) || t.norm.ends_with("ed")
        });
        !told && !verb
    }

    /// "according to X": what stands before it, or after it at the start of a sentence.
    fn according_to(
        &self,
        hit: &Hit<'_, ()>,
        from: usize,
        speakers: &mut Speakers,
    ) -> Option<(Speech, usize)> {
        // "de source sécuritaire": the source is a part of the phrase.
        let sourced = one_of(&self.tokens[hit.start], &["de"]);
        let start = if sourced { hit.start + 1 } else { hit.end };
        let end = self.phrase_end(start);
        let who = self.who(start..end, speakers);
        if who.is_empty() {
            return None;
        }
        let opens = hit.start <= from + 1;
        // "(three according to the army)": the bracket only; "12 (selon l'armée)": what is before.
        let bracket = (from..hit.start)
            .rev()
            .take_while(|i| !self.tokens[*i].is(")"))
            .find(|i| self.tokens[*i].is("("));
        let scope = match bracket {
            Some(open) if hit.start > open + 1 => open + 1..hit.start,
            Some(open) => open.saturating_sub(5).max(from)..open,
            None if opens => end..self.until_contrast(end),
            None => from..hit.start,
        };
        Some((Speech { speakers: who, scope, words: hit.start..end, said_on: None }, end))
    }

    /// One past the noun phrase that begins at `start`.
    fn phrase_end(&self, start: usize) -> usize {
        let mut i = start;
        while let Some(token) = self.tokens.get(i) {
            let inside_name = self.actors.iter().any(|a| a.start < i && i < a.end);
            let ends = !token.is_word() && !token.is("'s") && !token.is("’s") && !token.is("/")
                || one_of(
                    token,
                    &[
                        "who", "which", "that", "qui", "que", "while", "but", "after", "when",
                        "in", "on", "at", "and", "et", "dans", "cite", "cites", "joint", "joints",
                    ],
                );
            if ends && !inside_name {
                break;
            }
            i += 1;
        }
        i
    }

    /// A verb of saying with its subject.
    fn saying(&self, hit: &Hit<'_, ()>, from: usize, speakers: &mut Speakers) -> Option<Speech> {
        if let Some(speech) = self.inverted(hit, from, speakers) {
            return Some(speech);
        }
        if let Some(speech) = self.participial(hit, from, speakers) {
            return Some(speech);
        }
        let Some(subject) = self.subject(hit.start, from) else {
            return self.coordinated(hit, speakers);
        };
        let mut who = self.who(subject.name.clone(), speakers);
        if who.is_empty() {
            return None;
        }
        if let Some(apposition) = &subject.apposition {
            self.learn(apposition.clone(), &who[0], speakers);
        }
        if who.len() == 1 && subject.name.start > from {
            who = self.with_joined(subject.name.start, who, speakers);
        }
        let quoted_before = subject.name.start.checked_sub(1).is_some_and(|i| {
            self.tokens[i].is(",") || self.tokens[i].is_quote() || self.tokens[i].is(".")
        });
        let rest = &self.tokens[hit.end..];
        let tail = rest.iter().take_while(|t| !t.is(".") && !t.is(";")).count();
        let says_more = rest
            .iter()
            .take(4)
            .any(|t| one_of(t, &["that", "que", "qu"]) || t.is(":") || t.is_quote());
        let opening_adverbial = self.is_adverbial(from..subject.name.start);
        let aside = rest.iter().take(4).any(|t| t.is(","));
        let left = quoted_before && !says_more && (tail <= 8 || aside) && !opening_adverbial;
        let counting = one_of(&self.tokens[hit.end - 1], &COUNTING);
        let scope = match (counting, left) {
            (true, _) => from..self.tokens.len(),
            (_, true) => from..subject.name.start,
            _ => hit.end..self.until_contrast(hit.end),
        };
        let said_on = self.said_on(from..subject.name.start, hit.end, opening_adverbial);
        let words = subject.name.start..hit.end;
        Some(Speech { speakers: who, scope, words, said_on })
    }

    /// "The MSA corroborated this, assessing …", "A patrol set out, alleging …": the subject is
    /// that of the sentence.
    fn participial(&self, hit: &Hit<'_, ()>, from: usize, speakers: &Speakers) -> Option<Speech> {
        let verb = &self.tokens[hit.start];
        let after_comma = hit.start > 0 && self.tokens[hit.start - 1].is(",");
        if !(after_comma && (verb.norm.ends_with("ing") || verb.norm.ends_with("ant"))) {
            return None;
        }
        let speakers = if from > 0 {
            speakers.last.clone()
        } else {
            let actor = self.actors.iter().find(|a| a.end <= hit.start)?;
            vec![self.claimant_of(actor)]
        };
        let scope = hit.end..self.tokens.len();
        let words = hit.start..hit.end;
        (!speakers.is_empty()).then_some(Speech { speakers, scope, words, said_on: None })
    }

    /// "MINUSMA condemned the violence and said that": the subject of the verb before.
    fn coordinated(&self, hit: &Hit<'_, ()>, speakers: &Speakers) -> Option<Speech> {
        let mut at = hit.start;
        while at > 0 && is_filler(&self.tokens[at - 1]) {
            at -= 1;
        }
        let and = at
            .checked_sub(1)
            .is_some_and(|i| one_of(&self.tokens[i], &["and", "et", "then", "puis"]));
        let actor = self.actors.iter().find(|a| a.end < at).filter(|_| and)?;
        let opens = actor.start <= 2;
        let who = if opens { vec![self.claimant_of(actor)] } else { speakers.last.clone() };
        let scope = hit.end..self.tokens.len();
        (!who.is_empty()).then_some(Speech {
            speakers: who,
            scope,
            words: hit.start..hit.end,
            said_on: None,
        })
    }

    /// What is said ends where "while", "tandis que" sets somebody else against it.
    fn until_contrast(&self, from: usize) -> usize {
        let contrast = |i: &usize| one_of(&self.tokens[*i], &["while", "whereas", "tandis"]);
        (from + 2..self.tokens.len()).find(contrast).unwrap_or(self.tokens.len())
    }

    /// "accusations from the FLA that …", "reports by residents that …".
    fn nominal(&self, at: usize, speakers: &mut Speakers) -> Option<Speech> {
        let nouns = [
            "accusations", "accusation", "allegations", "allegation", "claims", "claim", "reports",
            "statements", "assertion", "assertions", "accusations",
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

    /// French and newspaper order: "…, a indiqué le gouvernement", "…, said Mayor Guindo".
    fn inverted(&self, hit: &Hit<'_, ()>, from: usize, speakers: &mut Speakers) -> Option<Speech> {
        let before = hit.start.checked_sub(1).map(|i| &self.tokens[i])?;
        if !(before.is(",") || before.is_quote() || before.is("!") || before.is("?")) {
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
                &["le", "la", "l", "les", "un", "une", "des", "the", "a", "an", "ce", "one", "two"],
            );
        if !opens || self.tokens.get(start + 1).is_some_and(|t| one_of(t, &["que", "that"])) {
            return None;
        }
        let end = self.phrase_end(start);
        let range = start..end;
        // "X, porte-parole, a annoncé la mort de …": the noun after it is what is said.
        let speaks = self
            .actors
            .iter()
            .any(|a| range.start <= a.start && a.end <= range.end && a.start <= start + 3)
            || self.tokens[range.clone()].iter().take(4).any(is_speaker_word)
            || (first.capital && range.len() >= 2);
        if !speaks || !self.vocabulary.casualty.all(&self.tokens[range.clone()]).is_empty() {
            return None;
        }
        let who = self.who(range, speakers);
        if who.is_empty() {
            return None;
        }
        let scope = from..hit.start;
        Some(Speech { speakers: who, scope, words: hit.start..end, said_on: dated })
    }

    /// "a dit à l'AFP un élu", "a déclaré sur Twitter, sous couvert d'anonymat, mercredi, le
    /// ministre": the words between an inverted verb and its subject.
    fn over_adverbial(&self, at: usize) -> Option<usize> {
        if let Some(found) = date::date(self.tokens, at) {
            return Some(found.end);
        }
        let token = self.tokens.get(at)?;
        if one_of(token, &["ce", "soir", "matin"]) {
            return Some(at + 1);
        }
        if one_of(token, &["sous"]) && self.tokens.get(at + 1).is_some_and(|t| t.norm == "couvert")
        {
            return Some((at + 4).min(self.tokens.len()));
        }
        if one_of(token, &["a", "au", "to", "sur", "on", "aupres"]) && !token.capital {
            let article = usize::from(
                self.tokens.get(at + 1).is_some_and(|t| one_of(t, &["l", "la", "le", "the"])),
            );
            let name = at + 1 + article;
            if self.tokens.get(name).is_some_and(|t| t.capital) {
                let actor = self.actors.iter().find(|a| a.start <= name && name < a.end);
                return Some(actor.map_or(name + 1, |a| a.end));
            }
        }
        if one_of(token, &["dans", "in"]) {
            let document =
                (at + 1..at + 4).find(|i| self.vocabulary.documents.at(self.tokens, *i).is_some());
            let bare = document.filter(|d| {
                self.tokens.get(d + 1).is_some_and(|t| !one_of(t, &["de", "du", "d", "by", "of"]))
            });
            return bare.map(|d| d + 1);
        }
        None
    }

    /// The subject that ends before the verb at `verb`.
    fn subject(&self, verb: usize, from: usize) -> Option<Subject> {
        let mut end = verb;
        while end > from && is_filler(&self.tokens[end - 1]) {
            end -= 1;
        }
        // "France on Tuesday said".
        if let Some(found) =
            (from..end).find_map(|i| date::date(self.tokens, i).filter(|d| d.end == end))
        {
            let on =
                found.start > from && one_of(&self.tokens[found.start - 1], &["on", "le", "ce"]);
            end = found.start - usize::from(on);
        }
        let mut apposition = None;
        if end > from && self.tokens[end - 1].is(")") {
            end = (from..end).rev().take(8).find(|i| self.tokens[*i].is("("))?;
        }
        if end > from && self.tokens[end - 1].is(",") {
            // "the minister, Florence Parly, announced"; "JNIM, for its part, said".
            let comma = (from..end - 1).rev().take(14).find(|i| self.tokens[*i].is(","))?;
            apposition = Some(comma + 1..end - 1);
            end = comma;
        }
        let mut start = end;
        while start > from && !self.bounds(start - 1) {
            start -= 1;
        }
        let start = self.after_adverbial(start, end);
        (start < end).then_some(Subject { name: start..end, apposition })
    }

    /// Passes over "Later that day" and other words that open a clause.
    fn after_adverbial(&self, start: usize, end: usize) -> usize {
        let mut i = start;
        while i < end
            && (is_filler(&self.tokens[i])
                || one_of(
                    &self.tokens[i],
                    &["however", "instead", "meanwhile", "although", "outre", "as"],
                ))
        {
            i += 1;
        }
        // "Days later Defence Minister X raised the count".
        if i + 1 < end && one_of(&self.tokens[i], &["days", "hours", "weeks", "shortly"]) {
            i += 1 + usize::from(is_filler(&self.tokens[i + 1]));
        }
        // "In a separate statement the mission denounced".
        if i < end && one_of(&self.tokens[i], &["in", "dans"]) {
            let document = (i + 1..end.min(i + 5))
                .find(|j| self.vocabulary.documents.at(self.tokens, *j).is_some());
            if let Some(document) = document.filter(|d| d + 1 < end) {
                return document + 1;
            }
        }
        // "On 4 November the ministry said", "In April MINUSMA accused".
        if i < end
            && one_of(&self.tokens[i], &["on", "in", "le", "en"])
            && let Some(found) = date::date(self.tokens, i + 1).filter(|d| d.end < end)
        {
            return found.end;
        }
        i
    }

    fn bounds(&self, i: usize) -> bool {
        if self.actors.iter().any(|a| a.start <= i && i < a.end) {
            return false;
        }
        let token = &self.tokens[i];
        token.is(",")
            || token.is(";")
            || token.is(":")
            || token.is("(")
            || token.is(")")
            || token.is("—")
            || token.is("–")
            || token.is("-")
            || token.is(".")
            || token.is_quote()
            || one_of(
                token,
                &[
                    "and", "but", "while", "with", "that", "although", "et", "mais", "que",
                    "alors", "tandis", "whereas", "though", "because", "as", "after", "when", "if",
                    "puis", "lorsque", "qu",
                ],
            )
    }

    /// "GATIA and the MSA assessed", "the French Army, GATIA, and the MSA corroborated".
    fn with_joined(
        &self,
        start: usize,
        mut who: Vec<Claimant>,
        speakers: &mut Speakers,
    ) -> Vec<Claimant> {
        let mut at = start;
        loop {
            let mut end = at;
            while end > 0
                && (self.tokens[end - 1].is(",")
                    || one_of(&self.tokens[end - 1], &["and", "et", "the"]))
            {
                end -= 1;
            }
            let found = self.actors.iter().find(|a| a.end == end && end < at);
            let Some(actor) = found else { return who };
            let between = &self.tokens[end..start];
            let joined_by_and = between.iter().any(|t| one_of(t, &["and", "et"]));
            // "…, and state television showed": a comma before "and" begins a clause, unless
            // it ends a list.
            let comma = self.tokens[end..at].iter().any(|t| t.is(","));
            let listed =
                self.actors.iter().any(|a| a.end < actor.start && actor.start - a.end <= 2);
            if !joined_by_and || (comma && at == start && !listed) {
                return who;
            }
            let more = self.who(actor.start..actor.end, speakers);
            who.splice(0..0, more);
            at = actor.start;
            if at == 0 {
                return who;
            }
        }
    }

    /// The claimants that a noun phrase names.
    pub fn who(&self, range: Range<usize>, speakers: &mut Speakers) -> Vec<Claimant> {
        let mut range = range;
        while range.start < range.end && is_determiner(&self.tokens[range.start]) {
            range.start += 1;
        }
        while range.start < range.end && is_filler(&self.tokens[range.end - 1]) {
            range.end -= 1;
        }
        // "Tuesday", "n'a pas", "à l'AFP" belong to the verb.
        while range.len() > 1 && is_auxiliary(&self.tokens[range.end - 1]) {
            range.end -= 1;
        }
        // "In a statement dated 14 February 2020 the government".
        let dated = (range.start..range.end)
            .rev()
            .find_map(|i| date::date(self.tokens, i).filter(|d| d.end < range.end));
        if let Some(found) = dated {
            range.start = found.end;
        }
        while range.start < range.end && is_determiner(&self.tokens[range.start]) {
            range.start += 1;
        }
        let tokens = &self.tokens[range.clone()];
        let Some(first) = tokens.first() else {
            return Vec::new();
        };
        if tokens.len() > 16 {
            return Vec::new();
        }
        if let Some(document) = self.document(range.clone(), speakers) {
            return document;
        }
        if tokens.len() <= 3 && is_anaphor(tokens) {
            return self.antecedent(range.clone(), speakers);
        }
        let exact = self.actors.iter().find(|a| a.start <= range.start && a.end >= range.end);
        if let Some(actor) = exact {
            return vec![self.claimant_of(actor)];
        }
        let surname = tokens.len() == 1 && first.capital;
        if let Some(known) = speakers.by_surname.get(&first.norm).filter(|_| surname) {
            return vec![known.clone()];
        }
        // "Le bilan de lundi à Gao fait état de", "the massacre says": these say nothing.
        let place = self
            .vocabulary
            .events
            .at(self.tokens, range.start)
            .is_some_and(|hit| hit.end > range.start)
            || self
                .vocabulary
                .places
                .at(self.tokens, range.start)
                .is_some_and(|hit| hit.end == range.end);
        if place {
            return Vec::new();
        }
        // Somebody described: needs a name or a word for people who speak.
        let named = tokens.iter().skip(1).any(|t| t.capital)
            || (first.capital && tokens.len() >= 2 && range.start > 0);
        let speaks = tokens.iter().any(is_speaker_word);
        let inside = self.actors.iter().find(|a| range.start <= a.start && a.end <= range.end);
        if !(named || speaks || inside.is_some() || (surname && range.start > 0))
            || tokens.iter().any(is_verb_like)
        {
            return Vec::new();
        }
        let kept = self.described(range.clone());
        let name = self.text[span(&self.tokens[kept.clone()])].to_owned();
        let actor = inside.map(|a| a.slug.clone()).filter(|_| speaks_for(tokens));
        let claimant = Claimant { name, actor };
        self.learn(range, &claimant, speakers);
        vec![claimant]
    }

    /// A description without its relative clause and tail ("present at the scene").
    fn described(&self, range: Range<usize>) -> Range<usize> {
        let cut = self.tokens[range.clone()]
            .iter()
            .skip(1)
            .position(|t| {
                one_of(
                    t,
                    &[
                        "who", "present", "speaking", "quoted", "contacted", "qui", "joint", "on",
                        "in", "cite",
                    ],
                )
            })
            .map_or(range.end, |i| range.start + 1 + i);
        range.start..cut
    }

    /// "An initial report by the Malian army", "the government's statement", "JNIM's video".
    fn document(&self, range: Range<usize>, speakers: &mut Speakers) -> Option<Vec<Claimant>> {
        let noun = (range.start..range.end)
            .find(|i| self.vocabulary.documents.at(self.tokens, *i).is_some())?;
        let by = (noun..range.end)
            .find(|i| one_of(&self.tokens[*i], &["by", "from", "of", "par", "de", "du"]));
        if let Some(by) = by {
            let who = self.who(by + 1..range.end, speakers);
            if !who.is_empty() {
                return Some(who);
            }
        }
        // "according to its own statement": the sentence's own subject.
        let own = range.start.checked_sub(1).is_some_and(|i| {
            one_of(&self.tokens[i], &["its", "their", "sa", "son", "leur", "ses"])
        });
        if let Some(subject) = self.actors.iter().find(|a| a.end < range.start).filter(|_| own) {
            return Some(vec![self.claimant_of(subject)]);
        }
        let owner = self.actors.iter().find(|a| range.start <= a.start && a.end <= noun);
        if let Some(owner) = owner {
            return Some(vec![self.claimant_of(owner)]);
        }
        // "The group's statement": whoever spoke last.
        let owned = self.tokens[range.start..noun].iter().any(|t| t.is("'s") || t.is("’s"));
        if owned && is_anaphor(&self.tokens[range.start..range.start + 1]) {
            return Some(self.antecedent(range.start..range.start + 1, speakers));
        }
        // A document whose author stands outside the phrase ("diffusé lundi par l'état-major").
        let after = self.actors.iter().find(|a| {
            a.start > range.end
                && a.start < range.end + 8
                && self.tokens[range.end..a.start].iter().any(|t| one_of(t, &["par", "by", "from"]))
        });
        if let Some(author) = after {
            return Some(vec![self.claimant_of(author)]);
        }
        let bare = self.tokens[range].iter().filter(|t| t.is_word()).count() <= 4;
        bare.then(|| speakers.last.clone())
    }

    fn claimant_of(&self, actor: &ActorFound) -> Claimant {
        let name = self.known.actors.get(&actor.slug).map(|a| a.name.clone());
        let written = self.text[span(&self.tokens[actor.start..actor.end])].to_owned();
        let name = if actor.short { name.unwrap_or(written) } else { written };
        Claimant { name, actor: Some(actor.slug.clone()) }
    }

    /// Whom "they", "the group" mean: an actor named earlier in the sentence as the owner of a
    /// statement, else whoever spoke last.
    fn antecedent(&self, range: Range<usize>, speakers: &Speakers) -> Vec<Claimant> {
        let before = range.start;
        // The counted dead are not who speaks.
        let counted = |a: &ActorFound| {
            (a.start.saturating_sub(3)..a.start).any(|i| number::figure(self.tokens, i).is_some())
        };
        let noun = self.tokens[range.clone()].iter().rev().find(|t| t.is_word());
        let kinds: &[ActorKind] = match noun.map_or("", |t| t.norm.as_str()) {
            "mission" | "force" => &[ActorKind::UnitedNations],
            "group" | "groupe" | "movement" | "mouvement" | "coalition" | "militia"
            | "organization" | "organisation" => &[
                ActorKind::Jihadist,
                ActorKind::Separatist,
                ActorKind::SelfDefenceMilitia,
                ActorKind::Speaker,
            ],
            "ministry" | "ministere" => &[],
            _ => {
                let here = self
                    .actors
                    .iter()
                    .rev()
                    .find(|a| a.end <= before && before - a.end <= 8 && !counted(a));
                return match here {
                    Some(actor) => vec![self.claimant_of(actor)],
                    None => speakers.last.clone(),
                };
            }
        };
        // A group is no government and no army.
        let fits = |c: &Claimant| {
            let actor = c.actor.as_deref().and_then(|slug| self.known.actors.get(slug));
            actor.is_some_and(|a| {
                kinds.contains(&a.kind) && (a.kind != ActorKind::Speaker || a.country.is_none())
            }) || (kinds.is_empty() && norm(&c.name).contains("minist"))
        };
        let here = self.actors.iter().rev().filter(|a| a.end <= before && !counted(a));
        let here = here.map(|a| self.claimant_of(a)).find(|c| fits(c));
        if here.is_none() && !speakers.last.is_empty() && speakers.last.iter().all(fits) {
            return speakers.last.clone();
        }
        let met = here.or_else(|| speakers.met.iter().rev().find(|c| fits(c)).cloned());
        let written = || Claimant {
            name: self.text[span(&self.tokens[range.clone()])].to_owned(),
            actor: None,
        };
        vec![met.unwrap_or_else(written)]
    }

    /// Remembers a person's name, so that the surname alone is understood later.
    fn learn(&self, range: Range<usize>, claimant: &Claimant, speakers: &mut Speakers) {
        let tokens = &self.tokens[range];
        let names: Vec<_> = tokens.iter().filter(|t| t.capital && t.is_word()).collect();
        if let (true, Some(last)) = (names.len() >= 2, tokens.last())
            && last.capital
        {
            speakers.by_surname.insert(last.norm.clone(), claimant.clone());
        }
    }

    /// "On January 11, …" and "In a statement, …" before a subject: they open what is said.
    fn is_adverbial(&self, range: Range<usize>) -> bool {
        let tokens = &self.tokens[range];
        tokens.first().is_some_and(|t| {
            one_of(
                t,
                &[
                    "on", "in", "at", "later", "after", "earlier", "the", "two", "three", "days",
                    "le", "dans", "en", "par", "however", "meanwhile", "instead", "following",
                    "au", "mardi", "lundi",
                ],
            )
        }) && tokens.len() <= 14
            && self.vocabulary.casualty.all(tokens).is_empty()
    }

    fn said_on(&self, before: Range<usize>, after: usize, opening: bool) -> Option<DateFound> {
        let near =
            (after..(after + 3).min(self.tokens.len())).find_map(|i| date::date(self.tokens, i));
        near.or_else(|| {
            let opens =
                opening.then(|| date::dates(&self.tokens[before.clone()]).into_iter().next())??;
            // "In April 2018, MINUSMA accused": the month is that of the deed too.
            if matches!(opens.words, DateWords::Month { .. } | DateWords::Year(_)) {
                return None;
            }
            Some(DateFound {
                start: opens.start + before.start,
                end: opens.end + before.start,
                words: opens.words,
            })
        })
    }
}

/// Verbs of counting one's own: what stands before them belongs to it too.
pub const COUNTING: [&str; 6] =
    ["compte", "comptent", "deplore", "deplorent", "enregistre", "enregistrent"];

struct Subject {
    name: Range<usize>,
    apposition: Option<Range<usize>>,
}

fn is_determiner(token: &Token) -> bool {
    // "UN" is no article.
    !token.shouted
        && one_of(
            token,
            &[
                "the", "a", "an", "le", "la", "l", "les", "un", "une", "des", "du", "this", "its",
                "some",
            ],
        )
}

fn is_auxiliary(token: &Token) -> bool {
    !token.shouted
        && one_of(
            token,
            &[
                "a", "ont", "n", "ne", "pas", "avait", "avaient", "est", "sont", "on", "ce", "d",
                "abord", "elles", "ils", "eux",
            ],
        )
}

/// Words between a subject and its verb.
fn is_filler(token: &Token) -> bool {
    token.norm.ends_with("ly") && token.is_word() && !token.capital
        || one_of(
            token,
            &[
                "has", "had", "have", "also", "later", "earlier", "then", "still", "later",
                "itself", "meanwhile", "instead", "already", "since", "did", "not", "at", "first",
                "now", "aussi", "egalement", "ensuite", "y", "n", "ne",
            ],
        )
}

fn is_anaphor(tokens: &[Token]) -> bool {
    const PRONOUNS: [&str; 15] = [
        "lui", "it", "they", "he", "she", "il", "elle", "ils", "elles", "who", "celui", "celle",
        "ceux", "which", "on",
    ];
    const NOUNS: [&str; 22] = [
        "group", "movement", "organization", "organisation", "statement", "mission", "coalition",
        "groupe", "mouvement", "communique", "responsable", "ministry", "ministere", "text",
        "texte", "force", "militia", "latter", "dernier", "derniere", "report", "rapport",
    ];
    let words: Vec<_> = tokens
        .iter()
        .filter(|t| {
            t.is_word() && !is_determiner(t) && !one_of(t, &["ce", "cette", "meme", "same"])
        })
        .collect();
    match words.as_slice() {
        [one] => PRONOUNS.contains(&one.norm.as_str()) || NOUNS.contains(&one.norm.as_str()),
        _ => false,
    }
}

/// Words for people and bodies that speak.
fn is_speaker_word(token: &Token) -> bool {
    const WORDS: &[&str] = &[
        "official", "officials", "source", "sources", "newspaper", "document", "politician",
        "lawmaker", "deputy", "councillor", "trader", "driver", "nurse", "elder", "depute",
        "officier", "sources", "spokesman", "spokesperson", "spokeswoman", "resident", "residents",
        "witness", "witnesses", "minister", "ministry", "governor", "mayor", "administrator",
        "worker", "analyst", "analysts", "report", "reports", "radio", "television", "agency",
        "army", "government", "commander", "chief", "general", "officer", "group", "groups",
        "organization", "organizations", "survivor", "survivors", "leader", "leaders", "doctor",
        "doctors", "hospital", "prosecutor", "diplomat", "villagers", "locals", "media", "experts",
        "expert", "investigators", "authorities", "colonel", "president", "ambassador",
        "association", "mission", "representative", "inhabitants", "eyewitness", "eyewitnesses",
        "militia", "coalition", "staff", "secretary", "elected", "responsable", "responsables",
        "habitant", "habitants", "temoin", "temoins", "ministre", "ministere", "gouverneur",
        "maire", "elu", "elus", "porte", "parole", "autorite", "autorites", "gouvernement",
        "armee", "communique", "etat", "colonel", "organisation", "prefet", "medecin", "proches",
        "groupe", "officiel", "officiels", "journal", "presse", "ong", "rescape", "rescapes",
        "survivants", "commandant", "chef", "rapport", "onu", "parquet", "procureur", "societe",
    ];
    one_of(token, WORDS)
}

/// Whether a described person speaks for the actor named in the description.
fn speaks_for(tokens: &[Token]) -> bool {
    tokens.iter().any(|t| {
        one_of(
            t,
            &[
                "spokesman", "spokesperson", "spokeswoman", "official", "officials", "minister",
                "ministry", "ministre", "porte", "commander", "chief", "leader", "head", "general",
                "officer", "president", "staff", "colonel", "authorities",
            ],
        )
    })
}

fn is_verb_like(token: &Token) -> bool {
    one_of(
        token,
        &[
            "was", "were", "is", "are", "killed", "attacked", "abducted", "cited", "quoted",
            "opened", "ont", "etait", "had", "sont", "ete", "did", "has",
        ],
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ingest::rules::actor::{Cast, actors};
    use crate::ingest::token::tokens;
    use std::sync::LazyLock;

    static KNOWN: LazyLock<Knowledge> = LazyLock::new(Knowledge::embedded);
    static VOCABULARY: LazyLock<Vocabulary> = LazyLock::new(|| Vocabulary::new(&KNOWN));

    /// "speaker, speaker: what is said" for each saying of the last of `sentences`.
    fn read(sentences: &[&str]) -> Vec<String> {
        let (mut speakers, mut cast) = (Speakers::default(), Cast::default());
        let mut out = Vec::new();
        for text in sentences {
            let tokens = tokens(text, 0..text.len());
            let actors = actors(&tokens, &VOCABULARY, &KNOWN, &mut cast);
            let scene = Scene {
                text,
                tokens: &tokens,
                vocabulary: &VOCABULARY,
                known: &KNOWN,
                actors: &actors,
            };
            out = speeches(&scene, &mut speakers)
                .into_iter()
                .map(|s| {
                    let names: Vec<_> = s.speakers.iter().map(|c| c.name.as_str()).collect();
                    let said = if s.scope.is_empty() { "" } else { &text[span(&tokens[s.scope])] };
                    format!("{}: {said}", names.join(", "))
                })
                .collect();
        }
        out
    }

    #[test]
    fn ok_speakers() {
        let mut wrong = Vec::new();
        for (sentences, expected) in [
            (
                vec!["The Malian government claimed that eleven jihadists were killed."],
                vec!["Malian government: that eleven jihadists were killed."],
            ),
            (
                vec![
                    "It killed 18 people, according to a Tuareg separatist group, while military officials claim the attack hit militants.",
                ],
                vec![
                    "Tuareg separatist group: It killed 18 people,",
                    "military officials: the attack hit militants.",
                ],
            ),
            (
                vec!["The governor of Menaka, Daouda Maiga, stated that six were killed."],
                vec!["governor of Menaka: that six were killed."],
            ),
            (
                vec![
                    "The governor of Menaka, Daouda Maiga, stated that six were killed.",
                    "Maiga stated that many were young.",
                ],
                vec!["governor of Menaka: that many were young."],
            ),
            (
                vec!["GATIA and the MSA assessed that seventeen civilians were killed."],
                vec!["GATIA, MSA: that seventeen civilians were killed."],
            ),
            (
                vec!["MINUSMA stated on April 30 that forty-seven people were killed."],
                vec!["MINUSMA: on April 30 that forty-seven people were killed."],
            ),
            (
                vec!["A Daoussahak tribal administrator stated that 43 people were killed."],
                vec!["Daoussahak tribal administrator: that 43 people were killed."],
            ),
            (
                vec![
                    "An initial report by the Malian army stated that twelve soldiers were killed.",
                ],
                vec!["Malian army: that twelve soldiers were killed."],
            ),
            (
                vec!["In JNIM's statement, they claimed there was an unknown number."],
                vec!["JNIM: there was an unknown number."],
            ),
            (
                vec!["On January 11, Malian officials stated that fourteen soldiers died."],
                vec!["Malian officials: that fourteen soldiers died."],
            ),
            (
                vec!["Fifty-three soldiers were killed on Friday, the government said."],
                vec!["Malian government: Fifty-three soldiers were killed on Friday,"],
            ),
            (
                vec!["JNIM, for its part, said it had killed 85 soldiers."],
                vec!["JNIM: it had killed 85 soldiers."],
            ),
            (
                vec!["Two were missing, a UN spokesman said on 4 November."],
                vec!["UN spokesman: Two were missing,"],
            ),
            (
                vec![
                    "Quarante-deux militaires ont péri, a fait savoir mercredi le gouvernement de transition.",
                ],
                vec!["gouvernement de transition: Quarante-deux militaires ont péri,"],
            ),
            (
                vec!["Selon le gouvernement malien, 38 personnes sont mortes."],
                vec!["gouvernement malien: , 38 personnes sont mortes."],
            ),
            (
                vec!["Il y a des blessés, d'après des sources locales."],
                vec!["sources locales: Il y a des blessés,"],
            ),
            (vec!["Three people were reported dead."], vec![]),
        ] {
            let found = read(&sentences);
            if found != expected {
                wrong.push(format!("{sentences:?}\n  expected {expected:?}\n  found    {found:?}"));
            }
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }
}
