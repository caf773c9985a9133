//! Verbs of saying: their subject, and how far what is said reaches.

use super::speakers::is_person;
use super::{COUNTING, Scene, Speakers, Speech, words};
use crate::ingest::lexicon::{Hit, Words, one_of};
use crate::ingest::rules::actor::ActorFound;
use crate::ingest::rules::date::{self, DateFound, DateWords};
use crate::ingest::rules::number::figure;
use crate::ingest::token::{Token, span};
use crate::model::claim::Claimant;
use std::ops::Range;
use words::{is_filler, is_speaker_word};

/// Words between a verb of saying and the document in which it is said.
const STATED: &[&str] = &["in", "a", "an", "its", "the", "their", "dans", "un", "une", "son"];

impl Scene<'_> {
    /// A verb of saying with its subject.
    pub(super) fn saying(
        &self,
        hit: &Hit<'_, ()>,
        from: usize,
        speakers: &mut Speakers,
    ) -> Option<Speech> {
        if let Some(speech) = self.enclitic(hit, from, speakers) {
            return Some(speech);
        }
        if let Some(speech) = self.inverted(hit, from, speakers) {
            return Some(speech);
        }
        if let Some(speech) = self.participial(hit, from, speakers) {
            return Some(speech);
        }
        let Some(subject) = self.subject(hit.start, from) else {
            return self.coordinated(hit, from, speakers);
        };
        // "We counted 32 bodies," a resident said: whoever says it is named outside.
        if self.is_spoken(&subject.name) || self.only_cites(&subject.name, hit.end) {
            return None;
        }
        let mut who = self.who(subject.name.clone(), speakers);
        if who.is_empty() {
            who.extend(self.in_brackets(hit.start));
        }
        if who.is_empty() {
            return None;
        }
        if let Some(apposition) = &subject.apposition {
            self.learn(apposition.clone(), &who[0], speakers);
            // "A rebel coalition, the CSP, said": the name says more.
            let whole = self.actors.iter().find(|a| {
                let led = &self.tokens[apposition.start..a.start.max(apposition.start)];
                let close = self.before_bracket(apposition.end, apposition.start);
                (a.end == apposition.end || Some(a.end) == close)
                    && a.start >= apposition.start
                    && led.iter().all(words::is_determiner)
            });
            // "Un membre des dozos, des miliciens armés, a confirmé": many, and not whoever speaks.
            let many = one_of(&self.tokens[apposition.start], &["des"]) && is_person(&who[0]);
            let unnamed = who.len() == 1 && who[0].actor.is_none() && !many;
            if let Some(actor) = whole.filter(|_| unnamed) {
                who = vec![self.claimant_of(actor)];
            }
            // "Mohamed Elmaouloud Ramadane, porte-parole du CSP-PSD, revendique".
            // "Another of its officials, Mohamed Ibrahim Ag Assaleh, gave": by name.
            if let Some(name) = self.person_named(&subject.name, apposition)
                && who.len() == 1
                && who[0].actor.is_none()
            {
                who[0].name = name;
            }
            let inside = |a: &&ActorFound| {
                !a.short && apposition.start <= a.start && a.end <= apposition.end
            };
            if let Some(actor) = self.actors.iter().find(inside)
                && words::speaks_for(&self.tokens[apposition.clone()])
                && who[0].actor.is_none()
            {
                who[0].actor = Some(actor.slug.clone());
            }
        }
        if who.len() == 1 && subject.name.start > from {
            who = self.with_joined(subject.name.start, who, speakers);
        }
        // "…, residents and a local official said".
        let start = self.joint_start(subject.name.start, from, &mut who, speakers);
        let quoted_before = start.checked_sub(1).is_some_and(|i| {
            self.tokens[i].is(",") || self.tokens[i].is_quote() || self.tokens[i].is(".")
        });
        let rest = &self.tokens[hit.end..];
        let tail = rest.iter().take_while(|t| !t.is(".") && !t.is(";")).count();
        let says_more = rest
            .iter()
            .take(4)
            .take_while(|t| !t.is(","))
            .any(|t| one_of(t, &["that", "que", "qu"]) || t.is(":") || t.is_quote());
        // "Besides the eight dead, the army counted 14 wounded".
        let besides = one_of(&self.tokens[from], &["besides", "beyond", "outre"]);
        let opening_adverbial = besides || self.is_adverbial(from..subject.name.start);
        // "…, local authorities said – the latest attack in a region".
        let dash = rest.first().is_some_and(|t| t.is("–") || t.is("—") || t.is("-"));
        // "…, Human Rights Watch said in a report on Wednesday, in an apparent war crime that".
        let in_what = rest.first().is_some_and(|t| one_of(t, &["in", "on", "dans"]));
        let comma = rest.iter().position(|t| t.is(",")).filter(|at| *at < 4 || in_what && *at < 9);
        let short = |at: &usize| !rest[..*at].iter().any(|t| one_of(t, &["that", "que", "qu"]));
        let aside = dash || comma.filter(short).is_some();
        // "Peu après le drame, un élu avait fait état de neuf morts": nothing is said before it.
        let before = from..start;
        let told = before.clone().any(|i| {
            figure(self.tokens, i).is_some()
                || self.vocabulary.casualty.at(self.tokens, i).is_some()
        });
        // "The attacks were the work of X, the mayor said": a deed without a number, and nothing
        // of it behind.
        let deed = || {
            let acts = |i: usize| {
                self.vocabulary.casualty.at(self.tokens, i).is_some()
                    || self.vocabulary.events.at(self.tokens, i).is_some()
            };
            let rest = hit.end..hit.end + tail;
            let named = |range: &Range<usize>| self.actors.iter().any(|a| range.contains(&a.start));
            named(&before) && !named(&rest) && !rest.clone().any(acts)
        };
        // "While he gave no toll, officials said about 40 people were killed".
        let counts = |mut range: Range<usize>| range.any(|i| figure(self.tokens, i).is_some());
        let after = counts(hit.end..hit.end + tail) && !counts(from..start);
        // "…, the government said in a statement which added that six had been held".
        let stated = rest.iter().take(5).position(|t| one_of(t, &["statement", "communique"]));
        let adds = stated.is_some_and(|at| {
            rest.get(at + 1).is_some_and(|t| one_of(t, &["which", "that", "adding", "qui", "and"]))
        });
        // "five dead, says the army, quand le GSIM en revendique trente": what stands before is others'.
        let contrast = subject.name.start.checked_sub(1).is_some_and(|i| {
            let led = i - usize::from(i > from && words::is_determiner(&self.tokens[i]));
            one_of(&self.tokens[led], &["quand"])
        });
        let after = after || contrast && counts(hit.end..hit.end + tail);
        let left = quoted_before
            && !says_more
            && (tail <= 8 || aside || adds)
            && !opening_adverbial
            && (told || deed())
            && !after;
        let counting = one_of(&self.tokens[hit.end - 1], &COUNTING);
        let scope = match (counting, left) {
            (true, _) => self.clause_of(from, hit.start),
            (_, true) => self.after_semicolon(from, start)..start,
            _ => hit.end..self.until_contrast(hit.end),
        };
        // "the government on Wednesday lowered the toll".
        let between = (subject.name.end..hit.start).find_map(|i| date::date(self.tokens, i));
        // "…, two residents told a news agency on Monday": what was said stands before it.
        let behind = || {
            let near = hit.end..(hit.end + tail.min(9));
            near.into_iter()
                .filter(|_| left && !counting)
                .find_map(|i| date::date(self.tokens, i))
                .filter(|d| !self.is_owned(d))
        };
        // "s'en tenaient samedi à douze morts".
        let inside = (hit.start + 1..hit.end).find_map(|i| date::date(self.tokens, i));
        let said_on = between
            .or(inside)
            .or(self.said_on(from..subject.name.start, hit.end, opening_adverbial))
            .or_else(behind);
        let words = subject.name.start..hit.end;
        Some(Speech { speakers: who, scope, words, said_on })
    }

    /// "We counted", "mes voisins disent": words of somebody who is quoted; but "Our sources in Boni
    /// say" are the narrator's.
    fn is_spoken(&self, subject: &Range<usize>) -> bool {
        const OWN: &[&str] = &["we", "i", "nous", "je", "j", "nos", "notre", "our", "my", "mes"];
        let own = |i: &usize| one_of(&self.tokens[*i], OWN);
        let of_narrator = |i: usize| {
            const SOURCES: &[&str] =
                &["source", "sources", "correspondent", "correspondant", "correspondants"];
            one_of(&self.tokens[i], &["our", "nos", "notre"])
                && self.tokens.get(i + 1).is_some_and(|t| one_of(t, SOURCES))
        };
        subject.clone().find(own).is_some_and(|i| !of_narrator(i))
    }

    /// "quoting villagers who described the carnage as planned", "According to preliminary estimates": no
    /// subject of a saying, unless those who are cited give a figure.
    fn only_cites(&self, subject: &Range<usize>, end: usize) -> bool {
        const CITING: &[&str] = &["quoting", "citing", "citant"];
        let cites = one_of(&self.tokens[subject.start], CITING);
        let counts = || (end..self.tokens.len()).any(|i| figure(self.tokens, i).is_some());
        let by = self.vocabulary.by.at(self.tokens, subject.start);
        cites && !counts() || by.is_some_and(|hit| hit.end > hit.start + 1 && hit.end < subject.end)
    }

    /// "Le Cadre pour la paix (CSP) affirme": the actor by its acronym, right before the verb.
    fn in_brackets(&self, verb: usize) -> Option<Claimant> {
        let close = verb.checked_sub(1).filter(|i| self.tokens[*i].is(")"))?;
        let actor = self.actors.iter().find(|a| a.end == close)?;
        let open = actor.start.checked_sub(1)?;
        self.tokens[open].is("(").then(|| self.claimant_of(actor))
    }

    /// The name in an apposition to somebody who is not named otherwise: "one of its leaders".
    fn person_named(&self, subject: &Range<usize>, apposition: &Range<usize>) -> Option<String> {
        const SOME: &[&str] = &["one", "another", "a", "an", "un", "une"];
        let words = &self.tokens[apposition.clone()];
        let indefinite = [subject.start, subject.start.saturating_sub(1)]
            .iter()
            .any(|i| one_of(&self.tokens[*i], SOME));
        let plain = |t: &Token| t.is_word() && (t.capital || t.glued);
        let name = (2..=5).contains(&words.len()) && words.iter().all(plain);
        let actor = self.actors.iter().any(|a| apposition.contains(&a.start));
        (indefinite && name && !actor).then(|| self.text[span(words)].to_owned())
    }

    /// "…, a-t-il indiqué à l'AFP", "…, précise-t-elle": whoever the pronoun means says what stands
    /// before.
    fn enclitic(&self, hit: &Hit<'_, ()>, from: usize, speakers: &Speakers) -> Option<Speech> {
        const PRONOUNS: &[&str] = &["il", "elle", "ils", "elles"];
        let near = hit.start + 1..(hit.end + 2).min(self.tokens.len());
        let pronoun = near
            .take_while(|i| self.tokens[*i].glued || *i < hit.end)
            .find(|i| self.tokens[*i].glued && one_of(&self.tokens[*i], PRONOUNS))?;
        let speakers = match speakers.acted() {
            // "Le JNIM a tué 12 civils. « Nous avons compté 14 corps », a-t-il indiqué": an armed
            // group that acted is not who speaks by that.
            true => speakers.last.clone(),
            false => self.antecedent(pronoun..pronoun + 1, speakers),
        };
        let words = hit.start..hit.end.max(pronoun + 1);
        (!speakers.is_empty()).then_some(Speech {
            speakers,
            scope: self.after_semicolon(from, hit.start)..hit.start,
            words,
            said_on: None,
        })
    }

    /// "The MSA corroborated this, assessing …", "A patrol set out, alleging …": the subject is
    /// that of the sentence.
    fn participial(&self, hit: &Hit<'_, ()>, from: usize, speakers: &Speakers) -> Option<Speech> {
        let verb = &self.tokens[hit.start];
        // "…, while admitting to losing nine": of whoever speaks before.
        let while_saying = hit.start > 0 && from > 0 && self.tokens[hit.start - 1].norm == "while";
        let after_comma = hit.start > 0 && self.tokens[hit.start - 1].is(",") || while_saying;
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
    /// "The army, which had given eight, spoke of nine": that of the clause before.
    fn coordinated(
        &self,
        hit: &Hit<'_, ()>,
        from: usize,
        speakers: &mut Speakers,
    ) -> Option<Speech> {
        // "Bamako, qui parlait de vingt morts, en reconnaît finalement 33".
        // "précise le communiqué du mouvement, qui déplore sept morts".
        let who = hit.start == from + 2 && one_of(&self.tokens[hit.start - 1], &["qui", "who"]);
        let en = who || hit.start > 1 && self.tokens[hit.start - 1].norm == "en";
        let before = hit.start.saturating_sub(1 + usize::from(en));
        if from > 0 && hit.start > from && self.tokens[before].is(",") {
            let (scope, words) = (hit.end..self.until_contrast(hit.end), hit.start..hit.end);
            let speakers = speakers.last.clone();
            return (!speakers.is_empty()).then_some(Speech {
                speakers,
                scope,
                words,
                said_on: None,
            });
        }
        let mut at = hit.start;
        while at > 0 && is_filler(&self.tokens[at - 1]) {
            at -= 1;
        }
        let and = at
            .checked_sub(1)
            .is_some_and(|i| one_of(&self.tokens[i], &["and", "et", "then", "puis"]));
        // "The staff said so; the association accused it and put the number at twenty".
        let clause = (0..at).rev().find(|i| self.tokens[*i].is(";")).map_or(0, |i| i + 1);
        let actor = self.actors.iter().find(|a| a.start >= clause && a.end < at);
        let who = match actor.filter(|_| and) {
            Some(actor) if actor.start <= clause + 2 => vec![self.claimant_of(actor)],
            _ if !and => return None,
            actor => {
                let opens = from == 0;
                let subject = if opens {
                    self.opening_subject(self.after_opening(), at, speakers)
                } else {
                    Vec::new()
                };
                match (subject.is_empty(), actor) {
                    (false, _) => subject,
                    (true, Some(_)) => speakers.last.clone(),
                    (true, None) => return None,
                }
            }
        };
        let scope = hit.end..self.tokens.len();
        (!who.is_empty()).then_some(Speech {
            speakers: who,
            scope,
            words: hit.start..hit.end,
            said_on: None,
        })
    }

    /// "Mopti governor Abass Dembele visited the village and said", "Le gouverneur de Mopti, Abass
    /// Dembélé, s'est rendu sur place et a annoncé": whoever the sentence opens with.
    pub(super) fn opening_subject(
        &self,
        from: usize,
        verb: usize,
        speakers: &mut Speakers,
    ) -> Vec<Claimant> {
        const FRENCH: &[&str] = &["a", "ont", "s", "est", "sont", "avait", "se"];
        const PAST: &[&str] = &[
            "took", "gave", "made", "went", "came", "left", "met", "saw", "was", "had", "has",
            "were", "spoke", "held", "did", "sent", "read",
        ];
        static PRESENT: Words = Words::new(&[
            "revoit", "revise", "ramene", "porte", "releve", "dement", "conteste", "rejette",
            "visite", "condamne", "promet", "revises", "lowers", "raises", "visits", "condemns",
            "rejects", "denies",
        ]);
        let ends = |i: &usize| {
            let t = &self.tokens[*i];
            let past = t.norm.len() > 4 && t.norm.ends_with("ed") && !t.capital;
            let past = past || *i > from && one_of(t, PAST);
            let verb = *i > from && !t.capital && PRESENT.has(t);
            t.is(",") || past || verb || *i > from + 1 && !t.glued && one_of(t, FRENCH)
        };
        let Some(end) = (from..verb).find(ends) else { return Vec::new() };
        let speaks = self.tokens[from..end].iter().any(is_speaker_word);
        if speaks { self.who(from..end, speakers) } else { Vec::new() }
    }

    /// "On January 11, …" and "In a statement, …" before a subject: they open what is said.
    pub(super) fn is_adverbial(&self, range: Range<usize>) -> bool {
        let tokens = &self.tokens[range];
        // "Et ce lundi, l'association comptabilise".
        let joined = tokens.first().is_some_and(|t| one_of(t, &["et", "mais", "and", "but"]));
        let tokens = &tokens[usize::from(joined)..];
        // "The next day, …", but not "The clash cost 20 lives, …".
        let when = |t: &Token| {
            one_of(t, &["next", "following", "same", "day", "week", "month", "previous", "night"])
        };
        // "La veille, l'armée avait parlé".
        let eve = tokens.first().is_some_and(|t| t.norm == "la")
            && tokens.get(1).is_some_and(|t| t.norm == "veille");
        if tokens.first().is_some_and(|t| t.norm == "the") && !tokens.get(1).is_some_and(when) {
            return false;
        }
        // "The attack on Friday that two sources said": the noun that they speak of.
        let noun = tokens.last().is_some_and(|t| one_of(t, &["that", "which", "que"]));
        !noun
            && (eve
                || tokens.first().is_some_and(|t| {
                    one_of(
                        t,
                        &[
                            "on", "in", "at", "later", "after", "earlier", "the", "two", "three",
                            "days", "le", "dans", "en", "par", "however", "meanwhile", "instead",
                            "following", "au", "ce", "cette", "hier", "lundi", "mardi", "mercredi",
                            "jeudi", "vendredi", "samedi", "dimanche",
                        ],
                    )
                }))
            && tokens.len() <= 14
            && self.vocabulary.casualty.all(tokens).is_empty()
    }

    /// The words between the semicolons around `at`.
    fn clause_of(&self, from: usize, at: usize) -> Range<usize> {
        let semicolon = |i: &usize| self.tokens[*i].is(";");
        let start = (from..at).rev().find(semicolon).map_or(from, |i| i + 1);
        let end = (at..self.tokens.len()).find(semicolon).unwrap_or(self.tokens.len());
        start..end
    }

    /// "The army gave 16; JNIM, which claims it, spoke of 30": where somebody has spoken before, what
    /// stands before a semicolon is not the second speaker's.
    fn after_semicolon(&self, from: usize, end: usize) -> usize {
        let last = (from..end).rev().find(|i| self.tokens[*i].is(";"));
        last.filter(|_| from > 0).map_or(from, |i| i + 1)
    }

    /// "said Friday's strikes killed twelve": the day of the strikes.
    fn is_owned(&self, date: &DateFound) -> bool {
        self.tokens.get(date.end).is_some_and(|t| t.is("'s") || t.is("’s"))
    }

    fn said_on(&self, before: Range<usize>, after: usize, opening: bool) -> Option<DateFound> {
        // "a annoncé avoir repoussé dimanche une attaque": the day of the deed.
        let verb =
            |t: &Token| one_of(t, &["avoir", "that", "que", "qu", "it", "they", "had", "having"]);
        // "said in a statement late on Sunday that".
        let document = (after..(after + 4).min(self.tokens.len()))
            .find(|i| self.vocabulary.documents.at(self.tokens, *i).is_some())
            .filter(|d| self.tokens[after..*d].iter().all(|t| one_of(t, STATED)));
        let after = document.map_or(after, |d| d + 1);
        let near = (after..(after + 3).min(self.tokens.len()))
            .take_while(|i| !verb(&self.tokens[*i]))
            .find_map(|i| date::date(self.tokens, i))
            .filter(|d| !self.is_owned(d));
        // "In April 2018, MINUSMA accused": the month is that of the deed too.
        let coarse = |d: &DateFound| {
            matches!(
                d.words,
                DateWords::Month { .. }
                    | DateWords::InYear { .. }
                    | DateWords::Year(_)
                    | DateWords::YearsAgo(_)
                    | DateWords::LastMonth
            )
        };
        let led = || {
            let dates = date::dates(&self.tokens[before.clone()]).into_iter();
            let mut led = dates.map(|d| DateFound {
                start: d.start + before.start,
                end: d.end + before.start,
                words: d.words,
            });
            // "On April 6, it struck at Bamba, where the army acknowledged 25": the day of the deed.
            let clause = self.tokens[before.clone()].iter().any(|t| one_of(t, &["where", "when"]));
            if clause {
                return None;
            }
            // "On Sunday, a strike hit the village of Bounti, residents said.": nor is it theirs where
            // all that they say stands before.
            let ends = self.tokens.get(after).is_none_or(|t| t.is(".") || t.is(";"));
            let tells = |d: &DateFound| {
                ends && (d.end..before.end)
                    .any(|i| self.vocabulary.events.at(self.tokens, i).is_some())
            };
            if opening {
                led.next().filter(|d| !tells(d))
            } else {
                led.find(|d| d.end == before.end)
            }
        };
        // "The rebels claimed in July to have killed 47": the month of the deed too.
        let of_deed = |d: &DateFound| {
            coarse(d) && self.tokens.get(d.end).is_some_and(|t| one_of(t, &["to", "avoir"]))
        };
        near.filter(|d| !of_deed(d)).or_else(|| led().filter(|d| !coarse(d)))
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::read;

    #[test]
    fn ok_subjects() {
        for (text, said) in [
            ("Our sources in Boni say ten people died.", "sources in Boni: ten people died."),
            (
                "Besides the eight dead, the army counted 14 wounded.",
                "Malian Armed Forces: 14 wounded.",
            ),
            (
                "The rebels for their part admitted to two men wounded.",
                "Tuareg rebels: to two men wounded.",
            ),
            (
                "Des sources militaires jointes dimanche par l'AFP avaient parlé de deux morts.",
                "sources militaires: deux morts.",
            ),
            (
                "Le 11 juin, le gouverneur de Mopti revoit le chiffre à la baisse et annonce 35 morts.",
                "gouverneur de Mopti: 35 morts.",
            ),
            (
                "À Boni, où les forces françaises ont déclaré avoir tué dix hommes.",
                "forces françaises: avoir tué dix hommes.",
            ),
        ] {
            let last = read(&[text]).into_iter().next_back().unwrap_or_default();
            assert!(last == said, "{text}: {last}");
        }
        // "the report" of another paragraph is that of whoever put it out, not of those who killed.
        let report = [
            "Human Rights Watch said in a report that war crimes took place.",
            "JNIM killed 32 people, the report said, quoting villagers who described the carnage.",
        ];
        assert_eq!(read(&report), ["Human Rights Watch: JNIM killed 32 people,"]);
        let mayor = ["Le maire de Boni a annoncé dix morts.", "L'élu recense aussi neuf blessés."];
        assert!(read(&mayor)[0].starts_with("maire de Boni: "), "{:?}", read(&mayor));
    }

    #[test]
    fn err_no_subjects() {
        for text in
            ["According to preliminary estimates, ten died.", "Our neighbours say ten people died."]
        {
            assert!(read(&[text]).is_empty(), "{text}: {:?}", read(&[text]));
        }
        // The army speaks, and nobody elected.
        let army = ["L'armée a annoncé dix morts.", "L'élu recense neuf blessés."];
        assert!(!read(&army)[0].starts_with("Malian"), "{:?}", read(&army));
    }
}
