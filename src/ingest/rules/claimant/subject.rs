//! The subject of a verb of saying: where it begins and ends.

use super::Scene;
use super::words::{is_determiner, is_filler, is_speaker_word};
use crate::ingest::lexicon::{Words, one_of};
use crate::ingest::rules::date;
use crate::ingest::token::Token;
use std::ops::Range;

/// A subject found, in tokens.
pub(super) struct Subject {
    pub(super) name: Range<usize>,
    pub(super) apposition: Option<Range<usize>>,
}

impl Scene<'_> {
    /// "a dit à l'AFP un élu", "a déclaré sur Twitter, sous couvert d'anonymat, mercredi, le
    /// ministre": the words between an inverted verb and its subject.
    pub(super) fn over_adverbial(&self, at: usize) -> Option<usize> {
        if let Some(found) = date::date(self.tokens, at) {
            return Some(found.end);
        }
        let token = self.tokens.get(at)?;
        if one_of(token, &["ce", "soir", "matin"]) {
            return Some(at + 1);
        }
        // "a affirmé pour sa part à l'AFP un élu", "a dit de son côté".
        let aside = self.tokens.get(at + 2).is_some_and(|t| {
            token.norm == "pour" && t.norm == "part" || token.norm == "de" && t.norm == "cote"
        });
        if aside {
            return Some(at + 3);
        }
        // "a annoncé dans la soirée le ministre", "a dit peu après un élu".
        // "annonce dans un communiqué publié mardi soir le gouvernement".
        let put_out = ["publie", "diffuse", "transmis", "lu", "parvenu", "officiel", "signe"];
        if at > 0
            && one_of(token, &put_out)
            && self.vocabulary.documents.at(self.tokens, at - 1).is_some()
        {
            return Some(at + 1);
        }
        const WHEN: &[&[&str]] = &[
            &["plus", "tot"],
            &["sur", "place"],
            &["devant", "la", "presse"],
            &["au", "telephone"],
            &["un", "peu", "plus", "tot"],
            &["un", "peu", "plus", "tard"],
            &["dans", "la", "foulee"],
            &["a", "la", "mi", "journee"],
            &["en", "debut", "de", "soiree"],
            &["a", "la", "presse"],
            &["a", "des", "journalistes"],
            &["a", "la", "television"],
            &["a", "la", "radio"],
            &["dans", "la", "soiree"],
            &["dans", "la", "matinee"],
            &["dans", "la", "journee"],
            &["dans", "la", "nuit"],
            &["en", "soiree"],
            &["peu", "apres"],
            &["plus", "tard"],
            &["par", "la", "suite"],
            &["a", "son", "tour"],
            &["en", "fin", "de", "journee"],
            &["par", "telephone"],
            &["par", "ailleurs"],
        ];
        let here = |words: &&[&str]| {
            let found = self.tokens.get(at..at + words.len());
            found.is_some_and(|found| found.iter().zip(*words).all(|(t, w)| t.norm == *w))
        };
        if let Some(words) = WHEN.iter().copied().find(here) {
            return Some(at + words.len());
        }
        if one_of(token, &["sous"]) {
            // "sous couvert d'anonymat", "sous le couvert de l'anonymat".
            let anonymous = (at + 1..(at + 7).min(self.tokens.len()))
                .find(|i| self.tokens[*i].norm == "anonymat");
            return anonymous.map(|i| i + 1);
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
    pub(super) fn subject(&self, verb: usize, from: usize) -> Option<Subject> {
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
        if let Some(pronoun) = self.pronoun_before(end, from) {
            return Some(Subject { name: pronoun..end, apposition: None });
        }
        if let Some(relative) = self.relative_before(end, from) {
            end = relative;
        }
        let mut apposition = None;
        // "Les sources locales jointes – représentants, élus – rapportent": the aside.
        let dash = |i: usize| ["–", "—", "-"].iter().any(|sign| self.tokens[i].is(sign));
        if end > from + 3
            && dash(end - 1)
            && let Some(open) = (from..end - 1).rev().take(14).find(|i| dash(*i))
        {
            let plain = (open..end).all(|i| self.vocabulary.casualty.at(self.tokens, i).is_none());
            end = if plain && open > from { open } else { end };
        }
        if end > from && self.tokens[end - 1].is(")") {
            end = (from..end).rev().take(8).find(|i| self.tokens[*i].is("("))?;
        }
        if end > from && self.tokens[end - 1].is(",") {
            // "the minister, Florence Parly, announced"; "JNIM, for its part, said".
            match (from..end - 1).rev().take(14).find(|i| self.tokens[*i].is(",")) {
                Some(comma) => {
                    apposition = Some(comma + 1..end - 1);
                    end = self.before_bracket(comma, from)?;
                }
                // "The spokesman, told AFP": a comma too much.
                None if from == 0 => end -= 1,
                None => return None,
            }
        }
        let inside = apposition.is_none() && self.is_inside(verb, end, from);
        if let Some(named) = self.behind_appositions(end, from).filter(|_| !inside) {
            apposition = Some(named.end + 1..end);
            return Some(Subject { name: named, apposition });
        }
        let mut start = self.phrase_start(end, from);
        // "A team from MINUSMA that visited the site established": the name stands before.
        if let Some(that) = start
            .checked_sub(1)
            .filter(|that| self.is_relative(*that, from) && !self.opens_subject(that + 1))
        {
            end = that;
            start = self.phrase_start(end, from);
        }
        let relative = end > from + 1 && self.tokens[end - 1].norm == "qui";
        if relative && self.tokens[end - 2].is_word() {
            end -= 1;
            // "L'attaque a été rapportée par une ONG qui parlait de deux morts".
            let by = (start..end)
                .rev()
                .take(6)
                .find(|i| one_of(&self.tokens[*i], &["par", "by"]) && self.opens_name(i + 1, end));
            start = by.map_or(start, |by| by + 1);
        }
        // "…, which had first given the number as eight": the pronoun is the subject.
        if start == end && start > from && one_of(&self.tokens[start - 1], &["who", "which"]) {
            start -= 1;
        }
        // "La coalition rebelle, qui parlait au départ de seize tués": the noun before the comma.
        let who = start.checked_sub(2).filter(|comma| {
            start == end && self.tokens[start - 1].norm == "qui" && self.tokens[*comma].is(",")
        });
        if let Some(comma) = who.filter(|comma| *comma > from) {
            (start, end) = (self.phrase_start(comma, from), comma);
        }
        let start = self.after_adverbial(start, end);
        (start < end).then_some(Subject { name: start..end, apposition })
    }

    /// "In a statement released that night it spoke of nine": a pronoun is all of a subject.
    fn pronoun_before(&self, end: usize, from: usize) -> Option<usize> {
        let at = end.checked_sub(1).filter(|i| *i > from)?;
        let pronoun = &self.tokens[at];
        let whole = one_of(pronoun, &["it", "they", "he", "she"]) && !pronoun.shouted;
        // "a source close to it said".
        let behind = one_of(
            &self.tokens[at - 1],
            &["to", "of", "by", "with", "from", "for", "and", "near", "on", "against"],
        );
        (whole && !behind).then_some(at)
    }

    /// "JNIM, the mayor said, killed ten": whether whoever speaks stands with the verb between two
    /// commas, and describes nobody before.
    fn is_inside(&self, verb: usize, end: usize, from: usize) -> bool {
        let closed = (verb + 1..verb + 3).any(|i| self.tokens.get(i).is_some_and(|t| t.is(",")));
        let comma = (from..end).rev().take(6).find(|i| self.tokens[*i].is(","));
        comma.is_some_and(|at| closed && self.tokens[at + 1..end].iter().any(is_speaker_word))
    }

    /// "a source who asked not to be named told AFP": the word that opens what is said of the
    /// subject, but not in "people who the army said were fighters".
    fn relative_before(&self, end: usize, from: usize) -> Option<usize> {
        // "Le communiqué du ministère dont notre site a reçu copie fait état de".
        let copied = (from..end)
            .rev()
            .take(10)
            .take_while(|i| self.tokens[*i].is_word())
            .find(|i| one_of(&self.tokens[*i], &["dont"]))
            .filter(|dont| {
                let near = dont.saturating_sub(7).max(from)..*dont;
                near.into_iter().any(|i| self.vocabulary.documents.at(self.tokens, i).is_some())
            });
        if let Some(dont) = copied.filter(|dont| end - dont >= 3) {
            return Some(dont);
        }
        let near = (from..end).rev().take(12).take_while(|i| self.tokens[*i].is_word());
        let who = near.into_iter().find(|i| one_of(&self.tokens[*i], &["who", "qui"]))?;
        let next = self.tokens.get(who + 1)?;
        let other = next.capital
            || one_of(
                next,
                &["the", "it", "they", "he", "she", "we", "le", "la", "les", "l", "ils"],
            );
        (end - who >= 3 && !other && self.is_relative(who, from)).then_some(who)
    }

    pub(super) fn phrase_start(&self, end: usize, from: usize) -> usize {
        (from..end).rev().find(|i| self.bounds(*i)).map_or(from, |i| i + 1)
    }

    /// Whether words up to `end` that begin at `at` name somebody who speaks.
    fn opens_name(&self, at: usize, end: usize) -> bool {
        at < end && self.tokens[at..end].iter().any(|t| is_speaker_word(t) || t.capital)
    }

    /// "a toll that the government raised": the clause has a subject of its own.
    fn opens_subject(&self, at: usize) -> bool {
        const OPENS: &[&str] =
            &["the", "it", "they", "he", "she", "we", "its", "le", "la", "les", "l", "ils"];
        // "an attack that two sources said had killed 30".
        let quantified = |t: &Token| {
            one_of(
                t,
                &["two", "three", "four", "five", "several", "some", "many", "both", "plusieurs"],
            )
        };
        let speaks = |i: usize| {
            self.tokens.get(i).is_some_and(|t| is_speaker_word(t) && !t.norm.ends_with("ed"))
        };
        self.tokens.get(at).is_some_and(|t| t.capital || one_of(t, OPENS) || quantified(t))
            || speaks(at)
            || self.tokens.get(at).is_some_and(|t| one_of(t, &["local", "security", "military"]))
                && speaks(at + 1)
    }

    /// Whether the word at `at` opens a clause on the noun before it.
    fn is_relative(&self, at: usize, from: usize) -> bool {
        let noun = |i: usize| {
            i >= from
                && self.tokens[i].is_word()
                && (i.saturating_sub(3)..=i).all(|j| {
                    self.vocabulary.speech.at(self.tokens, j).is_none_or(|hit| hit.end <= i)
                })
        };
        one_of(&self.tokens[at], &["that", "who", "which", "qui"])
            && at.checked_sub(1).is_some_and(noun)
    }

    /// "On the evening of the battle the army reported", "Après l'attaque un élu avait parlé de": where
    /// whoever speaks begins behind words that say when or where, without a comma between.
    fn behind_preposition(&self, start: usize, end: usize) -> Option<usize> {
        static OPENS: Words = Words::new(&[
            "on", "in", "at", "after", "during", "before", "by", "within", "since", "following",
            "au", "dans", "apres", "pendant", "lors", "avant", "depuis", "durant", "a",
        ]);
        static LEADS: Words = Words::new(&[
            "of", "in", "at", "on", "to", "by", "for", "from", "with", "near", "into", "against",
            "after", "before", "during", "since", "de", "du", "des", "d", "a", "au", "aux", "dans",
            "sur", "par", "pour", "en", "and", "et", "or", "ou", "the", "an", "la", "le", "l",
            "les", "un", "une", "his", "its", "their", "between", "than", "that",
        ]);
        // "à" and "a" are compared alike.
        let article = |i: usize| {
            let token = &self.tokens[i];
            is_determiner(token) && self.text.get(token.start..token.end) != Some("à")
        };
        // "After", which opens a clause too, is no part of a phrase.
        let after = start.checked_sub(1).filter(|i| self.tokens[*i].norm == "after");
        let opens = self.tokens.get(after.unwrap_or(start)).filter(|t| OPENS.has(t))?;
        if opens.norm == "a" && article(start) {
            return None;
        }
        (start + 2..end).rev().find(|i| {
            let before = &self.tokens[i - 1];
            let parted = before.is_word() && !LEADS.has(before) && before.norm.len() > 2;
            let named = |from: usize| self.actors.iter().any(|a| a.start == from && a.end == end);
            let led = article(*i) && !self.tokens[*i].capital;
            let speaks = || named(i + 1) || self.tokens[*i..end].iter().any(is_speaker_word);
            parted && (named(*i) || led && speaks())
        })
    }

    /// Passes over "Later that day" and other words that open a clause.
    fn after_adverbial(&self, start: usize, end: usize) -> usize {
        let mut i = start;
        while i < end
            && (is_filler(&self.tokens[i])
                || one_of(
                    &self.tokens[i],
                    &["however", "instead", "meanwhile", "although", "outre", "as", "there"],
                ))
        {
            i += 1;
        }
        // "Days later Defence Minister X raised the count".
        if i + 1 < end && one_of(&self.tokens[i], &["days", "hours", "weeks", "shortly"]) {
            i += 1 + usize::from(is_filler(&self.tokens[i + 1]));
        }
        // "The next day he revised the number", "A week later the movement said".
        if let Some(found) = date::date(self.tokens, i).filter(|d| d.end < end) {
            return found.end;
        }
        // "In the evening the presidency raised it", "At first the army reported".
        const WHEN: &[&[&str]] = &[
            &["in", "the", "evening"],
            &["in", "the", "morning"],
            &["in", "the", "afternoon"],
            &["in", "the", "meantime"],
            &["in", "the", "end"],
            &["by", "the", "evening"],
            &["by", "nightfall"],
            &["at", "first"],
            &["at", "the", "time"],
            &["dans", "la", "soiree"],
            &["dans", "la", "matinee"],
            &["dans", "un", "premier", "temps"],
            &["a", "l", "epoque"],
        ];
        let here = |words: &&&[&str]| {
            let found = self.tokens.get(i..(i + words.len()).min(end));
            found.is_some_and(|f| {
                f.len() == words.len() && f.iter().zip(**words).all(|(t, w)| t.norm == *w)
            })
        };
        if let Some(words) = WHEN.iter().find(here) {
            let comma = usize::from(self.tokens.get(i + words.len()).is_some_and(|t| t.is(",")));
            return (i + words.len() + comma).min(end);
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
        self.behind_preposition(i, end).unwrap_or(i)
    }

    /// The stops of "U.N.".
    pub(super) fn is_initial_stop(&self, i: usize) -> bool {
        self.tokens[i].is(".")
            && i.checked_sub(1).is_some_and(|b| {
                let letter = &self.tokens[b];
                letter.capital && letter.norm.len() == 1 && letter.end == self.tokens[i].start
            })
    }

    pub(super) fn bounds(&self, i: usize) -> bool {
        if self.actors.iter().any(|a| a.start <= i && i < a.end) || self.joins_name(i) {
            return false;
        }
        let token = &self.tokens[i];
        if self.is_initial_stop(i) {
            return false;
        }
        // "Boni, où les forces françaises ont déclaré".
        if self.text.get(token.start..token.end) == Some("où") {
            return true;
        }
        // "an official with the regional administration", "two sources with knowledge of it".
        if token.norm == "with" && i > 0 && is_speaker_word(&self.tokens[i - 1]) {
            return false;
        }
        token.is(",")
            || token.is(";")
            || token.is(":")
            || token.is("(")
            || token.is(")")
            || token.is("—")
            || token.is("–")
            || token.is("-")
            || token.is(".")
            || token.is_quote() && !self.is_in_marks(i)
            || one_of(
                token,
                &[
                    "and", "but", "while", "with", "that", "although", "et", "mais", "que",
                    "alors", "tandis", "whereas", "though", "because", "as", "after", "when", "if",
                    "puis", "lorsque", "quand", "contrairement", "what", "qu", "who", "which",
                    "where",
                ],
            )
    }
}
