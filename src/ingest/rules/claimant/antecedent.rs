//! Whom pronouns and short names lean on: the owner of a statement, whoever spoke last, whom the
//! sentence before was about.

use super::speakers::{Subject, is_person, is_sort};
use super::who::PERSONS;
use super::words::{is_determiner, is_speaker_word, sort_of};
use super::{Scene, Speakers, is_relay};
use crate::ingest::lexicon::{Words, one_of};
use crate::ingest::rules::actor::ActorFound;
use crate::ingest::rules::{date, number};
use crate::ingest::token::{Token, TokenKind, norm, span};
use crate::knowledge::actors::{Actor, ActorKind};
use crate::model::claim::Claimant;
use std::ops::Range;

impl Scene<'_> {
    /// Whom "they", "the group" mean: an actor named earlier in the sentence as the owner of a
    /// statement, else whoever spoke last.
    pub(super) fn antecedent(&self, range: Range<usize>, speakers: &Speakers) -> Vec<Claimant> {
        let before = range.start;
        // The counted dead are not who speaks.
        let counted = |a: &ActorFound| {
            let near = a.start.saturating_sub(3)..a.start;
            let named = near.clone().any(|i| self.vocabulary.by.at(self.tokens, i).is_some());
            let number = near.clone().find(|i| number::figure(self.tokens, *i).is_some());
            // "In July 2024, the rebels": the year counts nobody.
            let beside = |i: usize| {
                let between = &self.tokens[i..a.start];
                between.iter().all(|t| t.kind != TokenKind::Punct || t.is_quote())
            };
            !named && number.is_some_and(beside)
        };
        // "inflicted heavy losses on Wagner, they said": nor those who were struck.
        let struck = |a: &ActorFound| {
            let before = self.tokens[..a.start].iter().rev();
            let mut before = before.skip_while(|t| one_of(t, &["the", "les", "la", "le", "l"]));
            before.next().is_some_and(|t| one_of(t, &["on", "against", "contre", "sur"]))
        };
        // "the rebel group", "le groupe rebelle": the noun, not the sort.
        let words = || self.tokens[range.clone()].iter().rev().filter(|t| t.is_word());
        let noun = words().find(|t| sort_of(t).is_none()).or_else(|| words().next());
        let plural = noun.is_some_and(|t| one_of(t, &["they", "ils", "elles"]));
        if plural && before == 0 && speakers.acted_together {
            return speakers.both.clone();
        }
        if let Some(subject) = noun.and_then(|noun| speakers.subject_of(noun)) {
            return vec![subject.clone()];
        }
        // "The army did not reply. In a text released on Monday it reported": who was asked.
        if let Some(asked) = speakers.asked.as_ref()
            && noun.is_some_and(|t| one_of(t, &["it", "they", "elle", "ils", "elles"]))
        {
            return vec![asked.clone()];
        }
        // A person is no group: "AQIM claimed 28 dead. … he said".
        let is_group = |c: &Claimant| {
            let named = self.known.actors.named(&c.name);
            let body = |a: &Actor| a.country.is_none() && !is_sort(c) && !is_person(c);
            let group = |a: &Actor| a.kind != ActorKind::Speaker || body(a);
            named.is_some_and(|a| c.actor.is_some() && group(a))
        };
        let kinds: &[ActorKind] = match noun.map_or("", |t| t.norm.as_str()) {
            "mission" | "force" => &[ActorKind::UnitedNations],
            "group" | "groupe" | "movement" | "mouvement" | "coalition" | "alliance"
            | "militia" | "organization" | "organisation" => &[
                ActorKind::Jihadist,
                ActorKind::Separatist,
                ActorKind::SelfDefenceMilitia,
                ActorKind::Speaker,
            ],
            "ministry" | "ministere" => &[],
            // A person, never one of the groups named.
            "il" | "elle" | "ils" | "elles" if self.subject_before(before).is_some() => {
                return self.subject_before(before).into_iter().collect();
            }
            // "The President corrected that: nineteen people had been killed, he said".
            "he" | "she" if self.person_before(before).is_some() => {
                return self.person_before(before).into_iter().collect();
            }
            // "Deux gendarmes sont morts, a précisé ce responsable": a person too.
            "il" | "elle" | "responsable" if !speakers.last.is_empty() => {
                return speakers.last.clone();
            }
            "he" | "she" if !speakers.last.is_empty() && !speakers.last.iter().all(is_group) => {
                return speakers.last.clone();
            }
            // "The toll first reported by the village chief was too high. “35 died,” it said".
            "it" if speakers.last == speakers.person && !speakers.body.is_empty() => {
                return speakers.body.clone();
            }
            // "JNIM attacked the convoy, the text says": whoever has spoken, and not who attacked.
            "text" | "texte" | "statement" | "communique" | "report" | "rapport" | "document"
            | "note"
                if (!speakers.stale || speakers.silent <= 1) && !speakers.last.is_empty() =>
            {
                // A resident quoted in the paragraph before wrote no report.
                if speakers.stale && speakers.last == speakers.person && !speakers.body.is_empty() {
                    return speakers.body.clone();
                }
                return speakers.last.clone();
            }
            // Neither is he an armed group: whoever that person is, nobody has named them.
            "he" | "she" => {
                let name = self.text[span(&self.tokens[range.clone()])].to_lowercase();
                return vec![Claimant { name, actor: None }];
            }
            // "The ministry said ten soldiers died. JNIM attacked their convoy, it added": to what
            // it said before.
            "it" | "they" if self.adds(range.end) && !speakers.stale => {
                return speakers.last.clone();
            }
            _ => {
                let near =
                    self.actors.iter().rev().find(|a| {
                        a.end <= before && before - a.end <= 8 && !counted(a) && !struck(a)
                    });
                // "The rebels struck at Léré, where ten soldiers died, they said": whom the
                // sentence is about, when nobody has spoken in its paragraph.
                let subject =
                    || self.actors.iter().find(|a| a.end <= before && !counted(a) && !struck(a));
                let here = near
                    .or_else(|| subject().filter(|_| speakers.stale || speakers.last.is_empty()));
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
                (kinds.contains(&a.kind) || kinds == [ActorKind::UnitedNations] && a.slug == "un")
                    && (a.kind != ActorKind::Speaker
                        || a.country.is_none() && !is_relay(c) && !is_sort(c))
            }) || (kinds.is_empty()
                && ["ministry", "ministere"].iter().any(|m| norm(&c.name).contains(m)))
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

    /// "did not respond to a request for comment", "n'a pas réagi": whether the sentence says that
    /// somebody did not speak.
    pub(super) fn would_not_say(&self) -> bool {
        static SPEAK: Words = Words::new(&[
            "respond", "responded", "comment", "commented", "reply", "replied", "react", "reacted",
            "answer", "repondu", "reagi", "commente", "communique",
        ]);
        let not =
            |t: &Token| one_of(t, &["not", "no", "declined", "refused", "pas", "never", "refuse"]);
        let at = self.tokens.iter().position(not);
        at.is_some_and(|at| self.tokens[at..].iter().take(6).any(|t| SPEAK.has(t)))
    }

    /// Whether the verb at `at` goes on with what was said.
    fn adds(&self, at: usize) -> bool {
        let adds = |t: &Token| one_of(t, &["added", "adds", "continued"]);
        self.tokens.get(at).is_some_and(adds)
    }

    /// "L'armée française frappe le secteur ; elle affirme avoir tué dix combattants": whom the clause
    /// before the semicolon at `at - 1` is about.
    fn subject_before(&self, at: usize) -> Option<Claimant> {
        let semicolon = at.checked_sub(1).filter(|i| self.tokens[*i].is(";"))?;
        let from = (0..semicolon).rev().find(|i| self.tokens[*i].is(";")).map_or(0, |i| i + 1);
        let article = |t: &Token| one_of(t, &["the", "le", "la", "les", "l"]);
        // "Le lendemain, l'armée française".
        let opens = (from..(from + 6).min(semicolon))
            .find(|i| self.tokens[*i].is(","))
            .map_or(from, |i| i + 1);
        let led = opens + usize::from(self.tokens.get(opens).is_some_and(article));
        let actor = self.actors.iter().find(|a| a.start == led && a.end < semicolon)?;
        Some(self.claimant_of(actor))
    }

    /// The person whom the clause before a colon is about.
    fn person_before(&self, at: usize) -> Option<Claimant> {
        let colon = (0..at).rev().find(|i| self.tokens[*i].is(":"))?;
        let title = usize::from(self.tokens.first().is_some_and(is_determiner));
        self.tokens.get(title).filter(|t| one_of(t, &PERSONS))?;
        let past = |t: &Token| t.norm.len() > 4 && t.norm.ends_with("ed") && !t.capital;
        let end = (title + 1..colon).find(|i| {
            past(&self.tokens[*i]) || one_of(&self.tokens[*i], &["gave", "put", "spoke", "was"])
        })?;
        // "Captain Ali Cissé, of the general staff, called this propaganda".
        let end = (title..end).find(|i| self.tokens[*i].is(",")).unwrap_or(end);
        let name = &self.tokens[title..end];
        let named = (1..=8).contains(&name.len()) && name.iter().all(Token::is_word);
        let written = || self.text[span(name)].to_owned();
        named.then(|| Claimant { name: written(), actor: None })
    }

    /// Whom a sentence is about in which nobody speaks: "The mayor of Boni, Ali Cissé, visited the site"
    /// is about more than a mayor.
    pub(super) fn whom_a_sentence_is_about(&self, speakers: &mut Speakers) -> Option<Subject> {
        let named = self.whom_it_is_about();
        let sort = named.as_ref().is_none_or(|s| is_sort(&s.who));
        let described = if sort { self.described_subject(speakers) } else { None };
        described.or(named)
    }

    /// The actor that a sentence begins with, when it has a name of its own.
    fn whom_it_is_about(&self) -> Option<Subject> {
        let article = |t: &&Token| one_of(t, &["the", "le", "la", "les", "l"]);
        let opens = self.after_opening();
        let from = opens + self.tokens[opens..].iter().take_while(article).count();
        // "The army" may be a name with its article.
        let here = |a: &&ActorFound| opens <= a.start && a.start <= from && from < a.end;
        let actor = self.actors.iter().find(here)?;
        let known = self.known.actors.get(&actor.slug);
        known.filter(|a| a.kind != ActorKind::Unknown)?;
        let person = self.tokens[from..actor.end].iter().any(|t| one_of(t, &PERSONS));
        Some(Subject { who: self.claimant_of(actor), person })
    }

    /// The person or people described with whom a sentence begins: "Le gouverneur de Ménaka a
    /// donné plus de précisions".
    fn described_subject(&self, speakers: &mut Speakers) -> Option<Subject> {
        let opens = self.after_opening();
        let article = self.tokens.get(opens).is_some_and(is_determiner);
        let near = opens + usize::from(article)..self.tokens.len().min(opens + 4);
        let near = self.tokens.get(near).unwrap_or_default();
        if !near.iter().any(is_speaker_word) {
            return None;
        }
        let named = || self.opening_subject(opens, self.tokens.len(), speakers).into_iter().next();
        let who = self.name_behind_title(opens).filter(|_| !article).or_else(named)?;
        let person = near.iter().take(2).any(|t| one_of(t, &PERSONS)) || is_person(&who);
        Some(Subject { who, person })
    }

    /// "Ancien ministre et notable de la ville, Ali Cissé attribue l'attaque à": the name behind a
    /// title without an article.
    fn name_behind_title(&self, opens: usize) -> Option<Claimant> {
        let comma = (opens..self.tokens.len().min(opens + 18)).find(|i| self.tokens[*i].is(","))?;
        let behind = &self.tokens[comma + 1..];
        let length = behind.iter().take_while(|t| t.is_word() && (t.capital || t.glued)).count();
        let goes_on = behind.get(length).is_some_and(|t| t.is_word() && !is_determiner(t));
        let actor = self.actors.iter().any(|a| (comma + 1..comma + 1 + length).contains(&a.start));
        let named = (2..=4).contains(&length) && goes_on && !actor;
        let name = || self.text[span(&behind[..length])].to_owned();
        named.then(|| Claimant { name: name(), actor: None })
    }

    /// One past the comma behind words that open a sentence: "In a video, a spokesman …", "Asked for
    /// comment, the army …"; 0 where it opens with its subject.
    pub(super) fn after_opening(&self) -> usize {
        // "24 November – JNIM stormed the camp": an item of a list.
        let dated = date::date(self.tokens, 0).map(|d| d.end);
        let sign = |t: &Token| t.is("–") || t.is("—") || t.is("-") || t.is(":");
        if let Some(end) = dated.filter(|end| self.tokens.get(*end).is_some_and(sign)) {
            return end + 1;
        }
        // "On 16 November the MNLA, hoping to win back Gao, fell upon a column".
        let on = self.tokens.first().filter(|t| one_of(t, &["on", "in", "le", "en"]));
        let day = on.and_then(|_| date::date(self.tokens, 1)).map(|d| d.end);
        let subject = |end: &usize| {
            let article = usize::from(self.tokens.get(*end).is_some_and(is_determiner));
            self.actors.iter().any(|a| a.start == end + article)
        };
        if let Some(end) = day.filter(subject) {
            return end;
        }
        // "From the spring of 2025 JNIM stepped up its operations".
        let since = |t: &&Token| {
            one_of(t, &["from", "since", "by", "during", "depuis", "des", "in", "on", "at"])
        };
        let later = self
            .tokens
            .first()
            .filter(since)
            .and_then(|_| (2..4).find_map(|i| date::date(self.tokens, i)).map(|d| d.end));
        if let Some(end) = later.filter(subject) {
            return end;
        }
        let comma = (1..self.tokens.len().min(9)).find(|i| self.tokens[*i].is(","));
        let asked =
            |t: &Token| one_of(t, &["asked", "contacted", "interroge", "interrogee", "joint"]);
        let Some(comma) = comma else { return 0 };
        // "Le gouverneur de Ménaka, Daouda Maïga, a donné plus de précisions".
        let titled = self.tokens.first().is_some_and(is_determiner)
            && self.tokens.get(1).is_some_and(is_speaker_word);
        if titled {
            return 0;
        }
        let opens = self.tokens.first().is_some_and(asked) || self.is_adverbial(0..comma);
        if opens { comma + 1 } else { 0 }
    }
}
