//! Names and speakers that "and" joins: "the Movement for the unity and the safeguard of", "the mayor
//! and a resident said".

use super::who::PERSONS;
use super::words::{self, is_speaker_word};
use super::{Scene, Speakers};
use crate::ingest::lexicon::{Words, one_of};
use crate::ingest::token::Token;
use crate::model::claim::Claimant;
use std::ops::Range;

impl Scene<'_> {
    /// "the Ministry of Security and Civil Protection", "le ministère de la Sécurité et de la
    /// Protection civile": the "and" at `i` stands inside the name of one body.
    pub(super) fn joins_name(&self, i: usize) -> bool {
        const BODIES: &[&str] =
            &["ministry", "minister", "ministere", "ministre", "department", "office"];
        let and = self.tokens.get(i).is_some_and(|t| one_of(t, &["and", "et"]));
        let body = || {
            let near = self.tokens[i.saturating_sub(8)..i].iter().rev();
            near.take_while(|t| t.is_word()).any(|t| one_of(t, BODIES))
        };
        let next = self.tokens[(i + 1).min(self.tokens.len())..]
            .iter()
            .find(|t| !one_of(t, &["of", "de", "du", "des", "d", "la", "le", "l", "les"]));
        let named = i > 0 && self.tokens[i - 1].capital && next.is_some_and(|t| t.capital);
        // "military and police sources": one noun of both.
        let noun = |n: usize| {
            let source = ["sources", "officials", "officers", "witnesses"];
            self.tokens.get(i + n).is_some_and(|t| one_of(t, &source))
        };
        const SORTS: &[&str] = &[
            "military", "police", "security", "local", "medical", "hospital", "judicial", "malian",
            "western", "humanitarian", "diplomatic", "regional", "administrative", "government",
            "army", "district", "tribal", "community", "health", "civil", "municipal", "rebel",
        ];
        let sorts = noun(2)
            && i > 0
            && one_of(&self.tokens[i - 1], SORTS)
            && one_of(&self.tokens[i + 1], SORTS);
        // "des sources sécuritaires et civiles": French names the noun first.
        const FRENCH: &[&str] = &[
            "securitaires", "civiles", "militaires", "locales", "medicales", "hospitalieres",
            "humanitaires", "diplomatiques", "judiciaires", "administratives", "politiques",
            "policieres", "locaux", "civils", "coutumiers", "religieux", "communautaires",
        ];
        let behind = i > 1
            && one_of(&self.tokens[i - 1], FRENCH)
            && self.tokens.get(i + 1).is_some_and(|t| one_of(t, FRENCH))
            && is_speaker_word(&self.tokens[i - 2]);
        and && (named && body() || sorts || behind || self.joins_cause(i))
    }

    /// "le Mouvement patriotique pour l'unité et la sauvegarde du cercle de Bankass", "the Collective
    /// for the defence and the rights of": what a body stands for, on both sides of the "and" at `i`.
    fn joins_cause(&self, i: usize) -> bool {
        static BODIES: Words = Words::new(&[
            "mouvement", "collectif", "association", "cadre", "front", "comite", "coalition",
            "conseil", "coordination", "movement", "collective", "committee", "union", "ligue",
            "observatoire", "organisation", "alliance",
        ]);
        let near = &self.tokens[i.saturating_sub(9)..i];
        let body = near.iter().rposition(|t| t.capital && BODIES.has(t));
        let Some(body) = body.filter(|at| near[*at..].iter().all(Token::is_word)) else {
            return false;
        };
        let stands = near[body..].iter().any(|t| one_of(t, &["pour", "for"]));
        let led = self.tokens.get(i + 1).is_some_and(|t| {
            one_of(t, &["la", "le", "l", "les", "de", "du", "des", "d", "the", "of"])
        });
        let next = self.tokens.get(i + 2).is_some_and(|t| !t.capital && !is_speaker_word(t));
        // "(CSP)" behind it is the name that is known.
        let known = self
            .actors
            .iter()
            .any(|a| i < a.start && a.start <= i + 8 && self.tokens[a.start - 1].is("("));
        stands && led && next && !known
    }

    /// "selon un élu local et une source sécuritaire": adds the second speaker, who must be
    /// introduced as one and end the clause; one past its last word.
    pub(super) fn and_another(
        &self,
        end: usize,
        who: &mut Vec<Claimant>,
        speakers: &mut Speakers,
    ) -> usize {
        let and = self.tokens.get(end).is_some_and(|t| one_of(t, &["and", "et"]));
        let opens = self.tokens.get(end + 1).is_some_and(|t| {
            one_of(
                t,
                &["a", "an", "the", "un", "une", "des", "le", "la", "l", "les", "two", "three"],
            ) || is_speaker_word(t) && t.norm.ends_with('s')
        });
        if !and || !opens {
            return end;
        }
        let close = self.phrase_end(end + 1);
        let words = &self.tokens[end + 1..close];
        let closed = self.tokens.get(close).is_none_or(|t| !t.is_word());
        if !closed || words.len() > 7 || !words.iter().any(is_speaker_word) {
            return end;
        }
        let more = self.who(end + 1..close, speakers);
        if more.is_empty() {
            return end;
        }
        who.extend(more);
        close
    }

    /// Where a subject of two begins that both stand after a comma or a quotation; adds the first
    /// to `who`.
    pub(super) fn joint_start(
        &self,
        start: usize,
        from: usize,
        who: &mut Vec<Claimant>,
        speakers: &mut Speakers,
    ) -> usize {
        let and = start.checked_sub(1).filter(|i| one_of(&self.tokens[*i], &["and", "et"]));
        // "Les rebelles ainsi que des habitants affirment", "The mayor as well as residents said".
        let and = and.or_else(|| self.as_well_as(start));
        let Some(and) = and.filter(|and| *and > from) else { return start };
        let first = self.phrase_start(and, from);
        // "The commerce minister and government spokesman, Ali Cissé, said": one person.
        if self.is_second_title(and, start) {
            return first;
        }
        // "Ali Cissé, the deputy mayor of Boni, and a security source both said": whom the words
        // between the commas describe.
        let described = self.tokens[and - 1].is(",").then_some(and - 1);
        let described = described.and_then(|close| self.named_before_title(close, from));
        if let Some(name) = described {
            let more = self.who(name.clone(), speakers);
            who.splice(0..0, more);
            return name.start;
        }
        // "He and another local official said".
        let pronoun = first + 1 == and
            && one_of(&self.tokens[first], &["he", "she", "il", "elle", "they", "ils"]);
        // "Un élu local et un ancien travailleur de la mission avaient donné".
        let opens = first == from
            && from == 0
            && words::is_determiner(&self.tokens[first])
            && self.tokens[first..and].iter().any(is_speaker_word)
            && self.tokens.get(start).is_some_and(words::is_determiner);
        let after_sign = pronoun
            || opens
            || first > from
                && (self.tokens[first - 1].is(",") || self.tokens[first - 1].is_quote());
        if !after_sign || and - first > 6 {
            return start;
        }
        let more = self.who(first..and, speakers);
        if more.is_empty() {
            return start;
        }
        // "a resident and officials": the first may be among them already.
        if !more.iter().all(|m| who.contains(m)) {
            who.splice(0..0, more);
        }
        first
    }

    /// Where "ainsi que" or "as well as" begins that ends at `start`.
    fn as_well_as(&self, start: usize) -> Option<usize> {
        const PHRASES: &[&[&str]] = &[&["ainsi", "que"], &["as", "well", "as"]];
        PHRASES.iter().find_map(|words| {
            let at = start.checked_sub(words.len())?;
            let here = self.tokens[at..start].iter().zip(*words).all(|(t, w)| t.norm == *w);
            here.then_some(at)
        })
    }

    /// "minister and government spokesman": whether two titles of one person stand around the "and".
    fn is_second_title(&self, and: usize, start: usize) -> bool {
        let title = |t: &Token| one_of(t, &PERSONS);
        let first = and.checked_sub(1).is_some_and(|i| title(&self.tokens[i]));
        let second = self.tokens[start..].iter().take(3).take_while(|t| t.is_word()).any(title);
        let article = self.tokens.get(start).is_some_and(words::is_determiner);
        first && second && !article
    }

    /// The name that opens a sentence before a title between commas, the second of which is at
    /// `close`.
    fn named_before_title(&self, close: usize, from: usize) -> Option<Range<usize>> {
        let open = (from..close).rev().take(12).find(|i| self.tokens[*i].is(","))?;
        let titled = self.tokens[open + 1..close].iter().take(4).any(|t| one_of(t, &PERSONS));
        let name = from..open;
        let named = (2..=4).contains(&name.len())
            && self.tokens[name.clone()].iter().all(|t| t.is_word() && (t.capital || t.glued));
        (titled && named).then_some(name)
    }

    /// "GATIA and the MSA assessed", "the French Army, GATIA, and the MSA corroborated".
    pub(super) fn with_joined(
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
}

#[cfg(test)]
mod tests {
    use super::super::tests::read;

    #[test]
    fn ok_speakers_joined() {
        for (text, said) in [
            (
                "Les rebelles ainsi que des habitants affirment que dix civils ont été tués.",
                "Tuareg rebels, des habitants: que dix civils ont été tués.",
            ),
            (
                "Ali Cissé, the deputy mayor of the town of Boni, and a security source both confirmed that ten died.",
                "Ali Cissé, security source: that ten died.",
            ),
            (
                "Ten people died, commerce minister and acting governor Ali Cissé said.",
                "acting governor Ali Cissé: Ten people died,",
            ),
            (
                "Les sources locales jointes par RFI - notables, élus - rapportent dix morts.",
                "sources locales: dix morts.",
            ),
        ] {
            assert_eq!(read(&[text]), [said], "{text}");
        }
    }

    #[test]
    fn err_one_speaker() {
        for (text, said) in [
            (
                "Ten people died, the mayor and a governor said.",
                "mayor, governor: Ten people died,",
            ),
            (
                "Boni fell on Monday, the army withdrew, and a security source said that ten died.",
                "security source: that ten died.",
            ),
            (
                "The camp - an old one - fell, the army said.",
                "Malian Armed Forces: The camp - an old one - fell,",
            ),
        ] {
            assert_eq!(read(&[text]), [said], "{text}");
        }
    }
}
