//! Whom a noun phrase names: an actor, or somebody described.

use super::words::{
    is_anaphor, is_auxiliary, is_capital, is_determiner, is_filler, is_speaker_word,
    is_that_speaker, is_verb_like, sort_of, speaks_for,
};
use super::{Scene, Speakers};
use crate::ingest::lexicon::{Words, any_of, one_of};
use crate::ingest::rules::actor::ActorFound;
use crate::ingest::rules::date;
use crate::ingest::token::{Token, TokenKind, norm, span};
use crate::model::claim::Claimant;
use std::ops::Range;

/// Words for one person who speaks.
pub(super) const PERSONS: [&str; 20] = [
    "minister", "ministre", "president", "governor", "gouverneur", "mayor", "maire", "spokesman",
    "spokeswoman", "spokesperson", "commander", "general", "captain", "capitaine", "colonel",
    "lieutenant", "major", "sergeant", "prefect", "prefet",
];

/// Words between those who speak and who asked them.
static ASKED: Words = Words::new(&[
    "joint", "jointe", "joints", "jointes", "interroge", "interrogee", "interroges", "interrogees",
    "contacte", "contactee", "contactes", "contactees", "contacted", "reached", "interviewed",
]);

impl Scene<'_> {
    /// The claimants that a noun phrase names.
    pub fn who(&self, range: Range<usize>, speakers: &mut Speakers) -> Vec<Claimant> {
        let mut range = range;
        let opens = |t: &Token| {
            is_determiner(t)
                || one_of(t, &["but", "and", "mais", "et", "yet", "de", "d", "du", "des"])
                || one_of(t, &["quoting", "citing", "citant", "our", "nos", "notre"])
        };
        while range.start < range.end && opens(&self.tokens[range.start]) {
            range.start += 1;
        }
        // "information from both civil society and military sources": those whom it comes from.
        let news = |i: usize, words: &[&str]| {
            i < range.end && self.tokens.get(i).is_some_and(|t| any_of(t, words))
        };
        if news(range.start, &["information", "informations", "figures", "data", "details"])
            && news(range.start + 1, &["from", "de", "provenant"])
        {
            range.start += 2;
        }
        if news(range.start, &["both"]) {
            range.start += 1;
        }
        // "… a resident and a nurse both said".
        if range.len() > 1 && one_of(&self.tokens[range.end - 1], &["both", "all"]) {
            range.end -= 1;
        }
        // "02 The army said": the number of an item.
        let item = |t: &Token| t.kind == TokenKind::Number;
        if range.len() > 1
            && item(&self.tokens[range.start])
            && self.tokens[range.start + 1].capital
        {
            range.start += 1;
            if range.len() > 1 && is_determiner(&self.tokens[range.start]) {
                range.start += 1;
            }
        }
        while range.start < range.end && is_filler(&self.tokens[range.end - 1]) {
            range.end -= 1;
        }
        // "on parle de neuf tués": nobody, or whoever is quoted.
        if matches!(&self.tokens[range.clone()], [one] if one.norm == "on") {
            return Vec::new();
        }
        // "Tuesday", "n'a pas", "à l'AFP" belong to the verb.
        while range.len() > 1 && is_auxiliary(&self.tokens[range.end - 1]) {
            range.end -= 1;
        }
        // "the CMA 28-29 August accused".
        let trailing = (range.start + 1..range.end)
            .find(|i| date::date(self.tokens, *i).is_some_and(|d| d.end >= range.end));
        if let Some(start) = trailing {
            let led = one_of(&self.tokens[start - 1], &["on", "le", "ce"]);
            range.end = (start - usize::from(led)).max(range.start + 1);
        }
        // "The rebels for their part admitted".
        let part = |i: usize| one_of(&self.tokens[i], &["part"]);
        let own = |i: usize| one_of(&self.tokens[i], &["its", "their", "his", "her", "sa", "leur"]);
        if range.len() > 3 && part(range.end - 1) && own(range.end - 2) {
            range.end -= 3;
        }
        // "Des sources militaires jointes dimanche par l'AFP": whoever asked them says nothing.
        let asked = (range.start + 1..range.end).find(|i| {
            let by = date::date(self.tokens, i + 1).and_then(|d| self.tokens.get(d.end));
            ASKED.has(&self.tokens[*i]) && by.is_some_and(|t| one_of(t, &["par", "by"]))
        });
        range.end = asked.unwrap_or(range.end);
        // "In a statement dated 14 February 2020 the government".
        let dated = (range.start..range.end)
            .rev()
            .find_map(|i| date::date(self.tokens, i).filter(|d| d.end < range.end));
        // "The inquiry into the events of 19 May at Boulikessi" is one name.
        let goes_on = |i: usize| {
            one_of(&self.tokens[i], &["at", "in", "of", "near", "a", "de", "dans", "pres"])
        };
        if let Some(found) = dated.filter(|d| !goes_on(d.end)) {
            range.start = found.end;
        }
        // "a report released on Friday by FIDH".
        let led = |t: &Token| is_determiner(t) || one_of(t, &["by", "par"]);
        // "his counterpart in Boni": whose, the place behind says.
        let other = self.tokens.get(range.start + 1);
        if other.is_some_and(|t| one_of(t, &["counterpart", "homologue"])) {
            range.start += 1;
        }
        while range.start < range.end && led(&self.tokens[range.start]) {
            range.start += 1;
        }
        let mut range = self.unmarked(range);
        // "''The Economist''": the article inside the marks.
        while range.len() > 1 && led(&self.tokens[range.start]) {
            range.start += 1;
        }
        let tokens = &self.tokens[range.clone()];
        let Some(first) = tokens.first() else {
            return Vec::new();
        };
        // "According to preliminary estimates" names nobody.
        let by = self.vocabulary.by.at(self.tokens, range.start);
        if tokens.len() > 16 || by.is_some_and(|hit| hit.end > range.start + 1) {
            return Vec::new();
        }
        // "fait état de 19 villageois portés disparus et": what somebody says, and nobody.
        let said = self.vocabulary.speech.at(self.tokens, range.start);
        if said.is_some_and(|hit| hit.end > hit.start + 1 && hit.end < range.end) {
            return Vec::new();
        }
        if let Some(actor) = self.spoken_for(&range, speakers) {
            return vec![actor];
        }
        if let Some(document) = self.document(range.clone(), speakers) {
            if !document.is_empty() {
                speakers.wrote.clone_from(&document);
            }
            return document;
        }
        // "the document" of another paragraph is not that of whoever spoke last,
        // nor is "the statement" that of a paragraph further back.
        let text = |words: &[&str]| tokens.last().is_some_and(|t| one_of(t, words));
        let other_text = speakers.stale && text(&["document", "texte", "text"])
            || speakers.silent > 1 && text(&["communique", "statement", "report", "rapport"]);
        // "selon une note du préfet. … précise le document" of the next paragraph.
        if other_text && tokens.len() == 1 && speakers.silent <= 1 && !speakers.wrote.is_empty() {
            return speakers.wrote.clone();
        }
        if tokens.len() <= 3 && is_anaphor(tokens) && !other_text {
            // "A rebel group said": somebody new. "The rights group" is no armed one.
            let new = range.start.checked_sub(1).is_some_and(|i| {
                one_of(&self.tokens[i], &["a", "an", "un", "une", "another", "autre", "some"])
            });
            let group = tokens.iter().any(|t| {
                one_of(
                    t,
                    &[
                        "group", "groupe", "movement", "mouvement", "militia", "coalition",
                        "alliance",
                    ],
                )
            });
            let sort = tokens.iter().find_map(sort_of);
            let fits = |c: &Claimant| {
                let actor = c.actor.as_deref().and_then(|slug| self.known.actors.get(slug));
                sort.is_none_or(|kinds| actor.is_some_and(|a| kinds.contains(&a.kind)))
            };
            let found = self.antecedent(range.clone(), speakers);
            if !(new && group) && found.iter().all(fits) {
                return found;
            }
            let exact = self.actors.iter().find(|a| a.start <= range.start && a.end >= range.end);
            let name = || self.text[span(tokens)].to_owned();
            let written = || Claimant { name: name(), actor: None };
            return vec![exact.map_or_else(written, |a| self.claimant_of(a))];
        }
        if let Some(both) = Self::means_both(tokens, speakers) {
            return both;
        }
        // "la même source sécuritaire", "the same local official".
        if let Some(known) = self.same_again(&range, speakers) {
            return vec![known];
        }
        // "a local official said. … the official added".
        let definite = range
            .start
            .checked_sub(1)
            .is_some_and(|i| one_of(&self.tokens[i], &["the", "la", "le", "l"]));
        let noun = [
            "source", "official", "officer", "resident", "responsable", "elu", "habitant", "man",
            "woman", "witness", "survivor", "temoin", "officier", "doctor", "nurse", "medecin",
            "diplomat", "diplomate", "administrateur", "administrator", "researcher",
        ];
        if definite
            && tokens.len() == 1
            && one_of(first, &noun)
            && let Some(known) = speakers.of_noun(first).or_else(|| speakers.elected(first))
        {
            return vec![known.clone()];
        }
        // "Un habitant témoigne. Un autre, qui a un parent au camp, évoque dix morts": of the same sort.
        let another = tokens.len() == 1 && one_of(first, &["autre", "another"]);
        if is_that_speaker(tokens) || another && speakers.last.iter().all(|c| c.actor.is_none()) {
            return speakers.last.clone();
        }
        // "et opérant dans la région": what somebody does, and nobody.
        if first.norm.len() > 5 && first.norm.ends_with("ant") && !first.capital {
            let noun = ["commandant", "representant", "habitant", "assaillant", "combattant"];
            if !one_of(first, &noun) && !is_speaker_word(first) {
                return Vec::new();
            }
        }
        // "dans le nord du Mali": where, and nobody who speaks.
        let where_to = [
            "dans", "in", "at", "near", "en", "pres", "au", "aux", "sur", "from", "contre",
            "against",
        ];
        if one_of(first, &where_to) && !first.shouted {
            return Vec::new();
        }
        let exact = self.actors.iter().find(|a| a.start <= range.start && a.end >= range.end);
        if let Some(actor) = exact {
            return vec![self.claimant_of(actor)];
        }
        // "Conakry avait parlé de trois tués": its government.
        // "Sweden reported that": a country too.
        let country = self.vocabulary.countries.at(self.tokens, range.start);
        let country = country.is_some_and(|hit| hit.end == range.end);
        if tokens.len() == 1 && is_capital(first) || country {
            let name = self.text[span(tokens)].to_owned();
            return vec![Claimant { name, actor: None }];
        }
        let surname = tokens.len() == 1 && first.capital;
        if let Some(known) = speakers.by_surname.get(first.norm.as_str()).filter(|_| surname) {
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
        let kept = self.described(range.clone());
        let tokens = &self.tokens[kept.clone()];
        let named = tokens.iter().skip(1).any(|t| t.capital)
            || (first.capital && tokens.len() >= 2 && range.start > 0);
        let speaks = tokens.iter().any(is_speaker_word);
        // "les rebelles du Front de libération de l'Azawad": the full name says more.
        let within = |a: &&ActorFound| range.start <= a.start && a.end <= range.end;
        let inside = self.actors.iter().filter(within).find(|a| !a.short);
        let inside = inside.or_else(|| self.actors.iter().find(within));
        if !(named || speaks || inside.is_some() || (surname && range.start > 0))
            || tokens.iter().any(is_verb_like)
        {
            return Vec::new();
        }
        // "le groupe djihadiste JNIM" is JNIM.
        if let Some(actor) = inside.filter(|a| self.only_describes(range.clone(), a)) {
            return vec![self.claimant_of(actor)];
        }
        let name = self.text[span(&self.tokens[kept.clone()])].to_owned();
        // "two security sources", "plusieurs élus locaux".
        let quantified = |a: &&ActorFound| {
            let before = &self.tokens[range.start..a.start.max(range.start)];
            a.end == kept.end
                && before.iter().all(|t| {
                    is_determiner(t)
                        || one_of(
                            t,
                            &[
                                "two", "three", "several", "many", "other", "another", "deux",
                                "trois", "plusieurs", "nombreuses", "nombreux", "autres", "autre",
                                "malian", "quelques",
                            ],
                        )
                })
        };
        let actor = inside.filter(|a| speaks_for(tokens) || quantified(a)).map(|a| a.slug.clone());
        let claimant = Claimant { name, actor };
        self.learn(range, &claimant, speakers);
        vec![claimant]
    }

    /// "la même source sécuritaire": whoever spoke before and was described by these words.
    fn same_again(&self, range: &Range<usize>, speakers: &Speakers) -> Option<Claimant> {
        let (first, rest) = self.tokens[range.clone()].split_first()?;
        let same = one_of(first, &["meme", "memes", "same"]) && (1..=4).contains(&rest.len());
        let described = |c: &&Claimant| {
            let words: Vec<_> = c.name.split_whitespace().map(norm).collect();
            rest.iter().all(|t| words.contains(&t.norm))
        };
        speakers.described.iter().rev().filter(|_| same).find(described).cloned()
    }

    /// Whether all words around an actor's name say only what sort of group it is.
    fn only_describes(&self, range: Range<usize>, actor: &ActorFound) -> bool {
        const SORTS: &[&str] = &[
            "the", "le", "la", "l", "les", "group", "groupe", "movement", "mouvement", "jihadist",
            "djihadiste", "jihadiste", "militant", "rebel", "rebelle", "armed", "arme",
            "terrorist", "terroriste", "islamist", "islamiste", "coalition", "alliance", "militia",
            "milice", "separatist", "separatiste", "touareg", "tuareg", "organisation",
            "organization", "northern", "mali", "malian", "nord", "du", "de", "armes", "mostly",
            "rebels", "rebelles", "fighters", "combattants", "malien", "maliens", "association",
            "ong", "ngo", "of", "des", "defense", "droits", "humains", "homme", "peule", "peul",
            "fulani", "dogon", "community", "communautaire", "rights", "human", "watchdog",
            "linked", "affiliated", "aligned", "al", "qaeda", "qaida", "observatoire", "collectif",
            "jihadistes", "djihadistes", "islamistes", "terroristes", "separatistes", "militants",
            "jihadists", "islamists", "separatists", "daily", "weekly", "magazine", "newspaper",
            "quotidien", "hebdomadaire", "journal", "broadcaster", "station", "radio", "website",
            "site", "news", "agency", "agence", "presse",
        ];
        let named = self.tokens[actor.start..actor.end].iter().any(|t| !one_of(t, SORTS)) // "a Tuareg separatist group" is some group of that sort.
            || !self.tokens.get(actor.end).is_some_and(|t| {
                let group = ["group", "groupe", "movement", "mouvement", "coalition", "alliance"];
                actor.end < range.end && one_of(t, &group)
            });
        let mut around = (range.start..actor.start).chain(actor.end..range.end);
        // "Les rebelles du Front de libération de l'Azawad": both name the one group.
        let other = |i: usize| {
            self.actors
                .iter()
                .any(|a| a.start <= i && i < a.end && (a.short || a.slug == actor.slug))
        };
        let sign = |t: &Token| {
            t.is("'s") || t.is("’s") || t.is("(") || t.is(")") || t.is("'") || t.is_quote()
        };
        named && around.all(|i| one_of(&self.tokens[i], SORTS) || sign(&self.tokens[i]) || other(i))
    }

    /// A description without its relative clause and tail ("present at the scene").
    fn described(&self, range: Range<usize>) -> Range<usize> {
        let cut = self.tokens[range.clone()]
            .iter()
            .skip(1)
            .enumerate()
            .position(|(i, t)| {
                let next = self.tokens.get(range.start + 2 + i);
                let placed = one_of(t, &["in", "on"]) && next.is_some_and(|n| n.capital);
                // "une source proche des autorités à Ménaka".
                let at = range.start + 1 + i;
                let inside = self.actors.iter().any(|a| a.start < at && at < a.end);
                let where_it_is = &self.text[t.start..t.end] == "à" && !inside;
                let knows = t.norm == "with"
                    && next.is_some_and(|n| one_of(n, &["knowledge", "direct", "access"]));
                // "un élu local s'exprimant sous le couvert de l'anonymat".
                let own = t.norm == "s" && next.is_some_and(|n| n.norm.ends_with("ant"));
                where_it_is
                    || knows
                    || own
                    || !placed
                        && one_of(
                            t,
                            &[
                                "who", "present", "speaking", "quoted", "cited", "contacted",
                                "reached", "interviewed", "refugie", "qui", "joint", "on", "in",
                                "cite", "vient", "viennent", "est", "etait", "fait", "faisait",
                                "faisant", "donne", "interroge", "contacte", "sur", "via", "lors",
                                "avait", "avaient", "released", "issued", "published", "publie",
                                "diffuse", "recu", "consulte", "obtained", "seen", "apres",
                                "after", "avant", "before", "afin", "par", "read", "aired",
                                "broadcast", "carried", "jointes", "joints", "contactes",
                                "contactees", "interroges", "interrogees", "cites", "citees",
                                "citee", "sous",
                            ],
                        )
            })
            .map_or(range.end, |i| range.start + 1 + i);
        range.start..cut
    }

    /// "son porte-parole", "its spokesman": whoever was named last speaks by them.
    fn spoken_for(&self, range: &Range<usize>, speakers: &Speakers) -> Option<Claimant> {
        let own = one_of(&self.tokens[range.start], &["son", "sa", "leur", "its", "their"]);
        let spoken = self.tokens[range.clone()].iter().take(4).any(|t| {
            one_of(t, &["parole", "spokesman", "spokesperson", "spokeswoman", "communique"])
        });
        if !own || !spoken {
            return None;
        }
        let here = self.actors.iter().rfind(|a| a.end <= range.start);
        here.map(|a| self.claimant_of(a)).or_else(|| speakers.met.last().cloned())
    }

    pub(super) fn claimant_of(&self, actor: &ActorFound) -> Claimant {
        let known = || self.known.actors.get(&actor.slug).map(|a| a.name.clone());
        let written = || self.text[span(&self.tokens[actor.start..actor.end])].to_owned();
        let name = actor.short.then(known).flatten().unwrap_or_else(written);
        Claimant { name, actor: Some(actor.slug.clone()) }
    }

    /// "said the mayor of Bankass, Moulaye Guindo.": the name behind the comma.
    pub(super) fn learn_apposition(&self, end: usize, who: &[Claimant], speakers: &mut Speakers) {
        let named = self.tokens.get(end).is_some_and(|t| t.is(","));
        let rest = self.tokens.get(end + 1..).unwrap_or_default();
        let len = rest.iter().take_while(|t| t.is_word() && (t.capital || t.glued)).count();
        if let ([one], true, 2..=4) = (who, named, len) {
            self.learn(end + 1..end + 1 + len, one, speakers);
        }
    }

    /// Remembers a person's name, so that the surname alone is understood later.
    pub(super) fn learn(&self, range: Range<usize>, claimant: &Claimant, speakers: &mut Speakers) {
        let tokens = &self.tokens[range];
        let names: Vec<_> = tokens.iter().filter(|t| t.capital && t.is_word()).collect();
        if let (true, Some(last)) = (names.len() >= 2, tokens.last())
            && last.capital
        {
            speakers.by_surname.insert(last.norm.to_string(), claimant.clone());
        }
    }
}
